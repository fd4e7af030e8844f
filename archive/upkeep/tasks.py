"""What the worker does for upkeep."""

from datetime import timedelta

from archive import clock
from archive.jobs import task
from archive.upkeep.models import Merge, Restriction
from archive.upkeep.rules import MergeState, RestrictionState
from archive.upkeep.service import restricting
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


@task("upkeep.restrict", every=timedelta(minutes=1))
def carry_on_restrictions() -> None:
    """Finish what a process left, and set aside what was written to a restricted archive since."""
    for each in Restriction.forgotten(clock.now()):
        if each.state is RestrictionState.RESTRICTING:
            restricting.carry_on(each)
        else:
            restricting.carry_on_lifting(each)
    for each in Restriction.in_force():
        restricting.set_aside(each)
