"""A task, and a duty that comes of it, for the walk of rights."""

from datetime import timedelta

from flask import current_app

from archive import clock
from archive.assigning import service
from archive.assigning.models import Task
from archive.assigning.waiting import duties_of
from archive.web.chapter import Sample, Sampling


def _given(sampling: Sampling) -> Task:
    return service.give_task(
        actor=sampling.maker,
        now=sampling.now,
        title="核对货量",
        due_on=clock.local_day(sampling.now + timedelta(days=3)),
        owner=sampling.maker.id,
    )


def of_tasks(given: Sampling) -> Sample:
    """A task that somebody gave themselves."""
    task, why = _given(given), {"reason": "样例"}
    return Sample(
        {"number": task.number},
        sent={
            "tasks_api.hand_over_task": {"owner": given.maker.id, **why},
            "tasks_api.postpone_task": {"due_on": task.due_on.isoformat(), **why},
            "tasks_api.take_back_task": why,
            "tasks_api.reopen_task": why,
        },
    )


def of_duties(given: Sampling) -> Sample:
    """A duty that was put off."""
    task = _given(given)
    with current_app.test_request_context():
        duty = next(
            each for each in duties_of(given.maker, given.now) if task.number in each.address
        )
    until = clock.local_day(given.now + timedelta(days=1))
    service.put_off_duty(
        duty.key, duty.label, until, "等客户回复", actor=given.maker, now=given.now
    )
    return Sample({"key": duty.key})


SAMPLES = {"tasks": of_tasks, "tasks_api": of_tasks, "duties": of_duties}
