"""The worker's way in: ``celery --app archive.worker:celery worker``."""

from typing import Any

from celery import Task

from archive.app import create_app
from archive.jobs import celery

site = create_app()


class TaskOnSite(Task):  # type: ignore[misc]  # Celery is untyped
    """A task with the same parts at hand as a view: `archive.web.context.seams`."""

    def __call__(self, *arguments: Any, **options: Any) -> Any:
        with site.app_context():
            return super().__call__(*arguments, **options)


celery.Task = TaskOnSite
