"""What the worker does for custody. Each task may run twice, and may be killed anywhere."""

from datetime import timedelta

from archive import clock, jobs
from archive.custody.models import Disposal
from archive.custody.rules.retention import DisposalState
from archive.custody.service import disposing
from archive.web.context import seams


@jobs.task("custody.dispose", every=timedelta(minutes=5))
def dispose() -> None:
    """Begin with disposals whose grace is over, and go on with those that were begun."""
    disposing.begin_due(clock.now())
    for each in Disposal.at_work():
        if taken := Disposal.take(each.key, DisposalState.CARRYING, clock.now()):
            disposing.carry_on(taken, blobs=seams().blobs, now=clock.now())
