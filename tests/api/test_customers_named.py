"""How programs name a customer: in one way, wherever a customer is asked for."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from archive.accounts.models import User
from archive.actor import Role
from archive.communication.models import Visit
from archive.contracts.models import Contract
from archive.contracts.service.templates import install_shipped_templates
from archive.customers.models import Customer
from archive.seams import Seams
from tests.builders import a_complaint, a_customer, a_user, a_visit

LISTS = ("visits", "complaints", "contracts", "attachments")
NAMES = ("archive_number", "customer_code", "key", "name")
A_VISIT = {"kind": "routine", "visited_at": "2026-03-16T10:00:00+08:00", "purpose": "回访"}
CREATIONS: dict[str, tuple[str, dict[str, Any], Callable[[], Any]]] = {
    "visits": ("customer_name", A_VISIT, lambda: Visit.objects),
    "contracts": ("customer", {"title": "运输合同"}, lambda: Contract.objects),
}


@pytest.fixture
def program(empty_site: Flask, parts: Seams, now: datetime) -> FlaskClient:
    """An archive whose contracts can be drafted, as a program reaches it."""
    install_shipped_templates(now=now, blobs=parts.blobs, docgen=parts.docgen)
    return empty_site.test_client()


@pytest.fixture
def who(program: FlaskClient) -> User:
    return a_user(*Role)


@pytest.fixture
def headers(who: User, token_as: Callable[..., dict[str, str]]) -> dict[str, str]:
    return token_as(user=who)


@pytest.fixture
def customer(who: User) -> Customer:
    """A customer with a record of each kind, and another one with records of its own."""
    for found in (a_customer("华盛货运有限公司"), chosen := a_customer("蓝湾电器有限公司")):
        a_visit(found, actor=who.as_actor())
        a_complaint(found, actor=who.as_actor())
    return chosen


def named_fields(answer: TestResponse) -> set[str]:
    """The fields that a refusal names."""
    assert answer.status_code == 422, answer.get_data(as_text=True)
    return {each["field"] for each in answer.get_json()["errors"]}


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("records", LISTS)
def test_a_list_takes_any_name_of_a_customer(
    program: FlaskClient, headers: dict[str, str], customer: Customer, records: str, name: str
) -> None:
    query = {"customer": getattr(customer, name)}
    listed = program.get(f"/api/v1/{records}", query_string=query, headers=headers)
    assert listed.status_code == 200
    assert listed.get_json()["total"] == (1 if records in ("visits", "complaints") else 0)


@pytest.mark.parametrize("records", LISTS)
def test_a_list_of_a_customer_that_nobody_knows_is_refused_at_the_field(
    program: FlaskClient, headers: dict[str, str], records: str
) -> None:
    for nobody in ("KH-2026-99999", "C99999", "0" * 24, "没有这家公司"):
        query = {"customer": nobody}
        answer = program.get(f"/api/v1/{records}", query_string=query, headers=headers)
        assert named_fields(answer) == {"customer"}


@pytest.mark.parametrize("records", ["visits", "complaints", "contracts"])
def test_a_parameter_left_blank_is_none(
    program: FlaskClient, headers: dict[str, str], customer: Customer, records: str
) -> None:
    address = f"/api/v1/{records}"
    blank = program.get(f"{address}?customer=&status=&page=%20", headers=headers).get_json()
    assert blank == program.get(address, headers=headers).get_json()


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("records", CREATIONS)
def test_a_creation_takes_any_name_of_a_customer(
    program: FlaskClient, headers: dict[str, str], records: str, name: str
) -> None:
    field, facts, found = CREATIONS[records]
    customer = a_customer("蓝湾电器有限公司")
    body = facts | {field: getattr(customer, name)}
    made = program.post(f"/api/v1/{records}", json=body, headers=headers)
    assert made.status_code == 201, made.get_json()
    assert [each.customer_id for each in found()] == [customer.id]


@pytest.mark.parametrize("records", CREATIONS)
def test_a_creation_for_a_customer_that_nobody_knows_is_refused_at_the_field(
    program: FlaskClient, headers: dict[str, str], records: str
) -> None:
    field, facts, found = CREATIONS[records]
    body = facts | {field: "KH-2026-99999"}
    answer = program.post(f"/api/v1/{records}", json=body, headers=headers)
    assert named_fields(answer) == {field}
    assert found().count() == 0
