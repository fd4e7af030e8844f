"""Visits and complaints over REST."""

from collections.abc import Callable
from typing import Any

from flask import Flask
from werkzeug.test import TestResponse

from archive import clock
from archive.actor import Actor, Role
from archive.communication.models import Complaint, Visit
from archive.communication.rules.visits import VisitKind
from archive.communication.service import complaints
from tests.builders import a_complaint, a_customer, a_user, a_visit

TokenAs = Callable[..., dict[str, str]]
ActorAs = Callable[..., Actor]

VISITS, COMPLAINTS = "/api/v1/visits", "/api/v1/complaints"
VISIT = {"kind": "routine", "visited_at": "2026-03-16T10:30:00+08:00", "purpose": "了解货量"}
COMPLAINT = {"heard_at": "2026-03-16T09:00:00+08:00", "content": "司机态度差。"}


def body(answer: TestResponse) -> Any:
    """What the answer holds."""
    return answer.json


def test_a_visit_is_recorded_read_and_edited_with_if_match(
    empty_site: Flask, token_as: TokenAs
) -> None:
    customer, headers = a_customer(), token_as(Role.SALES_MANAGER)
    program = empty_site.test_client()
    made = program.post(
        VISITS, json=VISIT | {"customer_name": customer.customer_code}, headers=headers
    )
    assert made.status_code == 201
    assert body(made)["customer"]["customer_code"] == customer.customer_code
    assert body(made)["visited_at"] == "2026-03-16T10:30:00+08:00"
    url = made.headers["Location"]
    edited = VISIT | {"place": "客户仓库"}
    assert program.put(url, json=edited, headers=headers).status_code == 428
    matched = headers | {"If-Match": made.headers["ETag"]}
    assert body(program.put(url, json=edited, headers=matched))["place"] == "客户仓库"
    conflict = program.put(url, json=VISIT, headers=matched)
    assert conflict.status_code == 412
    assert conflict.mimetype == "application/problem+json"


