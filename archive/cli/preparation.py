"""What must be there before the first page is served."""

import click

import archive.app  # noqa: F401 - so that every document is known
from archive import database, demo
from archive.accounts.models import User
from archive.config import Mode, Settings
from archive.storage import S3BlobStore


def prepare(settings: Settings) -> None:
    """Make the bucket and the indexes; a first start loads the demonstration company."""
    furnish(settings)
    if settings.mode is Mode.DEVELOPMENT and User.objects.first() is None:
        click.echo("First start: loading the demonstration company ...")
        load_demonstration(settings)


def furnish(settings: Settings) -> None:
    """Connect to the stores; make the bucket and the indexes where they are missing."""
    S3BlobStore.from_settings(settings).make_bucket()
    database.connect(settings)
    database.create_indexes()


def load_demonstration(settings: Settings) -> None:
    """Load the demonstration company and write its sign-ins down."""
    demo.load(settings)
