"""Many rows of a list changed at once: who is named, what is told, and the way back."""

import re
from collections.abc import Sequence
from typing import Any

import pytest
from bson import ObjectId
from flask import Flask
from flask.testing import FlaskClient

from archive import clock
from archive.accounts import service as accounts
from archive.accounts.models import User
from archive.actor import Role
from archive.customers import service as customers
from archive.customers.models import Customer
from archive.customers.rowacts import ACTS
from archive.errors import NotPermitted
from archive.listed import RowAct
from archive.listwork import service, tasks
from archive.listwork.errors import NothingChosen, OthersFound
from archive.listwork.models import Run
from archive.listwork.rules import AT_ONCE, Outcome, RunState
from archive.listwork.serving import doer_of
from archive.trail.history import history_of
from archive.trail.models import TrailEntry
from archive.web.chosen import Chosen
from tests.browser import submit
from tests.builders import a_customer, a_user
from tests.conftest import ClientAs

REASON = "片区调整"
ASSIGN = ACTS[0]


@pytest.fixture
def manager(in_app: Flask) -> User:
    return a_user(Role.SALES_MANAGER, name="周敏")


@pytest.fixture
def seller(in_app: Flask) -> User:
    return a_user(Role.SALESPERSON, name="陈晓")


def begin(
    given: Sequence[Customer], to: User, by: User, *, act: RowAct = ASSIGN, seen: int | None = None
) -> Run:
    return service.begin(
        act,
        {"salesperson": to.key, "name": to.name},
        [each.id for each in given],
        seen=len(given) if seen is None else seen,
        reason=REASON,
        language="zh",
        actor=by.as_actor(),
        now=clock.now(),
    )


def undo(run: Run, by: User) -> None:
    run = Run.find(run.key)
    service.begin_undoing(run, actor=by.as_actor(), now=clock.now(), reason="选错了")
    tasks.work(run.key)


def salespeople(given: Sequence[Customer]) -> list[Any]:
    return [Customer.find(each.key).salesperson_id for each in given]


def choose(client: FlaskClient, rows: Sequence[Customer], **form: Any) -> str:
    """Tick *rows* and go on; where that leads."""
    shown = client.get("/customers").get_data(as_text=True)
    token = re.search(r'name="csrf_token" value="([^"]+)"', shown)
    assert token
    sent = {"next": "/customers", "list": "customers", "csrf_token": token[1], **form}
    sent["rows"] = [each.key for each in rows]
    answer = client.post("/lists/choose", data=sent)
    assert answer.status_code == 302
    return str(answer.headers["Location"])


# Doing it


def test_each_record_is_changed_with_an_event_and_the_reason_of_the_whole(
    manager: User, seller: User
) -> None:
    given = [a_customer(), a_customer()]
    run = begin(given, seller, manager)
    tasks.work(run.key)
    assert salespeople(given) == [seller.id, seller.id]
    for each in given:
        event = history_of(Customer.find(each.key))[0]
        assert (event.action, event.reason, event.actor_name) == (
            "customer.assigned",
            REASON,
            manager.name,
        )
    assert Run.find(run.key).state is RunState.DONE


def test_what_is_so_already_is_left_and_named(manager: User, seller: User) -> None:
    given = [a_customer(salesperson=seller), a_customer()]
    before = Customer.find(given[0].key).revision
    run = begin(given, seller, manager)
    tasks.work(run.key)
    assert run.counts()[Outcome.SAME] == run.counts()[Outcome.DONE] == 1
    assert Customer.find(given[0].key).revision == before


def test_a_record_that_is_gone_is_named_and_the_others_are_changed(
    manager: User, seller: User
) -> None:
    gone, kept = a_customer(), a_customer()
    run = begin([gone, kept], seller, manager)
    Customer.objects(id=gone.id).delete()
    tasks.work(run.key)
    [row] = run.rows(Outcome.REFUSED)
    assert (row.record, row.why) == (gone.id, "这条记录已不存在。")
    assert salespeople([kept]) == [seller.id]


