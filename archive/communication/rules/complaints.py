"""Forms, causes and states of complaints, and the clocks of Art. 14."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

from archive import clock
from archive.communication.errors import HeardLater, RepliedBefore, ResultNotReplied
from archive.terms import N_, Term
from archive.urgency import Urgency, urgency_of

PLAN_WITHIN = timedelta(hours=48)
RESULT_WITHIN = timedelta(days=3)
CLAIM_PLAN_WITHIN = timedelta(days=3)
NO_CLOCK = datetime(9999, 12, 31, tzinfo=UTC)  # after every clock that runs
CLOCK_SKEW = timedelta(minutes=5)  # between the person's clock and ours


class ComplaintForm(Term):
    """客户抱怨的形式."""

    ORAL = "oral", N_("口头抱怨")
    COMPLAINT = "complaint", N_("投诉")
    CLAIM = "claim", N_("索赔")
    LAWSUIT = "lawsuit", N_("起诉")


class ComplaintCause(Term):
    """客户抱怨的原因."""

    SERVICE_QUALITY = "service_quality", N_("服务质量")
    UNRECOGNISED_NEED = "unrecognised_need", N_("需求未识别")
    COMMUNICATION_FAILURE = "communication_failure", N_("沟通障碍")


class ComplaintStatus(Term):
    """How far the route of Art. 14 has been gone."""

    RECORDED = "recorded", N_("待受理"), "warn"
    ACCEPTED = "accepted", N_("已受理"), "active"
    INVESTIGATED = "investigated", N_("已调查"), "active"
    MEASURES_TAKEN = "measures_taken", N_("措施已落实"), "active"
    SETTLED = "settled", N_("已赔付"), "active"
    CLOSED = "closed", N_("已结案"), "good"


IN_HAND = tuple(
    status
    for status in ComplaintStatus
    if status not in (ComplaintStatus.RECORDED, ComplaintStatus.CLOSED)
)


class Reply(Term):
    """What the customer has to be told, in this order."""

    PLAN = "plan", N_("处理情况")
    RESULT = "result", N_("处理结果")


class Channel(Term):
    """How the customer was told."""

    PHONE = "phone", N_("电话")
    MEETING = "meeting", N_("当面")
    LETTER = "letter", N_("书面")
    EMAIL = "email", N_("电子邮件")
    MESSAGE = "message", N_("即时消息")


@dataclass(frozen=True)
class Due:
    """A reply that is owed to the customer, and the instant by which it is."""

    reply: Reply
    at: datetime

    def urgency(self, now: datetime) -> Urgency:
        """Its state at *now*."""
        return urgency_of(self.at, now)


def makes_claim(form: ComplaintForm, claimed_amount: Decimal | None) -> bool:
    """Whether the customer asks for compensation: then Art. 14.2 B counts instead of A."""
    return form in (ComplaintForm.CLAIM, ComplaintForm.LAWSUIT) or bool(claimed_amount)


def dues(
    *,
    has_claim: bool,
    accepted_at: datetime | None,
    evidence_complete_at: datetime | None = None,
    result_promised_on: date | None = None,
) -> list[Due]:
    """The replies that are owed, each with its instant (Art. 14.2).

    Without a claim both clocks start with the acceptance: 48 hours and three days. With a claim
    they start once the customer's evidence is complete as well; the result is owed by the end of
    the day that was promised. Nothing is owed before the clock starts.
    """
    if accepted_at is None:
        return []
    if not has_claim:
        return [
            Due(Reply.PLAN, accepted_at + PLAN_WITHIN),
            Due(Reply.RESULT, accepted_at + RESULT_WITHIN),
        ]
    if evidence_complete_at is None:
        return []
    owed = [Due(Reply.PLAN, max(accepted_at, evidence_complete_at) + CLAIM_PLAN_WITHIN)]
    if result_promised_on is not None:
        owed.append(Due(Reply.RESULT, clock.last_minute_of(result_promised_on)))
    return owed


def next_due(owed: Collection[Due], given: Collection[Reply]) -> Due | None:
    """The first of *owed* that is not among the replies *given*.

    Once the customer knows the result, the interim reply is no longer owed.
    """
    if Reply.RESULT in given:
        return None
    return min(
        (due for due in owed if due.reply not in given), key=lambda due: due.at, default=None
    )


def turn_at(status: ComplaintStatus, recorded_at: datetime, owed: Due | None) -> datetime:
    """When the desk has to have done the next thing: what lists are ordered by.

    A reply has its clock. What nobody has accepted was handed over in the shift in which it was
    heard (Art. 14.1), so its turn is that day. What waits for the customer has no clock of ours.
    """
    if owed is not None:
        return owed.at
    if status is ComplaintStatus.RECORDED:
        return clock.last_minute_of(clock.local_day(recorded_at))
    return NO_CLOCK


def was_heard(heard_at: datetime, now: datetime) -> None:
    """A complaint is recorded after it was heard.

    Raises:
        HeardLater.
    """
    if heard_at > now + CLOCK_SKEW:
        raise HeardLater()


def was_replied(replied_at: datetime, accepted_at: datetime, now: datetime) -> None:
    """A reply counts between the acceptance and now.

    Raises:
        RepliedBefore.
    """
    if not accepted_at - CLOCK_SKEW <= replied_at <= now + CLOCK_SKEW:
        raise RepliedBefore()


def may_be_closed(given: Collection[Reply]) -> None:
    """Art. 14.2: the customer has been told the result.

    Raises:
        ResultNotReplied.
    """
    if Reply.RESULT not in given:
        raise ResultNotReplied()
