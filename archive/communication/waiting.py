"""What waits for people who speak with customers, and the figures of it."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any, TypeVar

from flask import url_for

from archive import clock
from archive.actor import Actor, Right, Role
from archive.communication.models import Complaint, Visit
from archive.communication.rules.complaints import ComplaintStatus
from archive.panels import Number, Panel
from archive.terms import N_
from archive.urgency import Step
from archive.web.waiting import MOST_SHOWN, Duty, Figure

R = TypeVar("R", Complaint, Visit)

MANAGERS = frozenset({Role.SALES_MANAGER, Role.GENERAL_MANAGER})
# Those whose daily work is with customers, or who answer for it.
IN_TOUCH = MANAGERS | {Role.SALESPERSON, Role.CUSTOMER_SERVICE}
VISITS_AHEAD = timedelta(days=7)
READ: dict[type[Complaint | Visit], tuple[str, ...]] = {
    Complaint: (
        *("number", "customer_id", "customer_name", "recorded_by_id"),
        *("heard_at", "accepted_at", "due_at"),
    ),
    Visit: ("number", "customer_id", "purpose", "recorded_by_id", "visited_at"),
}
"""What a duty says of a record, and what tells whose it is."""


def duties_of(who: Actor, now: datetime) -> Iterator[Duty]:
    """Complaints to accept and to reply to, visits to make and to write up."""
    yield from _complaints_to_accept(who)
    yield from _replies_owed(who, now)
    yield from _visits_to_make(who, now)
    yield from _visits_to_write_up(who, now)


def _complaints_to_accept(who: Actor) -> Iterator[Duty]:
    if not who.may(Right.EDIT_COMPLAINT):
        return
    waiting = Complaint.for_desk(who).filter(status=ComplaintStatus.RECORDED)
    for complaint in _first(Complaint, waiting.order_by("heard_at")):
        yield Duty(
            N_("受理客户抱怨"),
            icon="message-plus",
            address=_page_of(complaint),
            about=_about(complaint),
            since=complaint.heard_at,
            tells=(Step.ARRIVED,),
            right=Right.EDIT_COMPLAINT,
            subject=complaint,
        )


def _replies_owed(who: Actor, now: datetime) -> Iterator[Duty]:
    """Art. 14: the handler sees the clocks that run, the managers those that have run out."""
    if who.may(Right.EDIT_COMPLAINT):
        owed = Complaint.for_desk(who).filter(due_at__ne=None).order_by("due_at")
        label, right = N_("答复客户抱怨"), Right.EDIT_COMPLAINT
        icon = "message-reply"
    elif who.roles & MANAGERS:
        owed, label = Complaint.late(who, now), N_("督办超时的抱怨")
        icon, right = "alert-triangle", Right.OPEN_COMPLAINT
    else:
        return
    for complaint in _first(Complaint, owed):
        yield Duty(
            label,
            icon=icon,
            address=_page_of(complaint),
            about=_about(complaint),
            due_at=complaint.due_at,
            since=complaint.accepted_at,
            tells=(Step.HALF, Step.TODAY, Step.LATE),
            right=right,
            subject=complaint,
        )


def _visits_to_make(who: Actor, now: datetime) -> Iterator[Duty]:
    """Visits of the coming week."""
    if not who.may(Right.RECORD_VISIT):
        return
    coming = Visit.ahead(who, now).filter(visited_at__lte=now + VISITS_AHEAD)
    for visit in _first(Visit, coming):
        if not who.may(Right.RECORD_VISIT, visit):
            continue  # no longer their customer
        yield Duty(
            N_("按计划拜访"),
            icon="calendar-event",
            address=_page_of(visit),
            about=_about(visit),
            due_at=visit.visited_at,
            is_appointment=True,
            right=Right.RECORD_VISIT,
            subject=visit,
        )


def _visits_to_write_up(who: Actor, now: datetime) -> Iterator[Duty]:
    """Visits made that nobody has written up."""
    if not who.may(Right.RECORD_VISIT):
        return
    for visit in _first(Visit, Visit.to_write_up(who, now)):
        if not who.may(Right.RECORD_VISIT, visit):
            continue  # no longer their customer: another one writes it up
        yield Duty(
            N_("补记拜访内容"),
            icon="notes",
            address=_page_of(visit),
            about=_about(visit),
            due_at=visit.visited_at,
            is_appointment=True,
            right=Right.RECORD_VISIT,
            subject=visit,
            remark=N_("待补记"),
        )


def figures_of(who: Actor, now: datetime) -> Iterator[Figure]:
    """Complaints that are open or late, and the month's visits."""
    if not who.roles & IN_TOUCH:
        return
    open_ones = Complaint.visible_to(who).filter(is_open=True)
    month = clock.start_of(clock.local_day(now).replace(day=1))
    today = clock.local_day(now)
    end = clock.start_of(today + timedelta(days=1))
    visits = Visit.visible_to(who).filter(visited_at__gte=month, visited_at__lt=end)
    of_month = url_for("visits.list_page", since=today.replace(day=1), until=today)
    late, every = Complaint.late(who, now).count(), url_for("complaints.list_page")
    yield Figure(N_("未结案的抱怨"), open_ones.count(), every, order=200)
    yield Figure(N_("超时未答复"), late, url_for("complaints.list_page", tab="late"), order=200)
    yield Figure(N_("本月拜访"), visits.count(), of_month, order=200)


def count_waiting(who: Actor) -> int:
    """How many complaints wait for the desk, for the badge next to the page's name."""
    return int(Complaint.waiting(who).count()) if who.may(Right.EDIT_COMPLAINT) else 0


def _first(model: type[R], found: Any) -> list[R]:
    """The first of *found*, with their customers read in one query."""
    return model.with_customers(found.only(*READ[model]).limit(MOST_SHOWN))


def _about(record: Complaint | Visit) -> str:
    customer = record.customer
    name = customer.name if customer else getattr(record, "customer_name", None) or ""
    what = record.number if isinstance(record, Complaint) else record.purpose
    return f"{name} · {what}" if name else what


def _page_of(record: Complaint | Visit) -> str:
    endpoint = "complaints.page" if isinstance(record, Complaint) else "visits.page"
    return url_for(endpoint, number=record.number)


def panels_of(now: datetime) -> Iterator[Panel]:
    """Complaints that are open, not accepted yet, and late."""
    here = "complaints.list_page"
    still = Complaint.objects(is_open=True)
    yield Panel(
        N_("客户抱怨"),
        Right.OPEN_COMPLAINT,
        (
            Number(N_("未结案"), still.count(), here),
            Number(N_("待受理"), Complaint.objects(status=ComplaintStatus.RECORDED).count(), here,
                   {"tab": "waiting"}),
            Number(N_("已超时"), still.filter(due_at__lt=now).count(), here, {"tab": "late"}),
        ),
        order=120,
    )  # fmt: skip
