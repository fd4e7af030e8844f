"""The three processes of the archive, each as a command of its own."""

import os
import sys
from collections.abc import Callable
from pathlib import Path

import click

from archive.cli.doctor import refuse_unfit
from archive.cli.words import plainly
from archive.config import Settings

SHARED_MEMORY = Path("/dev/shm")  # noqa: S108 - gunicorn's heartbeat files, which it makes safely


def web_command(settings: Settings) -> list[str]:
    """The web server."""
    command = [
        *(sys.executable, "-m", "gunicorn", "archive.app:create_app()"),
        *("--bind", f"{settings.host}:{settings.port}"),
        *("--worker-class", "gthread", "--workers", str(settings.web_workers)),
        *("--threads", str(settings.web_threads)),
        # A large upload takes its time; a worker that hangs is replaced after two minutes.
        *("--timeout", "120", "--graceful-timeout", "5", "--log-level", "warning"),
        "--no-control-socket",
    ]
    if SHARED_MEMORY.is_dir():  # a heartbeat on a slow disk would be taken for a hanging worker
        command += ["--worker-tmp-dir", str(SHARED_MEMORY)]
    return command


def worker_command(settings: Settings) -> list[str]:
    """The Celery worker, with the clock that starts what is due."""
    return [
        *(sys.executable, "-m", "celery", "--quiet", "--app", "archive.worker:celery", "worker"),
        *("--beat", "--schedule", str(settings.var.absolute() / "run" / "beat")),
        *("--concurrency", str(settings.worker_processes), "--loglevel", "WARNING"),
        *("--without-gossip", "--without-mingle"),
    ]


def follower_command() -> list[str]:
    """The process that follows the database into the search index."""
    return [sys.executable, "-m", "archive.follower"]


def become(command: Callable[[Settings], list[str]]) -> None:
    """Replace this process by *command*, so that signals reach it directly."""
    settings = Settings.from_environment()
    refuse_unfit(settings)
    words = command(settings)
    os.execv(words[0], words)  # noqa: S606 - words of our own, and no shell is wanted


@click.command()
@plainly
def web() -> None:
    """Run a web server of this machine."""
    become(web_command)


@click.command()
@plainly
def worker() -> None:
    """Run a worker of this machine."""
    become(worker_command)


@click.command()
@plainly
def follower() -> None:
    """Run the follower that feeds this machine's search index."""
    become(lambda _: follower_command())
