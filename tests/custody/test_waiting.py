"""Papers that run out: who is told, at which of the three steps, and until it is renewed."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from flask import Flask

from archive import clock
from archive.actor import Actor, Role
from archive.custody.waiting import duties_of
from archive.filing.models import Attachment
from archive.filing.rules import AttachmentKind
from archive.filing.service import deciding
from archive.urgency import Step
from archive.web.waiting import Duty
from tests.builders import a_customer, a_user
from tests.recognition import ugly_files as ugly

APaper = Callable[..., Attachment]
PERMIT = AttachmentKind.TRANSPORT_PERMIT


def told(site: Flask, who: Actor, now: datetime) -> list[Duty]:
    with site.test_request_context():
        return list(duties_of(who, now))


@pytest.mark.parametrize(
    ("days", "step"),
    [(70, None), (59, Step.DAYS_60), (29, Step.DAYS_30), (6, Step.DAYS_7), (-1, Step.LATE)],
)
def test_a_permit_reminds_60_30_and_7_days_before_its_end_and_when_it_is_over(
    a_paper: APaper,
    empty_site: Flask,
    custodian: Actor,
    now: datetime,
    days: int,
    step: Step | None,
) -> None:
    until = clock.local_day(now) + timedelta(days=days)
    paper = a_paper(kind=PERMIT, valid_until=until)
    duties = told(empty_site, custodian, now)
    assert [each.step_at(now) for each in duties] == ([step] if step else [])
    assert all(each.address == f"/attachments/{paper.key}" for each in duties)


def test_the_salesperson_is_told_of_their_own_customers_papers_and_no_others(
    a_paper: APaper, empty_site: Flask, now: datetime
) -> None:
    seller, other = a_user(Role.SALESPERSON), a_user(Role.SALESPERSON)
    until = clock.local_day(now) + timedelta(days=20)
    a_paper(customer=a_customer(salesperson=seller), kind=PERMIT, valid_until=until)
    assert len(told(empty_site, seller.as_actor(), now)) == 1
    assert told(empty_site, other.as_actor(), now) == []


def test_a_renewed_paper_reminds_no_more_as_a_version_or_as_a_paper_of_its_own(
    a_paper: APaper,
    empty_site: Flask,
    custodian: Actor,
    now: datetime,
    receive: Callable[..., Any],
) -> None:
    today = clock.local_day(now)
    soon, later = today + timedelta(days=20), today + timedelta(days=900)
    customer = a_customer()
    first = a_paper(customer=customer, kind=PERMIT, valid_until=soon)
    account = a_paper(customer=customer, kind=AttachmentKind.ACCOUNT_LICENCE, valid_until=soon)
    assert len(told(empty_site, custodian, now)) == 2
    a_paper(customer=customer, kind=PERMIT, valid_until=later)
    assert [each.address for each in told(empty_site, custodian, now)] == [
        f"/attachments/{account.key}"
    ]
    deciding.file_as_version(
        receive(ugly.a_png()), account.key, valid_until=later, actor=custodian, now=now
    )
    assert told(empty_site, custodian, now) == []
    assert Attachment.find(first.key).valid_until == soon
