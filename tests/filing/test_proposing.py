"""What a deposit that was read is proposed to be, and whose: proposed, never decided."""

from dataclasses import replace
from datetime import date, datetime, timedelta

from flask import Flask

from archive.actor import Actor
from archive.contracts.models import OwnCompany
from archive.filing.models import Deposit
from archive.filing.rules import AttachmentKind, DepositState, MatchedBy, Turning
from archive.filing.service import deciding, turning
from archive.filing.service.proposing import first_pages_of, propose
from archive.filing.serving import aids_to_propose
from archive.recognition.papers import FieldName
from tests.builders import a_customer
from tests.filing.conftest import Receive, facts_of
from tests.filing.papers import CODE, NAME, a_licence, a_page, credit_code
from tests.recognition import ugly_files as ugly


def test_a_licence_is_proposed_with_its_customer_and_its_days(
    receive: Receive, now: datetime
) -> None:
    customer = a_customer(NAME, credit_code=CODE)
    deposit = receive()
    propose(deposit, [a_licence()], now=now)
    proposal = Deposit.find(deposit.key).proposal
    assert proposal.kind is AttachmentKind.LICENCE
    assert (proposal.is_sure, proposal.customer_id) == (True, customer.id)
    assert proposal.candidates[0].by is MatchedBy.CREDIT_CODE
    assert proposal.valid_until == date(2036, 3, 14)
    assert proposal.title == "营业执照"
    read = {each.name: each.value for each in proposal.fields_read}
    assert read[FieldName.CREDIT_CODE] == CODE
    assert all(len(each.box) == 4 for each in proposal.fields_read)


def test_a_paper_that_says_nothing_is_proposed_as_nothing(receive: Receive, now: datetime) -> None:
    deposit = propose(receive(), [a_page()], now=now)
    proposal = Deposit.find(deposit.key).proposal
    assert (proposal.kind, proposal.is_sure) == (AttachmentKind.OTHER, False)
    assert list(proposal.candidates) == []


def test_reading_twice_changes_nothing(receive: Receive, now: datetime) -> None:
    a_customer(NAME, credit_code=CODE)
    deposit = receive()
    propose(deposit, [a_licence()], now=now)
    once = Deposit.find(deposit.key)
    propose(Deposit.find(deposit.key), [a_licence()], now=now + timedelta(hours=1))
    assert Deposit.find(deposit.key).revision == once.revision


def test_what_the_archive_learned_since_is_in_the_next_proposal(
    receive: Receive, now: datetime
) -> None:
    deposit = propose(receive(), [a_licence()], now=now)
    assert deposit.proposal.customer_id is None
    customer = a_customer(NAME, credit_code=CODE)
    propose(Deposit.find(deposit.key), [a_licence()], now=now)
    assert Deposit.find(deposit.key).proposal.customer_id == customer.id


def test_whoever_decides_in_this_moment_wins(
    receive: Receive, custodian: Actor, now: datetime
) -> None:
    other = a_customer()
    a_customer(NAME, credit_code=CODE)
    seen = receive()
    deciding.file_deposit(Deposit.find(seen.key), other.key, facts_of(), actor=custodian, now=now)
    propose(seen, [a_licence()], now=now)
    kept = Deposit.find(seen.key)
    assert (kept.state, kept.filing.customer_id) == (DepositState.FILED, other.id)
    assert kept.proposal is None


def test_a_page_that_is_turned_in_this_moment_stays_turned(
    receive: Receive, custodian: Actor, now: datetime
) -> None:
    seen = receive(ugly.a_pdf(1), name="scan.pdf")
    turning.turn_deposit(Deposit.find(seen.key), 1, Turning.RIGHT, actor=custodian, now=now)
    propose(seen, [a_licence()], now=now)
    kept = Deposit.find(seen.key)
    assert (kept.file.turn_of(1), kept.proposal.kind) == (90, AttachmentKind.LICENCE)


def test_the_trail_holds_that_it_was_proposed_and_nothing_that_was_read(
    receive: Receive, now: datetime
) -> None:
    deposit = propose(receive(), [a_licence()], now=now)
    event = deposit.pending[-1]
    assert event.action == "deposit.proposed"
    assert "示例甲" not in str(event.to_mongo())


def test_a_stack_of_several_papers_is_not_filed_as_one(receive: Receive, now: datetime) -> None:
    a_customer(NAME, credit_code=CODE)
    other = credit_code("91310115MA1K4QX28")
    pages = [a_licence(), a_licence("宁波示例海通国际物流有限公司", other, number=2)]
    deposit = propose(receive(), pages, now=now)
    assert deposit.proposal.first_pages == [1, 2]
    assert not deposit.proposal.is_sure


def test_two_copies_of_one_licence_are_one_paper() -> None:
    assert first_pages_of([a_licence(), a_licence(number=2)]) == [1]


def test_a_page_that_says_little_belongs_to_the_paper_before_it() -> None:
    assert first_pages_of([a_licence(), a_page("（此页无正文）", number=2)]) == [1]


def test_a_letter_to_us_is_beyond_doubt_its_writers(
    receive: Receive, in_app: Flask, now: datetime
) -> None:
    customer = a_customer(NAME)
    letter = a_page(
        NAME, "关于延期付款的函", "示例运输有限公司：", "因资金周转，申请延期付款。特此函告。", NAME
    )
    read = replace(letter, lines=tuple(replace(each, confidence=0.96) for each in letter.lines))
    proposal = propose(receive(), [read], now=now, aids=aids_to_propose()).proposal
    assert (proposal.kind, proposal.is_sure) == (AttachmentKind.LETTER, True)
    assert proposal.customer_id == customer.id


def test_the_name_of_our_own_company_is_known_from_its_chapter(
    empty_site: Flask, custodian: Actor, now: datetime
) -> None:
    OwnCompany.open_new(
        custodian, now, "company.described", {"name": "示例本公司货运有限公司", "credit_code": CODE}
    )
    with empty_site.app_context():
        aids = aids_to_propose()
        unknown = aids.numbers("HT-2026-99999")
    assert {"示例本公司货运有限公司", CODE} <= aids.ourselves
    assert unknown is None
