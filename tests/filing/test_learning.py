"""Kinds that custodians filed are learned, and used where no rule knows a paper."""

from array import array
from datetime import datetime, timedelta

import pytest

from archive import clock
from archive.actor import Actor, Role
from archive.filing.models import Deposit
from archive.filing.rules import AttachmentKind
from archive.filing.service import confirming, deciding, learning
from archive.filing.service.matching import Aids
from archive.filing.service.proposing import propose
from archive.filing.service.trusting import by_kind, today, total_of
from archive.reading import LearnedKinds, ReadPage
from archive.recognition.learning import PLACES, Learned, Measured
from archive.recognition.pages import TextSource
from tests.builders import a_customer
from tests.conftest import ClientAs
from tests.filing.conftest import Receive, facts_of
from tests.filing.papers import CODE, NAME, a_licence, a_page
from tests.recognition import ugly_files as ugly


def a_learned(threshold: float = 0.95) -> Learned:
    """What says of every text that it is a visit record."""
    weights = array("f", [0.0] * (2 * (PLACES + 1)))
    weights[2 * PLACES + 1] = 9.0
    kinds = ["letter", "visit_record"]
    return Learned(Measured(kinds, 90, 10, 0.9, threshold), weights)


def a_filed_text(receive: Receive, custodian: Actor, now: datetime, text: str) -> Deposit:
    """A paper with a text, on file as a visit record."""
    deposit = receive(ugly.a_pdf(len(text)))
    page = ReadPage(sha256=deposit.file.sha256, number=1, source=TextSource.LAYER)
    page.width = page.height = 1
    page.lines = [[text, 0.1, 0.1, 0.9, 0.12, 1.0]]
    page.save()
    kind = AttachmentKind.VISIT_RECORD
    deciding.file_deposit(deposit, a_customer().key, facts_of(kind), actor=custodian, now=now)
    return deposit


def test_it_learns_from_texts_and_kinds_on_file_once_a_night_or_after_many(
    receive: Receive, custodian: Actor, now: datetime
) -> None:
    asked = []

    def learn(texts: list[str], kinds: list[str]) -> Learned:
        asked.append((texts, kinds))
        return a_learned()

    a_filed_text(receive, custodian, now, "拜访记录 示例")
    assert learning.learn_kinds(now, learn=learn)
    assert asked == [(["拜访记录 示例"], ["visit_record"])]
    later = now + timedelta(hours=1)
    assert not learning.learn_kinds(later, learn=learn)  # nothing new
    a_filed_text(receive, custodian, later, "拜访记录 示例二")
    assert not learning.learn_kinds(later, learn=learn)  # too little by day
    assert learning.learn_kinds(now + timedelta(hours=21), learn=learn)
    assert LearnedKinds.objects.count() == 1


def test_too_few_papers_teach_nothing(now: datetime, receive: Receive) -> None:
    assert not learning.learn_kinds(now)
    assert LearnedKinds.latest() is None


@pytest.mark.parametrize(("threshold", "kind"), [(0.95, "visit_record"), (2.0, "other")])
def test_it_is_used_where_no_rule_knows_the_paper_and_it_is_good_enough(
    receive: Receive, now: datetime, threshold: float, kind: str
) -> None:
    LearnedKinds.keep(a_learned(threshold), now)
    aids = Aids(guess=learning.learned_guess())
    unknown = propose(receive(), [a_page("谈下半年货量")], now=now, aids=aids)
    assert unknown.proposal.kind == kind
    licence = propose(receive(), [a_licence()], now=now, aids=aids)
    assert licence.proposal.kind is AttachmentKind.LICENCE


def test_how_recognition_does_is_counted_by_what_custodians_filed(
    receive: Receive, custodian: Actor, now: datetime
) -> None:
    customer = a_customer(NAME, credit_code=CODE)
    as_proposed, moved, corrected = (
        propose(receive(each), [a_licence()], now=now)
        for each in (ugly.a_jpeg(), ugly.a_png(), ugly.a_pdf(1))
    )
    confirming.confirm(as_proposed, actor=custodian, now=now)
    attachment = confirming.confirm(moved, actor=custodian, now=now)
    deciding.move(attachment, a_customer().key, "归错了", actor=custodian, now=now)
    facts = facts_of(AttachmentKind.LICENCE, title="旧执照")
    deciding.file_deposit(corrected, customer.key, facts, actor=custodian, now=now)
    [row] = by_kind(now)
    assert (row.kind, row.filed, row.sure) == (AttachmentKind.LICENCE, 3, 3)
    assert (row.unchanged, row.share, row.customer) == (1, 33, 1)
    assert (row.kind_corrected, row.title, row.days) == (0, 1, 1)
    assert total_of([row, row]).filed == 6
    assert today(now).read == 3
    assert by_kind(now + timedelta(days=31)) == []


def test_the_page_says_how_recognition_does_to_those_who_may_know(
    receive: Receive, custodian: Actor, client_as: ClientAs
) -> None:
    now = clock.now()
    assert "还没有识别后归档的文件" in client_as(Role.CUSTODIAN).get("/recognition").text
    a_customer(NAME, credit_code=CODE)
    confirming.confirm(propose(receive(), [a_licence()], now=now), actor=custodian, now=now)
    LearnedKinds.keep(a_learned(), now)
    shown = client_as(Role.GENERAL_MANAGER).get("/recognition").text
    assert "1（100%）" in shown
    assert "往来函件、拜访记录" in shown
    assert client_as(Role.SALESPERSON).get("/recognition").status_code == 403
