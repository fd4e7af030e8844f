"""What the worker does for upkeep."""

from datetime import timedelta

from archive import clock
from archive.jobs import task
from archive.upkeep.models import Merge
from archive.upkeep.rules import MergeState
from archive.upkeep.service.merging import carry_on
from archive.upkeep.service.unmerging import carry_on_undoing


@task("upkeep.carry_on", every=timedelta(minutes=1))
def carry_on_merges() -> None:
    """Finish merges, and undoings, that a process left when it died."""
    for each in Merge.forgotten(clock.now()):
        if each.state is MergeState.MERGING:
            carry_on(each)
        else:
            carry_on_undoing(each)