def test_whoever_loses_the_right_meanwhile_changes_nothing_and_each_row_says_so(
    manager: User, seller: User
) -> None:
    given = [a_customer()]
    run = begin(given, seller, manager)
    admin = a_user(Role.ADMINISTRATOR).as_actor()
    accounts.disable_user(User.find(manager.key), actor=admin, now=clock.now(), reason="离职")
    tasks.work(run.key)
    assert salespeople(given) == [None]
    assert [row.why for row in run.rows(Outcome.REFUSED)] == ["您没有更改这条记录的权限。"]


def test_a_salesperson_assigns_nobody(seller: User) -> None:
    with pytest.raises(NotPermitted):
        begin([a_customer(salesperson=seller)], seller, seller)
    assert Run.objects.count() == 0


def test_nothing_is_begun_where_nothing_is_chosen_or_others_than_were_seen(
    manager: User, seller: User
) -> None:
    with pytest.raises(NothingChosen):
        begin([], seller, manager)
    with pytest.raises(OthersFound):
        begin([a_customer()], seller, manager, seen=2)
    assert Run.objects.count() == 0


# Killed, stopped, taken back


def test_killed_between_the_change_and_the_note_of_it_it_goes_on_and_its_way_back_is_whole(
    manager: User, seller: User, other_seller: User
) -> None:
    customer = a_customer(salesperson=other_seller)
    run = begin([customer], seller, manager)
    row = run.rows().get()
    row.become(Outcome.BEGUN, before=dict(ASSIGN.before(customer)))
    ASSIGN.do(customer, run.facts, doer_of(run), clock.now(), REASON)
    tasks.work(run.key)
    assert run.counts()[Outcome.DONE] == 1
    undo(run, manager)
    assert salespeople([customer]) == [other_seller.id]


def test_an_act_that_nobody_began_is_found_again(manager: User, seller: User) -> None:
    run = begin([a_customer()], seller, manager)
    assert [each.id for each in Run.forgotten(clock.now())] == [run.id]
    tasks.work(run.key)
    assert Run.forgotten(clock.now()) == []


def test_stopped_it_leaves_the_rest_and_goes_on_when_asked(manager: User, seller: User) -> None:
    given = [a_customer()]
    run = begin(given, seller, manager)
    who: dict[str, Any] = {"actor": manager.as_actor(), "now": clock.now()}
    service.stop(run, **who)
    tasks.work(run.key)
    assert salespeople(given) == [None]
    service.go_on(Run.find(run.key), **who)
    tasks.work(run.key)
    assert salespeople(given) == [seller.id]


def test_taken_back_each_has_whom_it_had_and_what_was_changed_since_stays(
    manager: User, seller: User, other_seller: User
) -> None:
    first, second, third = a_customer(salesperson=other_seller), a_customer(), a_customer()
    run = begin([first, second, third], seller, manager)
    tasks.work(run.key)
    customers.assign_salesperson(
        Customer.find(third.key), other_seller.key, actor=manager.as_actor(), now=clock.now()
    )
    undo(run, manager)
    assert salespeople([first, second, third]) == [other_seller.id, None, other_seller.id]
    [stayed] = run.rows(Outcome.STAYED)
    assert stayed.record == third.id
    assert history_of(Customer.find(first.key))[0].reason == "选错了"


@pytest.fixture
def other_seller(in_app: Flask) -> User:
    return a_user(Role.SALESPERSON, name="李强")


# On pages


