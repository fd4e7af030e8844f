"""Whatever was filed or rejected by mistake comes back, and the record says so."""

import threading
from collections.abc import Callable
from contextlib import suppress
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from flask import Flask

from archive import clock
from archive.actor import Actor, Role
from archive.customers.models import Customer
from archive.database import EditedMeanwhile
from archive.errors import NotFound, NotPermitted
from archive.filing import indexing
from archive.filing.errors import AlreadyThere, NotFiled, NotRejected, TooLateToUndo
from archive.filing.models import Attachment, Deposit
from archive.filing.rules import Confidentiality, DepositState
from archive.filing.service import deciding, looking
from archive.trail.history import history_of
from tests.browser import submit
from tests.builders import a_customer, a_user
from tests.conftest import ClientAs
from tests.filing.conftest import Receive, facts_of
from tests.recognition import ugly_files as ugly

TokenAs = Callable[..., dict[str, str]]


def filed(receive: Receive, custodian: Actor, now: datetime, **facts: Any) -> Attachment:
    deposit = receive()
    return deciding.file_deposit(
        deposit, a_customer().key, facts_of(**facts), actor=custodian, now=now
    )


def test_a_filing_is_undone_for_ten_minutes(
    receive: Receive, custodian: Actor, now: datetime
) -> None:
    attachment = filed(receive, custodian, now)
    later = now + timedelta(minutes=9)
    deciding.undo_filing(Deposit.find(attachment.key), actor=custodian, now=later)
    deposit = Deposit.find(attachment.key)
    assert (deposit.is_waiting, deposit.filing, deposit.decided_by_name) == (True, None, None)
    assert Attachment.of_customer(attachment.customer_id).count() == 0
    assert Attachment.with_bytes(deposit.file.sha256) == []
    assert indexing.entries_of(Attachment.find(attachment.key)) == []
    with pytest.raises(NotFound):
        looking.open_attachment(attachment.key, actor=custodian)
    assert [each.action for each in history_of(deposit)][:1] == ["deposit.filing_undone"]


def test_what_was_undone_is_filed_again_where_it_belongs(
    receive: Receive, custodian: Actor, now: datetime
) -> None:
    attachment, right = filed(receive, custodian, now, title="错的"), a_customer()
    deciding.undo_filing(Deposit.find(attachment.key), actor=custodian, now=now)
    deciding.file_deposit(
        Deposit.find(attachment.key), right.key, facts_of(title="对的"), actor=custodian, now=now
    )
    stored = Attachment.find(attachment.key)
    assert (stored.customer_id, stored.title, stored.withdrawn_at) == (right.id, "对的", None)
    assert [each.number for each in stored.versions] == [1]
    assert [each.id for each in Attachment.of_customer(right.id)] == [stored.id]
    assert [each.action for each in history_of(stored)] == [
        "attachment.filed", "attachment.withdrawn", "attachment.filed",
    ]  # fmt: skip


def test_a_version_filed_by_mistake_goes_and_the_one_before_is_in_force_again(
    receive: Receive, custodian: Actor, now: datetime
) -> None:
    attachment, newer = filed(receive, custodian, now), receive(ugly.a_png())
    day = date(2030, 5, 1)
    deciding.file_as_version(newer, attachment.key, valid_until=day, actor=custodian, now=now)
    assert Attachment.find(attachment.key).valid_until == day
    deciding.undo_filing(Deposit.find(newer.key), actor=custodian, now=now)
    stored = Attachment.find(attachment.key)
    assert (stored.current.number, stored.withdrawn_at, stored.valid_until) == (1, None, None)
    assert Deposit.find(newer.key).is_waiting


def test_later_and_by_others_nothing_is_undone(
    receive: Receive, custodian: Actor, now: datetime
) -> None:
    attachment, waiting = filed(receive, custodian, now), receive(ugly.a_png())
    deposit = Deposit.find(attachment.key)
    with pytest.raises(TooLateToUndo):
        deciding.undo_filing(deposit, actor=custodian, now=now + timedelta(minutes=11))
    with pytest.raises(NotFiled):
        deciding.undo_filing(waiting, actor=custodian, now=now)
    with pytest.raises(NotPermitted):
        deciding.undo_filing(deposit, actor=a_user(Role.STAFF).as_actor(), now=now)
    assert Deposit.find(attachment.key).state is DepositState.FILED


