"""Deposits and attachments over REST."""

import io
from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from flask import Flask

from archive import clock
from archive.actor import Role
from archive.filing.models import Attachment, Deposit
from archive.filing.service.proposing import propose
from archive.reading import Reading, ReadingState, ReadPage
from archive.recognition.pages import TextSource
from archive.trail.models import TrailEntry
from tests.builders import a_customer
from tests.filing.papers import CODE, NAME, a_licence, a_page
from tests.recognition import ugly_files as ugly

Token = Callable[..., dict[str, str]]
Ask = Callable[..., Any]


@pytest.fixture
def ask(empty_site: Flask, token_as: Token) -> Ask:
    """Ask the API as a program of a custodian: ``ask("GET", "/deposits")``."""
    custodian = token_as(Role.CUSTODIAN)

    def ask_api(
        method: str, path: str, *, headers: dict[str, str] | None = None, **given: Any
    ) -> Any:
        sent = {**custodian, **(headers or {})}
        client, address = empty_site.test_client(), f"/api/v1{path}"
        return client.open(address, method=method, headers=sent, buffered=True, **given)

    return ask_api


def files(*contents: bytes) -> dict[str, Any]:
    """The body of an upload."""
    return {"files": [(io.BytesIO(each), f"scan{at}.jpg") for at, each in enumerate(contents)]}


def filed(ask: Ask, content: bytes | None = None, **facts: Any) -> dict[str, Any]:
    """A deposit uploaded and filed."""
    received = ask("POST", "/deposits", data=files(content or ugly.a_jpeg())).json
    key = received["results"][0]["deposit"]["id"]
    body = {"customer": a_customer().key, "kind": "licence", **facts}
    answer = ask("POST", f"/deposits/{key}/file", json=body)
    assert answer.status_code == 201, answer.json
    found: dict[str, Any] = answer.json
    return found


def test_many_files_are_received_at_once(ask: Ask) -> None:
    answer = ask("POST", "/deposits", data=files(ugly.a_jpeg(), ugly.a_pdf(2)))
    assert answer.status_code == 201
    assert answer.json["received"] == 2
    assert [each["deposit"]["file"]["pages"] for each in answer.json["results"]] == [1, 2]


def test_one_bad_file_does_not_sink_the_rest(ask: Ask) -> None:
    answer = ask("POST", "/deposits", data=files(ugly.a_jpeg(), b"", b"<svg/>", ugly.a_png()))
    assert answer.status_code == 207
    assert [each["status"] for each in answer.json["results"]] == [201, 422, 422, 201]
    assert answer.json["results"][2]["problem"]["type"].endswith("for-browsers")
    assert Deposit.objects.count() == 2


def test_a_single_bad_file_is_a_problem(ask: Ask) -> None:
    answer = ask("POST", "/deposits", data=files(b""))
    assert answer.status_code == 422
    assert answer.content_type == "application/problem+json"


def test_a_request_without_files_is_a_problem(ask: Ask) -> None:
    assert ask("POST", "/deposits", data={}).status_code == 422


def test_a_repeated_upload_finds_the_first(ask: Ask) -> None:
    key = {"Idempotency-Key": "batch-1"}
    first, again = (
        ask("POST", "/deposits", headers=key, data=files(ugly.a_jpeg(), ugly.a_png())).json
        for _ in range(2)
    )
    assert [each["deposit"]["id"] for each in first["results"]] == [
        each["deposit"]["id"] for each in again["results"]
    ]
    assert again["results"][0]["deposit"]["duplicates"] == []
    assert Deposit.objects.count() == 2


def test_deposits_are_listed_by_pages(ask: Ask) -> None:
    ask("POST", "/deposits", data=files(*(ugly.a_jpeg(size=(400 + at, 300)) for at in range(3))))
    answer = ask("GET", "/deposits?page=2&per_page=2")
    assert (answer.json["total"], len(answer.json["items"])) == (3, 1)
    one = answer.json["items"][0]
    assert ask("GET", f"/deposits/{one['id']}").json["file"]["sha256"] == one["file"]["sha256"]


def test_a_deposit_is_filed_and_filing_again_is_harmless(ask: Ask) -> None:
    attachment = filed(ask, valid_until="2030-01-01", paper_original=True, place="1-2-3")
    assert attachment["title"] == "营业执照"
    assert attachment["confidentiality"] == "confidential"
    assert (attachment["copies"], attachment["place"]) == (1, "1-2-3")
    assert Attachment.objects.count() == 1


