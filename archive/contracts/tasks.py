"""What the worker does for contracts. Each task may run twice, and may be killed anywhere."""

from datetime import timedelta

from archive import clock, jobs
from archive.contracts.service import absences


@jobs.task("contracts.refresh_reviewers", every=timedelta(minutes=30))
def refresh_reviewers() -> None:
    """See whose turn it is now: people get roles and lose them, go away and come back."""
    absences.refresh_all(now=clock.now())
