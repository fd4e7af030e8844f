"""The rules of visits and complaints: no database, no files."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest

from archive.communication.errors import (
    HeardLater,
    NotYetHeld,
    RepliedBefore,
    ResultNotReplied,
    StepMissing,
)
from archive.communication.rules import complaints, visits
from archive.communication.rules.complaints import ComplaintForm, ComplaintStatus, Due, Reply
from archive.communication.rules.visits import STEP_FIELDS, VisitKind, VisitStep
from archive.urgency import Urgency

NOON = datetime(2026, 3, 16, 4, 0, tzinfo=UTC)  # in Shanghai
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
EVERYTHING = frozenset(name for fields in STEP_FIELDS.values() for name in fields)


def test_a_business_visit_with_a_step_missing_cannot_be_closed_and_article_13_says_so() -> None:
    with pytest.raises(StepMissing) as refusal:
        visits.may_be_closed(VisitKind.BUSINESS, EVERYTHING - {"solutions", "measures"})
    assert refusal.value.article == 13
    assert refusal.value.facts["steps"] == "2、5"


def test_a_business_visit_with_all_five_steps_written_can_be_closed() -> None:
    visits.may_be_closed(VisitKind.BUSINESS, EVERYTHING)


@pytest.mark.parametrize("kind", [VisitKind.ROUTINE, VisitKind.HOLIDAY])
def test_other_visits_need_no_steps(kind: VisitKind) -> None:
    visits.may_be_closed(kind, frozenset())


def test_the_fifth_step_is_written_only_with_result_report_and_measures() -> None:
    assert VisitStep.ANALYSE not in visits.steps_written({"result", "measures"})
    assert visits.steps_written({"result", "reported_to", "measures"}) == [VisitStep.ANALYSE]


def test_a_visit_that_lies_ahead_cannot_be_closed() -> None:
    with pytest.raises(NotYetHeld):
        visits.has_been_held(NOON + HOUR, NOON)
    visits.has_been_held(NOON - HOUR, NOON)


def test_without_a_claim_the_clocks_run_48_hours_and_three_days_from_acceptance() -> None:
    assert complaints.dues(has_claim=False, accepted_at=NOON) == [
        Due(Reply.PLAN, NOON + 48 * HOUR),
        Due(Reply.RESULT, NOON + 3 * DAY),
    ]


def test_nothing_is_owed_before_acceptance() -> None:
    assert complaints.dues(has_claim=False, accepted_at=None) == []


def test_a_claim_s_clock_waits_for_the_evidence() -> None:
    assert complaints.dues(has_claim=True, accepted_at=NOON) == []


@pytest.mark.parametrize("evidence", [NOON - DAY, NOON + DAY])
def test_a_claim_s_clock_starts_when_acceptance_and_evidence_are_both_there(
    evidence: datetime,
) -> None:
    owed = complaints.dues(has_claim=True, accepted_at=NOON, evidence_complete_at=evidence)
    assert owed == [Due(Reply.PLAN, max(NOON, evidence) + 3 * DAY)]


def test_the_result_of_a_claim_is_owed_by_the_end_of_the_promised_day_in_shanghai() -> None:
    owed = complaints.dues(
        has_claim=True,
        accepted_at=NOON,
        evidence_complete_at=NOON,
        result_promised_on=date(2026, 3, 31),
    )
    assert owed[1] == Due(Reply.RESULT, datetime(2026, 3, 31, 15, 59, tzinfo=UTC))


@pytest.mark.parametrize(
    ("form", "amount", "expected"),
    [
        (ComplaintForm.ORAL, None, False),
        (ComplaintForm.COMPLAINT, Decimal(0), False),
        (ComplaintForm.COMPLAINT, Decimal("1200.50"), True),
        (ComplaintForm.CLAIM, None, True),
        (ComplaintForm.LAWSUIT, None, True),
    ],
)
def test_a_claim_is_what_asks_for_money(
    form: ComplaintForm, amount: Decimal | None, expected: bool
) -> None:
    assert complaints.makes_claim(form, amount) is expected


def test_the_next_reply_is_the_first_that_was_not_given() -> None:
    owed = complaints.dues(has_claim=False, accepted_at=NOON)
    assert complaints.next_due(owed, ()) == owed[0]
    assert complaints.next_due(owed, {Reply.PLAN}) == owed[1]
    assert complaints.next_due(owed, {Reply.PLAN, Reply.RESULT}) is None


def test_who_has_been_told_the_result_needs_no_plan_any_more() -> None:
    owed = complaints.dues(has_claim=False, accepted_at=NOON)
    assert complaints.next_due(owed, {Reply.RESULT}) is None


@pytest.mark.parametrize(
    ("left", "expected"),
    [
        (-HOUR, Urgency.LATE),
        (HOUR, Urgency.SOON),
        (24 * HOUR, Urgency.SOON),
        (25 * HOUR, Urgency.RUNNING),
    ],
)
def test_a_clock_presses_in_its_last_day(left: timedelta, expected: Urgency) -> None:
    assert Due(Reply.PLAN, NOON + left).urgency(NOON) is expected


def test_a_complaint_cannot_be_heard_in_the_future() -> None:
    with pytest.raises(HeardLater):
        complaints.was_heard(NOON + HOUR, NOON)
    complaints.was_heard(NOON + timedelta(minutes=1), NOON)


@pytest.mark.parametrize("replied_at", [NOON - HOUR, NOON + 3 * HOUR])
def test_a_reply_lies_between_acceptance_and_now(replied_at: datetime) -> None:
    with pytest.raises(RepliedBefore):
        complaints.was_replied(replied_at, accepted_at=NOON, now=NOON + 2 * HOUR)


def test_a_complaint_is_closed_only_once_the_customer_knows_the_result() -> None:
    with pytest.raises(ResultNotReplied) as refusal:
        complaints.may_be_closed({Reply.PLAN})
    assert refusal.value.article == 14
    complaints.may_be_closed({Reply.RESULT})


def test_what_waits_for_acceptance_has_its_turn_on_the_day_it_was_handed_over() -> None:
    turn = complaints.turn_at(ComplaintStatus.RECORDED, NOON, None)
    assert turn == datetime(2026, 3, 16, 15, 59, tzinfo=UTC)


def test_a_reply_has_its_turn_with_its_clock_and_what_waits_for_the_customer_comes_last() -> None:
    owed = Due(Reply.PLAN, NOON)
    assert complaints.turn_at(ComplaintStatus.ACCEPTED, NOON - DAY, owed) == NOON
    assert complaints.turn_at(ComplaintStatus.ACCEPTED, NOON, None) == complaints.NO_CLOCK
