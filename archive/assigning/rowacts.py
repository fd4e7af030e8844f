"""What can be done with many tasks at once."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from flask import url_for
from flask_babel import gettext

from archive.actor import Actor, Right
from archive.assigning import service
from archive.assigning.forms import TaskOwnerInput
from archive.assigning.lists import TASKS, asked_tab, in_tab
from archive.assigning.models import Task
from archive.assigning.serving import about_for, colleagues
from archive.listed import Listed, RowAct
from archive.terms import N_

LISTS = (
    Listed(
        TASKS.key,
        TASKS,
        "tasks.list_page",
        Task.visible_to,
        within=lambda found: in_tab(asked_tab(), found),
    ),
)


def kept_choice(typed: TaskOwnerInput) -> dict[str, Any]:
    """Who does the tasks.

    Raises:
        ColleagueUnknown.
    """
    return {"owner": typed.owner, "name": service.colleague(typed.owner).name}


def tell(facts: Mapping[str, Any]) -> str:
    """Who does them."""
    return gettext("由谁来做：%(name)s", name=facts.get("name", ""))


def find(key: Any) -> Task | None:
    """The task with this identity."""
    found: Task | None = Task.objects(id=key).first()
    return found


def is_handed_over(task: Task, facts: Mapping[str, Any]) -> bool:
    """Whether whom the act names has it."""
    return bool(task.owner_id == facts["owner"])


def before(task: Task) -> dict[str, Any]:
    """Who has it now."""
    return {"owner": task.owner_id}


def hand_over(
    task: Task, facts: Mapping[str, Any], actor: Actor, now: datetime, reason: str
) -> None:
    """Have whom the facts name do it."""
    about = about_for(actor, task.about_kind, task.about_key)
    service.hand_over_task(task, facts["owner"], reason, actor=actor, now=now, about=about)


def addresses(keys: Sequence[Any]) -> dict[Any, str]:
    """The pages of tasks."""
    found = Task.objects(id__in=list(keys)).only("number")
    return {each.id: url_for("tasks.page", number=each.number) for each in found}


ACTS = (
    RowAct(
        key="hand_over",
        on=TASKS.key,
        label=N_("转交"),
        icon="user-share",
        right=Right.HAND_OVER_TASK,
        lead=N_("选中的任务由新的同事来做；已办结的保持不变；整次操作可以撤销。"),
        model=TaskOwnerInput,
        facts=kept_choice,
        tell=tell,
        find=find,
        is_so=is_handed_over,
        before=before,
        do=hand_over,
        restore=hand_over,
        addresses=addresses,
        choices=lambda: {"owner": colleagues()},
    ),
)