def test_a_rejected_deposit_comes_back_with_a_reason(
    receive: Receive, custodian: Actor, now: datetime
) -> None:
    deposit = receive()
    deciding.reject(deposit, "模糊", actor=custodian, now=now)
    deciding.bring_back(Deposit.find(deposit.key), "退错了", actor=custodian, now=now)
    stored = Deposit.find(deposit.key)
    assert (stored.is_waiting, stored.rejection, stored.decided_at) == (True, None, None)
    assert history_of(stored)[0].reason == "退错了"
    with pytest.raises(NotRejected):
        deciding.bring_back(stored, "再来", actor=custodian, now=now)


def test_a_misfiled_paper_moves_and_both_archives_say_so(
    receive: Receive, custodian: Actor, now: datetime
) -> None:
    attachment, right = filed(receive, custodian, now, title="运输合同"), a_customer()
    wrong = attachment.customer
    assert wrong is not None
    deciding.move(attachment, right.key, "归错客户", actor=custodian, now=now)
    stored = Attachment.find(attachment.key)
    assert (stored.customer_id, stored.salesperson_id) == (right.id, right.salesperson_id)
    for customer, action, other in (
        (wrong, "customer.paper_moved_out", right),
        (right, "customer.paper_moved_in", wrong),
    ):
        event = history_of(type(customer).find(customer.key))[0]
        assert event.action == action
        assert event.reason is not None
        assert all(each in event.reason for each in ("运输合同", other.name, "归错客户"))
    with pytest.raises(AlreadyThere):
        deciding.move(stored, right.key, "归错客户", actor=custodian, now=now)


def test_a_line_of_history_waits_for_whoever_edits_the_customer_in_that_moment(
    receive: Receive, custodian: Actor, now: datetime
) -> None:
    attachment, right = filed(receive, custodian, now), a_customer("东岸货运")
    stop = threading.Event()

    def edit_again_and_again() -> None:
        number = 0
        while not stop.is_set():
            number += 1
            with suppress(EditedMeanwhile):  # the line came first
                Customer.find(right.key).change(
                    custodian, now, "customer.edited", {"short_name": f"东岸{number}"}
                )

    editing = threading.Thread(target=edit_again_and_again)
    editing.start()
    try:
        deciding.move(attachment, right.key, "归错客户", actor=custodian, now=now)
    finally:
        stop.set()
        editing.join()
    lines = [each.action for each in history_of(Customer.find(right.key))]
    assert lines.count("customer.paper_moved_in") == 1


def test_of_several_filings_those_that_cannot_be_undone_are_named(
    receive: Receive, custodian: Actor, now: datetime, client_as: ClientAs, empty_site: Flask
) -> None:
    client, customer = client_as(Role.CUSTODIAN), a_customer()
    fresh, old = receive(name="新.jpg"), receive(ugly.a_png(), name="旧.png")
    for deposit, at in ((fresh, clock.now()), (old, clock.now() - timedelta(hours=1))):
        deciding.file_deposit(deposit, customer.key, facts_of(), actor=custodian, now=at)
    answer = submit(client, f"/intake/undo?deposit={old.key}&deposit={fresh.key}", "/intake")
    assert answer.json is not None
    assert answer.json["back"] == [fresh.key]
    assert "旧.png" in answer.json["failed"][old.key]
    assert "10 分钟" in answer.json["failed"][old.key]
    assert "新.jpg" in answer.json["rows"][0]
    assert [Deposit.find(each.key).is_waiting for each in (fresh, old)] == [True, False]


