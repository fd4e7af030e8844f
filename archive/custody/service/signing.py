"""The list that is signed when papers are destroyed, as a Word file."""

from datetime import datetime

from archive.actor import Actor, Right
from archive.custody.models import Disposal
from archive.custody.placeholders import CATALOGUE, values_of_disposal
from archive.docgen import DraftWriter
from archive.docgen.shipped import DISPOSAL_LIST
from archive.trail.looks import note_look

WRITER = DraftWriter(CATALOGUE)


def write_disposal(disposal: Disposal, *, actor: Actor, now: datetime) -> bytes:
    """The list (附件销毁清单) of all papers of *disposal*.

    Raises:
        NotPermitted.
    """
    actor.require(Right.SEE_DISPOSALS)
    note_look(disposal, actor=actor, now=now, action="disposal.list_taken")
    return WRITER.fill(
        DISPOSAL_LIST.read(),
        values_of_disposal(disposal),
        number=disposal.number,
        version=1,
        made_at=now,
        made_by=actor.name,
    ).content
