"""The pages of intake and attachments, as a browser asks for them."""

import io
from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from archive.actor import Actor, Role
from archive.filing.models import Attachment, Deposit
from archive.filing.rules import Confidentiality, DepositState
from archive.filing.service import deciding
from archive.trail.models import TrailEntry
from tests.browser import TOKEN
from tests.builders import a_customer
from tests.conftest import ClientAs
from tests.filing.conftest import Receive, facts_of
from tests.recognition import ugly_files as ugly

FileOne = Callable[..., Attachment]


def post(client: FlaskClient, address: str, **typed: Any) -> TestResponse:
    """Post as the page's script does."""
    token = TOKEN.search(client.get("/intake").get_data(as_text=True))
    assert token is not None
    headers = {"X-CSRFToken": token.group(1), "Accept": "application/json"}
    return client.post(address, data=typed, headers=headers)


def upload(
    client: FlaskClient, content: bytes, name: str = "scan.jpg", **typed: Any
) -> TestResponse:
    """Upload one file as the page's script does."""
    return post(client, "/intake/upload", file=(io.BytesIO(content), name), **typed)


@pytest.fixture
def file_one(receive: Receive, custodian: Actor, now: datetime) -> FileOne:
    """A filed paper: ``file_one(Confidentiality.INTERNAL)``."""

    def file_paper(
        confidentiality: Confidentiality = Confidentiality.CONFIDENTIAL,
        content: bytes | None = None,
    ) -> Attachment:
        facts = facts_of(confidentiality=confidentiality)
        deposit = receive(content or ugly.a_jpeg())
        return deciding.file_deposit(deposit, a_customer().key, facts, actor=custodian, now=now)

    return file_paper


def test_an_uploaded_file_comes_back_as_a_line_of_the_stack(client_as: ClientAs) -> None:
    client = client_as(Role.CUSTODIAN)
    answer = upload(client, ugly.a_pdf(2), "营业执照.pdf", upload_key="one")
    assert answer.status_code == 201
    assert answer.json is not None and answer.json["left"] == 1
    assert "营业执照.pdf" in answer.json["row"] and "2 页" in answer.json["row"]
    assert "营业执照.pdf" in client.get("/intake").get_data(as_text=True)


def test_a_refused_file_says_why_in_words(client_as: ClientAs) -> None:
    answer = upload(client_as(Role.CUSTODIAN), b"<svg/>", "scan.jpg")
    assert answer.status_code == 422
    assert answer.json is not None and "SVG 矢量图" in answer.json["detail"]


def test_an_empty_inbox_says_what_to_do(client_as: ClientAs) -> None:
    assert "把扫描件拖到页面任意位置" in client_as(Role.CUSTODIAN).get("/intake").get_data(
        as_text=True
    )


def test_filing_answers_with_what_was_done_and_what_is_left(client_as: ClientAs) -> None:
    client, customer = client_as(Role.CUSTODIAN), a_customer()
    first = upload(client, ugly.a_jpeg()).json
    upload(client, ugly.a_png())
    assert first is not None
    answer = post(
        client, f"/intake/{first['key']}/file", customer=customer.key, kind="licence", copies=""
    )
    assert answer.json is not None
    assert (answer.json["done"], answer.json["left"]) == ([first["key"]], 1)
    assert customer.name in answer.json["said"]
    assert Attachment.find(first["key"]).title == "营业执照"


def test_a_fault_brings_the_form_back_with_all_that_was_typed(client_as: ClientAs) -> None:
    client = client_as(Role.CUSTODIAN)
    key = (upload(client, ugly.a_jpeg()).json or {})["key"]
    a_customer("某某货运")
    answer = post(
        client, f"/intake/{key}/file", customer="某某货运", kind="licence",
        title="执照副本", paper_original="true", place="柜三",
    )  # fmt: skip
    page = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert "请按“柜-格-卷”填写" in page
    assert "执照副本" in page and "某某货运" in page
    assert Deposit.find(key).is_waiting


