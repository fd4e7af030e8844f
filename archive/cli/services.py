"""The three processes of the archive, each as a command of its own."""

import os
import shutil
import sys

import click

from archive.cli.words import plainly
from archive.config import Mode, Settings
from archive.embedded import VarFolder
from archive.observing import SHARED_FOLDER

EVERYWHERE = ("0.0.0.0", "::")  # noqa: S104 - compared with, not bound to


def web_command() -> list[str]:
    """The web server."""
    settings = "python:archive.cli.web_server"
    return [sys.executable, "-m", "gunicorn", "--config", settings, "archive.app:create_app()"]


def figures_folder(settings: Settings) -> dict[str, str]:
    """The variable that has all web processes count in one folder, which is emptied here."""
    folder = VarFolder(settings.var).run / "figures"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(mode=0o700, parents=True)
    return {SHARED_FOLDER: str(folder)}


def worker_command(settings: Settings) -> list[str]:
    """The Celery worker, with the clock that starts what is due.

    Its tasks are threads: they wait for stores, and for the child processes that read files.
    """
    return [
        *(sys.executable, "-m", "celery", "--quiet", "--app", "archive.worker:celery", "worker"),
        *("--pool", "threads", "--schedule", str(VarFolder(settings.var).run / "beat")),
        *("--concurrency", str(settings.worker_processes), "--loglevel", "WARNING"),
        *("--without-gossip", "--without-mingle"),
    ]


def follower_command() -> list[str]:
    """The process that follows the database into the search index."""
    return [sys.executable, "-m", "archive.follower"]


def refuse_unfit(settings: Settings) -> None:
    """Do not start in production mode with a setting or a service that is not fit for it."""
    if settings.mode is Mode.PRODUCTION:
        from archive.cli import doctor  # noqa: PLC0415 - loads the whole archive

        doctor.refuse_unfit(settings)


def become(command: list[str], settings: Settings) -> None:
    """Replace this process by *command*, so that signals reach it directly."""
    refuse_unfit(settings)
    os.execv(command[0], command)  # noqa: S606 - words of our own, and no shell is wanted


@click.command()
@plainly
def web() -> None:
    """Run a web server of this machine."""
    settings = Settings.from_environment()
    os.environ.update(figures_folder(settings))
    become(web_command(), settings)


@click.command()
@plainly
def worker() -> None:
    """Run a worker of this machine."""
    settings = Settings.from_environment()
    become(worker_command(settings), settings)


@click.command()
@plainly
def follower() -> None:
    """Run the follower that feeds this machine's search index."""
    become(follower_command(), Settings.from_environment())
