"""The dry run: every row is read and judged, and nothing of the archive is changed."""

from collections.abc import Generator, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import datetime
from itertools import islice
from pathlib import Path
from typing import Any, NamedTuple

from archive import clock
from archive.actor import SYSTEM, Actor
from archive.blobs import Blobs
from archive.importable import ImportKind, Judgement, Reading, Verdict
from archive.importing.errors import NotNow
from archive.importing.models import Import, ImportRow
from archive.importing.rules import ImportState
from archive.importing.service.behind import Behind
from archive.recognition import PageReader
from archive.terms import N_

READ_AT_ONCE = 20_000  # rows of the sheet
JUDGED_AT_ONCE = 500

TWICE = N_("与第 %(number)d 行重复。")


def stage(
    given: Import,
    *,
    kind: ImportKind[Any],
    actor: Actor,
    blobs: Blobs,
    recognition: PageReader,
    words: Any,
) -> None:
    """Judge the rows of *given* that are not judged yet; the import is `CHECKED` at the end.

    *actor* is who brings the list in; *words* puts a message into their language.
    """
    path = blobs.copy_of(given.sha256)
    start = max(given.head_at + 1, given.staged())
    numbered = _rows_of(given, path, recognition, start=start)
    with closing(numbered), Behind() as behind:
        while some := list(islice(numbered, JUDGED_AT_ONCE)):
            if not given.give_sign(clock.now()):
                return
            read = _read(given, some, kind)
            behind.wait()  # rows are judged against all that are above them
            behind.do(ImportRow.keep, _judged(given, read, kind, actor, words))
    checked = Import.find(given.key)
    if checked.state is ImportState.CHECKING:
        facts = {"state": ImportState.CHECKED, "worked_at": None}
        checked.change(SYSTEM, clock.now(), "import.checked", facts)


def _rows_of(
    given: Import, path: Path, recognition: PageReader, *, start: int
) -> Generator[tuple[int, Sequence[str]]]:
    """The rows of the sheet from *start* on, by number; the next ones are read meanwhile."""

    def read(first: int) -> Sequence[Sequence[str]]:
        return recognition.rows(path, given.sheet, start=first, count=READ_AT_ONCE)

    with ThreadPoolExecutor(1) as ahead:
        coming = ahead.submit(read, start)
        for first in range(start, given.sheet_rows, READ_AT_ONCE):
            cells = coming.result()
            if first + READ_AT_ONCE < given.sheet_rows:
                coming = ahead.submit(read, first + READ_AT_ONCE)
            yield from enumerate(cells, first + 1)


def take_as_another(
    given: Import,
    numbers: Sequence[int] | None,
    *,
    kind: ImportKind[Any],
    actor: Actor,
    now: datetime,
) -> int:
    """Say that rows that look like records that exist are new ones; None for all of them.

    Raises:
        NotPermitted, NotNow.
    """
    actor.require(kind.right, given)
    if given.state is not ImportState.CHECKED:
        raise NotNow(state=given.state.label)
    alike = given.rows(Verdict.ALIKE)
    if numbers is not None:
        alike = alike.filter(number__in=list(numbers))
    told = [row.number for row in alike.only("number").limit(20)]
    count = int(alike.update(set__verdict=Verdict.NEW, set__is_another=True))
    if count:
        which = "、".join(map(str, told)) + ("…" if count > len(told) else "")
        given.change(actor, now, "import.taken_as_another", {}, reason=which)
    return count


def typed_of(given: Import, cells: Sequence[str]) -> dict[str, str]:
    """The cells of a row by the field that they fill."""
    return {name: cells[at] for name, at in given.columns.items() if at < len(cells) and cells[at]}


class _Read(NamedTuple):
    """A row of the sheet as it was read."""

    number: int
    cells: Sequence[str]
    reading: Reading


def _read(
    given: Import, some: Sequence[tuple[int, Sequence[str]]], kind: ImportKind[Any]
) -> list[_Read]:
    """*some* rows of the sheet, by number, read; empty ones left out."""
    typed = ((number, cells, typed_of(given, cells)) for number, cells in some)
    return [_Read(number, cells, kind.read(texts)) for number, cells, texts in typed if texts]


def _judged(
    given: Import, some: Sequence[_Read], kind: ImportKind[Any], actor: Actor, words: Any
) -> list[dict[str, Any]]:
    """*some* rows, each with its judgement, as they are kept."""
    identities = [kind.identity(each.reading.typed) if each.reading.typed else "" for each in some]
    known = ImportRow.first_of(given.id, [each for each in identities if each])
    fit: list[tuple[dict[str, Any], Any]] = []
    rows: list[dict[str, Any]] = []
    for (number, cells, reading), identity in zip(some, identities, strict=True):
        row: dict[str, Any] = {"import_id": given.id, "number": number, "cells": list(cells)}
        row["identity"] = identity or None
        rows.append(row)
        if reading.typed is None:
            row |= _refused(in_words(kind, reading.faults, words))
        elif identity and known.setdefault(identity, number) != number:
            row |= _refused(words(TWICE, number=known[identity]))
        else:
            fit.append((row, reading.typed))
    judgements = kind.judge([typed for _, typed in fit], actor)
    for (row, _), judgement in zip(fit, judgements, strict=True):
        row |= _judgement(judgement)
    return rows


def _refused(why: str) -> dict[str, Any]:
    return {"verdict": Verdict.REFUSED.value, "why": why}


def _judgement(judgement: Judgement) -> dict[str, Any]:
    """*judgement* as a row keeps it."""
    return {
        "verdict": judgement.verdict.value,
        "record": judgement.record or None,
        "caption": judgement.caption or None,
        "revision": judgement.revision,
        "changes": [list(change) for change in judgement.changes],
        "why": judgement.why or None,
        "before": dict(judgement.before),
        "was_new": judgement.verdict in (Verdict.NEW, Verdict.ALIKE),
    }


def in_words(kind: ImportKind[Any], faults: Any, words: Any) -> str:
    """Each fault with the name of its column."""
    return " ".join(_each_in_words(kind, faults, words))


def _each_in_words(kind: ImportKind[Any], faults: Any, words: Any) -> Iterator[str]:
    labels = {each.name: each.label for each in kind.columns}
    for name, texts in faults.items():
        label = words(labels[name]) if name in labels else ""
        yield f"{label}：{''.join(texts)}" if label else "".join(texts)
