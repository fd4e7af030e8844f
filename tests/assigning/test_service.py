"""Tasks and duties set aside, on real stores."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from flask import Flask

from archive import clock
from archive.actor import Actor, Right, Role
from archive.assigning import service
from archive.assigning.errors import (
    CannotDoIt,
    CannotOpen,
    ColleagueUnknown,
    OwnAlready,
    TaskNotOpen,
    TaskOpen,
)
from archive.assigning.models import SetAside, Task
from archive.assigning.rules import About, TaskStatus
from archive.assigning.tasks import end_done
from archive.communication.service import complaints
from archive.errors import NotPermitted
from archive.trail.history import history_of
from archive.web.duties import arranged_duties, declared_duties
from archive.web.waiting import Duty
from tests.builders import a_complaint, a_customer, a_user

ActorAs = Callable[..., Actor]


def in_days(number: int) -> date:
    return clock.local_day(clock.now() + timedelta(days=number))


def a_task(giver: Actor, owner: Actor, **facts: object) -> Task:
    given = {"title": "核对三月货量", "due_on": in_days(3), **facts}
    return service.give_task(actor=giver, now=clock.now(), owner=owner.id, **given)  # type: ignore[arg-type]  # facts of the test


def listed(who: Actor) -> list[str]:
    return [duty.label for duty in arranged_duties(who, clock.now())]


@pytest.fixture
def request_of(empty_site: Flask):
    """Duties name their pages."""
    with empty_site.test_request_context():
        yield


def test_anybody_gives_anybody_a_task_and_only_they_see_it(actor_as: ActorAs) -> None:
    giver, owner, other = (actor_as(Role.STAFF) for _ in range(3))
    task = a_task(giver, owner)
    for who in (giver, owner):
        assert service.open_task(task.number.lower(), actor=who).title == "核对三月货量"
    with pytest.raises(NotPermitted):
        service.open_task(task.number, actor=other)
    assert [each.number for each in Task.open_of(owner)] == [task.number]
    assert list(Task.open_of(giver)) == []


def test_a_task_about_a_record_goes_to_nobody_who_may_not_open_it(actor_as: ActorAs) -> None:
    giver, owner = actor_as(Role.SALES_MANAGER), actor_as(Role.STAFF)
    secret = About("customer", "0" * 24, frozenset({"open_customer:all"}))
    with pytest.raises(CannotOpen):
        a_task(giver, owner, about=secret)
    task = a_task(giver, giver, about=secret)
    with pytest.raises(CannotOpen):
        service.hand_over_task(task, owner.id, "出差", actor=giver, now=clock.now(), about=secret)
    assert Task.numbered(task.number).owner_id == giver.id


def test_a_task_that_changes_hands_can_be_fetched_back(actor_as: ActorAs) -> None:
    giver, first, second = (actor_as(Role.STAFF) for _ in range(3))
    task, now = a_task(giver, first), clock.now()
    service.hand_over_task(task, second.id, "请假一周", actor=first, now=now)
    assert list(Task.open_of(first)) == []
    assert history_of(task)[0].reason == "请假一周"
    with pytest.raises(OwnAlready):
        service.hand_over_task(task, second.id, "请假", actor=first, now=now)
    service.hand_over_task(task, first.id, "交错人了", actor=first, now=now)
    assert [each.number for each in Task.open_of(first)] == [task.number]


def test_a_closed_account_gets_no_task(actor_as: ActorAs) -> None:
    gone = a_user(Role.STAFF, is_disabled=True).as_actor()
    with pytest.raises(ColleagueUnknown):
        a_task(actor_as(Role.STAFF), gone)
    assert Task.objects.count() == 0


def test_a_task_is_done_and_reopened_and_only_its_giver_takes_it_back(actor_as: ActorAs) -> None:
    giver, owner = actor_as(Role.STAFF), actor_as(Role.STAFF)
    task, now = a_task(giver, owner), clock.now()
    with pytest.raises(TaskOpen):
        service.reopen_task(task, "再看看", actor=owner, now=now)
    service.finish_task(task, "已核对，少 2 票。", actor=owner, now=now)
    for act in (
        lambda: service.finish_task(task, None, actor=owner, now=now),
        lambda: service.postpone_task(task, in_days(9), "等数据", actor=owner, now=now),
        lambda: service.take_back_task(task, "不用了", actor=giver, now=now),
    ):
        with pytest.raises(TaskNotOpen):
            act()
    service.reopen_task(task, "漏了一家", actor=giver, now=now)
    with pytest.raises(NotPermitted):
        service.take_back_task(task, "不想做", actor=owner, now=now)
    service.take_back_task(task, "客户撤单", actor=giver, now=now)
    kept = Task.numbered(task.number)
    assert (kept.status, kept.outcome) == (TaskStatus.TAKEN_BACK, "已核对，少 2 票。")
    assert [each.action for each in history_of(task)][:3] == [
        "task.taken_back",
        "task.reopened",
        "task.done",
    ]


def a_duty(who: Actor, label: str = "受理客户抱怨") -> Duty:
    return next(each for each in declared_duties(who, clock.now()) if each.label == label)


def hand_over(duty: Duty, giver: Actor, to: Actor) -> SetAside:
    return service.hand_over_duty(
        duty.key,
        duty.label,
        to.id,
        "今天外出",
        actor=giver,
        now=clock.now(),
        right=duty.right,
        subject=duty.subject,
    )


@pytest.mark.usefixtures("request_of")
def test_a_duty_put_off_leaves_the_list_and_is_back_on_the_day(actor_as: ActorAs) -> None:
    a_complaint()
    who, colleague = actor_as(Role.CUSTOMER_SERVICE), actor_as(Role.CUSTOMER_SERVICE)
    duty = a_duty(who)
    service.put_off_duty(duty.key, duty.label, in_days(2), "等货运单", actor=who, now=clock.now())
    assert duty.label not in listed(who)
    assert duty.label in listed(colleague)
    later = clock.now() + timedelta(days=2)
    assert duty.label in [each.label for each in arranged_duties(who, later)]


@pytest.mark.usefixtures("request_of")
def test_a_duty_handed_over_is_on_the_colleagues_list_and_is_given_back(
    actor_as: ActorAs,
) -> None:
    manager, other = actor_as(Role.SALES_MANAGER), actor_as(Role.SALES_MANAGER)
    a_customer()
    duty = a_duty(manager, "分配跟进销售员")
    kept = hand_over(duty, manager, other)
    assert duty.label not in listed(manager)
    handed = [each for each in arranged_duties(other, clock.now()) if each.handed_by]
    assert [(each.key, each.handed_by) for each in handed] == [(duty.key, manager.name)]
    service.bring_back_duty(kept, "我也不在", actor=other, now=clock.now())
    assert duty.label in listed(manager)


@pytest.mark.usefixtures("request_of")
def test_a_duty_goes_to_nobody_who_may_not_do_it(actor_as: ActorAs) -> None:
    desk = actor_as(Role.CUSTOMER_SERVICE)
    a_complaint()
    duty = a_duty(desk)
    for to in (actor_as(Role.SALESPERSON), desk):
        with pytest.raises(CannotDoIt):
            hand_over(duty, desk, to)
    assert SetAside.objects.count() == 0


@pytest.mark.usefixtures("request_of")
def test_a_duty_is_back_when_the_colleagues_account_is_closed(actor_as: ActorAs) -> None:
    manager, other = actor_as(Role.SALES_MANAGER), a_user(Role.SALES_MANAGER)
    a_customer()
    duty = a_duty(manager, "分配跟进销售员")
    hand_over(duty, manager, other.as_actor())
    assert duty.label not in listed(manager)
    other.change(manager, clock.now(), "user.disabled", {"is_disabled": True})
    assert duty.label in listed(manager)


def test_a_duty_that_is_done_and_comes_again_is_its_owners(
    actor_as: ActorAs, empty_site: Flask
) -> None:
    desk = actor_as(Role.CUSTOMER_SERVICE)
    complaint, still = a_complaint(), a_complaint()
    with empty_site.test_request_context():
        done, left = (
            next(each for each in declared_duties(desk, clock.now()) if number in each.address)
            for number in (complaint.number, still.number)
        )
        for duty in (done, left):
            service.put_off_duty(
                duty.key, duty.label, in_days(2), "等回单", actor=desk, now=clock.now()
            )
    complaints.accept_complaint(complaint, actor=desk, now=clock.now())
    with empty_site.app_context():
        end_done()
    assert set(SetAside.of(desk.id)) == {left.key}
    with empty_site.test_request_context():
        assert done.right is Right.EDIT_COMPLAINT