def test_rows_ticked_on_several_pages_are_assigned_and_put_back_on_pages(
    client_as: ClientAs, manager: User, seller: User
) -> None:
    client = client_as(user=manager)
    here, elsewhere, other = a_customer("甲公司"), a_customer("乙公司"), a_customer("丙公司")
    address = choose(client, [here], elsewhere=f"{elsewhere.key} x", to="assign")
    shown = client.get(address).get_data(as_text=True)
    assert "选中 2 条" in shown
    assert "乙公司" in shown
    assert "丙公司" not in shown
    form = {"salesperson": seller.key, "reason": REASON, "count": "2", "form_key": "once"}
    answer = submit(client, address, **form)
    assert answer.status_code == 302
    assert submit(client, address, **form).headers["Location"] == answer.headers["Location"]
    assert Run.objects.count() == 1
    assert salespeople([here, elsewhere, other]) == [seller.id, seller.id, None]
    page = answer.headers["Location"]
    told = client.get(page).get_data(as_text=True)
    assert "已更改 2 条" in told
    assert f"/customers/{here.archive_number}" in told
    assert submit(client, f"{page}/undo", page, reason="选错了").status_code == 302
    assert salespeople([here, elsewhere]) == [None, None]
    assert "已撤销" in client.get(page).get_data(as_text=True)


def test_all_that_was_found_is_what_the_filters_say(
    client_as: ClientAs, manager: User, seller: User
) -> None:
    client = client_as(user=manager)
    inside = [a_customer(region="31") for _ in range(AT_ONCE + 1)]
    outside = a_customer(region="44")
    address = choose(client, [], all="1", query="region=31&page=2", to="assign")
    answer = submit(client, address, salesperson=seller.key, reason=REASON, count=str(len(inside)))
    run = Run.objects.get()
    assert run.is_working  # more than a few: the worker's
    assert "hx-get" in client.get(answer.headers["Location"]).get_data(as_text=True)
    tasks.work(run.key)
    assert set(salespeople(inside)) == {seller.id}
    assert salespeople([outside]) == [None]


def test_without_a_reason_nothing_is_done(client_as: ClientAs, manager: User, seller: User) -> None:
    client = client_as(user=manager)
    address = choose(client, [a_customer()], to="assign")
    assert submit(client, address, salesperson=seller.key, count="1").status_code == 422
    assert Run.objects.count() == 0


def test_rows_that_somebody_else_chose_are_not_there(client_as: ClientAs, manager: User) -> None:
    name = Chosen.keep([a_customer().key], actor=manager.as_actor(), now=clock.now())
    other = client_as(Role.SALES_MANAGER)
    assert other.get(f"/lists/customers/assign?chosen={name}").status_code == 404
    assert other.get(f"/lists/customers/assign?chosen={ObjectId()}").status_code == 404


def test_a_salesperson_is_not_offered_what_they_may_not_do(
    client_as: ClientAs, seller: User
) -> None:
    a_customer(salesperson=seller)
    shown = client_as(user=seller).get("/customers").get_data(as_text=True)
    assert "打印标签" in shown
    assert "分配销售员" not in shown


def test_labels_and_a_list_of_the_chosen_are_printed_and_that_is_on_record(
    client_as: ClientAs, seller: User
) -> None:
    mine = a_customer("甲公司", salesperson=seller, address="测试路 1 号")
    other, client = a_customer("乙公司"), client_as(user=seller)
    for wanted in ("labels", "print"):
        shown = client.get(choose(client, [mine, other], to=wanted)).get_data(as_text=True)
        assert "甲公司" in shown
        assert "乙公司" not in shown  # not theirs
    assert "测试路 1 号" in client.get(choose(client, [mine], to="labels")).get_data(as_text=True)
    assert TrailEntry.objects(action="list.exported", actor_id=seller.key).count() == 3


def test_who_takes_back_what_another_did_is_named_on_each_record(
    manager: User, seller: User
) -> None:
    other = a_user(Role.SALES_MANAGER)
    [customer] = given = [a_customer()]
    run = begin(given, seller, manager)
    tasks.work(run.key)
    undo(Run.find(run.key), other)
    assert salespeople(given) == [None]
    assert [event.actor_id for event in Customer.find(customer.key).pending][-1] == other.key


def test_nobody_takes_back_what_another_did_without_the_right(manager: User, seller: User) -> None:
    run = begin([a_customer()], seller, manager)
    tasks.work(run.key)
    with pytest.raises(NotPermitted):
        undo(Run.find(run.key), seller)
