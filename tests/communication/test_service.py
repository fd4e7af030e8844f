"""The verbs of visits and complaints, on a real MongoDB."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from archive import clock
from archive.actor import SYSTEM, Actor, Right, Role, Scope, access_token
from archive.communication import indexing
from archive.communication.errors import (
    AlreadyAccepted,
    ComplaintClosed,
    ComplaintOpen,
    MayHaveArchive,
    NotAccepted,
    NotOfTheDesk,
    StepMissing,
    VisitNotOpen,
    VisitOpen,
)
from archive.communication.models import Complaint, Visit
from archive.communication.rules.complaints import (
    Channel,
    ComplaintForm,
    ComplaintStatus,
    Reply,
)
from archive.communication.rules.visits import VisitKind, VisitStatus
from archive.communication.service import complaints, visits
from archive.customers.models import Customer
from archive.database import EditedMeanwhile
from archive.errors import ArchiveError, NotPermitted
from archive.trail.collecting import collect_all
from archive.trail.history import history_of
from archive.trail.models import TrailEntry
from tests.builders import a_complaint, a_customer, a_user, a_visit

ActorAs = Callable[..., Actor]

WRITTEN_UP: dict[str, Any] = {
    "goals": "运价上调后货量下降，目标是恢复到每月 120 吨。",
    "solutions": "提供整车与零担组合方案。",
    "notice": "3 月 2 日电话知会采购部。",
    "content": "双方核对了上季度货量，磋商了新的线路。",
    "result": "客户同意试运行一个月。",
    "reported_to": "王经理",
    "measures": [{"what": "提交试运行方案", "owner": "李明", "due_on": date(2026, 4, 1)}],
}


@pytest.fixture
def desk(actor_as: ActorAs) -> Actor:
    return actor_as(Role.CUSTOMER_SERVICE)


def rewritten(visit: Visit, actor: Actor, **facts: object) -> Visit:
    given = {"kind": visit.kind, "visited_at": visit.visited_at, "purpose": visit.purpose, **facts}
    return visits.edit_visit(visit, actor=actor, now=clock.now(), seen=visit.revision, **given)


def told(complaint: Complaint, reply: Reply, actor: Actor, at: datetime) -> Complaint:
    return complaints.note_reply(
        complaint,
        reply=reply,
        replied_at=at,
        channel=Channel.PHONE,
        text="已查明原因。",
        actor=actor,
        now=at,
    )


def test_visits_recorded_at_once_get_numbers_without_a_duplicate(actor_as: ActorAs) -> None:
    manager, customer = actor_as(Role.SALES_MANAGER), a_customer()
    with ThreadPoolExecutor(8) as pool:
        made = list(pool.map(lambda _: a_visit(customer, actor=manager), range(16)))
    year = clock.local(clock.now()).year
    assert sorted(visit.number for visit in made) == [f"BF-{year}-{n:05d}" for n in range(1, 17)]


def test_a_visit_without_visitors_is_the_recorder_s_own(actor_as: ActorAs) -> None:
    manager = actor_as(Role.SALES_MANAGER)
    visit = a_visit(actor=manager)
    assert (visit.visitors, visit.visitor_keys) == ([manager.name], [manager.id])


def test_a_visitor_whose_name_two_people_bear_counts_by_name(actor_as: ActorAs) -> None:
    a_user(Role.STAFF, name="王伟")
    a_user(Role.STAFF, name="王伟")
    only = a_user(Role.STAFF, name="李娜")
    visit = a_visit(visitors=["王伟", "李娜", "外聘顾问"])
    assert visit.visitor_keys == ["王伟", only.key, "外聘顾问"]


def test_a_salesperson_records_visits_to_their_own_customers_only(actor_as: ActorAs) -> None:
    with pytest.raises(NotPermitted):
        a_visit(a_customer(), actor=actor_as(Role.SALESPERSON))
    assert Visit.objects.count() == 0


def test_a_visit_stays_open_to_whoever_recorded_it_after_the_customer_moved(
    actor_as: ActorAs,
) -> None:
    mine = a_user(Role.SALESPERSON)
    customer = a_customer(salesperson=mine)
    visit = a_visit(customer, actor=mine.as_actor())
    customer.change(actor_as(Role.SALES_MANAGER), clock.now(), "t", {"salesperson_id": None})
    known = visits.open_visit(visit.number, actor=mine.as_actor())
    assert known.key == visit.key
    with pytest.raises(NotPermitted):
        rewritten(known, mine.as_actor())


def test_a_business_visit_is_closed_only_with_all_five_steps_written(actor_as: ActorAs) -> None:
    manager = actor_as(Role.SALES_MANAGER)
    visit = a_visit(actor=manager, kind=VisitKind.BUSINESS)
    with pytest.raises(StepMissing):
        visits.close_visit(visit, actor=manager, now=clock.now())
    visit = rewritten(visit, manager, **WRITTEN_UP)
    assert visits.close_visit(visit, actor=manager, now=clock.now()).status is VisitStatus.CLOSED
    with pytest.raises(VisitNotOpen):
        visits.close_visit(visit, actor=manager, now=clock.now())


def test_a_closed_business_visit_may_be_corrected_but_not_robbed_of_a_step(
    actor_as: ActorAs,
) -> None:
    manager = actor_as(Role.SALES_MANAGER)
    visit = a_visit(actor=manager, kind=VisitKind.BUSINESS, **WRITTEN_UP)
    visits.close_visit(visit, actor=manager, now=clock.now())
    with pytest.raises(StepMissing):
        rewritten(Visit.find(visit.key), manager, **(WRITTEN_UP | {"solutions": None}))
    corrected = rewritten(Visit.find(visit.key), manager, **(WRITTEN_UP | {"place": "客户仓库"}))
    assert corrected.place == "客户仓库"


def test_planned_visits_and_those_to_write_up_wait_for_their_visitor(actor_as: ActorAs) -> None:
    mine, now = a_user(Role.SALESPERSON), clock.now()
    customer = a_customer(salesperson=mine)
    who = mine.as_actor()
    planned = a_visit(customer, actor=who, visited_at=now + timedelta(days=2))
    unwritten = a_visit(customer, actor=who)
    a_visit(customer, actor=who, content="谈了价格。")
    assert [each.key for each in Visit.ahead(who, now)] == [planned.key]
    assert [each.key for each in Visit.to_write_up(who, now)] == [unwritten.key]


def test_any_employee_records_a_complaint_and_sees_no_others(actor_as: ActorAs) -> None:
    one, other = actor_as(Role.STAFF), actor_as(Role.STAFF)
    complaint = a_complaint(actor=one)
    assert complaints.open_complaint(complaint.number, actor=one).key == complaint.key
    assert list(Complaint.visible_to(other)) == []
    with pytest.raises(NotPermitted):
        complaints.open_complaint(complaint.number, actor=other)


def test_a_salesperson_sees_the_complaints_of_their_customers(actor_as: ActorAs) -> None:
    mine = a_user(Role.SALESPERSON)
    customer = a_customer(salesperson=mine)
    complaint = a_complaint(customer)
    a_complaint(a_customer())
    assert [each.key for each in Complaint.visible_to(mine.as_actor())] == [complaint.key]
    assert [each.key for each in Complaint.of(customer, mine.as_actor())] == [complaint.key]
    assert list(Complaint.of(customer, actor_as(Role.SALESPERSON))) == []


def test_acceptance_starts_the_clocks_and_each_reply_moves_them_on(desk: Actor) -> None:
    complaint, at = a_complaint(), clock.now()
    assert complaint.due_at is None
    complaints.accept_complaint(complaint, actor=desk, now=at)
    assert complaint.due_at == at + timedelta(hours=48)
    told(complaint, Reply.PLAN, desk, at + timedelta(hours=5))
    assert complaint.due_at == at + timedelta(days=3)
    told(complaint, Reply.RESULT, desk, at + timedelta(days=2))
    assert Complaint.find(complaint.key).due_at is None


def test_a_late_reply_stays_late_for_ever(desk: Actor) -> None:
    complaint, at = a_complaint(), clock.now()
    complaints.accept_complaint(complaint, actor=desk, now=at)
    told(complaint, Reply.PLAN, desk, at + timedelta(hours=49))
    told(complaint, Reply.RESULT, desk, at + timedelta(hours=50))
    assert [complaint.was_late(reply) for reply in complaint.replies] == [True, False]


def test_a_claim_s_clock_starts_when_the_desk_notes_that_the_evidence_is_complete(
    desk: Actor,
) -> None:
    complaint, at = a_complaint(form=ComplaintForm.CLAIM), clock.now()
    complaints.accept_complaint(complaint, actor=desk, now=at)
    assert complaint.is_waiting_for_evidence
    assert complaint.due_at is None
    complaints.edit_complaint(
        complaint,
        actor=desk,
        now=at,
        seen=complaint.revision,
        form=ComplaintForm.CLAIM,
        heard_at=complaint.heard_at,
        content=complaint.content,
        evidence_complete_at=at + timedelta(days=1),
    )
    assert complaint.due_at == at + timedelta(days=4)


def test_of_two_who_accept_at_once_one_wins(actor_as: ActorAs) -> None:
    complaint = a_complaint()

    def accept(number: int) -> bool:
        try:
            complaints.accept_complaint(
                Complaint.find(complaint.key),
                actor=desks[number],
                now=clock.now(),
            )
        except (AlreadyAccepted, EditedMeanwhile):
            return False
        return True

    desks = [actor_as(Role.CUSTOMER_SERVICE) for _ in range(4)]
    with ThreadPoolExecutor(4) as pool:
        assert sum(pool.map(accept, range(4))) == 1


def test_only_the_desk_accepts(actor_as: ActorAs) -> None:
    recorder = actor_as(Role.STAFF)
    complaint = a_complaint(actor=recorder)
    with pytest.raises(NotPermitted):
        complaints.accept_complaint(complaint, actor=recorder, now=clock.now())


def test_a_complaint_goes_its_way_to_the_end_and_then_stays_as_it_is(desk: Actor) -> None:
    complaint, at = a_complaint(), clock.now()
    with pytest.raises(NotAccepted):
        complaints.close_complaint(complaint, "满意", actor=desk, now=at)
    complaints.accept_complaint(complaint, actor=desk, now=at)
    told(complaint, Reply.RESULT, desk, at)
    complaints.close_complaint(complaint, "客户表示接受", actor=desk, now=at)
    assert complaint.status is ComplaintStatus.CLOSED
    with pytest.raises(ComplaintClosed):
        told(complaint, Reply.RESULT, desk, at)


def test_the_trail_tells_the_whole_way_and_no_telephone_number(desk: Actor) -> None:
    complaint = a_complaint(complainant_phone="13800001234")
    complaints.accept_complaint(complaint, actor=desk, now=clock.now())
    complaints.reveal_phone(complaint, actor=desk, now=clock.now())
    actions = [event.action for event in history_of(complaint)]
    assert actions == ["complaint.accepted", "complaint.recorded"]
    collect_all()
    trail = list(TrailEntry.objects(subject_id=complaint.key))
    assert "complaint.phone_revealed" in {entry.action for entry in trail}
    assert "13800001234" not in str([entry.to_mongo() for entry in trail])


def test_who_may_not_reveal_telephone_numbers_is_refused(actor_as: ActorAs) -> None:
    recorder = actor_as(Role.STAFF)
    complaint = a_complaint(actor=recorder, complainant_phone="13800001234")
    with pytest.raises(NotPermitted):
        complaints.reveal_phone(complaint, actor=recorder, now=clock.now())


def test_a_complaint_of_someone_without_an_archive_keeps_the_name_as_typed(
    empty_site: object,
) -> None:
    complaint = a_complaint(customer_name="路边的张老板")
    assert (complaint.customer_name, complaint.customer_id) == ("路边的张老板", None)


def test_a_list_reads_its_customers_in_one_query(actor_as: ActorAs) -> None:
    mine = a_user(Role.SALESPERSON)
    for number in range(6):
        a_visit(a_customer(f"客户{number}号", salesperson=mine), actor=mine.as_actor())
    listed = Visit.with_customers(Visit.visible_to(mine.as_actor()))
    Customer.objects.delete()
    assert all(mine.as_actor().may(Right.OPEN_VISIT, visit) for visit in listed)
    names = {visit.customer.name for visit in listed if visit.customer}
    assert names == {f"客户{number}号" for number in range(6)}


def test_a_visit_is_found_by_its_people_and_a_complaint_without_the_number(desk: Actor) -> None:
    mine = a_user(Role.SALESPERSON)
    customer = a_customer("蓝湾电器有限公司", salesperson=mine)
    visit = a_visit(customer, actor=mine.as_actor(), **WRITTEN_UP)
    [entry] = indexing.entries_of_visit(visit)
    assert access_token(Right.OPEN_VISIT, Scope.OWN, mine.key) in entry.access
    assert "试运行" in entry.body
    assert [tag.label for tag in entry.people] == [mine.name]
    complaint = a_complaint(customer, complainant_phone="13800001234", waybill_number="YD20260316")
    [entry] = indexing.entries_of_complaint(complaint)
    assert "1380000" not in str(entry)
    assert "YD20260316" in entry.numbers
    assert entry.status is not None
    assert entry.status.value == "complaint.recorded"


def test_a_refusal_writes_nothing(desk: Actor) -> None:
    complaint = a_complaint()
    with pytest.raises(ArchiveError):
        complaints.close_complaint(complaint, "满意", actor=desk, now=clock.now())
    assert Complaint.find(complaint.key).revision == 1


def test_a_cancelled_visit_is_no_longer_owed_and_comes_back_with_a_reason(
    actor_as: ActorAs, now: datetime
) -> None:
    seller = a_user(Role.SALESPERSON)
    who = seller.as_actor()
    visit = a_visit(a_customer(salesperson=seller), actor=who, visited_at=now + timedelta(days=1))
    assert Visit.ahead(who, now).count() == 1
    visits.cancel_visit(visit, "客户改约", actor=who, now=now)
    stored = Visit.numbered(visit.number)
    assert (stored.status, stored.closed_at) == (VisitStatus.CANCELLED, now)
    assert Visit.ahead(who, now).count() == 0
    assert Visit.to_write_up(who, now + timedelta(days=2)).count() == 0
    with pytest.raises(VisitNotOpen):
        visits.close_visit(stored, actor=who, now=now)
    visits.reopen_visit(stored, "又约上了", actor=who, now=now)
    stored = Visit.numbered(visit.number)
    assert (stored.status, stored.closed_at) == (VisitStatus.OPEN, None)
    assert [each.reason for each in history_of(stored)][:2] == ["又约上了", "客户改约"]
    with pytest.raises(VisitOpen):
        visits.reopen_visit(stored, "再来", actor=who, now=now)


def test_a_closed_complaint_is_taken_up_again(desk: Actor, now: datetime) -> None:
    complaint = complaints.accept_complaint(a_complaint(), actor=desk, now=now)
    with pytest.raises(ComplaintOpen):
        complaints.reopen_complaint(complaint, "没结", actor=desk, now=now)
    told(complaint, Reply.RESULT, desk, now)
    complaints.close_complaint(complaint, "满意", actor=desk, now=now)
    complaints.reopen_complaint(complaint, "客户又来电", actor=desk, now=now)
    stored = Complaint.numbered(complaint.number)
    assert (stored.status, stored.is_open) == (ComplaintStatus.ACCEPTED, True)
    assert (stored.closed_at, stored.reaction) == (None, None)
    event = history_of(stored)[0]
    assert (event.action, event.reason) == ("complaint.reopened", "客户又来电")
    complaints.close_complaint(stored, "这次满意", actor=desk, now=now)
    assert Complaint.numbered(complaint.number).reaction == "这次满意"


def test_a_customer_typed_and_not_chosen_is_asked_about_once(actor_as: ActorAs) -> None:
    a_customer("演示·蓝湾电器有限公司", former_names=["湾蓝电器厂"])
    staff = actor_as(Role.STAFF)
    for typed in ("蓝湾电器", "lwdq", "演示蓝湾电器公司"):
        with pytest.raises(MayHaveArchive) as asked:
            a_complaint(actor=staff, customer_name=typed)
        assert "演示·蓝湾电器有限公司" in str(asked.value.facts["names"])
    loose = a_complaint(actor=staff, customer_name="蓝湾电器", has_no_archive=True)
    assert (loose.customer_id, loose.customer_name) == (None, "蓝湾电器")
    for typed in ("演示蓝湾电器有限公司", "演示・藍灣電器有限公司", "湾蓝电器厂"):
        assert a_complaint(actor=staff, customer_name=typed).customer_id is not None
    assert a_complaint(actor=staff, customer_name="上门的客人").customer_id is None


def test_whoever_accepts_a_complaint_sees_to_it_until_it_is_given_to_another(
    desk: Actor, actor_as: ActorAs
) -> None:
    complaint, other = a_complaint(), actor_as(Role.CUSTOMER_SERVICE)
    complaints.accept_complaint(complaint, actor=desk, now=clock.now())
    assert Complaint.find(complaint.key).handler_id == desk.id
    complaints.assign_complaint(complaint, other.id, actor=desk, now=clock.now(), reason="休假交接")
    known = Complaint.find(complaint.key)
    assert (known.handler_id, known.handler_name) == (other.id, other.name)
    event = history_of(complaint)[0]
    assert (event.action, event.reason) == ("complaint.assigned", "休假交接")


def test_nobody_outside_the_desk_sees_to_a_complaint(desk: Actor, actor_as: ActorAs) -> None:
    complaint = a_complaint()
    for other in (actor_as(Role.SALESPERSON).id, "", "x" * 24):
        with pytest.raises(NotOfTheDesk):
            complaints.assign_complaint(complaint, other, actor=desk, now=clock.now())
    with pytest.raises(NotPermitted):
        complaints.assign_complaint(complaint, desk.id, actor=actor_as(Role.STAFF), now=clock.now())


def test_the_desk_has_its_own_complaints_and_those_of_nobody_to_see_to(
    desk: Actor, actor_as: ActorAs
) -> None:
    gone = a_user(Role.CUSTOMER_SERVICE)
    mine, theirs, nobodys, of_one_gone = (a_complaint() for _ in range(4))
    other, now = actor_as(Role.CUSTOMER_SERVICE), clock.now()
    for complaint, handler in ((mine, desk), (theirs, other), (of_one_gone, gone.as_actor())):
        complaints.assign_complaint(complaint, handler.id, actor=desk, now=now)
    gone.change(SYSTEM, now, "user.disabled", {"is_disabled": True})
    seen = {each.key for each in Complaint.for_desk(desk)}
    assert seen == {mine.key, nobodys.key, of_one_gone.key}


def test_the_clock_that_runs_out_first_comes_first(desk: Actor) -> None:
    now = clock.now()
    waiting, late, later, without_evidence = (
        a_complaint(),
        a_complaint(),
        a_complaint(),
        a_complaint(form=ComplaintForm.CLAIM),
    )
    complaints.accept_complaint(later, actor=desk, now=now)
    complaints.accept_complaint(late, actor=desk, now=now - timedelta(days=9))
    complaints.accept_complaint(without_evidence, actor=desk, now=now)
    ordered = [each.key for each in Complaint.objects(is_open=True).order_by("turn_at")]
    assert ordered == [late.key, waiting.key, later.key, without_evidence.key]
