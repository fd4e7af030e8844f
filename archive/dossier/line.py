"""Communication with a customer as one time line: visits and complaints, the latest first."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from flask import url_for

from archive.actor import Actor, Right
from archive.communication.models import Complaint, Visit
from archive.communication.rules.visits import VisitStatus
from archive.customers.models import Customer
from archive.terms import Term

EXCERPT = 160  # characters


@dataclass(frozen=True)
class Moment:
    """Something said or done with the customer."""

    at: datetime
    kind: Term
    title: str
    text: str
    state: Term
    is_open: bool
    who: str
    address: str
    is_complaint: bool


def line_of(customer: Customer, *, actor: Actor, start: int, count: int) -> list[Moment]:
    """*count* moments from the one at place *start* on, of those that *actor* may see."""
    both = [*_visits(customer, actor, start + count), *_complaints(customer, actor, start + count)]
    both.sort(key=lambda moment: moment.at, reverse=True)
    return both[start : start + count]


def _visits(customer: Customer, actor: Actor, most: int) -> Iterator[Moment]:
    if not actor.may(Right.OPEN_VISIT):
        return
    for visit in Visit.of(customer, actor).order_by("-visited_at").limit(most):
        yield Moment(
            at=visit.visited_at,
            kind=visit.kind,
            title=visit.purpose,
            text=_excerpt(visit.result or visit.content),
            state=visit.status,
            is_open=visit.status is VisitStatus.OPEN,
            who="、".join(visit.visitors) or visit.recorded_by_name,
            address=url_for("visits.page", number=visit.number),
            is_complaint=False,
        )


def _complaints(customer: Customer, actor: Actor, most: int) -> Iterator[Moment]:
    if not actor.may(Right.OPEN_COMPLAINT):
        return
    for complaint in Complaint.of(customer, actor).order_by("-heard_at").limit(most):
        yield Moment(
            at=complaint.heard_at,
            kind=complaint.form,
            title=complaint.number,
            text=_excerpt(complaint.content),
            state=complaint.status,
            is_open=complaint.is_open,
            who=complaint.recorded_by_name,
            address=url_for("complaints.page", number=complaint.number),
            is_complaint=True,
        )


def _excerpt(text: str | None) -> str:
    words = " ".join((text or "").split())
    return words if len(words) <= EXCERPT else f"{words[:EXCERPT]}…"
