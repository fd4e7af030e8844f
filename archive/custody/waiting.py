"""What waits for those who keep papers: what runs out and has not been renewed."""

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from typing import Any

from flask import url_for

from archive import clock
from archive.actor import Actor, Right, Scope
from archive.custody.models import Disposal
from archive.custody.rules.retention import DisposalState
from archive.database import collection_of
from archive.filing.models import Attachment
from archive.filing.rules import EXPIRES_SOON, AttachmentKind
from archive.terms import N_
from archive.urgency import Step
from archive.web.waiting import Duty

FORGOTTEN_AFTER = timedelta(days=365)
MOST_SHOWN = 40
TELLS = (Step.DAYS_60, Step.DAYS_30, Step.DAYS_7, Step.LATE)


def duties_of(who: Actor, now: datetime) -> Iterator[Duty]:
    """Papers to renew, and disposals to decide about."""
    yield from _to_renew(who, now)
    yield from _to_approve(who)


def to_approve(who: Actor) -> Any:
    """Disposals that wait for *who* to decide about them, as a query."""
    return Disposal.objects(state=DisposalState.PROPOSED, made_by_id__ne=who.id)


def count_to_approve(who: Actor) -> int:
    """How many disposals wait for *who*, for the badge next to the page's name."""
    return int(to_approve(who).count()) if who.may(Right.APPROVE_DISPOSAL) else 0


def _to_approve(who: Actor) -> Iterator[Duty]:
    if not who.may(Right.APPROVE_DISPOSAL):
        return
    for each in to_approve(who).order_by("created_at").limit(MOST_SHOWN):
        yield Duty(
            N_("审批附件销毁"),
            icon="trash",
            address=url_for("disposals.page", number=each.number),
            about=f"{each.number} · {each.made_by_name}",
            since=each.created_at,
            tells=(Step.ARRIVED,),
            right=Right.APPROVE_DISPOSAL,
        )


def _to_renew(who: Actor, now: datetime) -> Iterator[Duty]:
    """For the custodian all, for a salesperson those of their own customers.

    A salesperson is told of the licence by the customer's own facts.
    """
    if who.may(Right.FILE_DEPOSIT):
        found = running_out(Attachment.visible_to(who, Right.FILE_DEPOSIT), now)
        label, right = N_("换存即将到期的附件"), Right.FILE_DEPOSIT
    elif who.scopes(Right.EDIT_CUSTOMER) == {Scope.OWN}:
        own = Attachment.visible_to(who, Right.EDIT_CUSTOMER)
        found = running_out(own.filter(kind__ne=AttachmentKind.LICENCE), now)
        label, right = N_("向客户索取换发的证件"), Right.EDIT_CUSTOMER
    else:
        return
    for paper in found:
        name = paper.customer.name if paper.customer else ""
        yield Duty(
            label,
            icon="calendar-due",
            address=url_for("attachments.page", key=paper.key),
            about=f"{paper.title} · {name}",
            due_at=clock.last_minute_of(paper.valid_until),
            due_on=paper.valid_until,
            tells=TELLS,
            right=right,
            subject=paper,
        )


def running_out(found: Any, now: datetime) -> list[Attachment]:
    """Those of *found* that run out within 60 days or did so lately, and are not renewed."""
    today = clock.local_day(now)
    ending = found.filter(
        withdrawn_at=None,
        disposed_at=None,
        valid_until__lte=today + EXPIRES_SOON,
        valid_until__gte=today - FORGOTTEN_AFTER,
    )
    some = list(ending.order_by("valid_until", "id").limit(MOST_SHOWN))
    if not some:
        return []
    latest = _latest(some)
    still = [each for each in some if latest[_same(each)] <= each.valid_until]
    return Attachment.with_customers(still)


def _latest(papers: Iterable[Attachment]) -> dict[Any, Any]:
    """Until when the best paper of the same customer and kind is valid."""
    keys = {each.customer_id for each in papers}
    groups: list[dict[str, Any]] = [
        {"$match": {"customer_id": {"$in": list(keys)}, "withdrawn_at": None, "disposed_at": None}},
        {
            "$group": {
                "_id": {"customer": "$customer_id", "kind": "$kind"},
                "until": {"$max": "$valid_until"},
            }
        },
    ]
    return {
        (each["_id"]["customer"], each["_id"]["kind"]): each["until"].date()
        for each in collection_of(Attachment).aggregate(groups)
        if each["until"]
    }


def _same(paper: Attachment) -> tuple[Any, str]:
    return paper.customer_id, paper.kind.value
