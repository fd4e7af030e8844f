"""What the worker does about customers."""

from datetime import timedelta

from archive.customers import service
from archive.jobs import task


@task("customers.finish_hand_overs", every=timedelta(minutes=2))
def finish_hand_overs() -> None:
    """Let records follow customers that were assigned while a process died."""
    service.finish_hand_overs()


@task("customers.make_up", every=timedelta(minutes=30))
def make_up() -> None:
    """Bring up to date what lists show of each customer's records."""
    service.make_up()
