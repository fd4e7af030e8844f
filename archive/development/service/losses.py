"""The verbs of churn analyses."""

from datetime import date, datetime
from typing import Any

from archive import clock
from archive.actor import Actor, Right
from archive.customers.models import Customer
from archive.customers.rules import Region
from archive.database import next_number
from archive.development import rules
from archive.development.errors import LossEnded, LossLater, LossStillOpen
from archive.development.models import ChurnAnalysis
from archive.development.rules import LossStatus, Share


def record_loss(
    customer: Customer, *, actor: Actor, now: datetime, lost_since: date, **facts: Any
) -> ChurnAnalysis:
    """Write down why *customer* was lost, to whom, and how it is to be won back (Art. 7).

    Raises:
        NotPermitted: the customer is not *actor*'s.
        LossLater: it is said to be lost from a day to come.
    """
    actor.require(Right.WRITE_DEVELOPMENT, customer)
    if earlier := ChurnAnalysis.asked_before():
        return earlier
    _demand_past(lost_since, now)
    year = clock.local(now).year
    return ChurnAnalysis.open_new(
        actor,
        now,
        "loss.recorded",
        {
            "number": f"LS-{year}-{next_number(f'loss:{year}'):05d}",
            "customer_id": customer.id,
            "recorded_by_id": actor.id,
            "recorded_by_name": actor.name,
            "status": LossStatus.LOST,
            "lost_since": lost_since,
            **facts,
        },
    )


def edit_loss(
    loss: ChurnAnalysis,
    *,
    actor: Actor,
    now: datetime,
    seen: int,
    lost_since: date,
    **facts: Any,
) -> ChurnAnalysis:
    """Correct the analysis or its plan; *seen* is the revision the person had.

    Raises:
        NotPermitted, EditedMeanwhile, LossLater.
    """
    actor.require(Right.WRITE_DEVELOPMENT, loss)
    _demand_past(lost_since, now)
    fields = {"lost_since": lost_since, **facts}
    return loss.change(actor, now, "loss.edited", fields, seen=seen)


def win_back(loss: ChurnAnalysis, reason: str, *, actor: Actor, now: datetime) -> ChurnAnalysis:
    """Say that the customer has been won back; *reason* says how.

    Raises:
        NotPermitted, LossEnded, EditedMeanwhile.
    """
    return _end(loss, "loss.won_back", LossStatus.WON_BACK, reason, actor, now)


def give_up_loss(loss: ChurnAnalysis, reason: str, *, actor: Actor, now: datetime) -> ChurnAnalysis:
    """Say that nobody tries to win the customer back any more, and why.

    Raises:
        NotPermitted, LossEnded, EditedMeanwhile.
    """
    return _end(loss, "loss.given_up", LossStatus.GIVEN_UP, reason, actor, now)


def withdraw_loss(
    loss: ChurnAnalysis, reason: str, *, actor: Actor, now: datetime
) -> ChurnAnalysis:
    """Say that the analysis was recorded by mistake: it counts no more, and stays readable.

    Raises:
        NotPermitted, LossEnded, EditedMeanwhile.
    """
    return _end(loss, "loss.withdrawn", LossStatus.WITHDRAWN, reason, actor, now)


def reopen_loss(loss: ChurnAnalysis, reason: str, *, actor: Actor, now: datetime) -> ChurnAnalysis:
    """Take back how the loss ended.

    Raises:
        NotPermitted, LossStillOpen, EditedMeanwhile.
    """
    actor.require(Right.WRITE_DEVELOPMENT, loss)
    if loss.is_open:
        raise LossStillOpen(number=loss.number)
    facts = {"status": LossStatus.LOST, "conclusion": None, "ended_on": None}
    return loss.change(actor, now, "loss.reopened", facts, reason=reason)


def read_loss(number: str, *, actor: Actor) -> ChurnAnalysis:
    """The analysis with this number.

    Raises:
        NotFound, NotPermitted.
    """
    loss = ChurnAnalysis.numbered(number)
    actor.require(Right.OPEN_DEVELOPMENT, loss)
    return loss


def count_causes(
    *,
    actor: Actor,
    since: date | None = None,
    until: date | None = None,
    region: Region | None = None,
) -> list[Share]:
    """How often each cause was named in the losses that *actor* may see, the most frequent first.

    Raises:
        NotPermitted.
    """
    actor.require(Right.OPEN_DEVELOPMENT)
    found = ChurnAnalysis.counted(actor)
    if since is not None:
        found = found.filter(lost_since__gte=since)
    if until is not None:
        found = found.filter(lost_since__lte=until)
    if region is not None:
        found = found.filter(customer_id__in=list(Customer.objects(region=region).scalar("id")))
    return rules.shares((each.cause, each.status) for each in found.only("cause", "status"))


def _end(
    loss: ChurnAnalysis,
    action: str,
    status: LossStatus,
    reason: str,
    actor: Actor,
    now: datetime,
) -> ChurnAnalysis:
    actor.require(Right.WRITE_DEVELOPMENT, loss)
    if not loss.is_open:
        raise LossEnded(number=loss.number, status=loss.status)
    facts = {"status": status, "conclusion": reason, "ended_on": clock.local_day(now)}
    return loss.change(actor, now, action, facts, reason=reason)


def _demand_past(day: date, now: datetime) -> None:
    if day > clock.local_day(now):
        raise LossLater(day=f"{day:%Y-%m-%d}")
