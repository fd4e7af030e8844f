"""The worker's way in: ``celery --app archive.worker:celery worker``."""

import socket
from datetime import timedelta
from typing import Any

from celery import Task, bootsteps
from celery.beat import EmbeddedService
from celery.signals import setup_logging

from archive import clock
from archive.app import create_app
from archive.jobs import REQUEST_HEADER, celery, task
from archive.observing import begin_request, set_up_logs
from archive.reading.lane import Lanes
from archive.seams import Seams
from archive.web.context import seams
from archive.web.gauges import leave_worker_pulse

site = create_app()  # its chapters have made their tasks known


class TaskOnSite(Task):
    """A task with the same parts at hand as a view: `archive.web.context.seams`.

    Its log bears the number of the request that asked for it.
    """

    def __call__(self, *arguments: Any, **options: Any) -> Any:
        begin_request((self.request.headers or {}).get(REQUEST_HEADER))
        with site.app_context():
            return super().__call__(*arguments, **options)


celery.Task = TaskOnSite


class Clock(bootsteps.StartStopStep):
    """The clock that starts what is due, as a thread: a process of its own would hold all again."""

    def create(self, parent: Any) -> Any:
        """See celery."""
        return EmbeddedService(parent.app, thread=True, schedule_filename=parent.schedule_filename)


class Reading(bootsteps.StartStopStep):
    """The lanes in which pages are read, apart from the tasks."""

    def include_if(self, parent: Any) -> bool:
        """See celery."""
        return with_seams().settings.reading_lanes > 0

    def create(self, parent: Any) -> Any:
        """See celery."""
        parts = with_seams()
        return Lanes(parts.settings.reading_lanes, parts.blobs, parts.recognition)


def with_seams() -> Seams:
    """The parts in use, outside of any task."""
    with site.app_context():
        return seams()


celery.steps["worker"].add(Clock)
celery.steps["worker"].add(Reading)


def log_as_everywhere(**_: object) -> None:
    """Keep Celery from setting up logs of its own."""
    set_up_logs()


setup_logging.connect(log_as_everywhere)


@task("worker.pulse", every=timedelta(seconds=30))
def pulse() -> None:
    """Leave a sign of life."""
    leave_worker_pulse(socket.gethostname(), clock.now())
