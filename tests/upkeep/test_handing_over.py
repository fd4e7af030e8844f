"""A salesperson who leaves hands over everything in one act, with a list for both to sign."""

from collections.abc import Callable
from datetime import datetime, timedelta
from io import BytesIO
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import docx
import pytest
from flask import Flask
from flask.testing import FlaskClient

from archive import clock
from archive.accounts.models import User
from archive.actor import Role
from archive.assigning.models import Task
from archive.assigning.rules import About
from archive.assigning.service import finish_task, give_task
from archive.communication.models import Visit
from archive.customers.models import Customer
from archive.customers.service import assign_salesperson
from archive.development.models import DevelopmentPlan
from archive.development.service.plans import open_plan
from archive.docgen.shipped import HANDOVER_LIST
from archive.docgen.text import read_text
from archive.errors import NotPermitted
from archive.listwork import rules as listwork_rules
from archive.listwork.models import Run
from archive.listwork.rules import RunState
from archive.listwork.serving import carry_on
from archive.trail.collecting import collect_all
from archive.trail.models import TrailEntry
from archive.upkeep.errors import NothingToHandOver, SamePerson
from archive.upkeep.models import Handed, Handover
from archive.upkeep.placeholders import CATALOGUE
from archive.upkeep.service.handing_over import open_handover
from archive.upkeep.service.signing import WRITER
from tests.browser import submit
from tests.builders import a_customer, a_user, a_visit
from tests.office import convert

ClientAs = Callable[..., FlaskClient]


@pytest.fixture
def office(empty_site: Flask, now: datetime) -> Any:
    """A salesperson with two customers, a visit, a plan and two tasks; two colleagues."""
    manager = a_user(Role.SALES_MANAGER)
    leaver, first, second = (a_user(Role.SALESPERSON) for _ in range(3))
    one = a_customer("演示百川机械有限公司", salesperson=leaver)
    two = a_customer("演示远航电器有限公司", salesperson=leaver)
    one.change(manager.as_actor(), now, "customer.class_decided",
               {"keeper_id": leaver.id, "keeper_name": leaver.name})  # fmt: skip
    plan = open_plan(two, actor=leaver.as_actor(), now=now, why="货量稳定")
    soon = clock.local_day(clock.now()) + timedelta(days=3)
    giver, owner = {"actor": manager.as_actor(), "now": clock.now()}, {"owner": leaver.key}
    about = About("customer", two.key, frozenset(leaver.as_actor().access_tokens()))
    task = give_task(**giver, **owner, title="提交报价", due_on=soon, about=about)  # type: ignore[arg-type]
    loose = give_task(**giver, **owner, title="整理名片", due_on=soon)  # type: ignore[arg-type]
    return SimpleNamespace(
        manager=manager, leaver=leaver, first=first, second=second, one=Customer.find(one.key),
        two=Customer.find(two.key), visit=a_visit(one), plan=plan, task=task, loose=loose,
    )  # fmt: skip


def typed(office: Any, **more: str) -> dict[str, Any]:
    """All to the first colleague, but the second customer to the second."""
    return {
        "leaver": office.leaver.key,
        "receivers": [office.first.key, office.second.key],
        f"customer:{office.two.key}": office.second.key,
        "reason": "离职",
        "last_day": "2026-11-30",
        **more,
    }


@pytest.fixture
def client(office: Any, client_as: ClientAs) -> FlaskClient:
    return client_as(user=office.manager)


def handed_over(client: FlaskClient, office: Any) -> Handover:
    page = f"/handovers/new?leaver={office.leaver.key}&receivers={office.first.key}"
    answer = submit(client, "/handovers/new", page=page, **typed(office))
    assert answer.status_code == 302, answer.get_data(as_text=True)
    found: Handover = Handover.objects.get()
    return found


def owners(office: Any) -> list[str]:
    """Who has what was handed over: customers, keeper, visit, plan, tasks."""
    one, two = Customer.find(office.one.key), Customer.find(office.two.key)
    return [
        str(one.salesperson_id),
        str(two.salesperson_id),
        str(one.keeper_id),
        str(Visit.find(office.visit.key).salesperson_id),
        DevelopmentPlan.find(office.plan.key).owner_id,
        Task.find(office.task.key).owner_id,
        Task.find(office.loose.key).owner_id,
    ]


def test_everything_goes_to_whom_it_was_given_and_comes_back_when_that_is_undone(
    client: FlaskClient, office: Any
) -> None:
    before = owners(office)
    assert before == [office.leaver.key] * 7
    handover = handed_over(client, office)
    first, second = office.first.key, office.second.key
    assert owners(office) == [first, second, first, first, second, second, first]
    assert handover.receiver_names == [office.first.name, office.second.name]
    assert office.visit in Visit.visible_to(office.first.as_actor())
    assert Customer.visible_to(office.leaver.as_actor()).count() == 0

    address = f"/handovers/{handover.number}"
    assert submit(client, f"{address}/undo", page=address, reason="").status_code == 422
    assert submit(client, f"{address}/undo", page=address, reason="暂不离职").status_code == 302
    assert owners(office) == before
    assert Run.numbered(handover.run_number).undone_because == "暂不离职"
    again = submit(client, f"{address}/undo", page=address, reason="再次撤销")
    assert again.status_code == 409 or "撤销" in again.get_data(as_text=True)
    collect_all()
    reasons = TrailEntry.objects(action="customer.assigned").distinct("reason")
    assert set(reasons) == {"离职", "暂不离职"}


