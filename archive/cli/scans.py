"""``archive import scans``: years of old scans, folder by folder, into the inbox."""

import csv
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import IO, Protocol

import click
from flask_babel import gettext

from archive import clock
from archive.accounts.service import find_user
from archive.arriving.rules import Verdict
from archive.arriving.service.oldscans import OldScan, OldScans, scans_in
from archive.arriving.serving import tools
from archive.cli.preparation import in_the_name_of, open_site
from archive.cli.words import plainly
from archive.customers.models import Customer
from archive.filing.errors import PagesBusy

TOLD_EVERY = 500  # files
PAUSE = 1.0  # seconds, where recognition has no room
NOT_IN = (Verdict.REFUSED, Verdict.UNREAD)
COLUMNS = ("file", "result", "customer", "named by", "kind", "reason")


class Rows(Protocol):
    """What `csv.writer` gives."""

    def writerow(self, row: tuple[str, ...], /) -> object: ...


@click.command()
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
@in_the_name_of
@click.option("--apply", "is_applied", is_flag=True, help="Take the files in.")
@click.option(
    "--report",
    type=click.Path(dir_okay=False, writable=True, path_type=Path),
    help="Where a line about each file goes, as .csv.",
)
@click.option(
    "--refused",
    type=click.Path(dir_okay=False, writable=True, path_type=Path),
    help="Where the refused files go, each with its reason, as .csv.",
)
@plainly
def scans(
    folder: Path, username: str, *, is_applied: bool, report: Path | None, refused: Path | None
) -> None:
    """Say what each file below FOLDER is taken for and, with --apply, take them into the inbox.

    Folders and files named after a customer (code, archive number, credit code, name) and a kind of
    paper are hints. What is here already, by its bytes, is not taken again: after an interruption
    the same command goes on. Code 1 when files were refused, or a folder could not be read.
    """
    counts: Counter[Verdict] = Counter()
    with open_site() as language, ExitStack() as files:
        all_rows = _table(report, files)
        refused_rows = _table(refused, files)
        for scan in _judged(folder, username, is_applied=is_applied):
            counts[scan.verdict] += 1
            row = _row(scan, language)
            if all_rows:
                all_rows.writerow(row)
            if refused_rows and scan.verdict in NOT_IN:
                refused_rows.writerow(row)
            if scan.verdict is Verdict.UNREAD:
                click.echo(f"{gettext(scan.verdict.label)}: {row[0]} ({row[-1]})", err=True)
            if counts.total() % TOLD_EVERY == 0:
                click.echo(_told(counts), err=True)
        for verdict in Verdict:
            click.echo(f"{counts[verdict]:>8}  {gettext(verdict.label)}")
    if not is_applied:
        click.echo("Nothing was taken in: --apply does it.")
    sys.exit(1 if any(counts[each] for each in NOT_IN) else 0)


def _judged(folder: Path, username: str, *, is_applied: bool) -> Iterator[OldScan]:
    judging = OldScans(find_user(username).as_actor(), tools())
    for found in scans_in(folder):
        while True:
            try:
                yield judging.judge(found, now=clock.now() if is_applied else None)
            except PagesBusy:
                time.sleep(PAUSE)
            else:
                break


def _table(path: Path | None, files: ExitStack) -> Rows | None:
    if path is None:
        return None
    # As Excel reads it.
    opened: IO[str] = files.enter_context(path.open("w", encoding="utf-8-sig", newline=""))
    rows = csv.writer(opened)
    rows.writerow(COLUMNS)
    return rows


def _row(scan: OldScan, language: str) -> tuple[str, ...]:
    customer = Customer.with_identity(scan.customer_id) if scan.customer_id else None
    why = scan.why or {}
    cells = (
        scan.place,
        gettext(scan.verdict.label),
        customer.caption if customer else "",
        scan.named_by,
        gettext(scan.kind) if scan.kind else "",
        why.get(language) or why.get("", ""),
    )
    # A name that begins like a formula is a name.
    return tuple(f"'{cell}" if cell[:1] in ("=", "+", "-", "@") else cell for cell in cells)


def _told(counts: Counter[Verdict]) -> str:
    parts = (f"{gettext(each.label)} {counts[each]}" for each in Verdict if counts[each])
    return f"{counts.total():>8}  {' · '.join(parts)}"
