"""What must be there before the first page is served, or a command can do its work."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import click

import archive.app  # noqa: F401 - so that every document is known
from archive import database
from archive.accounts.models import User
from archive.cli.services import follower_command
from archive.cli.words import plainly
from archive.config import Mode, Settings
from archive.embedded import environment_of, join_stores
from archive.storage import S3BlobStore


@contextmanager
def open_archive() -> Iterator[Settings]:
    """The archive for the length of one command: stores running, database connected."""
    with join_stores(Settings.from_environment()) as settings, database.connect(settings):
        yield settings


def prepare(settings: Settings) -> None:
    """Make what is missing; a first start also loads the demonstration company."""
    furnish(settings)
    if settings.mode is Mode.DEVELOPMENT and User.objects.first() is None:
        click.echo("First start: loading the demonstration company ...")
        load_demonstration(settings)


def furnish(settings: Settings) -> None:
    """Make the bucket and the indexes where they are missing."""
    S3BlobStore.from_settings(settings).make_bucket()
    database.connect(settings)
    database.create_indexes()


def load_demonstration(settings: Settings) -> None:
    """Load the demonstration company and write its sign-ins down."""
    from archive import demo  # noqa: PLC0415 - large, and needed once

    demo.load(settings)


@click.command("init")
@plainly
def init() -> None:
    """Make the bucket and the database's indexes; harmless when they are there."""
    with open_archive() as settings:
        furnish(settings)
    click.echo("The bucket and the indexes are there.")


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
