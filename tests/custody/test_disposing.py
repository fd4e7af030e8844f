"""Disposal: proposed, approved by another, carried out after the grace; what keeps a paper."""

import io
from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import docx
import pytest

from archive.actor import Actor, Role
from archive.blobs import thumbnail_key
from archive.custody.errors import DecidedAlready, NotDisposable, NothingToDispose, OwnProposal
from archive.custody.models import Disposal, LegalHold, RetentionRule
from archive.custody.rules.retention import DisposalState, PaperState
from archive.custody.service import disposing, retaining
from archive.custody.service.disposing import ASIDE_FOR
from archive.custody.service.signing import write_disposal
from archive.custody.serving import due_papers
from archive.customers.models import Customer
from archive.errors import NotPermitted
from archive.filing.errors import PaperDisposed
from archive.filing.indexing import entries_of
from archive.filing.models import Attachment, Deposit
from archive.filing.rules import AttachmentKind
from archive.filing.service import deciding, images, looking
from archive.reading.models import Reading
from archive.seams import Seams
from archive.storage import blob_key
from archive.trail.history import history_of
from tests.builders import a_customer, a_user
from tests.recognition import ugly_files as ugly

APaper = Callable[..., Attachment]
LETTER, LONG_AGO = AttachmentKind.LETTER, date(2010, 3, 15)
GRACE = timedelta(days=14)
REASON = "保管期满"


@pytest.fixture
def manager(empty_site: Any) -> Actor:
    return a_user(Role.GENERAL_MANAGER).as_actor()


@pytest.fixture
def old(a_paper: APaper) -> Attachment:
    """A letter whose retention is over."""
    return a_paper("03-2-015", kind=LETTER, document_on=LONG_AGO, title="旧函件")


@pytest.fixture
def carry_on(parts: Seams) -> Callable[[Disposal, datetime], Disposal]:
    """What the worker does at *then*."""

    def work(disposal: Disposal, then: datetime) -> Disposal:
        disposing.begin_due(then)
        taken = Disposal.take(disposal.key, DisposalState.CARRYING, then)
        if taken:
            disposing.carry_on(taken, blobs=parts.blobs, now=then)
        return Disposal.find(disposal.key)

    return work


def approved(paper: Attachment, custodian: Actor, manager: Actor, now: datetime) -> Disposal:
    disposal = disposing.propose([paper.id], REASON, actor=custodian, now=now)
    return disposing.approve(disposal, grace=GRACE, actor=manager, now=now)


def test_the_bytes_go_after_the_grace_and_the_record_says_who_when_and_why(
    old: Attachment, custodian: Actor, manager: Actor, now: datetime, parts: Seams,
    carry_on: Callable[..., Disposal],
) -> None:  # fmt: skip
    sha256, store = old.current.sha256, parts.blobs.store
    images.make_thumbnail(old.current, blobs=parts.blobs, recognition=parts.recognition)
    file_type = old.current.file_type
    Reading(id=sha256, asked_at=now, due_at=now, file_type=file_type).save()
    parts.blobs.keep_drawn(f"printed-{sha256}", b"pages")
    disposal = approved(old, custodian, manager, now)
    assert carry_on(disposal, now + timedelta(days=13)).state is DisposalState.APPROVED
    assert store.head(blob_key(sha256)) is not None
    later = now + GRACE
    assert carry_on(disposal, later).state is DisposalState.CARRYING
    done = carry_on(disposal, later + ASIDE_FOR)
    assert (done.state, done.counts()[PaperState.GONE]) == (DisposalState.DONE, 1)
    for key in (blob_key(sha256), thumbnail_key(sha256), f"removed/{sha256}"):
        assert store.head(key) is None
    assert parts.blobs.drawn(f"printed-{sha256}") is None
    assert Reading.of(sha256) is None
    stored = Attachment.find(old.key)
    assert not stored.current.has_bytes
    assert stored.title == "旧函件"
    assert (stored.disposed_by_name, stored.disposed_because) == (manager.name, REASON)
    assert stored.disposal_number == disposal.number
    assert not Deposit.find(old.key).file.has_bytes
    assert entries_of(stored) == []
    assert history_of(stored)[0].action == "attachment.disposed"


def test_nobody_looks_at_what_was_destroyed_nor_files_a_version_of_it(
    old: Attachment, custodian: Actor, manager: Actor, now: datetime, parts: Seams,
    carry_on: Callable[..., Disposal], receive: Callable[..., Deposit],
) -> None:  # fmt: skip
    carry_on(approved(old, custodian, manager, now), now + GRACE)
    gone, customer = looking.open_attachment(old.key, actor=custodian)
    assert not looking.may_look(gone, customer, custodian)
    with pytest.raises(PaperDisposed):
        looking.take_original(
            gone, customer, number=None, actor=custodian, now=now, blobs=parts.blobs
        )
    newer = receive(ugly.a_png())
    with pytest.raises(PaperDisposed):
        deciding.file_as_version(newer, old.key, actor=custodian, now=now)