def test_a_wrong_field_is_named(ask: Ask) -> None:
    key = ask("POST", "/deposits", data=files(ugly.a_jpeg())).json["results"][0]["deposit"]["id"]
    answer = ask("POST", f"/deposits/{key}/file", json={"kind": "poem"})
    assert answer.status_code == 422
    assert {each["field"] for each in answer.json["errors"]} == {"customer", "kind"}


def test_a_deposit_is_rejected_with_its_reason(ask: Ask) -> None:
    key = ask("POST", "/deposits", data=files(ugly.a_jpeg())).json["results"][0]["deposit"]["id"]
    answer = ask("POST", f"/deposits/{key}/reject", json={"reason": "重复"})
    assert (answer.json["state"], answer.json["rejection"]) == ("rejected", "重复")
    assert ask("POST", f"/deposits/{key}/reject", json={"reason": "重复"}).status_code == 409


def test_facts_are_corrected_against_the_revision_that_was_read(ask: Ask) -> None:
    attachment = filed(ask)
    path = f"/attachments/{attachment['id']}"
    etag = ask("GET", path).headers["ETag"]
    facts = {"kind": "licence", "title": "营业执照正本"}
    assert ask("PUT", path, json=facts).status_code == 428
    assert ask("PUT", path, headers={"If-Match": etag}, json=facts).json["title"] == "营业执照正本"
    assert ask("PUT", path, headers={"If-Match": etag}, json=facts).status_code == 412


def test_a_version_is_filed_over_another(ask: Ask) -> None:
    attachment = filed(ask)
    received = ask("POST", "/deposits", data=files(ugly.a_pdf(2))).json
    key = received["results"][0]["deposit"]["id"]
    answer = ask("POST", f"/deposits/{key}/version", json={"attachment": attachment["id"]})
    assert [each["number"] for each in answer.json["versions"]] == [1, 2]


def test_the_content_comes_back_byte_for_byte_and_is_recorded(ask: Ask) -> None:
    content = ugly.a_pdf(3)
    attachment = filed(ask, content)
    answer = ask("GET", f"/attachments/{attachment['id']}/content")
    assert answer.data == content
    part = ask("GET", f"/attachments/{attachment['id']}/content", headers={"Range": "bytes=0-3"})
    assert (part.status_code, part.data) == (206, b"%PDF")
    assert TrailEntry.objects(action="attachment.original_taken").count() == 2


def test_a_page_is_drawn_and_recorded(ask: Ask) -> None:
    attachment = filed(ask, ugly.a_pdf(3))
    answer = ask("GET", f"/attachments/{attachment['id']}/pages/3?width=200")
    assert answer.data.startswith(b"\xff\xd8")
    assert ask("GET", f"/attachments/{attachment['id']}/pages/4").status_code == 404
    assert TrailEntry.objects(action="attachment.page_seen").count() == 1


def test_the_text_of_a_paper_is_given_and_every_look_is_recorded(ask: Ask, token_as: Token) -> None:
    attachment = filed(ask)
    line = ["冷链零担", 0.1, 0.2, 0.5, 0.25, 0.9]
    sha256 = Attachment.find(attachment["id"]).current.sha256
    ReadPage(sha256=sha256, number=1, source=TextSource.OCR, width=1, height=1, lines=[line]).save()
    address = f"/attachments/{attachment['id']}/text"
    [page] = ask("GET", address).json["pages"]
    assert (page["number"], page["source"], page["text"]) == (1, "ocr", "冷链零担")
    assert page["lines"][0]["box"] == [0.1, 0.2, 0.5, 0.25]
    assert TrailEntry.objects(action="attachment.text_seen").count() == 1
    manager = token_as(Role.SALES_MANAGER)
    assert ask("GET", address, headers=manager).status_code == 403


def test_a_customers_attachments_are_listed(ask: Ask) -> None:
    attachment = filed(ask)
    path = f"/attachments?customer={attachment['customer']}"
    assert ask("GET", path).json["items"][0]["id"] == attachment["id"]
    assert ask("GET", f"{path}&kind=other").json["total"] == 0


