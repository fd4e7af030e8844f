"""Choosing a customer: what a field offers, and what a typed text means."""

import pytest
from flask import Flask

from archive.accounts.models import User
from archive.actor import Role
from archive.customers import service
from archive.customers.forms import CustomerKey, asked_customer
from archive.web.inputs import Input, InvalidInput
from tests.builders import a_customer, a_user
from tests.conftest import ClientAs


class Chosen(Input):
    """A form with two customers."""

    payer: CustomerKey = asked_customer("付款方")
    consignee: CustomerKey | None = asked_customer("收货方", None)


def offers(client_as: ClientAs, who: User, text: str, **more: str) -> list[tuple[str, str]]:
    query = {"q": text, **more}
    found = client_as(user=who).get("/customers/suggest", query_string=query).get_json()
    return [(each["label"], each["note"]) for each in found]


@pytest.fixture
def seller(empty_site: object) -> User:
    return a_user(Role.SALESPERSON)


@pytest.mark.parametrize(
    "named",
    ["code", "archive number", "id", "name", "as offered to all", "as offered to the custodian"],
)
def test_a_customer_is_found_by_any_of_its_names(empty_site: object, named: str) -> None:
    customer = a_customer("蓝湾电器有限公司")
    text = {
        "code": customer.customer_code.lower(),
        "archive number": customer.archive_number,
        "id": customer.key,
        "name": " 蓝湾电器有限公司 ",
        "as offered to all": customer.caption_for(a_user(Role.STAFF).as_actor()),
        "as offered to the custodian": customer.caption_for(a_user(Role.CUSTODIAN).as_actor()),
    }[named]
    found = service.find(text)
    assert found is not None
    assert found.key == customer.key


def test_a_name_that_two_customers_bear_names_none_but_their_codes_do(empty_site: object) -> None:
    first, second = a_customer("同名公司"), a_customer("同名公司")
    assert service.find("同名公司") is None
    typed = {
        "payer": f"同名公司（{first.customer_code}）",
        "consignee": f"同名公司（{second.customer_code}）",
    }
    chosen = Chosen.read(typed)
    assert (chosen.payer, chosen.consignee) == (first.key, second.key)


def test_an_unknown_customer_is_a_fault_of_its_own_field(in_app: Flask) -> None:
    customer = a_customer("蓝湾电器有限公司")
    with in_app.test_request_context(), pytest.raises(InvalidInput) as refusal:
        Chosen.read({"payer": customer.name, "consignee": "没有的公司"})
    assert list(refusal.value.errors) == ["consignee"]
    assert "没有找到客户“没有的公司”" in refusal.value.errors["consignee"][0]


@pytest.mark.parametrize("text", ["华盛", "广东华盛货运有限公司", "gdhs", "huasheng", "广东 华盛"])
def test_a_customer_is_offered_by_part_of_its_name_its_pinyin_and_its_initials(
    client_as: ClientAs, text: str
) -> None:
    customer = a_customer("广东华盛货运有限公司")
    a_customer("成都和泰物流有限公司")
    who = a_user(Role.STAFF)
    assert offers(client_as, who, text) == [(customer.name, customer.customer_code)]
    assert offers(client_as, who, customer.customer_code[-5:]) == []
    assert offers(client_as, who, customer.customer_code) == [
        (customer.name, customer.customer_code)
    ]


def test_the_number_of_an_archive_is_for_those_who_may_open_it(
    client_as: ClientAs, seller: User
) -> None:
    mine = a_customer("我的公司", salesperson=seller)
    other = a_customer("别人的公司")
    assert dict(offers(client_as, seller, "公司")) == {
        "我的公司": mine.archive_number,
        "别人的公司": other.customer_code,
    }
    assert offers(client_as, seller, mine.archive_number) == [("我的公司", mine.archive_number)]
    assert offers(client_as, seller, other.archive_number) == []
    assert offers(client_as, a_user(Role.STAFF), mine.archive_number) == []


def test_where_the_archive_will_be_opened_only_customers_of_one_s_own_are_offered(
    client_as: ClientAs, seller: User
) -> None:
    mine = a_customer("我的公司", salesperson=seller)
    a_customer("别人的公司")
    assert offers(client_as, seller, "公司", openable="yes") == [("我的公司", mine.archive_number)]


def test_an_endless_text_is_cut_before_it_is_looked_for(client_as: ClientAs) -> None:
    assert offers(client_as, a_user(Role.STAFF), "华" * 5000) == []
