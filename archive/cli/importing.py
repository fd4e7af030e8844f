"""``archive import``: a list brought in from the command line, by the same steps as on its page."""

import hashlib
import shutil
import sys
import time
from pathlib import Path

import click
from flask_babel import gettext

from archive import clock
from archive.accounts.service import find_user
from archive.actor import Actor
from archive.cli.preparation import in_the_name_of, open_site
from archive.cli.scans import scans
from archive.cli.words import plainly
from archive.importable import Verdict
from archive.importing import service
from archive.importing.models import Import
from archive.importing.rules import ImportState
from archive.importing.serving import all_kinds, kind_called, rows_as_workbook
from archive.importing.tasks import work
from archive.web.context import seams

PAUSE = 0.5  # seconds between two looks at what the worker does


class ByKind(click.Group):
    """``archive import scans FOLDER``; any other word is the kind of a list."""

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """See click."""
        if args[0] in self.commands:
            return super().resolve_command(ctx, args)
        return bring_in.name, bring_in, args


@click.command("import", cls=ByKind)
def importing() -> None:
    """Bring in a list (KIND FILE: see ``archive import customers --help``) or old scans."""


@click.command("import")
@click.argument("kind")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@in_the_name_of
@click.option("--write", "is_written", is_flag=True, help="Write what is new and changed.")
@click.option(
    "--refused",
    type=click.Path(dir_okay=False, writable=True, path_type=Path),
    help="Where the refused rows go, each with its reason, as .xlsx.",
)
@plainly
def bring_in(
    kind: str, file: Path, username: str, *, is_written: bool, refused: Path | None
) -> None:
    """Check the list FILE of KIND row by row and, with --write, bring it in.

    Code 1 when rows were refused. The import has its page too: there it can be undone.
    """
    with open_site() as language:
        kinds = [each.key for each in all_kinds()]
        if kind not in kinds:
            raise click.BadParameter(f"one of {', '.join(kinds)}", param_hint="KIND")
        given = check(kind, file, find_user(username).as_actor(), language)
        if is_written and given.state is ImportState.CHECKED:
            given = write(given, find_user(username).as_actor())
        counts = given.counts()
        tell(given, counts)
        if refused is not None:
            rows = given.rows(Verdict.REFUSED, Verdict.ALIKE).order_by("number")
            with rows_as_workbook(given, rows) as made, refused.open("wb") as kept:
                shutil.copyfileobj(made, kept)
    sys.exit(1 if counts[Verdict.REFUSED] else 0)


def check(kind: str, file: Path, actor: Actor, language: str) -> Import:
    """Take the list in with the columns that are found, and judge its rows."""
    declared = kind_called(kind)
    with file.open("rb") as opened:
        sha256 = hashlib.file_digest(opened, "sha256").hexdigest()
    given = service.receive(
        file,
        kind=declared,
        name=file.name,
        sha256=sha256,
        size=file.stat().st_size,
        language=language,
        actor=actor,
        now=clock.now(),
        blobs=seams().blobs,
        recognition=seams().recognition,
    )
    columns = dict(given.columns)
    return finish(
        service.choose_columns(given, columns, kind=declared, actor=actor, now=clock.now())
    )


def write(given: Import, actor: Actor) -> Import:
    """Write the rows that are new or changed."""
    kind = kind_called(given.kind)
    return finish(service.begin_writing(given, kind=kind, actor=actor, now=clock.now()))


def finish(given: Import) -> Import:
    """Do what *given* waits for, or wait for the worker that is already at it."""
    while given.is_working:
        work(given.key)
        given = Import.find(given.key)
        if given.is_working:
            time.sleep(PAUSE)
    return given


def tell(given: Import, counts: dict[Verdict, int]) -> None:
    """Say what became of the rows."""
    click.echo(f"{given.number}  {gettext(given.state.label)}  /imports/{given.number}")
    for verdict, count in counts.items():
        if count:
            click.echo(f"{count:>8}  {gettext(verdict.label)}")
    for row in given.rows(Verdict.REFUSED).order_by("number").limit(20):
        click.echo(f"row {row.number}: {row.why}")


importing.add_command(scans)