def test_bytes_that_another_record_names_stay(
    old: Attachment, custodian: Actor, manager: Actor, now: datetime, parts: Seams,
    carry_on: Callable[..., Disposal], receive: Callable[..., Deposit],
) -> None:  # fmt: skip
    sha256 = old.current.sha256
    twin = receive(parts.blobs.read(sha256), name="again.jpg")
    disposal = approved(old, custodian, manager, now)
    carry_on(disposal, now + GRACE)
    done = carry_on(disposal, now + GRACE + ASIDE_FOR)
    assert done.state is DisposalState.DONE
    assert done.papers().first().shared == 1
    assert parts.blobs.store.head(blob_key(sha256)) is not None
    assert Deposit.find(twin.key).file.sha256 == sha256
    assert not Attachment.find(old.key).current.has_bytes


def test_the_same_bytes_that_come_in_while_they_are_aside_are_put_back(
    old: Attachment, custodian: Actor, manager: Actor, now: datetime, parts: Seams,
    carry_on: Callable[..., Disposal],
) -> None:  # fmt: skip
    sha256, store = old.current.sha256, parts.blobs.store
    disposal = approved(old, custodian, manager, now)
    carry_on(disposal, now + GRACE)
    assert store.head(blob_key(sha256)) is None
    Deposit.objects(id=old.id).update_one(set__file__sha256=sha256)  # somebody names them again
    carry_on(disposal, now + GRACE + ASIDE_FOR)
    assert store.head(blob_key(sha256)) is not None


