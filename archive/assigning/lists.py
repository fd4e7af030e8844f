"""The list of tasks: one declaration for the page and the API."""

from typing import Any

from flask import request
from mongoengine import Q

from archive.assigning.models import Task
from archive.assigning.rules import TaskStatus
from archive.terms import N_
from archive.web.columns import Column, Show
from archive.web.context import actor
from archive.web.filters import Choice, Text
from archive.web.listing import ListPage

TABS = {
    "mine": N_("待我完成"),
    "given": N_("我交办的"),
    "all": N_("全部"),
}


def asked_tab() -> str:
    """Which part of the tasks the address shows."""
    asked = request.args.get("tab", "")
    return asked if asked in TABS else "mine"


def in_tab(tab: str, found: Any) -> Any:
    """What of *found* a tab holds."""
    if tab == "mine":
        return found.filter(owner_id=actor().id, status=TaskStatus.OPEN)
    if tab == "given":
        others = found.filter(giver_id=actor().id, owner_id__ne=actor().id)
        return others.filter(status=TaskStatus.OPEN)
    return found


TASKS = ListPage[Task](
    key="tasks",
    title=N_("任务"),
    model=Task,
    template="assigning/list.html",
    sort="due",
    columns=(
        Column("due", N_("期限"), lambda t: t.due_on, sort="due_on", show=Show.DAY),
        Column("title", N_("要做什么"), lambda t: t.title, reads=("title",)),
        Column("owner", N_("由谁来做"), lambda t: t.owner_name, reads=("owner_name",)),
        Column("giver", N_("交办人"), lambda t: t.giver_name, reads=("giver_name",)),
        Column("status", N_("状态"), lambda t: t.status, show=Show.STATE, reads=("status",)),
        Column("given", N_("交办时间"), lambda t: t.created_at, sort="created_at", show=Show.WHEN,
               default=False),
        Column("number", N_("编号"), lambda t: t.number, sort="number", is_unique=True,
               show=Show.CODE),
    ),
    filters=(
        Text("q", N_("要做什么、编号"),
             lambda typed: Q(title__icontains=typed) | Q(number=typed.upper())),
        Choice("status", N_("状态"), TaskStatus),
    ),
)  # fmt: skip
