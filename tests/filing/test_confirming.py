"""One key files a paper as it is proposed: where that is beyond doubt, and as the person saw it."""

from datetime import date, datetime, timedelta

import pytest

from archive.actor import Actor, Role
from archive.errors import NotPermitted
from archive.filing.errors import AlreadyDecided, NeedsYes, NotSure, ProposedOtherwise
from archive.filing.models import Attachment, Deposit
from archive.filing.rules import AttachmentKind, Confidentiality, DepositState
from archive.filing.service import confirming, deciding, several
from archive.filing.service.proposing import propose
from tests.builders import a_customer, a_user
from tests.filing.conftest import Receive, facts_of
from tests.filing.papers import CODE, NAME, a_licence
from tests.recognition import ugly_files as ugly


def a_proposed(receive: Receive, now: datetime, content: bytes | None = None) -> Deposit:
    """A licence that waits and was read."""
    return propose(receive(content), [a_licence()], now=now)


def test_a_sure_paper_is_filed_as_it_is_proposed(
    receive: Receive, custodian: Actor, now: datetime
) -> None:
    customer = a_customer(NAME, credit_code=CODE)
    deposit = a_proposed(receive, now)
    confirming.confirm(deposit, seen=customer.key, actor=custodian, now=now)
    filed = Attachment.find(deposit.key)
    assert (filed.customer_id, filed.kind) == (customer.id, AttachmentKind.LICENCE)
    assert (filed.title, filed.valid_until) == ("营业执照", date(2036, 3, 14))
    assert filed.confidentiality is Confidentiality.CONFIDENTIAL
    confirming.confirm(Deposit.find(deposit.key), actor=custodian, now=now)
    assert Attachment.objects.count() == 1


def test_what_is_in_doubt_is_not_filed(receive: Receive, custodian: Actor, now: datetime) -> None:
    for deposit in (receive(), a_proposed(receive, now, ugly.a_png())):
        with pytest.raises(NotSure):
            confirming.confirm(deposit, actor=custodian, now=now)
        assert Deposit.find(deposit.key).is_waiting


def test_another_customer_than_was_seen_is_not_filed_to(
    receive: Receive, custodian: Actor, now: datetime
) -> None:
    a_customer(NAME, credit_code=CODE)
    deposit = a_proposed(receive, now)
    with pytest.raises(ProposedOtherwise):
        confirming.confirm(deposit, seen=a_customer().key, actor=custodian, now=now)
    assert Deposit.find(deposit.key).is_waiting


def test_what_is_on_file_already_is_looked_at_first(
    receive: Receive, custodian: Actor, now: datetime
) -> None:
    a_customer(NAME, credit_code=CODE)
    confirming.confirm(a_proposed(receive, now), actor=custodian, now=now)
    with pytest.raises(NeedsYes):
        confirming.confirm(a_proposed(receive, now), actor=custodian, now=now)


def test_only_the_custodian_confirms(receive: Receive, now: datetime) -> None:
    a_customer(NAME, credit_code=CODE)
    deposit, manager = a_proposed(receive, now), a_user(Role.SALES_MANAGER).as_actor()
    with pytest.raises(NotPermitted):
        confirming.confirm(deposit, actor=manager, now=now)


def test_of_many_those_that_are_sure_are_filed_and_all_can_be_taken_back(
    receive: Receive, custodian: Actor, now: datetime
) -> None:
    a_customer(NAME, credit_code=CODE)
    sure = a_proposed(receive, now)
    unread = receive(ugly.a_png())
    decided = a_proposed(receive, now, ugly.a_pdf(1))
    deciding.file_deposit(decided, a_customer().key, facts_of(), actor=custodian, now=now)
    outcomes = confirming.confirm_many(
        [sure, unread, Deposit.find(decided.key)], actor=custodian, now=now
    )
    assert [type(each.error) for each in outcomes] == [type(None), NotSure, AlreadyDecided]
    later = now + timedelta(minutes=5)
    several.undo_many([Deposit.find(sure.key)], actor=custodian, now=later)
    assert Deposit.find(sure.key).state is DepositState.RECEIVED
    confirming.confirm(Deposit.find(sure.key), actor=custodian, now=later)
    assert Attachment.find(sure.key).withdrawn_at is None
