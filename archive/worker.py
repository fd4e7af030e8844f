"""The worker's way in: ``celery --app archive.worker:celery worker``."""

from typing import Any

from celery import Task
from celery.platforms import set_pdeathsig
from celery.signals import beat_embedded_init

from archive.app import create_app
from archive.jobs import celery

site = create_app()  # its chapters have made their tasks known


class TaskOnSite(Task):
    """A task with the same parts at hand as a view: `archive.web.context.seams`."""

    def __call__(self, *arguments: Any, **options: Any) -> Any:
        with site.app_context():
            return super().__call__(*arguments, **options)


celery.Task = TaskOnSite


@beat_embedded_init.connect  # type: ignore[untyped-decorator]  # Celery is untyped
def tie_the_clock_to_the_worker(**_: object) -> None:
    """Let the clock's process die with the worker's, as Celery does for the pool's own."""
    set_pdeathsig("SIGKILL")
