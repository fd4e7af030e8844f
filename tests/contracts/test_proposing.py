"""A draft starts from what is known: an earlier contract, what is usual, the customer's archive."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from archive.actor import Role
from archive.contracts.models import Contract, OwnCompany
from archive.contracts.rules import PaperFlaw, TakenFrom
from archive.contracts.service import drafting
from archive.contracts.service.papers import PaperFault, find_paper_faults
from archive.contracts.service.proposing import last_contract_of, propose
from archive.contracts.service.templates import describe_company
from archive.filing.rules import AttachmentKind
from tests.builders import a_customer, a_user
from tests.contracts.papers import on_file

TERMS = {
    "kind": "special",
    "signing_place": "福州市",
    "packaging": "木箱",
    "payment_days": 45,
    "special": "节假日提前三日通知",
    "prices": [{"origin": "福州市", "quantity": Decimal("12.5"), "unit_price": Decimal("0.385")}],
}
PERIOD = {
    "signed_on": date(2026, 1, 10),
    "starts_on": date(2026, 1, 15),
    "ends_on": date(2027, 1, 14),
}


@pytest.fixture
def make(customer, routine, seller, now, parts):
    def draft(title="年度运输合同", at=now, **facts) -> Contract:
        given = {"title": title, **facts}
        return drafting.draft_contract(
            customer, routine, given, actor=seller.as_actor(), now=at, parts=parts
        )

    return draft


@pytest.fixture
def usual(actor_as, now):
    """The company's usual terms."""
    return describe_company(
        OwnCompany(),
        actor=actor_as(Role.ADMINISTRATOR),
        now=now,
        seen=0,
        name="示例物流",
        payment_days=30,
        disputes="承运人所在地人民法院",
    )


def test_a_new_contract_starts_from_what_the_archive_says(customer, routine):
    proposal = propose(customer)
    assert proposal.facts["goods"] == "机械配件"
    assert (proposal.facts["origin"], proposal.facts["destination"]) == ("福州市", "上海市")
    assert proposal.origins["goods"] is TakenFrom.CUSTOMER


def test_what_is_usual_here_fills_what_no_contract_says(customer, usual, make):
    proposal = propose(customer, make(**TERMS))
    assert (proposal.facts["payment_days"], proposal.origins["payment_days"]) == (
        45,
        TakenFrom.CONTRACT,
    )
    assert proposal.facts["disputes"] == "承运人所在地人民法院"
    assert proposal.origins["disputes"] is TakenFrom.COMPANY


def test_an_earlier_contract_hands_on_all_but_its_number_and_days(customer, make):
    contract = Contract.find(make(**TERMS, **PERIOD).key)
    proposal = propose(customer, contract)
    assert {name: proposal.facts[name] for name in ("packaging", "special", "kind")} == {
        "packaging": "木箱",
        "special": "节假日提前三日通知",
        "kind": "special",
    }
    assert proposal.facts["prices"][0]["unit_price"] == Decimal("0.385")
    assert not proposal.facts.keys() & {*PERIOD, "number", "amount"}
    assert proposal.facts["title"] == "年度运输合同"


def test_nothing_typed_is_told_from_zero(customer, make):
    assert propose(customer, make(payment_days=0)).facts["payment_days"] == 0


def test_an_amount_that_was_typed_is_handed_on(customer, make):
    assert propose(customer, make(amount=Decimal(9000))).facts["amount"] == Decimal(9000)


def test_the_other_customer_s_name_does_not_come_with_the_title(seller, make):
    other = a_customer("远洋贸易有限公司", salesperson=seller)
    assert (
        propose(other, make(title="华盛运输合同")).facts["title"] == "远洋贸易有限公司货物运输合同"
    )


def test_the_last_contract_is_the_newest_that_was_not_voided_and_may_be_opened(
    customer, seller, make, now
):
    def last(of):
        found = last_contract_of(customer, actor=of)
        return found.number if found else None

    first, second = make(), make(at=now + timedelta(days=1))
    actor = seller.as_actor()
    assert last(actor) == second.number
    drafting.void_contract(second, "重复", actor=actor, now=now)
    assert last(actor) == first.number
    assert last(a_user(Role.SALESPERSON).as_actor()) is None


TODAY = date(2026, 11, 23)


def test_papers_that_are_missing_or_past_their_date_are_named(customer):
    licence = on_file(customer, AttachmentKind.LICENCE, date(2026, 11, 22))
    assert [*find_paper_faults(customer, TODAY)] == [
        PaperFault(AttachmentKind.LICENCE, PaperFlaw.EXPIRED, date(2026, 11, 22), licence.key),
        PaperFault(AttachmentKind.TAX_REGISTRATION, PaperFlaw.MISSING),
    ]


def test_a_newer_paper_of_the_kind_takes_the_place_of_one_past_its_date(customer):
    on_file(customer, AttachmentKind.TAX_REGISTRATION, None)
    on_file(customer, AttachmentKind.LICENCE, date(2020, 1, 1))
    on_file(customer, AttachmentKind.LICENCE, TODAY)
    on_file(customer, AttachmentKind.TRANSPORT_PERMIT, date(2025, 1, 1))
    (fault,) = find_paper_faults(customer, TODAY)
    assert (fault.kind, fault.flaw) == (AttachmentKind.TRANSPORT_PERMIT, PaperFlaw.EXPIRED)


def test_a_licence_whose_date_in_the_archive_is_past_is_named_too(seller):
    customer = a_customer(salesperson=seller, licence_valid_until=date(2026, 11, 22))
    on_file(customer, AttachmentKind.TAX_REGISTRATION, None)
    on_file(customer, AttachmentKind.LICENCE, None)
    (fault,) = find_paper_faults(customer, TODAY)
    assert fault.flaw is PaperFlaw.EXPIRED_IN_ARCHIVE
    assert [*find_paper_faults(customer, date(2026, 11, 22))] == []
