"""Tasks over REST."""

from datetime import date
from typing import Any

from apiflask import APIBlueprint
from flask import url_for

from archive import clock
from archive.actor import Right
from archive.assigning import service
from archive.assigning.forms import OutcomeInput, TaskDayInput, TaskInput, TaskOwnerInput
from archive.assigning.lists import TASKS
from archive.assigning.models import Task
from archive.assigning.rules import TaskStatus
from archive.assigning.serving import about
from archive.web.api import Page, Paging, page_of
from archive.web.context import actor
from archive.web.guard import needs, signed_in
from archive.web.inputs import ReasonInput
from archive.web.repeats import once
from archive.web.shapes import Instant, RecordOut, Tagged, reads, tagged

api = APIBlueprint("tasks_api", __name__, url_prefix="/api/v1/tasks", tag="tasks")


class TaskOut(RecordOut):
    """What somebody is asked to do."""

    number: str
    title: str
    note: str | None
    due_on: date
    status: TaskStatus
    owner: str = reads("owner_id")
    owner_name: str
    giver: str = reads("giver_id")
    giver_name: str
    about_kind: str | None
    about_key: str | None
    outcome: str | None
    closed_at: Instant | None


class Tasks(Page[TaskOut]):
    """A page of tasks."""


@api.get("")
@api.input(TASKS.query("TaskQuery"), location="query")
@api.output(Tasks)
@signed_in
def find_tasks(query_data: Paging) -> dict[str, Any]:
    """The tasks that you gave, have or had, the first due first."""
    found = TASKS.narrow(Task.visible_to(actor()), query_data.model_dump())
    return page_of(found.order_by("due_on", "id"), query_data)


@api.post("")
@once
@api.input(TaskInput)
@api.output(TaskOut, status_code=201)
@signed_in
def give_task(json_data: TaskInput) -> Tagged:
    """Give a task to the person `owner`; `about_kind` and `about_key` name a record of search."""
    facts = json_data.model_dump()
    subject = about(facts.pop("about_kind"), facts.pop("about_key"))
    task = service.give_task(actor=actor(), now=clock.now(), about=subject, **facts)
    return tagged(task, address=url_for("tasks_api.read_task", number=task.number))


@api.get("/<number>")
@api.output(TaskOut)
@signed_in
def read_task(number: str) -> Tagged:
    """One task, with its ETag."""
    return tagged(service.open_task(number, actor=actor()))


@api.post("/<number>/finish")
@api.input(OutcomeInput)
@api.output(TaskOut)
@signed_in
def finish_task(number: str, json_data: OutcomeInput) -> Tagged:
    """Say that a task is done, and what came of it."""
    task = service.open_task(number, actor=actor())
    return tagged(service.finish_task(task, json_data.outcome, actor=actor(), now=clock.now()))


@api.post("/<number>/hand-over")
@api.input(TaskOwnerInput)
@api.output(TaskOut)
@needs(Right.HAND_OVER_TASK)
def hand_over_task(number: str, json_data: TaskOwnerInput) -> Tagged:
    """Have another person do a task, and say why."""
    task = service.open_task(number, actor=actor())
    subject = about(task.about_kind, task.about_key)
    typed = json_data.model_dump()
    return tagged(
        service.hand_over_task(task, **typed, actor=actor(), now=clock.now(), about=subject)
    )


@api.post("/<number>/postpone")
@api.input(TaskDayInput)
@api.output(TaskOut)
@signed_in
def postpone_task(number: str, json_data: TaskDayInput) -> Tagged:
    """Have a task be due on another day, and say why."""
    task = service.open_task(number, actor=actor())
    typed = json_data.model_dump()
    return tagged(service.postpone_task(task, **typed, actor=actor(), now=clock.now()))


@api.post("/<number>/take-back")
@api.input(ReasonInput)
@api.output(TaskOut)
@signed_in
def take_back_task(number: str, json_data: ReasonInput) -> Tagged:
    """Say that a task you gave need not be done, and why."""
    task = service.open_task(number, actor=actor())
    return tagged(service.take_back_task(task, json_data.reason, actor=actor(), now=clock.now()))


@api.post("/<number>/reopen")
@api.input(ReasonInput)
@api.output(TaskOut)
@signed_in
def reopen_task(number: str, json_data: ReasonInput) -> Tagged:
    """Have a task that was done or taken back be done after all, and say why."""
    task = service.open_task(number, actor=actor())
    return tagged(service.reopen_task(task, json_data.reason, actor=actor(), now=clock.now()))