def test_many_are_rejected_for_one_reason(
    receive: Receive, custodian: Actor, now: datetime, client_as: ClientAs, empty_site: Flask
) -> None:
    client = client_as(Role.CUSTODIAN)
    first, second, gone = receive(), receive(ugly.a_png()), receive(ugly.a_pdf(), name="先.pdf")
    deciding.reject(gone, "空白", actor=custodian, now=now)
    keys = [each.key for each in (first, second, gone)]
    assert submit(client, "/intake/reject", "/intake", deposit=keys, reason="").status_code == 422
    assert Deposit.find(first.key).is_waiting
    answer = submit(client, "/intake/reject", "/intake", deposit=keys, reason="重复扫描")
    assert answer.json is not None
    assert (answer.json["done"], answer.json["left"]) == (keys[:2], 0)
    assert "先.pdf" in answer.json["failed"][gone.key]
    stored = [Deposit.find(key) for key in keys]
    assert [each.rejection for each in stored] == ["重复扫描", "重复扫描", "空白"]
    assert history_of(stored[0])[0].reason == "重复扫描"


def test_the_custodian_brings_back_moves_and_undoes_on_the_pages(
    receive: Receive, custodian: Actor, now: datetime, client_as: ClientAs, empty_site: Flask
) -> None:
    client = client_as(Role.CUSTODIAN)
    rejected = receive()
    deciding.reject(rejected, "模糊不清", actor=custodian, now=now)
    page = client.get("/intake/rejected").get_data(as_text=True)
    assert "模糊不清" in page
    again = submit(client, f"/intake/{rejected.key}/bring-back", "/intake/rejected", reason="")
    assert again.status_code == 422
    assert "模糊不清" in again.get_data(as_text=True)
    submit(client, f"/intake/{rejected.key}/bring-back", "/intake/rejected", reason="看错了")
    assert Deposit.find(rejected.key).is_waiting

    attachment = filed(receive, custodian, now)
    right = a_customer()
    address = f"/attachments/{attachment.key}/move"
    unknown = submit(client, address, customer="没有这家", reason="归错客户")
    assert unknown.status_code == 422
    assert "没有这家" in unknown.get_data(as_text=True)
    moved = submit(client, address, customer=right.customer_code, reason="归错客户")
    assert moved.status_code == 302
    assert Attachment.find(attachment.key).customer_id == right.id


def test_a_paper_becomes_less_confidential_only_with_a_reason(
    receive: Receive, custodian: Actor, now: datetime, client_as: ClientAs
) -> None:
    attachment = filed(receive, custodian, now)
    address = f"/attachments/{attachment.key}/edit"
    client = client_as(Role.CUSTODIAN)
    typed = {
        "seen": str(attachment.revision),
        "kind": "licence",
        "title": "年检用的执照",
        "confidentiality": "internal",
    }
    refused = submit(client, address, **typed)
    text = refused.get_data(as_text=True)
    assert (refused.status_code, "降低密级需要说明原因" in text) == (422, True)
    assert "年检用的执照" in text
    assert Attachment.find(attachment.key).confidentiality is Confidentiality.CONFIDENTIAL
    assert submit(client, address, **typed, reason="随投标文件公开").status_code == 302
    stored = Attachment.find(attachment.key)
    assert stored.confidentiality is Confidentiality.INTERNAL
    assert history_of(stored)[0].reason == "随投标文件公开"


def test_a_program_needs_the_same_reason(
    receive: Receive, custodian: Actor, now: datetime, token_as: TokenAs, empty_site: Flask
) -> None:
    attachment = filed(receive, custodian, now)
    head = token_as(Role.CUSTODIAN) | {"If-Match": f'"{attachment.revision}"'}
    address = f"/api/v1/attachments/{attachment.key}"
    client = empty_site.test_client()
    facts = {"kind": "other", "title": "说明"}  # of this kind the usual is internal
    answer = client.put(address, json=facts, headers=head)
    assert (answer.status_code, answer.get_json()["article"]) == (422, 10)
    answer = client.put(address, json=facts | {"reason": "类别登记错了"}, headers=head)
    assert answer.status_code == 200
    assert Attachment.find(attachment.key).confidentiality is Confidentiality.INTERNAL