@pytest.mark.parametrize(
    ("method", "path"),
    [("GET", "/deposits"), ("POST", "/deposits"), ("GET", "/deposits/{}"),
     ("POST", "/deposits/{}/file"), ("POST", "/deposits/{}/reject"), ("PUT", "/attachments/{}"),
     ("GET", "/attachments/{}/content"), ("GET", "/attachments/{}/pages/1")],
)  # fmt: skip
def test_a_manager_may_read_facts_and_nothing_more(
    ask: Ask, empty_site: Flask, token_as: Token, method: str, path: str
) -> None:
    attachment = filed(ask)
    manager, client = token_as(Role.SALES_MANAGER), empty_site.test_client()
    facts = client.get(f"/api/v1/attachments/{attachment['id']}", headers=manager)
    assert facts.json is not None and facts.json["may_look"] is False
    address = f"/api/v1{path.format(attachment['id'])}"
    assert client.open(address, method=method, headers=manager, json={}).status_code in (403, 422)
    assert client.get("/api/v1/deposits").status_code == 401


def waiting(ask: Ask, *contents: bytes) -> list[str]:
    """The identities of deposits that were just uploaded."""
    received = ask("POST", "/deposits", data=files(*contents)).json
    return [each["deposit"]["id"] for each in received["results"]]


def test_photographs_are_joined_and_taken_apart_again(ask: Ask) -> None:
    first, second = waiting(ask, ugly.a_jpeg(), ugly.a_png())
    answer = ask("POST", "/deposits/join", json={"deposits": [second, first]})
    assert answer.status_code == 201, answer.json
    joined = answer.json
    assert (joined["parts"], joined["file"]["pages"]) == ([second, first], 2)
    assert joined["file"]["file_type"] == "pdf"
    assert answer.headers["Location"].endswith(f"/deposits/{joined['id']}")
    part = ask("GET", f"/deposits/{first}").json
    assert (part["state"], part["joined_into"]) == ("joined", joined["id"])
    assert [each["id"] for each in ask("GET", "/deposits").json["items"]] == [joined["id"]]

    apart = ask("POST", f"/deposits/{joined['id']}/take-apart")
    assert [each["id"] for each in apart.json["deposits"]] == [second, first]
    assert {each["joined_into"] for each in apart.json["deposits"]} == {None}
    assert ask("GET", f"/deposits/{joined['id']}").json["state"] == "apart"
    assert ask("POST", f"/deposits/{joined['id']}/take-apart").status_code == 409


def test_a_joined_paper_on_file_is_taken_apart_with_a_reason_only(ask: Ask) -> None:
    pages = waiting(ask, ugly.a_jpeg(), ugly.a_png())
    joined = ask("POST", "/deposits/join", json={"deposits": pages}).json["id"]
    body = {"customer": a_customer().key, "kind": "licence"}
    paper = ask("POST", f"/deposits/{joined}/file", json=body).json["id"]
    assert ask("POST", f"/deposits/{joined}/take-apart").status_code == 422
    assert ask("POST", f"/attachments/{paper}/take-apart", json={"reason": " "}).status_code == 422
    assert ask("GET", f"/attachments/{paper}").status_code == 200

    apart = ask("POST", f"/attachments/{paper}/take-apart", json={"reason": "两份合同混在一起"})
    assert [each["id"] for each in apart.json["deposits"]] == pages
    assert ask("GET", f"/attachments/{paper}").status_code == 404
    assert Attachment.find(paper).withdrawn_at is not None


def test_what_cannot_be_joined_is_refused_and_stays_on_the_stack(ask: Ask) -> None:
    [photograph, letter] = waiting(ask, ugly.a_jpeg(), ugly.a_docx())
    for chosen in ([photograph], [photograph, photograph], [photograph, letter]):
        refused = ask("POST", "/deposits/join", json={"deposits": chosen})
        assert refused.status_code == 422, chosen
    assert ask("POST", "/deposits/join", json={"deposits": [photograph, "x"]}).status_code == 404
    assert len(ask("GET", "/deposits").json["items"]) == 2


def test_joining_asked_twice_makes_one_paper(ask: Ask) -> None:
    pages, again = waiting(ask, ugly.a_jpeg(), ugly.a_png()), {"Idempotency-Key": "join-1"}
    body = {"deposits": pages}
    first = ask("POST", "/deposits/join", json=body, headers=again)
    second = ask("POST", "/deposits/join", json=body, headers=again)
    assert first.json["id"] == second.json.get("id"), (first.json, second.json)
    assert second.headers["Idempotent-Replay"] == "true"
    assert len(ask("GET", "/deposits").json["items"]) == 1


