"""Taking the file in, and saying what its columns mean."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from archive import clock, jobs
from archive.actor import Actor
from archive.blobs import Blobs
from archive.database import next_number
from archive.importable import ImportKind
from archive.importing import rules
from archive.importing.errors import (
    ColumnsMissing,
    ColumnTwice,
    EmptyTable,
    NoTable,
    NotNow,
    TableLocked,
)
from archive.importing.models import Import
from archive.importing.rules import HEAD_WITHIN, SAMPLED, ImportState
from archive.recognition import PageReader, ReaderGaveUp, TableUnreadable
from archive.recognition import TableLocked as OpensWithPassword

MEDIA_TYPE = "application/octet-stream"


def receive(
    path: Path,
    *,
    kind: ImportKind[Any],
    name: str,
    sha256: str,
    size: int,
    language: str,
    actor: Actor,
    now: datetime,
    blobs: Blobs,
    recognition: PageReader,
) -> Import:
    """Take in the list at *path*: its sheet, head and columns are found, nothing is written yet.

    Raises:
        NotPermitted, NoTable, TableLocked, EmptyTable, Unavailable.
    """
    actor.require(kind.right)
    if earlier := Import.asked_before():
        return earlier
    found = _read(lambda: recognition.sheets(path), name)
    if not found:
        raise EmptyTable(name=name)
    best = max(found, key=lambda sheet: sheet.rows)
    top = _read(lambda: recognition.rows(path, best.name, start=0, count=_TOP), name)
    blobs.keep_file(path, sha256=sha256, size=size, media_type=MEDIA_TYPE)
    year = clock.local(now).year
    return Import.open_new(
        actor,
        now,
        "import.received",
        {
            "number": f"DR-{year}-{next_number(f'import:{year}'):05d}",
            "kind": kind.key,
            "language": language,
            "made_by_id": actor.id,
            "made_by_name": actor.name,
            "sha256": sha256,
            "file_name": name,
            "sheets": [sheet.name for sheet in found],
            **_table(kind, best.name, best.rows, top),
        },
    )


_TOP = HEAD_WITHIN + SAMPLED


def choose_sheet(
    given: Import,
    sheet: str,
    *,
    kind: ImportKind[Any],
    actor: Actor,
    now: datetime,
    blobs: Blobs,
    recognition: PageReader,
) -> Import:
    """Take another sheet of the file.

    Raises:
        NotPermitted, NotNow, NoTable.
    """
    actor.require(kind.right, given)
    _require(given, ImportState.MAPPING)
    path = blobs.copy_of(given.sha256)
    found = {each.name: each for each in recognition.sheets(path)}
    if sheet not in found:
        raise NoTable(name=sheet)
    top = _read(lambda: recognition.rows(path, sheet, start=0, count=_TOP), given.file_name)
    facts = _table(kind, sheet, found[sheet].rows, top)
    return given.change(actor, now, "import.sheet_chosen", facts)


def choose_columns(
    given: Import,
    columns: Mapping[str, int],
    *,
    kind: ImportKind[Any],
    actor: Actor,
    now: datetime,
) -> Import:
    """Say which column (from 0) fills each field, and have all rows checked.

    Raises:
        NotPermitted, NotNow, ColumnsMissing, ColumnTwice.
    """
    actor.require(kind.right, given)
    _require(given, ImportState.MAPPING, ImportState.CHECKED)
    if missing := [each.label for each in kind.needed if each.name not in columns]:
        raise ColumnsMissing(columns="、".join(missing))
    for at in columns.values():
        if list(columns.values()).count(at) > 1:
            raise ColumnTwice(column=dict(given.column_heads()).get(at, ""))
    given.rows().delete()
    facts = {"columns": dict(columns), "state": ImportState.CHECKING, "worked_at": None}
    checking = given.change(actor, now, "import.columns_chosen", facts)
    jobs.enqueue("importing.work", checking.key)
    return checking


def find_columns(
    kind: ImportKind[Any], head: Sequence[str], below: Sequence[Sequence[str]]
) -> dict[str, int]:
    """Which column each field is in: as it was for a list with this head, by name, by content."""
    if earlier := Import.with_head(kind.key, list(head)):
        return dict(earlier.columns)
    found = rules.match_names(head, {each.name: each.names for each in kind.columns})
    for column in kind.columns:
        if column.name in found or column.looks_right is None:
            continue
        for at in range(len(head)):
            cells = [row[at] if at < len(row) else "" for row in below]
            looks = [column.looks_right(cell) for cell in cells]
            if at not in found.values() and (
                rules.share_that_looks_right(cells, looks) >= rules.MOSTLY
            ):
                found[column.name] = at
                break
    return found


def _table(
    kind: ImportKind[Any], sheet: str, count: int, top: Sequence[Sequence[str]]
) -> dict[str, Any]:
    """Sheet, head and columns as an import keeps them."""
    at = rules.find_head(top, {each.name: each.names for each in kind.columns})
    width = max((len(row) for row in top), default=0)
    head = [*top[at], *[""] * (width - len(top[at]))] if top else []
    return {
        "sheet": sheet,
        "sheet_rows": count,
        "head_at": at,
        "head": head,
        "columns": find_columns(kind, head, top[at + 1 :]),
    }


def _require(given: Import, *states: ImportState) -> None:
    if given.state not in states:
        raise NotNow(state=given.state.label)


def _read(read: Any, name: str) -> Any:
    try:
        return read()
    except OpensWithPassword as error:
        raise TableLocked(name=name) from error
    except (TableUnreadable, ReaderGaveUp) as error:
        raise NoTable(name=name) from error
