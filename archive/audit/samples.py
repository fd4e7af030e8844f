"""An entry of the trail for the walk of rights."""

from archive.trail.looks import note
from archive.trail.models import TrailEntry
from archive.web.chapter import Sample, Sampling


def of_trail(given: Sampling) -> Sample:
    """An entry."""
    note(
        "user.signed_in",
        actor=given.maker,
        now=given.now,
        subject_kind="users",
        subject_id=given.maker.id,
    )
    return Sample({"key": str(TrailEntry.objects.order_by("-id").first().id)})


SAMPLES = {"audit": of_trail}
