"""What of an attachment can be found, and by whom."""

from datetime import datetime

import pytest

from archive.actor import Actor, Role
from archive.filing.indexing import entries_of
from archive.filing.models import Attachment
from archive.filing.rules import Confidentiality
from archive.filing.service import deciding, looking
from archive.reading import ReadPage
from archive.recognition.pages import TextSource
from archive.search import stored
from tests.builders import a_customer, a_user
from tests.filing.conftest import Receive, facts_of


def test_an_attachment_is_found_by_those_who_may_see_the_list_it_stands_in(
    receive: Receive, custodian: Actor, now: datetime
) -> None:
    seller = a_user(Role.SALESPERSON)
    customer = a_customer("广东华盛货运有限公司", salesperson=seller)
    attachment = deciding.file_deposit(
        receive(name="IMG_0042.jpg"),
        customer.key,
        facts_of(title="营业执照（副本）", paper_original=True, place="03-2-015"),
        actor=custodian,
        now=now,
    )
    (entry,) = entries_of(attachment)
    assert entry.title == "营业执照（副本）"
    assert "IMG_0042.jpg" in entry.body
    assert set(entry.numbers) == {"03-2-015", customer.archive_number}
    assert entry.access & seller.as_actor().access_tokens()
    assert entry.access & custodian.access_tokens()
    for outsider in (Role.STAFF, Role.SALESPERSON, Role.AUDITOR, Role.ADMINISTRATOR):
        assert not entry.access & a_user(outsider).as_actor().access_tokens()


@pytest.mark.parametrize("confidentiality", list(Confidentiality))
def test_what_was_read_in_a_paper_is_found_by_those_alone_who_may_look_at_its_pages(
    receive: Receive, custodian: Actor, now: datetime, confidentiality: Confidentiality
) -> None:
    seller = a_user(Role.SALESPERSON)
    customer = a_customer("广东华盛货运有限公司", salesperson=seller)
    deposit = receive()
    filed = deciding.file_deposit(
        deposit, customer.key, facts_of(confidentiality=confidentiality), actor=custodian, now=now
    )
    ReadPage(
        sha256=deposit.file.sha256, number=1, source=TextSource.OCR, width=1, height=1,
        lines=[["冷链零担特约条款", 0, 0, 1, 1, 0.9]],
    ).save()  # fmt: skip
    [attachment] = Attachment.with_texts([Attachment.find(filed.key)])
    plain, full = entries_of(attachment)
    assert "特约条款" in full.body and "特约条款" not in plain.body + plain.title
    # Of a confidential paper nothing is to be read beside a hit: a look at it is written down.
    is_quoted = confidentiality is not Confidentiality.CONFIDENTIAL
    assert ("特约条款" in stored.facts_of(full)["body"]) is is_quoted
    for role in Role:
        owner = seller if role is Role.SALESPERSON else a_user(role)
        tokens = owner.as_actor().access_tokens()
        may_look = looking.may_look(attachment, customer, owner.as_actor())
        assert bool(full.access & tokens) is may_look
        shown = [
            each for each in (plain, full) if each.access & tokens and not each.unless & tokens
        ]
        assert len(shown) <= 1  # a paper is one hit
    assert entries_of(Attachment.find(filed.key)) == [plain, full]  # read by itself too
