"""What is asked for twice is done once, for programs and on pages."""

import re
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from archive import clock
from archive.actor import Role
from archive.communication.models import Complaint, Visit
from archive.communication.service import complaints
from archive.contracts.models import Contract, Template
from archive.contracts.service.templates import install_shipped_templates
from archive.customers.models import Customer
from archive.database import Record
from archive.seams import Seams
from tests.builders import a_complaint, a_customer, a_user

ClientAs = Callable[..., FlaskClient]
Posted = Callable[..., TestResponse]
KEY = re.compile(r'name="form_key" value="([^"]+)"')
TOKEN = re.compile(r'name="csrf_token" value="([^"]+)"')


class Killed(BaseException):
    """Ends a request as the death of its process does: nothing is answered or tidied up."""


@pytest.fixture
def client(client_as: ClientAs) -> FlaskClient:
    """Somebody who may create everything."""
    return client_as(user=a_user(Role.CUSTODIAN, Role.SALES_MANAGER, Role.CUSTOMER_SERVICE))


def shown_at(client: FlaskClient, address: str) -> dict[str, str]:
    """What the form at *address* carries beside what people type."""
    page = client.get(address).get_data(as_text=True)
    return {"csrf_token": TOKEN.findall(page)[-1], "form_key": KEY.findall(page)[-1]}


def test_a_process_killed_before_its_answer_leaves_nothing_to_be_made_twice(
    empty_site: Flask, token_as: Callable[..., dict[str, str]]
) -> None:
    headers = token_as(Role.CUSTODIAN) | {"Idempotency-Key": "order-1"}
    program, body = empty_site.test_client(), {"name": "甲公司"}
    written = Record.open_new.__func__  # type: ignore[attr-defined]  # a class method

    def dies(cls: type[Record], *arguments: Any, **named: Any) -> Record:
        written(cls, *arguments, **named)
        raise Killed

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Record, "open_new", classmethod(dies))
        with pytest.raises(Killed):
            program.post("/api/v1/customers", json=body, headers=headers)
    again = program.post("/api/v1/customers", json=body, headers=headers)
    assert again.status_code == 201
    assert again.headers["Idempotent-Replay"] == "true"
    assert again.get_json()["archive_number"] == Customer.objects.get().archive_number


def a_new_customer(_: Seams) -> tuple[str, dict[str, str], type[Record]]:
    return "/customers/new", {"name": "甲公司"}, Customer


def a_new_complaint(_: Seams) -> tuple[str, dict[str, str], type[Record]]:
    typed = {"form": "oral", "heard_at": "2026-03-15 10:00", "content": "货物外包装破损"}
    return "/complaints/new", typed, Complaint


def a_new_visit(_: Seams) -> tuple[str, dict[str, str], type[Record]]:
    typed = {"kind": "routine", "visited_at": "2026-03-15 10:00", "purpose": "了解下半年货量"}
    return f"/customers/{a_customer().archive_number}/visits/new", typed, Visit


def a_new_draft(parts: Seams) -> tuple[str, dict[str, str], type[Record]]:
    install_shipped_templates(now=clock.now(), blobs=parts.blobs, docgen=parts.docgen)
    template = Template.objects(slug="routine-contract").get()
    address = f"/customers/{a_customer().archive_number}/drafts/new"
    typed = {"template": template.key, "title": "2026 年运输合同", "kind": "routine"}
    return address, typed, Contract


CREATIONS = (a_new_customer, a_new_complaint, a_new_visit, a_new_draft)
EACH_CREATION = pytest.mark.parametrize("creation", CREATIONS, ids=lambda each: each.__name__)
Creation = Callable[[Seams], tuple[str, dict[str, str], type[Record]]]


@EACH_CREATION
def test_a_form_posted_twice_makes_one_record_and_the_second_post_leads_to_it(
    client: FlaskClient, parts: Seams, creation: Creation
) -> None:
    address, typed, kind = creation(parts)
    form = shown_at(client, address) | typed
    first, again = client.post(address, data=form), client.post(address, data=form)
    assert (first.status_code, again.status_code) == (302, 302), again.get_data(as_text=True)
    assert first.headers["Location"] == again.headers["Location"]
    assert kind.objects.count() == 1


@EACH_CREATION
def test_a_form_filled_in_anew_makes_another_record(
    client: FlaskClient, parts: Seams, creation: Creation
) -> None:
    address, typed, kind = creation(parts)
    for _ in range(2):
        form = shown_at(client, address) | typed | {"is_another_company": "true"}
        assert client.post(address, data=form).status_code == 302
    assert kind.objects.count() == 2


def test_of_two_clicks_at_the_same_moment_both_lead_to_one_complaint(
    empty_site: Flask, client_as: ClientAs, parts: Seams
) -> None:
    clerk = a_user(Role.CUSTOMER_SERVICE)
    address, typed, _ = a_new_complaint(parts)
    client = client_as(user=clerk)
    form = shown_at(client, address) | typed

    def post(_: int) -> tuple[int, str]:
        browser = empty_site.test_client()
        browser._cookies = client._cookies
        answer = browser.post(address, data=form)
        return answer.status_code, answer.headers.get("Location", "")

    with ThreadPoolExecutor(4) as pool:
        answers = set(pool.map(post, range(4)))
    assert answers == {(302, f"/complaints/{Complaint.objects.get().number}")}


def test_a_form_changed_after_it_was_saved_says_so_and_can_be_saved_as_another(
    client: FlaskClient, parts: Seams
) -> None:
    address, typed, _ = a_new_complaint(parts)
    form = shown_at(client, address) | typed
    client.post(address, data=form)
    saved = Complaint.objects.get()
    changed = form | {"content": "另一件事"}
    answer = client.post(address, data=changed)
    page = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert f"这个请求此前已保存为“{saved.caption}”" in page
    assert "另一件事" in page
    key = KEY.findall(page)[-1]
    assert client.post(address, data=changed | {"form_key": key}).status_code == 302
    assert Complaint.objects.count() == 2


def test_a_reply_posted_twice_is_noted_once(client: FlaskClient) -> None:
    complaint = a_complaint()
    clerk = a_user(Role.CUSTOMER_SERVICE).as_actor()
    complaints.accept_complaint(complaint, actor=clerk, now=clock.now())
    page, address = f"/complaints/{complaint.number}", f"/complaints/{complaint.number}/replies"
    typed = {
        "reply": "plan",
        "replied_at": clock.local(clock.now()).strftime("%Y-%m-%d %H:%M"),
        "channel": "phone",
        "text": "正在查找货物",
    }
    form = shown_at(client, page) | typed
    answers = [client.post(address, data=form) for _ in range(2)]
    assert [each.status_code for each in answers] == [302, 302]
    assert len(Complaint.numbered(complaint.number).replies) == 1


def test_records_made_without_a_key_do_not_meet(empty_site: Flask) -> None:
    assert a_complaint().number != a_complaint().number
    assert Complaint.objects(asked__exists=True, asked__ne=[]).count() == 0
