"""What the worker does about acts on many rows."""

from datetime import timedelta

from archive import clock, jobs
from archive.listwork.models import Run
from archive.listwork.serving import carry_on


@jobs.task("listwork.work")
def work(key: str) -> None:
    """Do what the act *key* waits for."""
    carry_on(key)


@jobs.task("listwork.sweep", every=timedelta(minutes=1))
def sweep() -> None:
    """Ask again for acts whose process has died, or that were never begun."""
    for each in Run.forgotten(clock.now()):
        jobs.enqueue("listwork.work", each.key)
