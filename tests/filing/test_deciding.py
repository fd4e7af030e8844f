"""Filing and rejecting: one decision, whoever else clicks, and whatever crashes."""

import threading
from datetime import date, datetime
from types import NoneType

import pytest

from archive.actor import SYSTEM, Actor, Role
from archive.database import EditedMeanwhile
from archive.errors import NotFound, NotPermitted
from archive.filing.errors import AlreadyDecided
from archive.filing.models import Attachment, Deposit
from archive.filing.rules import AttachmentKind, Confidentiality, DepositState
from archive.filing.service import deciding, looking, several
from tests.builders import a_customer, a_user
from tests.filing.conftest import Receive, facts_of
from tests.recognition import ugly_files as ugly


def test_a_filed_deposit_becomes_an_attachment_with_its_own_identity(
    receive: Receive, custodian: Actor, now: datetime
) -> None:
    customer, deposit = a_customer(), receive(ugly.a_pdf(2), name="licence.pdf")
    facts = facts_of(valid_until=date(2030, 1, 1), paper_original=True, copies=1, place="1-2-3")
    deciding.file_deposit(deposit, customer.key, facts, actor=custodian, now=now)
    attachment = Attachment.find(deposit.key)
    assert attachment.customer_id == customer.id
    assert attachment.confidentiality is Confidentiality.CONFIDENTIAL
    assert (attachment.valid_until, attachment.place) == (date(2030, 1, 1), "1-2-3")
    assert (attachment.current.number, attachment.current.pages) == (1, 2)
    assert attachment.current.filed_by_name == custodian.name
    assert Deposit.find(deposit.key).state is DepositState.FILED


def test_filing_twice_is_filing_once(receive: Receive, custodian: Actor, now: datetime) -> None:
    customer, deposit = a_customer(), receive()
    for _ in range(2):
        deciding.file_deposit(
            Deposit.find(deposit.key), customer.key, facts_of(), actor=custodian, now=now
        )
    assert Attachment.objects.count() == 1


