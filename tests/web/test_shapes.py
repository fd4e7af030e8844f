"""Shapes of the API: what they read of a record and how it is written."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from decimal import Decimal
from types import SimpleNamespace
from typing import Any

import pytest
from flask import Flask

from archive.actor import Role
from archive.web.shapes import Instant, Key, Masked, Money, Number, Out, RecordOut, reads, tagged
from tests.builders import a_customer, a_user


class RowOut(Out):
    """A row."""

    what: str
    price: Money | None


class SheetOut(Out):
    """Something with a bit of everything."""

    id: Key
    title: str
    amount: Money | None
    weight: Number | None
    phone: Masked | None
    at: Instant | None
    day: date | None
    rows: list[RowOut]
    owner: str | None = reads("keeper.name")
    total: Money = reads(lambda sheet: sum(row.price for row in sheet.rows))


def a_sheet(**facts: Any) -> SimpleNamespace:
    given: dict[str, Any] = {
        "id": 7,
        "title": "表",
        "amount": Decimal(1),
        "weight": Decimal("12.500"),
        "phone": "13800001234",
        "at": datetime(2026, 3, 16, 2, 0, tzinfo=UTC),
        "day": date(2026, 3, 16),
        "rows": [SimpleNamespace(what="运费", price=Decimal("99999999999999.99"))],
        "keeper": SimpleNamespace(name="李某"),
    }
    return SimpleNamespace(**given | facts)


def as_json(record: object) -> dict[str, Any]:
    return SheetOut.model_validate(record).model_dump(mode="json")


def test_a_shape_reads_a_record_and_writes_each_type_in_one_way() -> None:
    assert as_json(a_sheet()) == {
        "id": "7",
        "title": "表",
        "amount": "1.00",
        "weight": "12.500",
        "phone": "138****1234",
        "at": "2026-03-16T10:00:00+08:00",
        "day": "2026-03-16",
        "rows": [{"what": "运费", "price": "99999999999999.99"}],
        "owner": "李某",
        "total": "99999999999999.99",
    }


def test_what_is_absent_is_null() -> None:
    nothing = dict.fromkeys(("amount", "weight", "phone", "at", "day", "keeper"))
    shown = as_json(a_sheet(**nothing))
    for name in ("amount", "weight", "phone", "at", "day", "owner"):
        assert shown[name] is None, name


@pytest.mark.parametrize("number", ["1E+3", "0E-9", "1000.000"])
def test_a_number_is_never_written_with_an_exponent(number: str) -> None:
    assert "E" not in as_json(a_sheet(weight=Decimal(number)))["weight"]


def test_what_a_record_cannot_say_is_given() -> None:
    row = RowOut.of(SimpleNamespace(what="运费"), price=Decimal(3))
    assert row.model_dump(mode="json") == {"what": "运费", "price": "3.00"}


def test_a_shape_describes_what_is_sent() -> None:
    described = SheetOut.model_json_schema()
    assert set(described["properties"]) == set(SheetOut.model_fields)
    assert described["required"] == [*SheetOut.model_fields]
    assert described["properties"]["total"]["type"] == "string"
    assert described["properties"]["at"]["anyOf"][0] == {"type": "string", "format": "date-time"}


def test_a_record_goes_out_with_its_revision_and_address(in_app: Flask) -> None:
    customer = a_customer()
    shown, headers = tagged(customer, address="/there")
    assert headers == {"ETag": '"1"', "Location": "/there"}
    body = RecordOut.model_validate(shown).model_dump(mode="json")
    assert body["id"] == customer.key
    assert body["revision"] == 1


def test_a_repeated_creation_has_the_same_headers(
    empty_site: Flask, token_as: Callable[..., dict[str, str]]
) -> None:
    headers = token_as(user=a_user(Role.CUSTODIAN)) | {"Idempotency-Key": "one"}
    client = empty_site.test_client()
    answers = [
        client.post("/api/v1/customers", json={"name": "华盛货运有限公司"}, headers=headers)
        for _ in range(2)
    ]
    assert [each.status_code for each in answers] == [201, 201]
    assert answers[1].headers["Idempotent-Replay"] == "true"
    for name in ("ETag", "Location", "Content-Type"):
        assert answers[0].headers[name] == answers[1].headers[name]
    assert answers[0].get_json() == answers[1].get_json()
