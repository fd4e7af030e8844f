"""What a page says of a record: label and value from the declaration that asked for it."""

from datetime import date
from typing import Any

from flask import Flask

from archive.actor import Role
from archive.customers.forms import CustomerInput
from archive.customers.rules import Industry, Nature, Origin, Region, Relationship, TransportMode
from archive.web.declared import declared_facts, is_rows
from archive.web.wording import label_of, words_of_field
from tests.builders import a_customer, a_user
from tests.conftest import ClientAs

WHOLE: dict[str, Any] = {
    "short_name": "蓝湾",
    "former_names": ["旧名公司", "更旧公司"],
    "credit_code": "91350100M000100Y43",
    "nature": Nature.PRIVATE,
    "industry": next(iter(Industry)),
    "region": next(iter(Region)),
    "address": "示例路1号",
    "legal_representative": "张某",
    "email": "office@example.com",
    "fax": "0591-00000001",
    "website": "https://www.example.com",
    "main_goods": "机械配件",
    "transport_modes": [TransportMode.ROAD, TransportMode.RAIL],
    "registered_capital": "500 万元",
    "established_on": date(1999, 3, 1),
    "licence_valid_until": date(2036, 12, 31),
    "tax_registration": "110000000",
    "credit_note": "一向守信。",
    "origin": next(iter(Origin)),
    "relationship": Relationship.POTENTIAL,
    "cooperation_started_on": date(2021, 3, 1),
    "cooperation_ended_on": date(2027, 2, 28),
}
ELSEWHERE = {"phone", "fax", "licence_is_open_ended", "relationship"}  # drawn with something else


def test_the_facts_of_a_section_come_in_the_order_of_the_declaration(in_app: Flask) -> None:
    customer = a_customer("蓝湾电器有限公司", **WHOLE)
    with in_app.test_request_context():
        facts = declared_facts(
            customer, "资信情况", first=["credit_note"], without=["tax_registration"]
        )
        assert [(each.name, each.label, each.text, each.look) for each in facts] == [
            ("credit_note", "资信说明", "一向守信。", "prose"),
            ("registered_capital", "注册资本", "500 万元", "text"),
            ("established_on", "成立日期", "1999-03-01", "day"),
            ("licence_valid_until", "营业执照有效期至", "2036-12-31", "day"),
            ("licence_is_open_ended", "营业执照长期有效", "否", "text"),
        ]
        facts = declared_facts(customer, "联系方式")
    assert {each.name: each.look for each in facts}["website"] == "link"
    assert "contacts" not in {each.name for each in facts}, "rows are no plain field"


def test_what_is_empty_has_no_words(in_app: Flask) -> None:
    customer = a_customer("蓝湾电器有限公司")
    with in_app.test_request_context():
        facts = declared_facts(customer, "业务情况")
    assert {each.name: each.text for each in facts} == {"main_goods": "", "transport_modes": ""}


def test_every_plain_field_of_a_customer_is_on_the_page_of_facts(
    empty_site: Flask, client_as: ClientAs
) -> None:
    customer = a_customer("蓝湾电器有限公司", **WHOLE)
    address = f"/customers/{customer.archive_number}"
    page = client_as(user=a_user(Role.CUSTODIAN)).get(address).get_data(as_text=True)
    plain = [name for name in CustomerInput.model_fields if not is_rows(CustomerInput, name)]
    assert set(plain) >= ELSEWHERE
    with empty_site.test_request_context():
        for name in set(plain) - ELSEWHERE:
            assert f"<dt>{label_of(CustomerInput, name)}</dt>" in page, name
            assert words_of_field(CustomerInput, name, getattr(customer, name)) in page, name