@pytest.mark.parametrize("step", ["digests", "record", "deposit"])
def test_killed_between_two_steps_it_goes_on(
    old: Attachment, custodian: Actor, manager: Actor, now: datetime, parts: Seams,
    carry_on: Callable[..., Disposal], step: str, monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    class Killed(BaseException):
        """The process died here."""

    sha256, disposal = old.current.sha256, approved(old, custodian, manager, now)
    model, action = {
        "digests": (Attachment, "attachment.disposed"),
        "record": (Deposit, "deposit.disposed"),
        "deposit": (None, ""),
    }[step]
    if model is None:
        monkeypatch.setattr(parts.blobs.store, "copy", lambda *_: (_ for _ in ()).throw(Killed()))
    else:
        plain = model.change

        def die(self: Any, actor: Any, at: Any, what: str, *rest: Any, **more: Any) -> Any:
            if what == action:
                raise Killed
            return plain(self, actor, at, what, *rest, **more)

        monkeypatch.setattr(model, "change", die)
    with pytest.raises(Killed):
        carry_on(disposal, now + GRACE)
    monkeypatch.undo()
    again = now + GRACE + timedelta(hours=1)
    carry_on(disposal, again)
    done = carry_on(disposal, again + ASIDE_FOR)
    assert done.state is DisposalState.DONE
    assert parts.blobs.store.head(blob_key(sha256)) is None
    assert not Attachment.find(old.key).current.has_bytes
    assert not Deposit.find(old.key).file.has_bytes


def test_what_is_still_kept_is_refused_with_the_rule_named(
    a_paper: APaper, old: Attachment, custodian: Actor, now: datetime
) -> None:
    fresh = a_paper(kind=LETTER, document_on=now.date(), title="新函件")
    licence = a_paper(kind=AttachmentKind.LICENCE, title="执照")
    with pytest.raises(NotDisposable) as refused:
        disposing.propose([old.id, fresh.id, licence.id], REASON, actor=custodian, now=now)
    names = str(refused.value.facts["names"])
    assert "新函件：还在保管期内（文件日期起 5 年，到" in names
    assert "执照：保管期从合作终止起算" in names and "旧函件" not in names
    with pytest.raises(NothingToDispose):
        disposing.propose([], REASON, actor=custodian, now=now)
    assert Disposal.objects.count() == 0


def test_a_hold_on_the_customer_or_the_paper_keeps_it_until_it_is_lifted(
    old: Attachment, custodian: Actor, manager: Actor, now: datetime
) -> None:
    customer = Customer.find(str(old.customer_id))
    for paper in (None, old):
        hold = retaining.set_hold(customer, paper, "诉讼中", actor=manager, now=now)
        with pytest.raises(NotDisposable) as refused:
            disposing.propose([old.id], REASON, actor=custodian, now=now)
        assert f"受保全（{hold.number}）" in str(refused.value.facts["names"])
        retaining.lift_hold(LegalHold.find(hold.key), "结案", actor=manager, now=now)
    assert disposing.propose([old.id], REASON, actor=custodian, now=now).total == 1


def test_a_hold_that_is_set_within_the_grace_saves_the_paper(
    old: Attachment, custodian: Actor, manager: Actor, now: datetime, parts: Seams,
    carry_on: Callable[..., Disposal],
) -> None:  # fmt: skip
    disposal = approved(old, custodian, manager, now)
    customer = Customer.find(str(old.customer_id))
    retaining.set_hold(customer, old, "诉讼中", actor=custodian, now=now)
    done = carry_on(disposal, now + GRACE)
    row = done.papers().first()
    assert (done.state, row.state, row.why) == (DisposalState.DONE, PaperState.KEPT, "held")
    assert parts.blobs.store.head(blob_key(old.current.sha256)) is not None
    assert Attachment.find(old.key).disposed_at is None


def test_whoever_proposed_it_does_not_approve_it_and_it_is_decided_once(
    old: Attachment, custodian: Actor, manager: Actor, now: datetime
) -> None:
    both = a_user(Role.CUSTODIAN, Role.GENERAL_MANAGER).as_actor()
    disposal = disposing.propose([old.id], REASON, actor=both, now=now)
    with pytest.raises(OwnProposal):
        disposing.approve(disposal, grace=GRACE, actor=both, now=now)
    with pytest.raises(NotPermitted):
        disposing.approve(disposal, grace=GRACE, actor=custodian, now=now)
    disposing.refuse(disposal, "再保管一年", actor=manager, now=now)
    with pytest.raises(DecidedAlready):
        disposing.approve(disposal, grace=GRACE, actor=manager, now=now)
    assert Disposal.find(disposal.key).decided_because == "再保管一年"
    again = disposing.propose([old.id], REASON, actor=custodian, now=now)
    assert again.state is DisposalState.PROPOSED


def test_a_paper_is_in_one_proposal_at_a_time_and_free_again_when_that_is_withdrawn_or_stopped(
    old: Attachment, custodian: Actor, manager: Actor, now: datetime,
    carry_on: Callable[..., Disposal],
) -> None:  # fmt: skip
    first = disposing.propose([old.id], REASON, actor=custodian, now=now)
    with pytest.raises(NotDisposable) as refused:
        disposing.propose([old.id], REASON, actor=custodian, now=now)
    assert first.number in str(refused.value.facts["names"])
    disposing.withdraw(first, "选错了", actor=custodian, now=now)
    second = approved(old, custodian, manager, now)
    disposing.stop(second, "客户要求延长", actor=custodian, now=now)
    assert carry_on(second, now + GRACE).state is DisposalState.STOPPED
    assert Attachment.find(old.key).disposed_at is None


def test_the_list_of_what_may_be_destroyed_follows_the_companys_own_table(
    a_paper: APaper, old: Attachment, custodian: Actor, manager: Actor, now: datetime
) -> None:
    ended = a_customer(
        cooperation_started_on=date(2011, 1, 1), cooperation_ended_on=date(2012, 1, 1)
    )
    licence = a_paper(kind=AttachmentKind.LICENCE, customer=ended)
    a_paper(kind=AttachmentKind.LICENCE)
    a_paper(kind=LETTER)
    assert {each.key for each in due_papers(custodian)} == {old.key, licence.key}
    retaining.furnish_rules(manager, now)
    rule = RetentionRule.of("letter")
    facts = {"years": None, "basis": rule.basis, "reason": "永久保管"}
    with pytest.raises(NotPermitted):
        retaining.set_rule(rule, facts, seen=rule.revision, actor=custodian, now=now)
    retaining.set_rule(rule, facts, seen=rule.revision, actor=manager, now=now)
    assert {each.key for each in due_papers(custodian)} == {licence.key}


def test_the_list_to_sign_names_every_paper(
    old: Attachment, custodian: Actor, manager: Actor, now: datetime
) -> None:
    disposal = approved(old, custodian, manager, now)
    content = write_disposal(disposal, actor=a_user(Role.AUDITOR).as_actor(), now=now)
    cells = [
        cell.text
        for table in docx.Document(io.BytesIO(content)).tables
        for row in table.rows
        for cell in row.cells
    ]
    assert {"旧函件", "03-2-015", "监销人", manager.name, custodian.name, disposal.number} <= set(
        cells
    )
