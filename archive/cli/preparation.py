"""What must be there before the first page is served, or a command can do its work."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import click
from flask_babel import force_locale

from archive import clock, database
from archive.accounts.models import User
from archive.app import build_seams, create_app
from archive.chapters import CHAPTERS
from archive.cli import demonstration
from archive.cli.services import follower_command
from archive.cli.upgrading import upgrade
from archive.cli.words import is_chinese, plainly
from archive.config import Mode, Settings
from archive.embedded import environment_of, join_stores
from archive.storage import S3BlobStore


@contextmanager
def open_archive() -> Iterator[Settings]:
    """The archive for the length of one command: stores running, database connected."""
    with join_stores(Settings.from_environment()) as settings, database.connect(settings):
        yield settings


@contextmanager
def open_site() -> Iterator[str]:
    """The site for the length of one command that brings something in; the terminal's language."""
    with open_archive() as settings, create_app(settings).app_context():
        language = "zh" if is_chinese() else "en"
        with force_locale(language):
            yield language


in_the_name_of = click.option(
    "--as", "username", required=True, help="Whose rights count, and who is recorded."
)


@click.command()
@click.option("--our-database", "is_our_database", is_flag=True)
@plainly
def prepare(*, is_our_database: bool) -> None:
    """Make what is missing; a first start also loads the demonstration company.

    `archive run` has it done by a process of its own.
    """
    settings = Settings.from_environment()
    unfinished = settings.var / "demonstration-unfinished"
    # A first start that was cut short: nobody has worked with it yet. What is in a database
    # that is not ours alone is never dropped.
    if unfinished.exists() and is_our_database:
        with database.connect(settings) as client:
            client.drop_database(settings.mongodb_name)
    furnish(settings)
    if settings.mode is Mode.DEVELOPMENT and User.objects.first() is None:
        click.echo("First start: loading the demonstration company ...")
        unfinished.touch()
        load_demonstration(settings)
    unfinished.unlink(missing_ok=True)


def furnish(settings: Settings) -> None:
    """Make the bucket, the indexes and what the chapters ship where they are missing."""
    S3BlobStore.from_settings(settings).make_bucket()
    database.connect(settings)
    database.create_indexes()
    for sentence in upgrade():
        click.echo(f"Upgraded: {sentence}.")
    seams = build_seams(settings)
    for chapter in CHAPTERS:
        if chapter.furnish:
            chapter.furnish(seams, clock.now())


def load_demonstration(settings: Settings) -> None:
    """Load the demonstration company and write its sign-ins down."""
    demonstration.load(settings)


@click.command("init")
@plainly
def init() -> None:
    """Make the bucket, the database's indexes and the shipped templates; harmless when there."""
    with open_archive() as settings:
        furnish(settings)
    click.echo("The bucket, the indexes and the templates are there.")


@click.command("demo")
@plainly
def load_demo() -> None:
    """Load the demonstration company; its sign-ins go to demo-accounts.json in ARCHIVE_VAR."""
    with open_archive() as settings:
        furnish(settings)
        load_demonstration(settings)


@click.command()
@plainly
def reindex() -> None:
    """Make this machine's search index anew, beside the one in use."""
    with open_archive() as settings:
        rebuilding = subprocess.run(
            [*follower_command(), "--rebuild"],
            env={**os.environ, **environment_of(settings)},
            check=False,
        )
    sys.exit(rebuilding.returncode)


if __name__ == "__main__":
    prepare()