def test_who_may_not_file_neither_joins_nor_takes_apart(
    ask: Ask, empty_site: Flask, token_as: Token
) -> None:
    pages = waiting(ask, ugly.a_jpeg(), ugly.a_png())
    seller, client = token_as(Role.SALESPERSON), empty_site.test_client()
    asked = client.post("/api/v1/deposits/join", json={"deposits": pages}, headers=seller)
    assert asked.status_code == 403
    joined = ask("POST", "/deposits/join", json={"deposits": pages}).json["id"]
    apart = client.post(f"/api/v1/deposits/{joined}/take-apart", headers=seller)
    assert apart.status_code == 403
    assert Deposit.find(joined).is_waiting


def test_programs_see_the_proposal_and_confirm_it(ask: Ask, now: datetime) -> None:
    customer = a_customer(NAME, credit_code=CODE)
    received = ask("POST", "/deposits", data=files(ugly.a_jpeg(), ugly.a_png())).json["results"]
    first, second = (each["deposit"]["id"] for each in received)
    assert ask("POST", f"/deposits/{first}/confirm", json={}).status_code == 409
    propose(Deposit.find(first), [a_licence()], now=now)
    propose(Deposit.find(second), [a_page("运费明细")], now=now)
    shown = ask("GET", f"/deposits/{first}").json
    assert (shown["proposal"]["is_sure"], shown["proposal"]["kind"]) == (True, "licence")
    assert shown["proposal"]["customer"] == customer.key
    assert {each["name"] for each in shown["proposal"]["fields_read"]} >= {"credit_code", "name"}
    other = {"customer": a_customer().key}
    assert ask("POST", f"/deposits/{first}/confirm", json=other).status_code == 409
    answer = ask("POST", "/deposits/confirm", json={"deposits": [first, second]}).json
    assert (answer["filed"], answer["refused"]) == (1, 1)
    assert [each["status"] for each in answer["results"]] == [201, 409]
    again = ask("POST", f"/deposits/{first}/confirm", json={"customer": customer.customer_code})
    assert (again.status_code, again.json["customer"]) == (201, customer.key)


def test_a_scan_is_given_as_a_searchable_pdf_once_it_was_read(ask: Ask, token_as: Token) -> None:
    attachment = filed(ask)
    address = f"/attachments/{attachment['id']}/searchable"
    assert ask("GET", address).status_code == 409
    file = Attachment.find(attachment["id"]).current
    line = ["冷链零担", 0.1, 0.2, 0.5, 0.25, 0.9]
    page = {"sha256": file.sha256, "number": 1, "source": TextSource.OCR, "lines": [line]}
    ReadPage(width=400, height=300, **page).save()
    at = {"asked_at": clock.now(), "due_at": clock.now(), "file_type": file.file_type}
    Reading(id=file.sha256, state=ReadingState.READ, **at).save()
    answer = ask("GET", address)
    assert (answer.mimetype, answer.data[:5]) == ("application/pdf", b"%PDF-")
    assert TrailEntry.objects(action="attachment.searchable_taken").count() == 1
    assert ask("GET", address, headers=token_as(Role.SALES_MANAGER)).status_code == 403


def test_the_text_of_a_deposit_is_given_until_it_is_on_file(ask: Ask, token_as: Token) -> None:
    [received] = ask("POST", "/deposits", data=files(ugly.a_jpeg())).json["results"]
    key, sha256 = received["deposit"]["id"], received["deposit"]["file"]["sha256"]
    address = f"/deposits/{key}/text"
    assert ask("GET", address).json == {"pages": []}
    line = ["冷链零担", 0.1, 0.2, 0.5, 0.25, 0.9]
    ReadPage(sha256=sha256, number=1, source=TextSource.OCR, width=1, height=1, lines=[line]).save()
    assert [each["text"] for each in ask("GET", address).json["pages"]] == ["冷链零担"]
    assert ask("GET", address, headers=token_as(Role.SALESPERSON)).status_code == 403
    body = {"customer": a_customer().key, "kind": "licence"}
    assert ask("POST", f"/deposits/{key}/file", json=body).status_code == 201
    assert ask("GET", address).status_code == 409  # there every look is recorded
