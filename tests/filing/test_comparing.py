"""A licence next to its archive: real differences only, taken over by hand."""

import re
from datetime import date, datetime
from html import unescape

import pytest
from flask import Flask

from archive.actor import Actor, Role
from archive.customers.errors import CreditCodeTaken
from archive.customers.models import Customer
from archive.customers.rules import Region
from archive.database import EditedMeanwhile
from archive.errors import NotPermitted
from archive.filing.errors import NothingTaken
from archive.filing.models import ReadField
from archive.filing.rules import AttachmentKind
from archive.filing.service import comparing, confirming
from archive.filing.service.comparing import LONG, StatedFact
from archive.filing.service.proposing import propose
from archive.recognition.papers import FieldName
from tests.browser import submit
from tests.builders import a_customer, a_user
from tests.conftest import ClientAs
from tests.filing.conftest import Receive
from tests.filing.papers import CODE, NAME, a_licence

LICENCE = AttachmentKind.LICENCE


def fields(**said: str) -> list[ReadField]:
    """What was read on a paper."""
    return [
        ReadField(name=FieldName(name), value=value, confidence=0.97, page=1, box=[0, 0, 1, 1])
        for name, value in said.items()
    ]


def differing(customer: Customer, kind: AttachmentKind = LICENCE, **said: str) -> set[StatedFact]:
    """In which facts the paper says otherwise."""
    return {each.fact for each in comparing.compare(kind, fields(**said), customer).differences}


@pytest.mark.parametrize(
    ("held", "read"),
    [
        ("500万元", "伍佰万元整"),
        ("500万元人民币", "人民币500.0000万元"),
        ("5,000,000元", "伍佰万圆整"),
        ("100万美元", "美元100万元"),
    ],
)
def test_one_capital_written_in_two_ways_is_no_difference(held: str, read: str) -> None:
    assert comparing.same_capital(held, read)


@pytest.mark.parametrize(
    ("held", "read"),
    [("500万元", "5000万元"), ("100万美元", "100万元"), ("伍佰万元整", "伍拾万元整")],
)
def test_another_amount_or_currency_is_a_difference(held: str, read: str) -> None:
    assert not comparing.same_capital(held, read)


@pytest.mark.parametrize(
    ("held", "read", "same"),
    [
        ("浦东新区示例路100号", "上海市浦东新区示例路１００号", True),
        ("上海市浦东新区示例路100号 ", "上海市浦东新区示例路100号", True),
        ("上海市浦东新区示例路100号", "上海市浦东新区示例路10号", False),
        ("上海市浦东新区示例路100号", "上海市浦东新区示例路100号8楼", False),
    ],
)
def test_addresses_are_compared_without_province_and_city(held: str, read: str, same: bool) -> None:
    assert comparing.same_address(held, read) is same


def test_what_is_the_same_is_not_shown_and_what_is_missing_is(empty_site: Flask) -> None:
    customer = a_customer(
        "上海示例（华盛）货运有限公司", legal_representative="示例甲", registered_capital="500万元"
    )
    said = {
        "name": "上海示例(华盛)货运有限公司", "representative": "示例甲", "capital": "伍佰万元整",
        "founded_on": "2016-03-15", "credit_code": CODE,
    }  # fmt: skip
    assert differing(customer, LICENCE, **said) == {StatedFact.FOUNDED, StatedFact.CREDIT_CODE}


def test_a_licence_without_end_is_compared_as_that(empty_site: Flask) -> None:
    dated = a_customer(licence_valid_until=date(2036, 3, 14))
    endless = a_customer(licence_is_open_ended=True)
    assert differing(dated, valid_until="2036-03-14") == set()
    assert differing(dated, valid_until=LONG) == {StatedFact.VALID_UNTIL}
    assert differing(endless, valid_until=LONG) == set()
    assert differing(endless, valid_until="2036-03-14") == {StatedFact.VALID_UNTIL}


def test_the_end_of_a_permit_is_not_the_end_of_the_licence(empty_site: Flask) -> None:
    customer = a_customer(NAME)
    said = {"name": NAME, "valid_until": "2027-01-01"}
    assert differing(customer, AttachmentKind.TRANSPORT_PERMIT, **said) == set()
    assert differing(customer, AttachmentKind.LETTER, name="示例乙公司") == set()


def test_a_code_that_cannot_be_right_is_not_offered(empty_site: Flask) -> None:
    assert (
        differing(a_customer(), credit_code=f"{CODE[:-1]}{'0' if CODE[-1] != '0' else '1'}")
        == set()
    )


