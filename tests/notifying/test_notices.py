"""Notices on real stores: each step told once, read and unread, on the pages and over the API."""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from threading import Thread

import pytest
from flask import Flask
from flask.testing import FlaskClient

from archive import clock
from archive.accounts.models import User
from archive.actor import Role
from archive.assigning import service as assigning
from archive.assigning.models import Task
from archive.channels import Channels
from archive.notifying.models import Notice
from archive.notifying.serving.telling import tell_all as tell_over
from archive.notifying.tasks import tell
from archive.urgency import Step
from tests.browser import submit
from tests.builders import a_complaint, a_user

NOWHERE = Channels(mail=None, robot=None, base="")


def tell_all(now: datetime) -> int:
    return tell_over(NOWHERE, now)


ClientAs = Callable[..., FlaskClient]
TokenAs = Callable[..., dict[str, str]]


@pytest.fixture
def paging(empty_site: Flask) -> Iterator[None]:
    """Duties name their pages."""
    with empty_site.test_request_context():
        yield


def a_task(giver: User, owner: User, days: int = 1) -> Task:
    return assigning.give_task(
        actor=giver.as_actor(),
        now=clock.now(),
        title="核对货量",
        due_on=clock.local_day(clock.now() + timedelta(days=days)),
        owner=owner.key,
    )


def told_to(person: User) -> list[tuple[Step | None, str]]:
    return [(each.step, each.label) for each in Notice.of(person.key).order_by("created_at", "id")]


@pytest.mark.usefixtures("paging")
def test_each_step_of_a_task_is_told_once_however_often_it_is_looked_at() -> None:
    giver, owner = a_user(Role.STAFF), a_user(Role.STAFF)
    task = a_task(giver, owner, days=3)
    now = clock.now()
    for ahead in (0, 0, 1, 2, 2, 3, 3, 4, 9):
        tell_all(now + timedelta(days=ahead))
    assert told_to(owner) == [
        (step, "完成任务") for step in (Step.ARRIVED, Step.TOMORROW, Step.TODAY, Step.LATE)
    ]
    assert told_to(giver) == []
    assigning.finish_task(task, "好了", actor=owner.as_actor(), now=now)
    tell_all(now)
    tell_all(now)
    assert told_to(giver) == [(None, "您交办的任务已完成")]


@pytest.mark.usefixtures("paging")
def test_a_task_given_to_oneself_is_no_news() -> None:
    person = a_user(Role.STAFF)
    a_task(person, person, days=5)
    tell_all(clock.now())
    assert told_to(person) == []


def test_two_workers_that_tell_at_once_tell_once(empty_site: Flask) -> None:
    desk = [a_user(Role.CUSTOMER_SERVICE) for _ in range(3)]
    for _ in range(5):
        a_complaint()

    def work() -> None:
        with empty_site.app_context():
            tell()

    workers = [Thread(target=work) for _ in range(4)]
    for each in workers:
        each.start()
    for each in workers:
        each.join()
    for person in desk:
        assert told_to(person) == [(Step.ARRIVED, "受理客户抱怨")] * 5


@pytest.mark.usefixtures("paging")
def test_a_duty_handed_to_a_colleague_is_told_to_the_colleague() -> None:
    giver, other = a_user(Role.STAFF), a_user(Role.STAFF)
    task = a_task(giver, giver, days=5)
    assigning.hand_over_task(task, other.key, "请假", actor=giver.as_actor(), now=clock.now())
    tell_all(clock.now())
    assert told_to(other) == [(Step.ARRIVED, "完成任务")]


def test_the_bell_counts_what_is_unread_and_opening_leads_on(client_as: ClientAs) -> None:
    giver, owner = a_user(Role.STAFF), a_user(Role.STAFF)
    task = a_task(giver, owner)
    client = client_as(user=owner)
    with client.application.app_context():
        tell()
    page = client.get("/notices").get_data(as_text=True)
    assert "通知：1 条未读" in page
    assert told_to(owner) == [(Step.ARRIVED, "完成任务")]
    notice = Notice.of(owner.key).get()
    answer = client.get(f"/notices/{notice.key}")
    assert answer.headers["Location"] == f"/tasks/{task.number}"
    assert "没有未读的通知" in client.get("/notices").get_data(as_text=True)
    assert "核对货量" in client.get("/notices?tab=all").get_data(as_text=True)
    submit(client, f"/notices/{notice.key}/unread", "/notices?tab=all")
    assert Notice.unread(owner.key).count() == 1
    submit(client, "/notices/read", "/notices")
    assert Notice.unread(owner.key).count() == 0
    assert client.get("/notices?tab=all&step=late").get_data(as_text=True).count("核对货量") == 0


def test_nobody_opens_anothers_notice(client_as: ClientAs, token_as: TokenAs) -> None:
    owner = a_user(Role.STAFF)
    a_task(owner, owner)
    client = client_as(Role.STAFF)
    with client.application.app_context():
        tell()
    key = Notice.of(owner.key).get().key
    assert client.get(f"/notices/{key}").status_code == 403
    program, own = token_as(Role.STAFF), token_as(user=owner)
    api = client.application.test_client()
    assert api.post(f"/api/v1/notices/{key}/read", headers=program).status_code == 403
    assert api.get("/api/v1/notices", headers=program).get_json()["items"] == []
    assert api.post(f"/api/v1/notices/{key}/read", headers=own).get_json()["read_at"]
    assert Notice.unread(owner.key).count() == 0
