"""The worker's way in: ``celery --app archive.worker:celery worker``."""

import os
import signal
import socket
from datetime import timedelta
from typing import Any

from celery import Task
from celery.signals import beat_embedded_init, setup_logging, worker_process_init

from archive import clock
from archive.app import create_app
from archive.embedded.tether import tie_to
from archive.jobs import REQUEST_HEADER, celery, task
from archive.observing import begin_request, set_up_logs
from archive.web.gauges import leave_worker_pulse

WORKER = os.getpid()  # the pool's processes and the clock's are forked from this one

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


def end_with_the_worker(**_: object) -> None:
    """Let the pool's processes and the clock's end with the worker, however it ends."""
    tie_to(WORKER, signal.SIGKILL)


def log_as_everywhere(**_: object) -> None:
    """Keep Celery from setting up logs of its own."""
    set_up_logs()


setup_logging.connect(log_as_everywhere)
for begun in (worker_process_init, beat_embedded_init):
    begun.connect(end_with_the_worker)


@task("worker.pulse", every=timedelta(seconds=30))
def pulse() -> None:
    """Leave a sign of life."""
    leave_worker_pulse(socket.gethostname(), clock.now())