def test_several_are_filed_at_once_each_under_its_own_title(client_as: ClientAs) -> None:
    client, customer = client_as(Role.CUSTODIAN), a_customer()
    keys = [
        (upload(client, content).json or {})["key"] for content in (ugly.a_jpeg(), ugly.a_png())
    ]
    assert "一起归档 2 份文件" in client.get(
        "/intake/several", query_string={"deposit": keys}
    ).get_data(as_text=True)
    papers = {f"papers-{number}-deposit": key for number, key in enumerate(keys)}
    answer = post(
        client, "/intake/file", customer=customer.key, kind="visit_record",
        **papers, **{"papers-1-title": "回访照片"},
    )  # fmt: skip
    assert answer.json is not None and answer.json["done"] == keys
    assert [Attachment.find(key).title for key in keys] == ["拜访记录 1", "回访照片"]


def test_rejecting_needs_a_reason(client_as: ClientAs) -> None:
    client = client_as(Role.CUSTODIAN)
    key = (upload(client, ugly.a_jpeg()).json or {})["key"]
    assert post(client, f"/intake/{key}/reject", reason="").status_code == 422
    assert post(client, f"/intake/{key}/reject", reason="重复扫描").status_code == 200
    assert Deposit.find(key).state is DepositState.REJECTED


def test_who_decided_first_is_named_to_the_second(client_as: ClientAs) -> None:
    client = client_as(Role.CUSTODIAN)
    key = (upload(client, ugly.a_jpeg()).json or {})["key"]
    post(client, f"/intake/{key}/reject", reason="重复扫描")
    answer = post(client, f"/intake/{key}/file", customer=a_customer().key, kind="licence")
    assert answer.status_code == 409
    assert answer.json is not None and "已退回" in answer.json["detail"]


def test_the_same_bytes_filed_before_are_linked(client_as: ClientAs, file_one: FileOne) -> None:
    attachment = file_one()
    client = client_as(Role.CUSTODIAN)
    key = (upload(client, ugly.a_jpeg()).json or {})["key"]
    page = client.get(f"/intake/{key}/desk").get_data(as_text=True)
    assert "内容完全相同的文件已经存在" in page
    assert f"/attachments/{attachment.key}" in page


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.CUSTODIAN])
def test_the_stack_is_the_custodians(client_as: ClientAs, receive: Receive, role: Role) -> None:
    deposit, client = receive(), client_as(role)
    for address in (
        "/intake",
        f"/intake/{deposit.key}/desk",
        f"/intake/{deposit.key}/pages/1",
        f"/intake/{deposit.key}/thumbnail",
    ):
        assert client.get(address).status_code == 403


def test_page_images_are_sealed_and_stay_in_no_cache(
    client_as: ClientAs, file_one: FileOne
) -> None:
    answer = client_as(Role.CUSTODIAN).get(f"/attachments/{file_one().key}/pages/1?width=900")
    assert answer.data.startswith(b"\xff\xd8")
    assert answer.content_type == "image/jpeg"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert answer.headers["Cache-Control"] == "private, no-store"


def test_a_confidential_page_is_a_look_and_an_internal_one_is_not(
    client_as: ClientAs, file_one: FileOne
) -> None:
    client = client_as(Role.CUSTODIAN)
    secret, plain = file_one(), file_one(Confidentiality.INTERNAL, ugly.a_png())
    for attachment in (secret, plain):
        client.get(f"/attachments/{attachment.key}/pages/1")
        client.get(f"/attachments/{attachment.key}/thumbnail")
    looks = TrailEntry.objects(action__in=["attachment.page_seen", "attachment.thumbnail_seen"])
    assert {look.subject_id for look in looks} == {secret.key}
    assert looks.count() == 2


@pytest.mark.parametrize("part", ["pages/1", "thumbnail"])
def test_no_way_round_the_record_of_looks_leads_through_the_inbox(
    client_as: ClientAs, file_one: FileOne, part: str
) -> None:
    secret = file_one(confidentiality=Confidentiality.CONFIDENTIAL)
    deposit = secret.current.deposit_id
    assert client_as(Role.CUSTODIAN).get(f"/intake/{deposit}/{part}").status_code == 409


