"""The customer's archive over REST, asked for as a program does."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from archive.actor import Role
from archive.customers.models import Customer
from tests.builders import a_customer, a_user

TokenAs = Callable[..., dict[str, str]]
CUSTOMERS = "/api/v1/customers"


@pytest.fixture
def program(empty_site: Flask) -> FlaskClient:
    return empty_site.test_client()


@pytest.fixture
def custodian(token_as: TokenAs) -> dict[str, str]:
    return token_as(Role.CUSTODIAN)


def problem(answer: TestResponse, status: int, slug: str) -> dict[str, Any]:
    """The problem that *answer* tells of."""
    assert answer.status_code == status, answer.get_data(as_text=True)
    assert answer.content_type == "application/problem+json"
    body: dict[str, Any] = answer.get_json()
    assert body["status"] == status
    assert body["type"] == f"urn:archive:problem:{slug}"
    assert body["title"]
    assert body["detail"]
    return body


def test_an_archive_is_opened_read_and_edited(
    program: FlaskClient, custodian: dict[str, str]
) -> None:
    made = program.post(
        CUSTOMERS,
        headers=custodian,
        json={"name": "甲公司", "flows": [{"origin": "深圳", "destination": "成都"}]},
    )
    assert made.status_code == 201
    address = made.headers["Location"]
    read = program.get(address, headers=custodian)
    assert read.get_json() == made.get_json()
    edited = program.put(
        address,
        headers={**custodian, "If-Match": read.headers["ETag"]},
        json={"name": "甲公司", "address": "新地址"},
    )
    assert edited.status_code == 200
    assert edited.get_json()["address"] == "新地址"
    assert edited.get_json()["flows"] == []
    assert edited.headers["ETag"] != read.headers["ETag"]


def test_telephone_numbers_left_out_of_an_edit_stay_as_they_are(
    program: FlaskClient, custodian: dict[str, str]
) -> None:
    contacts = [{"name": "李明", "phone": "13800001234"}]
    customer = a_customer("甲公司", phone="0755-12345678", contacts=contacts)
    edited = program.put(
        f"{CUSTOMERS}/{customer.archive_number}",
        headers={**custodian, "If-Match": '"1"'},
        json={"name": "甲公司", "contacts": [{"name": "李明", "position": "经理"}]},
    )
    assert edited.status_code == 200
    kept = Customer.find(customer.key)
    assert (kept.phone, kept.contacts[0].phone) == ("0755-12345678", "13800001234")
    assert kept.contacts[0].position == "经理"


def test_an_edit_without_if_match_is_not_taken(
    program: FlaskClient, custodian: dict[str, str]
) -> None:
    customer = a_customer("甲公司")
    answer = program.put(
        f"{CUSTOMERS}/{customer.archive_number}", headers=custodian, json={"name": "乙公司"}
    )
    problem(answer, 428, "match-needed")


@pytest.mark.parametrize("tag", ["*", '"abc"', "W/1", ""])
def test_an_if_match_that_is_no_etag_of_ours_is_a_conflict(
    program: FlaskClient, custodian: dict[str, str], tag: str
) -> None:
    customer = a_customer("甲公司")
    answer = program.put(
        f"{CUSTOMERS}/{customer.archive_number}",
        headers={**custodian, "If-Match": tag},
        json={"name": "乙公司"},
    )
    problem(answer, 409, "bad-match")


def test_an_edit_of_an_older_revision_fails_its_precondition(
    program: FlaskClient, custodian: dict[str, str]
) -> None:
    customer = a_customer("甲公司")
    address = f"{CUSTOMERS}/{customer.archive_number}"
    headers = {**custodian, "If-Match": '"1"'}
    assert program.put(address, headers=headers, json={"name": "乙公司"}).status_code == 200
    late = program.put(address, headers=headers, json={"name": "丙公司"})
    problem(late, 412, "edited-meanwhile")
    assert Customer.find(customer.key).name == "乙公司"


def test_every_fault_is_named_by_its_field(program: FlaskClient, custodian: dict[str, str]) -> None:
    body = {"credit_code": "91110", "contacts": [{"name": "王", "phone": "x"}], "colour": "red"}
    told = problem(program.post(CUSTOMERS, headers=custodian, json=body), 422, "invalid-input")
    fields = {each["field"] for each in told["errors"]}
    assert fields == {"name", "credit_code", "contacts-0-phone", "colour"}


@pytest.mark.parametrize(
    ("content", "kind", "status"),
    [
        (b"{", "application/json", (400, 422)),
        (b"[]", "application/json", (422,)),
        (b'"text"', "application/json", (422,)),
        (b"null", "application/json", (400, 422)),
        (b"name=x", "application/x-www-form-urlencoded", (400, 415, 422)),
        (b"", "application/json", (400, 422)),
    ],
)
def test_a_body_that_is_no_object_is_a_problem_and_no_breakdown(
    program: FlaskClient,
    custodian: dict[str, str],
    content: bytes,
    kind: str,
    status: tuple[int, ...],
) -> None:
    answer = program.post(CUSTOMERS, headers=custodian, data=content, content_type=kind)
    assert answer.status_code in status, answer.get_data(as_text=True)
    assert answer.content_type == "application/problem+json"


def test_a_like_name_is_a_conflict_that_can_be_overruled(
    program: FlaskClient, custodian: dict[str, str]
) -> None:
    a_customer("广东华盛货运有限公司")
    body = {"name": "华盛货运股份有限公司"}
    problem(program.post(CUSTOMERS, headers=custodian, json=body), 409, "looks-alike")
    body = {**body, "is_another_company": True}  # type: ignore[dict-item]  # JSON takes it
    assert program.post(CUSTOMERS, headers=custodian, json=body).status_code == 201


def test_a_repeat_with_the_same_key_answers_as_the_first_time(
    program: FlaskClient, custodian: dict[str, str]
) -> None:
    headers = {**custodian, "Idempotency-Key": "order-1"}
    first = program.post(CUSTOMERS, headers=headers, json={"name": "甲公司"})
    again = program.post(CUSTOMERS, headers=headers, json={"name": "甲公司"})
    assert again.status_code == first.status_code == 201
    assert again.get_json() == first.get_json()
    assert again.headers["Location"] == first.headers["Location"]
    assert again.headers["Idempotent-Replay"] == "true"
    assert Customer.objects.count() == 1


def test_a_key_with_another_body_is_refused(
    program: FlaskClient, custodian: dict[str, str]
) -> None:
    headers = {**custodian, "Idempotency-Key": "order-1"}
    program.post(CUSTOMERS, headers=headers, json={"name": "甲公司"})
    other = program.post(CUSTOMERS, headers=headers, json={"name": "乙公司"})
    problem(other, 409, "key-reused")


def test_a_key_of_someone_else_is_another_key(program: FlaskClient, token_as: TokenAs) -> None:
    for name in ("甲公司", "乙公司"):
        headers = {**token_as(Role.CUSTODIAN), "Idempotency-Key": "order-1"}
        assert program.post(CUSTOMERS, headers=headers, json={"name": name}).status_code == 201


def test_a_key_whose_request_failed_may_be_used_again(
    program: FlaskClient, custodian: dict[str, str]
) -> None:
    a_customer("甲公司", credit_code="91110000600037341L")
    headers = {**custodian, "Idempotency-Key": "order-1"}
    body = {"name": "乙公司", "credit_code": "91110000600037341L"}
    problem(program.post(CUSTOMERS, headers=headers, json=body), 409, "credit-code-taken")
    body["credit_code"] = "91440300708461136T"
    assert program.post(CUSTOMERS, headers=headers, json=body).status_code == 201


def test_of_repeats_at_the_same_moment_one_opens_an_archive(
    empty_site: Flask, custodian: dict[str, str]
) -> None:
    def post(_: int) -> int:
        answer = empty_site.test_client().post(
            CUSTOMERS,
            headers={**custodian, "Idempotency-Key": "order-1"},
            json={"name": "甲公司", "is_another_company": True},
        )
        return answer.status_code

    with ThreadPoolExecutor(6) as pool:
        statuses = list(pool.map(post, range(6)))
    assert set(statuses) <= {201, 409}
    assert 201 in statuses
    assert Customer.objects.count() == 1


def test_numbers_are_masked_and_money_is_text(
    program: FlaskClient, custodian: dict[str, str]
) -> None:
    made = program.post(
        CUSTOMERS,
        headers=custodian,
        json={
            "name": "甲公司",
            "phone": "13800001234",
            "contacts": [{"name": "王经理", "phone": "13800001234"}],
            "finances": [{"year": 2025, "revenue": "1000000.10"}],
        },
    )
    body = made.get_json()
    assert body["phone"] == body["contacts"][0]["phone"] == "138****1234"
    assert body["finances"][0]["revenue"] == "1000000.10"
    assert body["created_at"].endswith("+08:00")


def test_the_largest_amount_is_kept_to_the_fen(
    program: FlaskClient, custodian: dict[str, str]
) -> None:
    year = {"year": 2025, "revenue": "99999999999999.99", "profit": "-99999999999999.99"}
    made = program.post(CUSTOMERS, headers=custodian, json={"name": "甲公司", "finances": [year]})
    assert made.status_code == 201
    read = program.get(made.headers["Location"], headers=custodian).get_json()["finances"][0]
    assert (read["revenue"], read["profit"]) == (year["revenue"], year["profit"])


def test_the_list_tells_what_anyone_may_know_and_pages(
    program: FlaskClient, token_as: TokenAs
) -> None:
    for number in range(5):
        a_customer(f"客户{number}公司", credit_code=None, address="秘密")
    headers = token_as(Role.STAFF)
    page = program.get(f"{CUSTOMERS}?per_page=2&page=3", headers=headers).get_json()
    assert (page["total"], page["page"], page["per_page"]) == (5, 3, 2)
    assert [set(each) for each in page["items"]] == [
        {"id", "customer_code", "name", "relationship", "salesperson"}
    ]
    for leak in ("KH-2026", "秘密"):
        found = program.get(CUSTOMERS, query_string={"q": leak}, headers=headers).get_json()
        assert found["total"] == 0


@pytest.mark.parametrize("query", ["page=0", "per_page=101", "page=x", "q=" + "长" * 101])
def test_a_query_out_of_bounds_is_a_problem(
    program: FlaskClient, custodian: dict[str, str], query: str
) -> None:
    problem(program.get(f"{CUSTOMERS}?{query}", headers=custodian), 422, "invalid-input")


def test_anothers_customer_is_forbidden_and_an_unknown_one_not_found(
    program: FlaskClient, token_as: TokenAs
) -> None:
    headers = token_as(Role.SALESPERSON)
    customer = a_customer("甲公司", salesperson=a_user(Role.SALESPERSON))
    address = f"{CUSTOMERS}/{customer.archive_number}"
    problem(program.get(address, headers=headers), 403, "not-permitted")
    problem(program.get(f"{CUSTOMERS}/KH-2026-99999", headers=headers), 404, "not-found")


def test_a_program_chooses_its_language_by_accept_language(
    program: FlaskClient, custodian: dict[str, str]
) -> None:
    details = {
        language: program.get(
            f"{CUSTOMERS}/KH-1", headers={**custodian, "Accept-Language": language}
        ).get_json()["title"]
        for language in ("zh-CN", "en")
    }
    assert details == {"zh-CN": "没有找到", "en": "Not found"}
