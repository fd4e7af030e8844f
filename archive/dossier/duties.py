"""Collecting what waits for a person, from every chapter that they work in."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any, TypeVar

from flask import url_for

from archive import clock
from archive.actor import Actor, Right, Role, Scope
from archive.communication.models import Complaint, Visit
from archive.contracts.models import Contract
from archive.contracts.rules import ContractStatus
from archive.customers.models import Customer
from archive.dossier.rules import Duty, DutyKind, most_urgent_first
from archive.filing.models import Deposit

R = TypeVar("R", Complaint, Visit)

SHOWN = 40  # more than anyone does in a day
MANAGERS = frozenset({Role.SALES_MANAGER, Role.GENERAL_MANAGER})
LICENCE_WARNING = timedelta(days=60)
VISITS_AHEAD = timedelta(days=7)


def duties_of(who: Actor, now: datetime) -> list[Duty]:
    """What waits for *who*, the most urgent first."""
    duties = [
        *_scans_to_file(who),
        *_complaints_to_accept(who),
        *_replies_owed(who, now),
        *_visits(who, now),
        *_licences_to_renew(who, now),
        *_customers_to_assign(who),
        *_drafts_to_complete(who),
    ]
    return most_urgent_first(duties, now)[:SHOWN]


def _scans_to_file(who: Actor) -> Iterator[Duty]:
    """The custodian's stack as one duty: a day's scans are filed that day."""
    if not who.may(Right.FILE_DEPOSIT):
        return
    waiting = Deposit.waiting()
    if oldest := waiting.first():
        day = clock.local_day(oldest.created_at)
        yield Duty(
            DutyKind.FILE,
            "",
            url_for("intake.list_page"),
            due_at=clock.start_of(day + timedelta(days=1)),
            due_on=day,
            count=waiting.count(),
        )


def _complaints_to_accept(who: Actor) -> Iterator[Duty]:
    if not who.may(Right.EDIT_COMPLAINT):
        return
    for complaint in _first(Complaint, Complaint.waiting(who)):
        yield Duty(
            DutyKind.ACCEPT, _about(complaint), _address(complaint), since=complaint.heard_at
        )


def _replies_owed(who: Actor, now: datetime) -> Iterator[Duty]:
    """Art. 14: the desk sees every clock that runs, the managers those that have run out."""
    if who.may(Right.EDIT_COMPLAINT):
        kind, owed = DutyKind.REPLY, Complaint.owing_replies(who)
    elif who.roles & MANAGERS:
        kind, owed = DutyKind.OVERSEE, Complaint.late(who, now)
    else:
        return
    for complaint in _first(Complaint, owed):
        yield Duty(kind, _about(complaint), _address(complaint), due_at=complaint.due_at)


def _visits(who: Actor, now: datetime) -> Iterator[Duty]:
    """Visits of the coming week, and visits made that nobody has written up."""
    if not who.may(Right.RECORD_VISIT):
        return
    coming = Visit.ahead(who, now).filter(visited_at__lte=now + VISITS_AHEAD)
    for kind, visits in (
        (DutyKind.VISIT, coming),
        (DutyKind.RECORD, Visit.to_write_up(who, now)),
    ):
        for visit in _first(Visit, visits):
            if kind is DutyKind.RECORD and not who.may(Right.RECORD_VISIT, visit):
                continue  # no longer their customer: another one writes it up
            yield Duty(kind, _about(visit), _address(visit), due_at=visit.visited_at)


def _licences_to_renew(who: Actor, now: datetime) -> Iterator[Duty]:
    """Licences of their customers that run out within 60 days, or have."""
    if not who.may(Right.EDIT_CUSTOMER):
        return
    running_out = Customer.visible_to(who, Right.EDIT_CUSTOMER).filter(
        licence_valid_until__lte=clock.local_day(now + LICENCE_WARNING),
        licence_is_open_ended__ne=True,
    )
    for customer in running_out.order_by("licence_valid_until").limit(SHOWN):
        yield Duty(
            DutyKind.RENEW,
            customer.name,
            url_for("dossier.customer", archive_number=customer.archive_number),
            due_at=clock.start_of(customer.licence_valid_until + timedelta(days=1)),
            due_on=customer.licence_valid_until,
        )


def _customers_to_assign(who: Actor) -> Iterator[Duty]:
    """Customers that nobody follows up, for whoever hands them out."""
    if Scope.ALL not in who.scopes(Right.ASSIGN_CUSTOMER):
        return
    for customer in Customer.objects(salesperson_id=None).order_by("created_at").limit(SHOWN):
        address = url_for("customers.assign", archive_number=customer.archive_number)
        yield Duty(DutyKind.ASSIGN, customer.name, address, since=customer.created_at)


def _drafts_to_complete(who: Actor) -> Iterator[Duty]:
    """The person's own drafts in which something still stands as to be filled in."""
    if not who.may(Right.DRAFT_CONTRACT):
        return
    mine = Contract.visible_to(who).filter(handler_id=who.id, status=ContractStatus.DRAFT)
    for contract in mine.order_by("-created_at").limit(SHOWN):
        if contract.drafts and contract.newest.missing:
            address = url_for("contracts.page", number=contract.number)
            about = f"{contract.customer_name} · {contract.title}"
            yield Duty(DutyKind.DRAFT, about, address, since=contract.created_at)


def _first(model: type[R], found: Any) -> list[R]:
    """The first of *found*, with their customers read in one query."""
    return model.with_customers(found.limit(SHOWN))


def _about(record: Complaint | Visit) -> str:
    customer = record.customer
    name = customer.name if customer else getattr(record, "customer_name", None) or ""
    what = record.number if isinstance(record, Complaint) else record.purpose
    return f"{name} · {what}" if name else what


def _address(record: Complaint | Visit) -> str:
    endpoint = "complaints.page" if isinstance(record, Complaint) else "visits.page"
    return url_for(endpoint, number=record.number)