def test_what_was_changed_since_stays_when_a_handover_is_undone(
    client: FlaskClient, office: Any
) -> None:
    handover = handed_over(client, office)
    third = a_user(Role.SALESPERSON)
    manager = office.manager.as_actor()
    one = Customer.find(office.one.key)
    assign_salesperson(one, third.key, actor=manager, now=clock.now())
    task = Task.find(office.task.key)
    finish_task(task, "已提交", actor=office.second.as_actor(), now=clock.now())
    address = f"/handovers/{handover.number}"
    submit(client, f"{address}/undo", page=address, reason="暂不离职")
    assert str(Customer.find(office.one.key).salesperson_id) == third.key
    assert str(Customer.find(office.two.key).salesperson_id) == office.leaver.key
    assert Task.find(office.task.key).owner_id == office.second.key


def test_many_things_are_handed_over_by_the_worker_also_after_it_was_killed(
    client: FlaskClient, office: Any, site: Flask
) -> None:
    for _ in range(listwork_rules.AT_ONCE):
        a_customer(salesperson=office.leaver)
    handover = handed_over(client, office)
    run = Run.numbered(handover.run_number)
    assert run.state is RunState.RUNNING
    assert "正在处理" in client.get(f"/handovers/{handover.number}").get_data(as_text=True)
    with site.test_request_context():
        carry_on(run.key)
        carry_on(run.key)
    assert Run.find(run.key).state is RunState.DONE
    assert Customer.objects(salesperson_id=office.leaver.id).count() == 0
    assert Task.find(office.loose.key).owner_id == office.first.key


def test_the_list_to_sign_names_all_that_was_handed_over_and_opens_in_office(
    client: FlaskClient, office: Any, tmp_path: Path
) -> None:
    handover = handed_over(client, office)
    answer = client.get(f"/handovers/{handover.number}/list.docx")
    text = read_text(docx.Document(BytesIO(answer.data)))
    for said in (
        handover.number, office.leaver.name, office.first.name, office.second.name,
        office.one.name, office.two.archive_number, "提交报价", "整理名片", office.plan.number,
        "2026年11月30日", "离职", "签字",
    ):  # fmt: skip
        assert said in text
    assert "待填" not in text
    own = client.get(f"/handovers/{handover.number}/list.docx?to={office.second.key}")
    theirs = read_text(docx.Document(BytesIO(own.data)))
    assert office.two.name in theirs
    assert office.one.name not in theirs
    opened = convert(answer.data, "html", tmp_path).read_text()
    assert office.one.name in opened
    collect_all()
    assert TrailEntry.objects(action="handover.list_taken").count() == 2


def test_the_template_has_no_fault_and_names_all_that_is_known() -> None:
    report = WRITER.check(HANDOVER_LIST.read())
    assert (report.faults, report.notices) == ((), ())
    known = {p.name for p in CATALOGUE.top if not p.name.startswith("文件.")}
    columns = {column.name for p in CATALOGUE.lists() for column in p.columns}
    assert (known | columns) - set(report.placeholders) == set()


def test_who_hands_over_takes_nothing_and_has_something(office: Any, now: datetime) -> None:
    given: dict[str, Any] = {"actor": office.manager.as_actor(), "now": now, "reason": "离职"}
    with pytest.raises(SamePerson):
        open_handover(office.leaver, [office.leaver.key], {}, **given)
    with pytest.raises(NothingToHandOver):
        open_handover(office.first, [office.second.key], {}, **given)
    actor = office.leaver.as_actor()
    with pytest.raises(NotPermitted):
        open_handover(office.leaver, [office.first.key], {}, actor=actor, now=now, reason="离职")
    assert Handed.objects.count() == 0


def test_only_those_in_office_take_over_and_who_left_is_still_asked_for(
    client: FlaskClient, office: Any
) -> None:
    User.objects(id=office.first.id).update_one(set__is_disabled=True)
    User.objects(id=office.leaver.id).update_one(set__is_disabled=True)
    refused = submit(client, "/handovers/new", **typed(office))
    assert refused.status_code == 422
    home = client.get("/").get_data(as_text=True)
    assert f"/handovers/new?leaver={office.leaver.key}" in home
    page = f"/handovers/new?leaver={office.leaver.key}&receivers={office.second.key}"
    shown = client.get(page).get_data(as_text=True)
    assert office.one.name in shown
    submit(client, "/handovers/new", page=page, **typed(office, receivers=office.second.key))
    assert owners(office)[:2] == [office.second.key] * 2
    assert "交接已停用账号名下的客户" not in client.get("/").get_data(as_text=True)


def test_programs_hand_over_and_take_it_back(
    office: Any, client: FlaskClient, token_as: Callable[..., dict[str, str]]
) -> None:
    headers = token_as(user=office.manager)
    body = {"leaver": office.leaver.key, "receivers": [office.first.key], "reason": "离职"}
    answer = client.post("/api/v1/handovers", headers=headers, json=body)
    assert answer.status_code == 201
    made = answer.get_json()
    assert (made["leaver"], made["total"]) == (office.leaver.name, 5)
    assert owners(office) == [office.first.key] * 7
    back = client.post(
        f"/api/v1/handovers/{made['number']}/undo", headers=headers, json={"reason": "暂不离职"}
    )
    assert back.status_code == 200
    assert owners(office) == [office.leaver.key] * 7
    (row,) = client.get("/api/v1/handovers", headers=headers).get_json()["items"]
    assert row["run"] == made["run"]
