"""Taking an import back: of each row what nobody has changed since."""

from datetime import datetime
from typing import Any

from archive import clock, jobs
from archive.actor import SYSTEM, Actor
from archive.importable import ImportKind
from archive.importing.errors import NotNow
from archive.importing.models import Import, ImportRow
from archive.importing.rules import UNDOABLE, ImportState

UNDONE_AT_ONCE = 600


def begin_undoing(
    given: Import, *, kind: ImportKind[Any], actor: Actor, now: datetime, reason: str
) -> Import:
    """Have everything that the import wrote taken back, for a *reason*.

    Raises:
        NotPermitted, NotNow.
    """
    actor.require(kind.right, given)
    if given.state not in UNDOABLE:
        raise NotNow(state=given.state.label)
    facts = {"state": ImportState.UNDOING, "worked_at": None, "undone_because": reason}
    undoing = given.change(actor, now, "import.undone", facts, reason=reason)
    jobs.enqueue("importing.work", undoing.key)
    return undoing


def undo(given: Import, *, kind: ImportKind[Any], actor: Actor) -> None:
    """Take back what was written, the last row first; what was changed since stays and says so."""
    while some := list(
        given.written().filter(stayed=None).order_by("-number").limit(UNDONE_AT_ONCE)
    ):
        if not given.give_sign(clock.now()):
            return
        now = clock.now()
        stayed = kind.take_back(some, actor, now, given.undone_because)
        ImportRow.remember(
            {
                row.id: {"stayed": why} if why else {"undone_at": now}
                for row, why in zip(some, stayed, strict=True)
            }
        )
    done = Import.find(given.key)
    if done.state is ImportState.UNDOING:
        facts = {"state": ImportState.UNDONE, "worked_at": None}
        done.change(SYSTEM, clock.now(), "import.taken_back", facts)
