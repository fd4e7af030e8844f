"""The list that both sign when customers are handed over, as a Word file."""

from datetime import datetime

from archive.actor import Actor, Right
from archive.docgen import DraftWriter
from archive.docgen.shipped import HANDOVER_LIST
from archive.trail.looks import note_look
from archive.upkeep.models import Handover
from archive.upkeep.placeholders import CATALOGUE, values_of_handover

WRITER = DraftWriter(CATALOGUE)


def write_list(handover: Handover, to: str, *, actor: Actor, now: datetime) -> bytes:
    """The list (客户交接清单) of all that was handed over, or of what the person *to* got.

    Raises:
        NotPermitted.
    """
    actor.require(Right.ASSIGN_CUSTOMER)
    note_look(handover, actor=actor, now=now, action="handover.list_taken")
    return WRITER.fill(
        HANDOVER_LIST.read(),
        values_of_handover(handover, to),
        number=handover.number,
        version=1,
        made_at=now,
        made_by=actor.name,
    ).content
