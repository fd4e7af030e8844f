"""The verbs of acts on many rows. Working on one may be killed anywhere, and begun again."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any

from bson import ObjectId

from archive import clock, jobs
from archive.actor import SYSTEM, Actor, Right
from archive.database import DatabaseAway, next_number
from archive.errors import ArchiveError
from archive.listed import RowAct
from archive.listwork.errors import NothingChosen, NotInThatState, OthersFound, TooManyChosen
from archive.listwork.models import Run, RunRow
from archive.listwork.rules import AT_ONCE, MOST_ROWS, UNDOABLE, Outcome, RunState
from archive.terms import N_

DONE_BETWEEN_SIGNS = 20
GONE = N_("这条记录已不存在。")
NOT_THEIRS = N_("您没有更改这条记录的权限。")
CHANGED_SINCE = N_("之后有人改过，保持现状。")

Words = Callable[..., str]
"""An error, or a message with its facts, in the language of whoever asked for the act."""


def begin(
    act: RowAct,
    facts: Mapping[str, Any],
    records: Sequence[ObjectId],
    *,
    seen: int,
    reason: str,
    language: str,
    actor: Actor,
    now: datetime,
) -> Run:
    """Have *act* done to *records*, of which the person saw that there are *seen*.

    Raises:
        NotPermitted, NothingChosen, TooManyChosen, OthersFound.
    """
    actor.require(act.right)
    if earlier := Run.asked_before():
        return earlier
    if not records:
        raise NothingChosen()
    if len(records) > MOST_ROWS:
        raise TooManyChosen(most=f"{MOST_ROWS:,}", count=f"{len(records):,}")
    if len(records) != seen:
        raise OthersFound(count=f"{len(records):,}", seen=f"{seen:,}")
    year = clock.local(now).year
    run = Run.open_new(
        actor,
        now,
        "run.begun",
        {
            "number": f"PL-{year}-{next_number(f'run:{year}'):05d}",
            "act": act.key,
            "on": act.on,
            "facts": dict(facts),
            "language": language,
            "total": len(records),
            "made_by_id": actor.id,
            "made_by_name": actor.name,
            "reason": reason,
        },
        reason=reason,
    )
    RunRow.lay_out(run, records)
    if len(records) > AT_ONCE:
        jobs.enqueue("listwork.work", run.key)
    return run


def stop(run: Run, *, actor: Actor, now: datetime) -> Run:
    """Leave the rows that were not reached yet as they are.

    Raises:
        NotPermitted, NotInThatState.
    """
    actor.require(Right.SEE_RUNS, run)
    if run.state is not RunState.RUNNING:
        raise NotInThatState(state=run.state.label)
    return run.change(actor, now, "run.stopped", {"state": RunState.STOPPED, "worked_at": None})


def go_on(run: Run, *, actor: Actor, now: datetime) -> Run:
    """Go on with the rows that were not reached.

    Raises:
        NotPermitted, NotInThatState.
    """
    actor.require(Right.SEE_RUNS, run)
    if run.state is not RunState.STOPPED:
        raise NotInThatState(state=run.state.label)
    going = run.change(actor, now, "run.resumed", {"state": RunState.RUNNING, "worked_at": None})
    jobs.enqueue("listwork.work", going.key)
    return going


def begin_undoing(run: Run, *, actor: Actor, now: datetime, reason: str) -> Run:
    """Have everything that was changed put back, for a *reason*.

    Raises:
        NotPermitted, NotInThatState.
    """
    actor.require(Right.SEE_RUNS, run)
    if run.state not in UNDOABLE:
        raise NotInThatState(state=run.state.label)
    facts = {
        "state": RunState.UNDOING,
        "worked_at": None,
        "undone_because": reason,
        "undone_by_id": actor.id,
        "undone_by_name": actor.name,
    }
    undoing = run.change(actor, now, "run.undone", facts, reason=reason)
    if run.total > AT_ONCE:
        jobs.enqueue("listwork.work", undoing.key)
    return undoing


def work(run: Run, *, act: RowAct, actor: Actor, words: Words) -> None:
    """Do, or take back, what *run* still has to; the caller has taken it (`Run.take`)."""
    undoes = run.state is RunState.UNDOING
    waiting = (Outcome.DONE,) if undoes else (Outcome.BEGUN, Outcome.WAITING)
    step = _undo_row if undoes else _do_row
    while some := list(run.rows(*waiting).order_by("place").limit(DONE_BETWEEN_SIGNS)):
        if not run.give_sign(clock.now()):
            return
        for row in some:
            step(run, row, act, actor, words)
    ended = Run.find(run.key)
    if ended.state is run.state:
        action, state = (
            ("run.taken_back", RunState.UNDONE) if undoes else ("run.finished", RunState.DONE)
        )
        ended.change(SYSTEM, clock.now(), action, {"state": state, "worked_at": None})


def _do_row(run: Run, row: RunRow, act: RowAct, actor: Actor, words: Words) -> None:
    record = act.find(row.record)
    if record is None:
        return row.become(Outcome.REFUSED, words(GONE))
    named = {"caption": record.caption}
    if not actor.may(act.right, record):
        return row.become(Outcome.REFUSED, words(NOT_THEIRS), **named)
    if act.is_so(record, run.facts):
        # One that was begun was done before the process died.
        was_begun = row.outcome is Outcome.BEGUN
        return row.become(Outcome.DONE if was_begun else Outcome.SAME, **named)
    row.become(Outcome.BEGUN, before=dict(act.before(record)), **named)
    try:
        act.do(record, run.facts, actor, clock.now(), run.reason)
    except DatabaseAway:
        raise
    except ArchiveError as error:
        return row.become(Outcome.REFUSED, words(error))
    return row.become(Outcome.DONE)


def _undo_row(run: Run, row: RunRow, act: RowAct, actor: Actor, words: Words) -> None:
    record = act.find(row.record)
    if record is None:
        return row.become(Outcome.STAYED, words(GONE))
    if not actor.may(act.right, record):
        return row.become(Outcome.STAYED, words(NOT_THEIRS))
    if not act.is_so(record, run.facts):
        # Also where it was put back before the process died: then it is as it was.
        is_back = dict(act.before(record)) == dict(row.before)
        return (
            row.become(Outcome.UNDONE)
            if is_back
            else row.become(Outcome.STAYED, words(CHANGED_SINCE))
        )
    try:
        act.restore(record, row.before, actor, clock.now(), run.undone_because)
    except DatabaseAway:
        raise
    except ArchiveError as error:
        return row.become(Outcome.STAYED, words(error))
    return row.become(Outcome.UNDONE)
