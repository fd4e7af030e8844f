"""Tasks ticked in the list and handed to a colleague at once."""

from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient

from archive import clock
from archive.accounts.models import User
from archive.actor import Role
from archive.assigning import service
from archive.assigning.models import Task
from archive.listwork.models import Run
from archive.listwork.rules import Outcome
from archive.trail.history import history_of
from tests.browser import submit
from tests.builders import a_customer, a_user, a_visit
from tests.conftest import ClientAs

REASON = "调往天津"
ADDRESS = "/lists/tasks/hand_over"


@pytest.fixture
def leaver(empty_site: Flask) -> User:
    return a_user(Role.STAFF, name="周文")


@pytest.fixture
def colleague(empty_site: Flask) -> User:
    return a_user(Role.STAFF, name="何静")


@pytest.fixture
def client(client_as: ClientAs, leaver: User) -> FlaskClient:
    return client_as(user=leaver)


def a_task(owner: User, **facts: object) -> Task:
    now = clock.now()
    due_on = clock.local_day(now) + timedelta(days=3)
    return service.give_task(
        actor=owner.as_actor(), now=now, title="核对合同副本", due_on=due_on, owner=owner.key,
        **facts,  # type: ignore[arg-type]  # whatever a test is about
    )  # fmt: skip


def read(task: Task) -> Task:
    return Task.find(task.key)


def hand_over(client: FlaskClient, to: User, count: int, asked: str = "") -> Run:
    answer = submit(client, f"{ADDRESS}?{asked}", owner=to.key, reason=REASON, count=str(count))
    assert answer.status_code == 302, answer.get_data(as_text=True)
    return Run.objects.order_by("-id").first()  # type: ignore[no-any-return]


def test_all_that_are_to_be_done_are_handed_over_each_with_the_reason(
    client: FlaskClient, leaver: User, colleague: User
) -> None:
    tasks = [a_task(leaver), a_task(leaver)]
    done = service.finish_task(a_task(leaver), None, actor=leaver.as_actor(), now=clock.now())
    run = hand_over(client, colleague, 2)
    assert {read(each).owner_name for each in tasks} == {"何静"}
    assert read(done).owner_name == "周文"
    event = history_of(read(tasks[0]))[0]
    assert (event.action, event.reason) == ("task.handed_over", REASON)
    submit(client, f"/lists/runs/{run.number}/undo", f"/lists/runs/{run.number}", reason="不调了")
    assert {read(each).owner_name for each in tasks} == {"周文"}


def test_done_ones_and_those_about_what_the_colleague_may_not_open_are_named(
    client_as: ClientAs, colleague: User
) -> None:
    seller = a_user(Role.SALESPERSON)
    client = client_as(user=seller)
    visit = a_visit(a_customer(salesperson=seller))
    asked = {"title": "回访", "owner": seller.key, "due_on": "2099-01-05"}
    submit(client, "/tasks/new", about_kind="visit", about_key=visit.key, **asked)
    done = service.finish_task(a_task(seller), None, actor=seller.as_actor(), now=clock.now())
    run = hand_over(client, colleague, 2, "tab=all")
    assert {row.outcome for row in run.rows()} == {Outcome.REFUSED}
    assert {each.owner_name for each in Task.objects} == {seller.name}
    assert read(done).revision == done.revision


def test_nobody_sees_or_hands_over_the_tasks_of_others(
    client: FlaskClient, client_as: ClientAs, leaver: User, colleague: User
) -> None:
    a_task(leaver)
    run = hand_over(client, colleague, 1)
    stranger = client_as(Role.STAFF)
    assert "没有选中任何记录" in stranger.get(ADDRESS).get_data(as_text=True)
    assert stranger.get(f"/lists/runs/{run.number}").status_code == 403
    assert run.number not in stranger.get("/lists/runs").get_data(as_text=True)
    assert run.number in client.get("/lists/runs").get_data(as_text=True)
