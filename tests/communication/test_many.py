"""Complaints ticked in the list and given to another handler at once."""

import pytest
from flask import Flask
from flask.testing import FlaskClient

from archive import clock
from archive.accounts.models import User
from archive.actor import Role
from archive.communication.models import Complaint
from archive.communication.service import complaints as service
from archive.listwork.models import Run
from archive.listwork.rules import Outcome
from archive.trail.history import history_of
from tests.browser import submit
from tests.builders import a_complaint, a_user
from tests.conftest import ClientAs

REASON = "王芳休假"
ADDRESS = "/lists/complaints/assign"


@pytest.fixture
def desk(empty_site: Flask) -> User:
    return a_user(Role.CUSTOMER_SERVICE, name="王芳")


@pytest.fixture
def other(empty_site: Flask) -> User:
    return a_user(Role.CUSTOMER_SERVICE, name="刘洋")


@pytest.fixture
def client(client_as: ClientAs, desk: User) -> FlaskClient:
    return client_as(user=desk)


def read(complaint: Complaint) -> Complaint:
    return Complaint.find(complaint.key)


def accepted(by: User) -> Complaint:
    complaint = a_complaint()
    return service.accept_complaint(complaint, actor=by.as_actor(), now=clock.now())


def assign(client: FlaskClient, to: User, *, count: int, asked: str = "") -> Run:
    """Have the complaints that *asked* finds be seen to by *to*."""
    answer = submit(client, f"{ADDRESS}?{asked}", handler=to.key, reason=REASON, count=str(count))
    assert answer.status_code == 302, answer.get_data(as_text=True)
    return Run.objects.order_by("-id").first()  # type: ignore[no-any-return]


def test_the_desk_ticks_complaints_and_exports_nothing(client: FlaskClient, desk: User) -> None:
    accepted(desk)
    shown = client.get("/complaints").get_data(as_text=True)
    assert 'name="rows"' in shown
    assert "更换负责人" in shown
    assert "导出所选" not in shown
    assert client.get("/complaints?export=xlsx").status_code == 403


def test_all_that_a_tab_shows_get_a_handler_with_an_event_and_the_reason_each(
    client: FlaskClient, desk: User, other: User
) -> None:
    waiting, taken = a_complaint(), accepted(desk)
    run = assign(client, other, count=1, asked="tab=waiting")
    assert run.total == 1
    assert (read(waiting).handler_name, read(taken).handler_name) == ("刘洋", "王芳")
    event = history_of(read(waiting))[0]
    assert (event.action, event.reason) == ("complaint.assigned", REASON)


def test_closed_ones_are_named_and_taking_it_back_gives_each_whom_it_had(
    client: FlaskClient, desk: User, other: User
) -> None:
    open_one, nobodys, closed = accepted(desk), a_complaint(), accepted(desk)
    Complaint.objects(id=closed.id).update(status="closed")
    run = assign(client, other, count=3, asked="tab=all")
    outcomes = {row.record: row.outcome for row in run.rows()}
    assert outcomes == {
        open_one.id: Outcome.DONE, nobodys.id: Outcome.DONE, closed.id: Outcome.REFUSED,
    }  # fmt: skip
    page = f"/lists/runs/{run.number}"
    assert "已经结案" in client.get(f"{page}?show=refused").get_data(as_text=True)
    submit(client, f"{page}/undo", page, reason="选错了人")
    assert (read(open_one).handler_name, read(nobodys).handler_name) == ("王芳", None)


def test_nobody_is_given_what_they_may_not_handle(client: FlaskClient, desk: User) -> None:
    complaint, stranger = accepted(desk), a_user(Role.SALESPERSON)
    answer = submit(client, ADDRESS, handler=stranger.key, reason=REASON, count="1")
    assert answer.status_code == 422
    assert read(complaint).handler_name == "王芳"


@pytest.mark.parametrize("role", [Role.SALES_MANAGER, Role.STAFF])
def test_who_may_not_edit_complaints_may_not_give_them_away(
    role: Role, client_as: ClientAs
) -> None:
    assert client_as(role).get(ADDRESS).status_code == 403
