"""Work that goes on behind the pages.

What is to be done is a state on a document. A message carries only the identity, a task can run
twice without harm, and a sweep sends again what has waited too long: a lost message costs time,
never work.
"""

import logging
from collections.abc import Callable
from datetime import time, timedelta
from typing import Any, TypeVar

from celery import Celery
from celery.schedules import crontab
from kombu.exceptions import OperationalError

from archive.clock import TIMEZONE
from archive.config import Settings
from archive.observing import request_id

log = logging.getLogger(__name__)

REQUEST_HEADER = "archive_request"  # whose number the lines of the task's log bear

F = TypeVar("F", bound=Callable[..., Any])

celery = Celery("archive")
celery.conf.update(
    task_ignore_result=True,
    task_acks_late=True,
    task_reject_on_worker_lost=True,
    task_serializer="json",
    accept_content=["json"],
    worker_prefetch_multiplier=1,
    worker_hijack_root_logger=False,
    broker_connection_retry_on_startup=True,
    timezone=TIMEZONE.key,
    beat_schedule={},
)


def configure(settings: Settings) -> None:
    """Point the queue at the broker that *settings* name: by default the same MongoDB."""
    celery.conf.broker_url = settings.broker_url or settings.mongodb_uri
    if not settings.broker_url:
        celery.conf.broker_transport = "archive.jobs.queue:PromptTransport"
        celery.conf.broker_transport_options = {
            "default_database": f"{settings.mongodb_name}_queue"
        }


def task(name: str, *, every: timedelta | time | None = None) -> Callable[[F], F]:
    """Declare the task *name*; with *every*, also have it run on that rhythm, or daily at a time.

    The time of day is the company's.
    """

    def declare(function: F) -> F:
        celery.task(name=name)(function)
        if every is not None:
            rhythm: Any = every
            if isinstance(every, time):
                rhythm = crontab(hour=every.hour, minute=every.minute)
            celery.conf.beat_schedule[name] = {"task": name, "schedule": rhythm}
        return function

    return declare


def enqueue(name: str, *arguments: str) -> None:
    """Ask for the task *name* soon. When the broker is unavailable the sweep will ask again."""
    headers = {REQUEST_HEADER: request_id()}
    try:
        celery.send_task(name, args=arguments, headers=headers, retry=False)
    except OperationalError:
        log.warning("the queue is unavailable; the sweep will ask for %s again", name)


def waiting_tasks() -> int:
    """How many messages wait in the queue.

    Raises:
        OperationalError: the broker is unavailable.
    """
    with celery.producer_or_acquire() as producer:
        queue = celery.conf.task_default_queue
        return int(producer.channel.queue_declare(queue, passive=True).message_count)