def test_others_read_that_they_should_ask_the_custodian(
    client_as: ClientAs, file_one: FileOne
) -> None:
    attachment, client = file_one(), client_as(Role.SALES_MANAGER)
    page = client.get(f"/attachments/{attachment.key}").get_data(as_text=True)
    assert "请联系档案保管员" in page and "营业执照" in page
    assert "data-viewer " not in page
    assert client.get(f"/attachments/{attachment.key}/pages/1").status_code == 403
    assert client.get(f"/attachments/{attachment.key}/original").status_code == 403
    assert TrailEntry.objects(subject_id=attachment.key).count() == 0


def test_an_original_is_saved_as_what_it_is_and_in_parts_if_asked(
    client_as: ClientAs, file_one: FileOne
) -> None:
    content = ugly.a_pdf(5)
    address = f"/attachments/{file_one(content=content).key}/original"
    client = client_as(Role.CUSTODIAN)
    whole = client.get(address, buffered=True)
    assert whole.data == content
    assert whole.content_type == "application/pdf"
    assert whole.headers["Content-Disposition"].startswith("attachment;")
    assert "sandbox" in whole.headers["Content-Security-Policy"]
    part = client.get(address, headers={"Range": "bytes=10-19"}, buffered=True)
    assert (part.status_code, part.data) == (206, content[10:20])


def test_a_new_version_is_uploaded_on_the_attachments_page(
    client_as: ClientAs, file_one: FileOne
) -> None:
    attachment, client = file_one(), client_as(Role.CUSTODIAN)
    file = (io.BytesIO(ugly.a_pdf(2)), "换证.pdf")
    answer = post(client, f"/attachments/{attachment.key}/versions", file=file)
    assert answer.status_code == 302
    page = client.get(f"/attachments/{attachment.key}").get_data(as_text=True)
    assert "第 2 版" in page and "换证.pdf" in page
    assert "已被第 2 版取代" in client.get(f"/attachments/{attachment.key}?version=1").get_data(
        as_text=True
    )


def test_the_pages_speak_english_too(client_as: ClientAs, file_one: FileOne) -> None:
    attachment, client = file_one(), client_as(Role.CUSTODIAN)
    client.set_cookie("language", "en")
    page = client.get(f"/attachments/{attachment.key}").get_data(as_text=True)
    assert "Confidential" in page and "Business licence" in page
    assert "Drag scans anywhere" in client.get("/intake").get_data(as_text=True)


@pytest.mark.parametrize("number", [1, 2])
def test_what_is_damaged_or_there_already_is_filed_only_with_a_yes(
    client_as: ClientAs, file_one: FileOne, number: int
) -> None:
    """By itself or among several."""
    file_one()  # the bytes of the second below
    client, customer = client_as(Role.CUSTODIAN), a_customer()
    for content, name in ((ugly.a_jpeg()[:900], "断.jpg"), (ugly.a_jpeg(), "重.jpg")):
        keys = [(upload(client, content, name).json or {})["key"]]
        address, typed = f"/intake/{keys[0]}/file", {}
        if number > 1:
            keys.append((upload(client, ugly.a_png(), "好.png").json or {})["key"])
            address = "/intake/file"
            typed = {f"papers-{place}-deposit": key for place, key in enumerate(keys)}
        typed |= {"customer": customer.key, "kind": "other"}
        page = post(client, address, **typed)
        assert page.status_code == 422
        assert f"：{name}" in page.get_data(as_text=True)
        assert 'name="despite"' in page.get_data(as_text=True)
        assert Attachment.of_customer(customer.id).count() == 0
        assert post(client, address, despite="true", **typed).status_code == 200
        assert Attachment.of_customer(customer.id).count() == len(keys)
        Attachment.objects(customer_id=customer.id).delete()
        Deposit.objects(file__original_name="好.png").delete()
