"""The pages of tasks: lists, giving one, one task and what is done about it."""

from collections.abc import Callable
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from archive import clock
from archive.actor import Right
from archive.assigning import service
from archive.assigning.forms import OutcomeInput, TaskDayInput, TaskInput, TaskOwnerInput
from archive.assigning.lists import TABS, TASKS, asked_tab, in_tab
from archive.assigning.models import Task
from archive.assigning.serving import about, colleagues, link_to
from archive.trail.history import history_of
from archive.web.changes import changes_in_words
from archive.web.context import actor
from archive.web.editing import Answer
from archive.web.forms import CORRECTABLE, Form, read_form
from archive.web.guard import needs, signed_in
from archive.web.inputs import Input, ReasonInput
from archive.web.listing import count_of
from archive.web.reasons import reasoned
from archive.web.repeats import once
from archive.web.wording import action_words

blueprint = Blueprint("tasks", __name__, template_folder="../templates")

CHANGES_SHOWN = 30


@blueprint.get("/tasks")
@signed_in
def list_page() -> str | Response:
    tab = asked_tab()
    seen = Task.visible_to(actor())
    return TASKS.answer(
        seen,
        within=lambda found: in_tab(tab, found),
        sort="-given" if tab == "all" else "",
        kept={"tab": tab},
        tab=tab,
        tabs=[(key, label, count_of(in_tab(key, seen))) for key, label in TABS.items()],
    )


@blueprint.get("/tasks/new")
@signed_in
def new() -> str:
    asked = {name: request.args.get(name) for name in ("kind", "key")}
    about(asked["kind"], asked["key"])
    initial = {"owner": actor().id, "about_kind": asked["kind"], "about_key": asked["key"]}
    return _new(Form(TaskInput, initial=initial, choices={"owner": colleagues()}))


@blueprint.post("/tasks/new")
@once
@signed_in
def create() -> Answer:
    try:
        facts = read_form(TaskInput, request.form).model_dump()
        subject = about(facts.pop("about_kind"), facts.pop("about_key"))
        task = service.give_task(actor=actor(), now=clock.now(), about=subject, **facts)
    except CORRECTABLE as fault:
        form = Form(TaskInput, request.form, choices={"owner": colleagues()}, fault=fault)
        return _new(form), 422
    said = gettext("任务 %(number)s 已交给 %(name)s。", number=task.number, name=task.owner_name)
    if task.owner_id == actor().id:
        said = gettext("任务 %(number)s 已列入您的待办。", number=task.number)
    flash(said, "success")
    return redirect(_address_of(task))


@blueprint.get("/tasks/<number>")
@signed_in
def page(number: str) -> str:
    return _page(service.open_task(number, actor=actor()))


@blueprint.get("/tasks/<number>/finish")
@signed_in
def finish_page(number: str) -> str:
    return _act(service.open_task(number, actor=actor()), "finish", Form(OutcomeInput))


@blueprint.post("/tasks/<number>/finish")
@signed_in
def finish(number: str) -> Answer:
    task = service.open_task(number, actor=actor())

    def do(typed: Any) -> None:
        service.finish_task(task, typed.outcome, actor=actor(), now=clock.now())

    return _done(task, "finish", OutcomeInput, do, gettext("任务已完成。"))


@blueprint.get("/tasks/<number>/hand-over")
@needs(Right.HAND_OVER_TASK)
def hand_over_page(number: str) -> str:
    task = service.open_task(number, actor=actor())
    return _act(task, "hand_over", Form(TaskOwnerInput, choices={"owner": colleagues()}))


@blueprint.post("/tasks/<number>/hand-over")
@needs(Right.HAND_OVER_TASK)
def hand_over(number: str) -> Answer:
    task = service.open_task(number, actor=actor())

    def do(typed: Any) -> None:
        subject = about(task.about_kind, task.about_key)
        service.hand_over_task(
            task, typed.owner, typed.reason, actor=actor(), now=clock.now(), about=subject
        )

    return _done(task, "hand_over", TaskOwnerInput, do, gettext("任务已转交。"))


@blueprint.get("/tasks/<number>/postpone")
@signed_in
def postpone_page(number: str) -> str:
    task = service.open_task(number, actor=actor())
    return _act(task, "postpone", Form(TaskDayInput, initial={"due_on": task.due_on}))


@blueprint.post("/tasks/<number>/postpone")
@signed_in
def postpone(number: str) -> Answer:
    task = service.open_task(number, actor=actor())

    def do(typed: Any) -> None:
        service.postpone_task(task, typed.due_on, typed.reason, actor=actor(), now=clock.now())

    return _done(task, "postpone", TaskDayInput, do, gettext("期限已更改。"))


@blueprint.post("/tasks/<number>/take-back")
@signed_in
def take_back(number: str) -> Answer:
    task = service.open_task(number, actor=actor())
    return reasoned(
        lambda reason: service.take_back_task(task, reason, actor=actor(), now=clock.now()),
        page=lambda reason: _page(task, reason),
        said=gettext("任务已收回，不必再做。"),
        address=_address_of(task),
    )


@blueprint.post("/tasks/<number>/reopen")
@signed_in
def reopen(number: str) -> Answer:
    task = service.open_task(number, actor=actor())
    return reasoned(
        lambda reason: service.reopen_task(task, reason, actor=actor(), now=clock.now()),
        page=lambda reason: _page(task, reason),
        said=gettext("任务已重新打开。"),
        address=_address_of(task),
    )


def _address_of(task: Task) -> str:
    return url_for("tasks.page", number=task.number)


def _new(form: Form) -> str:
    link = link_to(form.about_kind.value, form.about_key.value, actor())
    return render_template("assigning/new.html", form=form, link=link)


def _page(task: Task, reason: Form | None = None) -> str:
    events = history_of(task)[:CHANGES_SHOWN]
    return render_template(
        "assigning/task.html",
        task=task,
        link=link_to(task.about_kind, task.about_key, actor()),
        reason=reason or Form(ReasonInput),
        history=[
            (each, action_words(each.action), changes_in_words("tasks", _told(each.changes)))
            for each in events
        ],
        now=clock.now(),
    )


def _told(changes: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Those of *changes* that the line of the event does not say already."""
    return [each for each in changes if each["field"] in ("due_on", "owner_name", "outcome")]


def _act(task: Task, act: str, form: Form) -> str:
    return render_template("assigning/act.html", task=task, act=act, form=form)


def _done(task: Task, act: str, model: type[Input], do: Callable[[Any], None], said: str) -> Answer:
    """Do what was typed into the page of *act*, then say so at the task."""
    try:
        do(read_form(model, request.form))
    except CORRECTABLE as fault:
        form = Form(model, request.form, choices={"owner": colleagues()}, fault=fault)
        return _act(task, act, form), 422
    flash(said, "success")
    return redirect(_address_of(task))
