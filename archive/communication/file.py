"""What of communication is in a customer's file: its moments on the time line."""

from collections.abc import Iterator

from flask import url_for

from archive.actor import Actor, Right
from archive.communication.models import Complaint, Visit
from archive.customers.models import Customer
from archive.terms import N_
from archive.web.chapter import FileAct, Moment, Moments

EXCERPT = 160  # characters


def count_visits(customer: Customer, who: Actor) -> int:
    """How many visits to *customer* a person may see."""
    return int(Visit.of(customer, who).count())


def count_complaints(customer: Customer, who: Actor) -> int:
    """How many complaints of *customer* a person may see."""
    return int(Complaint.of(customer, who).count())


def latest_visits(customer: Customer, who: Actor, most: int) -> Iterator[Moment]:
    """The latest visits that a person may see."""
    for visit in Visit.of(customer, who).order_by("-visited_at").limit(most):
        yield Moment(
            at=visit.visited_at,
            kind=visit.kind,
            title=visit.purpose,
            text=excerpt_of(visit.result or visit.content),
            state=visit.status,
            who="、".join(visit.visitors) or visit.recorded_by_name,
            address=url_for("visits.page", number=visit.number),
            icon="calendar-event",
            tone="active",
        )


def latest_complaints(customer: Customer, who: Actor, most: int) -> Iterator[Moment]:
    """The latest complaints that a person may see."""
    for complaint in Complaint.of(customer, who).order_by("-heard_at").limit(most):
        yield Moment(
            at=complaint.heard_at,
            kind=complaint.form,
            title=complaint.number,
            text=excerpt_of(complaint.content),
            state=complaint.status,
            who=complaint.recorded_by_name,
            address=url_for("complaints.page", number=complaint.number),
            icon="message-report",
            tone="bad" if complaint.is_open else "",
        )


def excerpt_of(text: str | None) -> str:
    """The beginning of *text*, in one line."""
    words = " ".join((text or "").split())
    return words if len(words) <= EXCERPT else f"{words[:EXCERPT]}…"


MOMENTS = (
    Moments(Right.OPEN_VISIT, count_visits, latest_visits),
    Moments(Right.OPEN_COMPLAINT, count_complaints, latest_complaints),
)
ACTS = (
    FileAct(
        N_("登记拜访"),
        icon="calendar-plus",
        right=Right.RECORD_VISIT,
        address=lambda customer: url_for("visits.new_for", archive_number=customer.archive_number),
        is_daily=True,
    ),
    FileAct(
        N_("登记客户抱怨"),
        icon="message-report",
        right=Right.RECORD_COMPLAINT,
        address=lambda customer: url_for(
            "complaints.new_for", archive_number=customer.archive_number
        ),
        is_daily=True,
    ),
)
