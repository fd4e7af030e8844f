"""``archive fixity``: which stored files are not what was filed."""

import sys

import click

from archive import clock
from archive.app import build_seams
from archive.blobs import BlobCheck, checking, naming
from archive.cli.preparation import open_archive
from archive.cli.words import plainly
from archive.database import kind_of

WITHOUT_END = 2**63


@click.command()
@click.option("--all", "is_all", is_flag=True, help="Read every file, however long it takes.")
@plainly
def fixity(*, is_all: bool) -> None:
    """Look again at the damaged files and list those that still are; code 1 when there are any.

    A file whose right bytes are back is served again at once.
    """
    with open_archive() as settings:
        store = build_seams(settings).blobs.store
        if is_all:
            checking.check_fixity(store=store, now=clock.now(), most_bytes=WITHOUT_END)
        checking.check_again(store=store, now=clock.now())
        damaged = list(BlobCheck.all_damaged())
        for check in damaged:
            click.echo(f"{check.damage}  since {clock.local(check.damaged_since):%Y-%m-%d %H:%M}")
            click.echo(f"  {check.id}")
            for record in naming(check.id):
                click.echo(f"  named by {kind_of(type(record))}: {record.caption}")
        click.echo(f"{len(damaged)} to be restored." if damaged else "No damaged files are known.")
    sys.exit(1 if damaged else 0)
