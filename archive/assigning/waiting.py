"""What of tasks waits for a person, and the duties that were put off or handed over."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from flask import url_for

from archive.accounts.models import User
from archive.actor import Actor
from archive.assigning.errors import NotYours
from archive.assigning.models import SetAside, Task
from archive.assigning.rules import TaskStatus, is_paused
from archive.terms import N_
from archive.urgency import Step
from archive.web.duties import declared_duties
from archive.web.waiting import MOST_SHOWN, USUAL_STEPS, Duty, News


@dataclass(frozen=True)
class Aside:
    """A duty that is set aside, and what is kept about that."""

    duty: Duty
    kept: SetAside


def duties_of(who: Actor, now: datetime) -> Iterator[Duty]:
    """The tasks that a person was given, or gave themselves."""
    for task in Task.open_of(who).limit(MOST_SHOWN):
        yield Duty(
            N_("完成任务"),
            icon="checkbox",
            address=url_for("tasks.page", number=task.number),
            about=task.title if task.giver_id == who.id else f"{task.title} · {task.giver_name}",
            due_at=task.due_at,
            due_on=task.due_on,
            since=task.given_at,
            tells=USUAL_STEPS if task.giver_id == who.id else (Step.ARRIVED, *USUAL_STEPS),
            is_movable=False,
        )


def news_of(who: Actor, now: datetime) -> Iterator[News]:
    """Tasks that *who* gave and a colleague has done, or that were taken back from them."""
    for task in Task.closed_lately(who, now):
        is_done = task.status is TaskStatus.DONE
        yield News(
            key=f"task:{task.number}:{task.closed_at.isoformat()}",
            label=N_("您交办的任务已完成") if is_done else N_("交给您的任务已收回"),
            address=url_for("tasks.page", number=task.number),
            about=task.title,
        )


def arrange(who: Actor, duties: list[Duty], now: datetime) -> list[Duty]:
    """*duties* of *who* without those set aside, and with those that colleagues handed to them."""
    handed = handed_to(who, now)
    away = {each.duty.key for each in set_aside_by(who, duties, now)}
    away |= {each.key for each in handed}  # what two have to do anyway is listed once
    return [each for each in duties if each.key not in away] + handed


def set_aside_by(who: Actor, duties: list[Duty], now: datetime) -> list[Aside]:
    """Those of *duties* that are not on the list of *who* now.

    A duty comes back by itself: on the day, ahead of its deadline, and where the colleague can no
    longer do it.
    """
    kept = SetAside.of(who.id)
    return [
        Aside(duty, kept[duty.key])
        for duty in duties
        if duty.key in kept and _is_away(kept[duty.key], duty, now)
    ]


def handed_to(who: Actor, now: datetime) -> list[Duty]:
    """The duties that colleagues have handed to *who* and that are still to be done."""
    found = []
    by_giver: dict[str, list[SetAside]] = {}
    for each in SetAside.handed_to(who.id):
        by_giver.setdefault(each.person_id, []).append(each)
    if not by_giver:
        return []
    for giver in User.objects(id__in=list(by_giver), is_disabled__ne=True):
        keys = {each.duty_key for each in by_giver[giver.key]}
        found += [
            replace(duty, handed_by=giver.name)
            for duty in declared_duties(giver.as_actor(), now)
            if duty.key in keys and _may(who, duty)
        ]
    return found


def duty_called(key: str, who: Actor, now: datetime) -> Duty:
    """The duty *key* of *who*: their own, or one that was handed to them.

    Raises:
        NotYours: they have no such duty now.
    """
    for duty in [*declared_duties(who, now), *handed_to(who, now)]:
        if duty.key == key:
            return duty
    raise NotYours()


def able(duty: Duty, but: Actor) -> list[tuple[str, str]]:
    """The colleagues who may do *duty*: identity, name."""
    if duty.right is None:
        return []
    holding = {key for key, _ in User.holding(duty.right)} - {but.id}
    found = User.objects(id__in=list(holding)).order_by("name")
    return [(each.key, each.name) for each in found if _may(each.as_actor(), duty)]


def _is_away(kept: SetAside, duty: Duty, now: datetime) -> bool:
    if kept.until is not None:
        return is_paused(kept.until, kept.set_at, duty.due_at, now)
    colleague = User.objects(id=kept.to_id, is_disabled__ne=True).first()
    return colleague is not None and _may(colleague.as_actor(), duty)


def _may(who: Actor, duty: Duty) -> bool:
    return duty.right is not None and who.may(duty.right, duty.subject)
