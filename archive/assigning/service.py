"""The verbs on tasks, and on duties that are set aside."""

from collections.abc import Mapping
from datetime import date, datetime

from archive import clock
from archive.accounts.models import User
from archive.actor import SYSTEM, Actor, Right, Scope, Subject
from archive.assigning import rules
from archive.assigning.errors import (
    CannotDoIt,
    CannotOpen,
    ColleagueUnknown,
    OwnAlready,
    TaskNotOpen,
    TaskOpen,
)
from archive.assigning.models import SetAside, Task
from archive.assigning.rules import About, AsideState, TaskStatus
from archive.database import Taken, next_number
from archive.errors import NotFound, NotPermitted


def colleague(key: str) -> User:
    """The person *key*, whose account is in use.

    Raises:
        ColleagueUnknown.
    """
    try:
        found = User.find(key)
    except NotFound as error:
        raise ColleagueUnknown() from error
    if found.is_disabled:
        raise ColleagueUnknown()
    return found


def give_task(
    *,
    actor: Actor,
    now: datetime,
    title: str,
    due_on: date,
    owner: str,
    note: str | None = None,
    about: About | None = None,
) -> Task:
    """Ask *owner*, by key, to do something until the end of *due_on*. Anybody may, of anybody.

    Raises:
        ColleagueUnknown, DueDayPast.
        CannotOpen: the task is about a record that *owner* may not open.
    """
    if earlier := Task.asked_before():
        return earlier
    rules.check_due(due_on, now)
    person = colleague(owner)
    _check_opens(person, about)
    year = clock.local(now).year
    return Task.open_new(
        actor,
        now,
        "task.given",
        {
            "number": f"RW-{year}-{next_number(f'task:{year}'):05d}",
            "title": title,
            "note": note,
            "due_on": due_on,
            "owner_id": person.key,
            "owner_name": person.name,
            "giver_id": actor.id,
            "giver_name": actor.name,
            "member_ids": list(dict.fromkeys([actor.id, person.key])),
            "about_kind": about.kind if about else None,
            "about_key": about.key if about else None,
            "given_at": now,
        },
    )


def open_task(number: str, *, actor: Actor) -> Task:
    """The task *number*, for those who have to do with it.

    Raises:
        NotFound, NotPermitted.
    """
    task = Task.numbered(number)
    _check_member(task, actor)
    return task


def finish_task(task: Task, outcome: str | None, *, actor: Actor, now: datetime) -> Task:
    """Say that the task is done, and what came of it.

    Raises:
        NotPermitted, TaskNotOpen, EditedMeanwhile.
    """
    _check_open(task, actor)
    facts = {"status": TaskStatus.DONE, "outcome": outcome, "closed_at": now}
    return task.change(actor, now, "task.done", facts)


def hand_over_task(
    task: Task, owner: str, reason: str, *, actor: Actor, now: datetime, about: About | None = None
) -> Task:
    """Have *owner*, by key, do the task from now on; *about* is what the task is about.

    Raises:
        NotPermitted, TaskNotOpen, ColleagueUnknown, OwnAlready, CannotOpen, EditedMeanwhile.
    """
    actor.require(Right.HAND_OVER_TASK, task)
    if not task.is_open:
        raise TaskNotOpen(status=task.status)
    person = colleague(owner)
    if person.key == task.owner_id:
        raise OwnAlready(name=person.name)
    _check_opens(person, about)
    facts = _given_to(task, person.key, now)
    return task.change(actor, now, "task.handed_over", facts, reason=reason)


def pass_on_task(task: Task, owner: str, reason: str, *, actor: Actor, now: datetime) -> Task:
    """Have *owner*, by key, do the task of somebody who hands over their work: for a manager.

    Raises:
        NotPermitted, TaskNotOpen, NotFound, EditedMeanwhile.
    """
    actor.require(Right.ASSIGN_CUSTOMER)
    if not task.is_open:
        raise TaskNotOpen(status=task.status)
    return task.change(actor, now, "task.handed_over", _given_to(task, owner, now), reason=reason)


def _given_to(task: Task, owner: str, now: datetime) -> dict[str, object]:
    person = User.find(owner)
    return {
        "owner_id": person.key,
        "owner_name": person.name,
        "member_ids": list(dict.fromkeys([*task.member_ids, person.key])),
        "given_at": now,
    }


