"""Writing the rows that were judged, some at a time, so that stopping and going on cost nothing."""

from collections.abc import Callable, Sequence
from datetime import datetime
from itertools import islice
from typing import Any

from archive import clock, jobs
from archive.actor import SYSTEM, Actor
from archive.importable import ImportKind, Planned, Reading, Verdict
from archive.importing.errors import NotNow
from archive.importing.models import Import, ImportRow
from archive.importing.rules import OPEN, WRITABLE, ImportState
from archive.importing.service.behind import Behind
from archive.importing.service.staging import in_words, typed_of

WRITTEN_AT_ONCE = 600


def begin_writing(given: Import, *, kind: ImportKind[Any], actor: Actor, now: datetime) -> Import:
    """Have the new and the changed rows written; also after it was stopped.

    Raises:
        NotPermitted, NotNow.
    """
    actor.require(kind.right, given)
    return _move(given, WRITABLE, ImportState.WRITING, "import.begun", actor, now)


def stop(given: Import, *, kind: ImportKind[Any], actor: Actor, now: datetime) -> Import:
    """Write no further row; those that are written stay, and it can go on later.

    Raises:
        NotPermitted, NotNow.
    """
    actor.require(kind.right, given)
    return _move(given, (ImportState.WRITING,), ImportState.STOPPED, "import.stopped", actor, now)


def discard(given: Import, *, kind: ImportKind[Any], actor: Actor, now: datetime) -> Import:
    """Give up a list of which nothing was written.

    Raises:
        NotPermitted, NotNow.
    """
    actor.require(kind.right, given)
    return _move(given, OPEN, ImportState.DISCARDED, "import.discarded", actor, now)


def write(given: Import, *, kind: ImportKind[Any], actor: Actor, words: Callable[..., str]) -> None:
    """Write what waits; killed anywhere, it goes on with the next row that is not written.

    *actor* is who brings the list in.
    """
    waiting = given.to_write().order_by("record", "number").no_cache().batch_size(WRITTEN_AT_ONCE)
    unused = ("changes",) if kind.reads_again else ("changes", "cells")
    rows = (row for row in waiting.exclude(*unused).as_pymongo())  # one query for all of them
    with Behind() as behind:
        while some := list(islice(rows, WRITTEN_AT_ONCE)):
            if not given.give_sign(clock.now()):
                return
            behind.do(ImportRow.remember, _written(given, some, kind, actor, words))
    done = Import.find(given.key)
    if done.state is ImportState.WRITING:
        facts = {"state": ImportState.DONE, "worked_at": None}
        done.change(SYSTEM, clock.now(), "import.finished", facts)


def _written(
    given: Import,
    some: Sequence[dict[str, Any]],
    kind: ImportKind[Any],
    actor: Actor,
    words: Callable[..., str],
) -> dict[Any, dict[str, Any]]:
    """Write *some* rows; what became of each, by its identity."""
    outcomes: dict[Any, dict[str, Any]] = {}
    ready: list[tuple[dict[str, Any], Planned[Any]]] = []
    for row in some:
        reading = kind.read(typed_of(given, row["cells"])) if kind.reads_again else Reading()
        if reading.faults:  # the rules have changed since it was judged
            outcomes[row["_id"]] = _refusal(in_words(kind, reading.faults, words))
        else:
            ready.append((row, _planned(row, reading.typed)))
    now = clock.now()
    written = kind.write([planned for _, planned in ready], actor, now)
    for (row, _), each in zip(ready, written, strict=True):
        outcomes[row["_id"]] = (
            _refusal(each.refused)
            if each.refused
            else {
                "written_at": now,
                "revision": each.revision,
                "was_new": row["verdict"] == Verdict.NEW,
            }
        )
    return outcomes


def _planned(row: dict[str, Any], typed: Any) -> Planned[Any]:
    is_new = row["verdict"] == Verdict.NEW
    return Planned(typed, row["record"], row["revision"], is_new, row.get("before", {}))


def _refusal(why: str) -> dict[str, Any]:
    return {"verdict": Verdict.REFUSED.value, "why": why}


def _move(
    given: Import,
    states: tuple[ImportState, ...],
    state: ImportState,
    action: str,
    actor: Actor,
    now: datetime,
) -> Import:
    if given.state not in states:
        raise NotNow(state=given.state.label)
    moved = given.change(actor, now, action, {"state": state, "worked_at": None})
    if moved.is_working:
        jobs.enqueue("importing.work", moved.key)
    return moved