def test_of_two_custodians_who_click_at_once_one_wins(
    receive: Receive, custodian: Actor, now: datetime
) -> None:
    deposit, outcomes = receive(), []
    customers = [a_customer(), a_customer()]
    both = threading.Barrier(2)

    def click(customer_key: str) -> None:
        mine = Deposit.find(deposit.key)
        both.wait()
        try:
            deciding.file_deposit(mine, customer_key, facts_of(), actor=custodian, now=now)
            outcomes.append("won")
        except AlreadyDecided:
            outcomes.append("lost")

    threads = [threading.Thread(target=click, args=(each.key,)) for each in customers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["lost", "won"]
    assert Attachment.objects.count() == 1


def test_the_workers_own_write_does_not_stand_in_the_custodians_way(
    receive: Receive, custodian: Actor, now: datetime
) -> None:
    seen = receive()
    Deposit.find(seen.key).change(SYSTEM, now, "deposit.prepared", {"state": DepositState.READY})
    attachment = deciding.file_deposit(seen, a_customer().key, facts_of(), actor=custodian, now=now)
    assert attachment.key == seen.key


class Killed(BaseException):
    """The end of a process, as far as a test can have it."""


def die(*arguments: object, **named: object) -> None:
    raise Killed


def file_and_crash(deposit: Deposit, custodian: Actor, now: datetime) -> None:
    """File *deposit* in a process that dies before it writes the attachment."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Attachment, "open_new", die)
        with pytest.raises(Killed):
            deciding.file_deposit(deposit, a_customer().key, facts_of(), actor=custodian, now=now)
    assert Attachment.objects.count() == 0


def test_a_crash_between_decision_and_attachment_is_finished_later(
    receive: Receive, custodian: Actor, now: datetime
) -> None:
    deposit = receive()
    file_and_crash(deposit, custodian, now)
    assert deciding.finish_all(now) == 1
    assert Attachment.find(deposit.key).current.filed_by_name == custodian.name
    assert deciding.finish_all(now) == 0


def test_a_rejected_deposit_keeps_its_reason_and_its_bytes(
    receive: Receive, custodian: Actor, now: datetime
) -> None:
    deposit = deciding.reject(receive(), "扫描不清", actor=custodian, now=now)
    kept = Deposit.find(deposit.key)
    assert (kept.state, kept.rejection) == (DepositState.REJECTED, "扫描不清")
    assert (kept.decided_by_id, kept.decided_by_name) == (custodian.id, custodian.name)
    assert kept.file.sha256
    assert kept.pending[-1].reason == "扫描不清"
    with pytest.raises(AlreadyDecided):
        deciding.file_deposit(kept, a_customer().key, facts_of(), actor=custodian, now=now)


def test_only_the_custodian_files_and_rejects(receive: Receive, now: datetime) -> None:
    deposit, manager = receive(), a_user(Role.SALES_MANAGER).as_actor()
    with pytest.raises(NotPermitted):
        deciding.file_deposit(deposit, a_customer().key, facts_of(), actor=manager, now=now)
    with pytest.raises(NotPermitted):
        deciding.reject(deposit, "因为", actor=manager, now=now)


def test_several_are_filed_together_and_one_that_fails_stops_no_other(
    receive: Receive, custodian: Actor, now: datetime
) -> None:
    first, second, third = receive(), receive(ugly.a_png()), receive(ugly.a_pdf())
    deciding.reject(second, "重复", actor=custodian, now=now)
    filed = several.file_many(
        [(each, facts_of()) for each in (first, second, third)],
        a_customer().key,
        actor=custodian,
        now=now,
    )
    assert [type(each.error) for each in filed] == [NoneType, AlreadyDecided, NoneType]
    assert [Attachment.objects(id=each.id).count() for each in (first, second, third)] == [1, 0, 1]


def test_a_customer_who_does_not_exist_is_said_so(
    receive: Receive, custodian: Actor, now: datetime
) -> None:
    deposit = receive()
    with pytest.raises(NotFound):
        deciding.file_deposit(deposit, deposit.key, facts_of(), actor=custodian, now=now)
    assert Deposit.find(deposit.key).is_waiting


def test_a_new_version_supersedes_and_the_old_one_stays(
    receive: Receive, custodian: Actor, now: datetime
) -> None:
    first = receive(ugly.a_jpeg())
    attachment = deciding.file_deposit(
        first, a_customer().key, facts_of(), actor=custodian, now=now
    )
    second = receive(ugly.a_pdf())
    for _ in range(2):  # a retried request adds no third version
        deciding.file_as_version(Deposit.find(second.key), attachment.key, actor=custodian, now=now)
    kept = Attachment.find(attachment.key)
    assert [(each.number, each.sha256) for each in kept.versions] == [
        (1, first.file.sha256),
        (2, second.file.sha256),
    ]
    assert kept.current.number == 2


def test_versions_filed_at_the_same_moment_both_stay(
    receive: Receive, custodian: Actor, now: datetime
) -> None:
    attachment = deciding.file_deposit(
        receive(), a_customer().key, facts_of(), actor=custodian, now=now
    )
    deposits = [receive(ugly.a_pdf(pages)) for pages in (1, 2, 3)]
    threads = [
        threading.Thread(
            target=lambda each=each: deciding.file_as_version(
                each, attachment.key, actor=custodian, now=now
            )
        )
        for each in deposits
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [each.number for each in Attachment.find(attachment.key).versions] == [1, 2, 3, 4]


def test_facts_are_corrected_with_what_was_there_before_kept(
    receive: Receive, custodian: Actor, now: datetime
) -> None:
    attachment = deciding.file_deposit(
        receive(), a_customer().key, facts_of(), actor=custodian, now=now
    )
    seen = attachment.revision
    better = facts_of(AttachmentKind.TRANSPORT_PERMIT, title="道路运输经营许可证")
    deciding.correct(attachment, better, seen=seen, actor=custodian, now=now)
    changes = {each["field"]: each["before"] for each in attachment.pending[-1].changes}
    assert changes == {"kind": "licence", "title": "营业执照"}
    with pytest.raises(EditedMeanwhile):
        deciding.correct(
            Attachment.find(attachment.key), facts_of(), seen=seen, actor=custodian, now=now
        )


def test_the_same_bytes_filed_already_are_found_with_their_customer(
    receive: Receive, custodian: Actor, now: datetime
) -> None:
    customer = a_customer()
    filed = deciding.file_deposit(receive(), customer.key, facts_of(), actor=custodian, now=now)
    again = receive()
    (twin,) = looking.twins_of([again])[again.key]
    assert twin.attachment is not None and twin.attachment.id == filed.id
    assert twin.customer is not None and twin.customer.id == customer.id