def postpone_task(task: Task, due_on: date, reason: str, *, actor: Actor, now: datetime) -> Task:
    """Have the task be due on another day.

    Raises:
        NotPermitted, TaskNotOpen, DueDayPast, EditedMeanwhile.
    """
    _check_open(task, actor)
    rules.check_due(due_on, now)
    return task.change(actor, now, "task.postponed", {"due_on": due_on}, reason=reason)


def take_back_task(task: Task, reason: str, *, actor: Actor, now: datetime) -> Task:
    """Say that the task need not be done: for whoever gave it.

    Raises:
        NotPermitted, TaskNotOpen, EditedMeanwhile.
    """
    _check_open(task, actor)
    if actor.id != task.giver_id:
        raise NotPermitted()
    facts = {"status": TaskStatus.TAKEN_BACK, "closed_at": now}
    return task.change(actor, now, "task.taken_back", facts, reason=reason)


def reopen_task(task: Task, reason: str, *, actor: Actor, now: datetime) -> Task:
    """Have a task that was done or taken back be done after all.

    Raises:
        NotPermitted, TaskOpen, EditedMeanwhile.
    """
    _check_member(task, actor)
    if task.is_open:
        raise TaskOpen()
    facts = {"status": TaskStatus.OPEN, "closed_at": None}
    return task.change(actor, now, "task.reopened", facts, reason=reason)


def put_off_duty(
    key: str, label: str, until: date, reason: str, *, actor: Actor, now: datetime
) -> SetAside:
    """Take the duty *key* off *actor*'s list until the day *until*; its deadline stays.

    Raises:
        DayPast.
    """
    rules.check_pause(until, now)
    facts = {"until": until, "to_id": None, "to_name": None}
    return _set_aside(key, label, "duty.put_off", facts, reason, actor, now)


def hand_over_duty(
    key: str,
    label: str,
    to: str,
    reason: str,
    *,
    actor: Actor,
    now: datetime,
    right: Right | None,
    subject: Subject | None,
) -> SetAside:
    """Put the duty *key* on a colleague's list in place of *actor*'s.

    *right*, on *subject*, is what doing it needs.

    Raises:
        ColleagueUnknown.
        CannotDoIt: the colleague lacks the right, or is *actor*.
    """
    person = colleague(to)
    if right is None or person.key == actor.id or not person.as_actor().may(right, subject):
        raise CannotDoIt(name=person.name)
    facts = {"until": None, "to_id": person.key, "to_name": person.name}
    return _set_aside(key, label, "duty.handed_over", facts, reason, actor, now)


def bring_back_duty(aside: SetAside, reason: str, *, actor: Actor, now: datetime) -> SetAside:
    """Have the duty be on its owner's list again: for the owner, and for whoever it was given to.

    Raises:
        NotPermitted, EditedMeanwhile.
    """
    if not aside.is_within(Scope.RECORDED, actor.id):
        raise NotPermitted()
    return aside.change(actor, now, "duty.brought_back", {"state": AsideState.ENDED}, reason=reason)


def end_duty(aside: SetAside, *, now: datetime) -> SetAside:
    """Note that the duty is done: were it to come again, it would be its owner's."""
    return aside.change(SYSTEM, now, "duty.ended", {"state": AsideState.ENDED})


def _set_aside(
    key: str,
    label: str,
    action: str,
    facts: Mapping[str, object],
    reason: str,
    actor: Actor,
    now: datetime,
) -> SetAside:
    facts = {**facts, "state": AsideState.ACTIVE, "reason": reason, "set_at": now}
    known = SetAside.objects(person_id=actor.id, duty_key=key).first()
    if known is None:
        own = {"person_id": actor.id, "person_name": actor.name, "duty_key": key, "label": label}
        try:
            return SetAside.open_new(actor, now, action, {**own, **facts}, reason=reason)
        except Taken:  # the same person, twice at once
            known = SetAside.objects(person_id=actor.id, duty_key=key).get()
    return known.change(actor, now, action, facts, reason=reason)  # type: ignore[no-any-return]


def _check_member(task: Task, actor: Actor) -> None:
    if not task.is_within(Scope.RECORDED, actor.id):
        raise NotPermitted()


def _check_open(task: Task, actor: Actor) -> None:
    _check_member(task, actor)
    if not task.is_open:
        raise TaskNotOpen(status=task.status)


def _check_opens(person: User, about: About | None) -> None:
    if about is not None and not about.access & person.as_actor().access_tokens():
        raise CannotOpen(name=person.name)