def test_a_creation_repeated_with_its_key_makes_one_record(
    empty_site: Flask, token_as: TokenAs
) -> None:
    headers = token_as(Role.STAFF) | {"Idempotency-Key": "one"}
    program = empty_site.test_client()
    answers = [program.post(COMPLAINTS, json=COMPLAINT, headers=headers) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [201, 201]
    assert body(answers[0])["number"] == body(answers[1])["number"]
    assert Complaint.objects.count() == 1


def test_lists_hold_only_what_the_token_s_owner_may_open(
    empty_site: Flask, token_as: TokenAs
) -> None:
    mine = a_user(Role.SALESPERSON)
    visit = a_visit(a_customer(salesperson=mine))
    a_visit()
    complaint = a_complaint(a_customer(salesperson=mine))
    a_complaint()
    program, headers = empty_site.test_client(), token_as(user=mine)
    for url, number in ((VISITS, visit.number), (COMPLAINTS, complaint.number)):
        listed = body(program.get(url, headers=headers))
        assert [each["number"] for each in listed["items"]] == [number]
        assert listed["total"] == 1


def test_lists_are_filtered(
    empty_site: Flask, token_as: TokenAs, index_all: Callable[[], None]
) -> None:
    customer = a_customer()
    visit = a_visit(customer, kind=VisitKind.HOLIDAY, purpose="送粽子")
    a_visit()
    index_all()
    program, headers = empty_site.test_client(), token_as(Role.GENERAL_MANAGER)
    today = clock.local_day(clock.now())
    for query in (
        f"customer={customer.customer_code}",
        f"q={visit.number}",
        "q=粽子",
        f"kind=holiday&since={today.year - 1}-01-01",
    ):
        items = body(program.get(f"{VISITS}?{query}", headers=headers))["items"]
        assert [each["number"] for each in items] == [visit.number], query
    assert program.get(f"{VISITS}?until=9999-12-31", headers=headers).status_code == 422


def test_closing_a_business_visit_too_early_answers_with_the_article(
    empty_site: Flask, token_as: TokenAs
) -> None:
    visit = a_visit(kind=VisitKind.BUSINESS)
    refusal = empty_site.test_client().post(
        f"{VISITS}/{visit.number}/close", headers=token_as(Role.SALES_MANAGER)
    )
    assert refusal.status_code == 422
    assert body(refusal)["article"] == 13
    assert Visit.find(visit.key).closed_at is None


def test_a_complaint_goes_its_way_over_the_api(empty_site: Flask, token_as: TokenAs) -> None:
    program, desk = empty_site.test_client(), token_as(Role.CUSTOMER_SERVICE)
    made = program.post(
        COMPLAINTS,
        json=COMPLAINT | {"complainant_phone": "13800001234", "claimed_amount": "1200.5"},
        headers=token_as(Role.STAFF),
    )
    assert body(made)["complainant_phone"] == "138****1234"
    assert body(made)["claimed_amount"] == "1200.50"
    url = made.headers["Location"]
    assert body(program.post(f"{url}/accept", headers=desk))["status"] == "accepted"
    assert program.post(f"{url}/accept", headers=desk).status_code == 409
    reply = {"reply": "result", "replied_at": clock.now().isoformat(), "text": "已赔付。"}
    told = program.post(f"{url}/replies", json=reply, headers=desk)
    assert body(told)["replies"][0]["was_late"] is False
    closed = program.post(f"{url}/close", json={"reaction": "接受"}, headers=desk)
    assert body(closed)["status"] == "closed"


def test_an_edit_that_leaves_the_masked_number_out_keeps_it(
    empty_site: Flask, token_as: TokenAs
) -> None:
    complaint = a_complaint(complainant_phone="13800001234")
    url, headers = f"{COMPLAINTS}/{complaint.number}", token_as(Role.CUSTOMER_SERVICE)
    program = empty_site.test_client()
    program.put(url, json=COMPLAINT, headers=headers | {"If-Match": '"1"'})
    assert Complaint.find(complaint.key).complainant_phone == "13800001234"
    cleared = COMPLAINT | {"complainant_phone": None}
    program.put(url, json=cleared, headers=headers | {"If-Match": '"2"'})
    assert Complaint.find(complaint.key).complainant_phone is None


def test_a_running_clock_is_told(empty_site: Flask, token_as: TokenAs, actor_as: ActorAs) -> None:
    complaint = a_complaint()
    complaints.accept_complaint(complaint, actor=actor_as(Role.CUSTOMER_SERVICE), now=clock.now())
    headers = token_as(Role.CUSTOMER_SERVICE)
    told = body(empty_site.test_client().get(f"{COMPLAINTS}/{complaint.number}", headers=headers))
    assert told["next_due"]["reply"] == "plan"
    assert told["next_due"]["at"].endswith("+08:00")


def test_a_time_outside_our_calendar_is_refused(empty_site: Flask, token_as: TokenAs) -> None:
    program, headers = empty_site.test_client(), token_as(Role.STAFF)
    for heard_at in ("0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-12:00"):
        answer = program.post(COMPLAINTS, json=COMPLAINT | {"heard_at": heard_at}, headers=headers)
        assert answer.status_code == 422


def test_who_recorded_nothing_reads_nothing(empty_site: Flask, token_as: TokenAs) -> None:
    complaint = a_complaint()
    url = f"{COMPLAINTS}/{complaint.number}"
    assert empty_site.test_client().get(url, headers=token_as(Role.STAFF)).status_code == 403
    assert empty_site.test_client().get(VISITS, headers=token_as(Role.STAFF)).status_code == 403


def test_the_openapi_document_describes_both(empty_site: Flask, token_as: TokenAs) -> None:
    document = body(
        empty_site.test_client().get("/api/v1/openapi.json", headers=token_as(Role.STAFF))
    )
    assert {VISITS, f"{VISITS}/{{number}}", f"{COMPLAINTS}/{{number}}/accept"} <= set(
        document["paths"]
    )