def test_only_what_is_chosen_is_taken_over_and_the_old_name_stays_a_former_one(
    empty_site: Flask, custodian: Actor, now: datetime
) -> None:
    customer = a_customer("上海示例远达运输有限公司", legal_representative="示例乙")
    found = comparing.compare(
        LICENCE, fields(name=NAME, representative="示例甲", valid_until=LONG), customer
    ).differences
    chosen = [StatedFact.NAME, StatedFact.VALID_UNTIL]
    comparing.take_over(customer, found, chosen, seen=customer.revision, actor=custodian, now=now)
    kept = Customer.find(customer.key)
    assert (kept.name, kept.former_names) == (NAME, ["上海示例远达运输有限公司"])
    assert (kept.legal_representative, kept.licence_is_open_ended) == ("示例乙", True)
    assert kept.pending[-1].action == "customer.edited"
    with pytest.raises(NothingTaken):
        comparing.take_over(kept, found, [], seen=kept.revision, actor=custodian, now=now)


def test_taking_over_asks_for_the_rights_and_the_state_of_every_edit(
    empty_site: Flask, custodian: Actor, now: datetime
) -> None:
    a_customer(credit_code=CODE)
    customer = a_customer()
    found = comparing.compare(LICENCE, fields(credit_code=CODE, name=NAME), customer).differences
    manager = a_user(Role.OPERATIONS_MANAGER).as_actor()
    taken, seen = [StatedFact.NAME], customer.revision
    with pytest.raises(NotPermitted):
        comparing.take_over(customer, found, taken, seen=seen, actor=manager, now=now)
    with pytest.raises(EditedMeanwhile):
        comparing.take_over(customer, found, taken, seen=seen + 1, actor=custodian, now=now)
    code = [StatedFact.CREDIT_CODE]
    with pytest.raises(CreditCodeTaken):
        comparing.take_over(customer, found, code, seen=seen, actor=custodian, now=now)
    assert Customer.find(customer.key).revision == seen


def test_a_new_archive_begins_with_what_the_licence_says() -> None:
    said = {"name": NAME, "credit_code": CODE, "valid_until": LONG, "founded_on": "2016-03-15"}
    facts = comparing.facts_for_new(LICENCE, fields(**said))
    assert (facts["name"], facts["credit_code"], facts["region"]) == (NAME, CODE, Region.SHANGHAI)
    assert (facts["established_on"], facts["licence_is_open_ended"]) == (date(2016, 3, 15), True)


def test_what_a_waiting_paper_says_otherwise_is_taken_over_on_its_page(
    receive: Receive, client_as: ClientAs, now: datetime
) -> None:
    customer = a_customer(NAME, legal_representative="示例乙")
    deposit = propose(receive(), [a_licence()], now=now)
    client, page = client_as(Role.CUSTODIAN), f"/intake/{deposit.key}/facts"
    shown = client.get(page).text
    assert "示例乙" in shown
    assert "示例甲" in shown
    assert "道路货物运输；国际货运代理；仓储服务。" in shown  # no archive holds it
    assert submit(client, page, seen=customer.revision).status_code == 422
    sent = {"seen": customer.revision, "taken": ["credit_code", "legal_representative"]}
    assert submit(client, page, **sent).status_code == 302
    kept = Customer.find(customer.key)
    assert (kept.credit_code, kept.legal_representative) == (CODE, "示例甲")
    assert submit(client, page, **sent).status_code == 422  # it is so by now


def test_what_a_paper_on_file_says_otherwise_is_shown_next_to_it(
    receive: Receive, custodian: Actor, client_as: ClientAs, now: datetime
) -> None:
    customer = a_customer(NAME, credit_code=CODE)
    deposit = propose(receive(), [a_licence()], now=now)
    confirming.confirm(deposit, actor=custodian, now=now)
    client, page = client_as(Role.CUSTODIAN), f"/attachments/{deposit.key}"
    assert "处不同" in client.get(page).text
    sent = {"seen": customer.revision, "taken": ["address"]}
    assert submit(client, f"{page}/facts", **sent).status_code == 302
    assert Customer.find(customer.key).address == "上海市浦东新区示例路100号"
    assert client_as(Role.SALES_MANAGER).get(f"{page}/facts").status_code == 403


def test_a_company_without_archive_gets_one_from_its_licence_and_the_paper_comes_next(
    receive: Receive, client_as: ClientAs, now: datetime
) -> None:
    deposit = propose(receive(), [a_licence()], now=now)
    client = client_as(Role.CUSTODIAN)
    shown = client.get(f"/intake/{deposit.key}/new-customer").text
    assert NAME in shown
    assert CODE in shown
    target = f"/intake?deposit={deposit.key}&opened=yes"
    [address] = re.findall(r'action="(/customers/new[^"]+)"', shown)
    address = unescape(address)
    answer = submit(client, address, name=NAME)
    assert answer.headers["Location"].startswith(f"{target}&customer=KH-")
