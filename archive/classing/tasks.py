"""Computing the classes: at night, after figures have come in, and when somebody asks."""

from datetime import time, timedelta

from archive import clock, jobs
from archive.classing import service
from archive.web.context import seams

AT_NIGHT = time(2, 30)


@jobs.task("classing.compute", every=AT_NIGHT)
def compute() -> None:
    """Compute the classes of all customers; two at once do no harm."""
    window = seams().settings.cooperation_window_months
    service.compute_classes(now=clock.now(), window=window)


@jobs.task("classing.look", every=timedelta(minutes=1))
def look() -> None:
    """Compute where somebody asked, or figures have come in since."""
    if service.is_due(clock.now()):
        compute()
