"""What the worker counts for the pages across chapters."""

from datetime import timedelta

from archive.dossier.serving.standing import count_all
from archive.jobs import task


@task("dossier.count", every=timedelta(minutes=5))
def count() -> None:
    """Count how the company stands, so that looking at it counts nothing."""
    count_all()
