"""The pages and the API of tasks, and of duties that are set aside."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient

from archive import clock
from archive.actor import Role
from archive.assigning.models import SetAside, Task
from archive.assigning.rules import TaskStatus
from tests.browser import submit
from tests.builders import a_complaint, a_customer, a_user

ClientAs = Callable[..., FlaskClient]
TokenAs = Callable[..., dict[str, str]]


def in_days(number: int) -> str:
    return clock.local_day(clock.now() + timedelta(days=number)).isoformat()


def text_of(client: FlaskClient, address: str) -> str:
    return client.get(address).get_data(as_text=True)


def test_a_task_about_a_customer_is_given_done_and_reopened(client_as: ClientAs) -> None:
    giver, owner = a_user(Role.SALES_MANAGER), a_user(Role.SALESPERSON)
    customer = a_customer("海州轴承有限公司", salesperson=owner)
    boss, seller = client_as(user=giver), client_as(user=owner)
    file = text_of(boss, f"/customers/{customer.archive_number}")
    page = f"/tasks/new?kind=customer&amp;key={customer.key}"
    assert page in file
    page = page.replace("&amp;", "&")
    assert "海州轴承有限公司" in text_of(boss, page)
    answer = submit(
        boss, "/tasks/new", page, title="约见总经理", owner=owner.key, due_on=in_days(2),
        note="带上年度数据", about_kind="customer", about_key=customer.key,
    )  # fmt: skip
    assert answer.status_code == 302
    task = Task.objects.get()
    assert "约见总经理" in text_of(seller, "/")
    shown = text_of(seller, f"/tasks/{task.number}")
    assert "海州轴承有限公司" in shown
    assert "带上年度数据" in shown
    address = f"/tasks/{task.number}/finish"
    submit(seller, address, outcome="已约下周三")
    assert Task.numbered(task.number).status is TaskStatus.DONE
    assert "约见总经理" not in text_of(seller, "/tasks")
    assert "已约下周三" in text_of(boss, f"/tasks/{task.number}")
    submit(boss, f"/tasks/{task.number}/reopen", f"/tasks/{task.number}", reason="改到周五")
    assert "约见总经理" in text_of(seller, "/tasks")
    assert "约见总经理" in text_of(boss, "/tasks?tab=given")


def test_a_task_about_a_record_that_the_colleague_may_not_open_says_so(
    client_as: ClientAs,
) -> None:
    stranger, customer = a_user(Role.SALESPERSON), a_customer()
    complaint = a_complaint(customer)
    boss = client_as(Role.SALES_MANAGER)
    answer = submit(
        boss, "/tasks/new", title="看看", owner=stranger.key, due_on=in_days(1),
        about_kind="complaint", about_key=complaint.key,
    )  # fmt: skip
    assert answer.status_code == 422
    assert "没有查看这条记录的权限" in answer.get_data(as_text=True)
    assert Task.objects.count() == 0


def test_nobody_learns_of_a_record_by_asking_for_a_task_about_it(client_as: ClientAs) -> None:
    complaint = a_complaint(a_customer())
    client = client_as(Role.STAFF)
    assert client.get(f"/tasks/new?kind=complaint&key={complaint.key}").status_code == 404
    assert client.get("/tasks/new?kind=complaint&key=" + "0" * 24).status_code == 404
    assert client.get("/tasks/new?kind=nothing&key=1").status_code == 404


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"due_on": "2020-01-01"}, "期限不能早于今天"),
        ({"owner": "0" * 24}, "没有这位同事"),
        ({"owner": "谁"}, "没有这位同事"),
        ({"title": ""}, "要做什么"),
    ],
)
def test_what_cannot_be_given_is_refused_and_stays_in_the_form(
    client_as: ClientAs, typed: dict[str, str], said: str
) -> None:
    user = a_user(Role.STAFF)
    client = client_as(user=user)
    facts = {"title": "核对", "owner": user.key, "due_on": in_days(1), "note": "别丢了", **typed}
    answer = submit(client, "/tasks/new", **facts)
    assert answer.status_code == 422
    assert said in answer.get_data(as_text=True)
    assert "别丢了" in answer.get_data(as_text=True)
    assert Task.objects.count() == 0


def test_a_duty_is_put_off_and_brought_back_from_home(client_as: ClientAs) -> None:
    a_complaint()
    desk = client_as(Role.CUSTOMER_SERVICE)
    home = text_of(desk, "/")
    assert "受理客户抱怨" in home
    address = next(part for part in home.split('"') if part.startswith("/duties/"))
    refused = submit(desk, f"{address}/put-off", address, until=in_days(0), reason="等回单")
    assert refused.status_code == 422
    assert "等回单" in refused.get_data(as_text=True)
    submit(desk, f"{address}/put-off", address, until=in_days(2), reason="等回单")
    assert "受理客户抱怨" not in text_of(desk, "/")
    assert "等回单" in text_of(desk, "/duties")
    assert "现在：推迟到" in text_of(desk, address)
    again = submit(desk, f"{address}/bring-back", "/duties", reason="")
    assert again.status_code == 422
    submit(desk, f"{address}/bring-back", "/duties", reason="回单到了")
    assert "受理客户抱怨" in text_of(desk, "/")
    assert SetAside.objects.get().state.value == "ended"


def test_a_duty_is_handed_to_a_colleague_who_gives_it_back(client_as: ClientAs) -> None:
    other = a_user(Role.SALES_MANAGER, name="代班经理")
    a_customer("待分配公司")
    giver = a_user(Role.SALES_MANAGER, name="出差的经理")
    boss, stand_in = client_as(user=giver), client_as(user=other)
    home = text_of(boss, "/")
    address = next(part for part in home.split('"') if part.startswith("/duties/"))
    submit(boss, f"{address}/hand-over", address, colleague=other.key, reason="出差三天")
    assert "待分配公司" not in text_of(boss, "/")
    assert "代班经理" in text_of(boss, "/duties")
    assert "由 出差的经理 转交" in text_of(stand_in, "/")
    assert text_of(stand_in, "/").count("待分配公司") == text_of(
        client_as(user=a_user(Role.SALES_MANAGER)), "/"
    ).count("待分配公司")
    submit(stand_in, f"{address}/bring-back", "/duties", reason="我也不在")
    assert "待分配公司" in text_of(boss, "/")
    assert "由 出差的经理 转交" not in text_of(stand_in, "/")


def test_a_program_gives_a_task_once_for_each_key(site: Flask, token_as: TokenAs) -> None:
    user = a_user(Role.STAFF)
    client, headers = site.test_client(), token_as(user=user)
    body = {"title": "核对", "owner": user.key, "due_on": in_days(1)}
    keyed = {**headers, "Idempotency-Key": "1"}
    first = client.post("/api/v1/tasks", json=body, headers=keyed)
    second = client.post("/api/v1/tasks", json=body, headers=keyed)
    assert (first.status_code, second.status_code) == (201, 201)
    assert first.get_json()["number"] == second.get_json()["number"]
    assert Task.objects.count() == 1
    address = first.headers["Location"]
    assert client.post(f"{address}/finish", json={}, headers=headers).get_json()["status"] == "done"
    listed = client.get("/api/v1/tasks?status=done", headers=headers).get_json()
    assert [each["number"] for each in listed["items"]] == [first.get_json()["number"]]
    stranger = token_as(Role.STAFF)
    assert client.get(address, headers=stranger).status_code == 403
