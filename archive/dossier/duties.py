"""Collecting what waits for a person, from every chapter that they work in."""

from datetime import datetime, timedelta

from flask import url_for

from archive import clock
from archive.actor import Actor, Right, Scope
from archive.customers.models import Customer
from archive.dossier.rules import Duty, DutyKind, most_urgent_first
from archive.filing.models import Deposit

SHOWN = 30  # more than anyone does in a day
LICENCE_WARNING = timedelta(days=60)


def duties_of(who: Actor, now: datetime) -> list[Duty]:
    """What waits for *who*, the most urgent first."""
    return most_urgent_first(
        [
            *_scans_to_file(who),
            *_licences_to_renew(who, now),
            *_customers_to_assign(who),
        ]
    )[:SHOWN]


def _scans_to_file(who: Actor) -> list[Duty]:
    """The custodian's stack, as one duty with its size."""
    if not who.may(Right.FILE_DEPOSIT):
        return []
    waiting = Deposit.waiting()
    oldest = waiting.first()
    if oldest is None:
        return []
    address = url_for("intake.list_page")
    return [Duty(DutyKind.FILE, "", address, count=waiting.count(), since=oldest.created_at)]


def _licences_to_renew(who: Actor, now: datetime) -> list[Duty]:
    """Licences of their customers that run out within 60 days, or have."""
    if not who.may(Right.EDIT_CUSTOMER):
        return []
    until = clock.local_day(now + LICENCE_WARNING)
    running_out = Customer.visible_to(who, Right.EDIT_CUSTOMER).filter(
        licence_valid_until__lte=until, licence_is_open_ended__ne=True
    )
    return [
        Duty(
            DutyKind.RENEW,
            customer.name,
            url_for("dossier.customer", archive_number=customer.archive_number),
            due_at=clock.start_of(customer.licence_valid_until + timedelta(days=1)),
            due_on=customer.licence_valid_until,
        )
        for customer in running_out.order_by("licence_valid_until").limit(SHOWN)
    ]


def _customers_to_assign(who: Actor) -> list[Duty]:
    """Customers that nobody follows up, for whoever hands them out."""
    if Scope.ALL not in who.scopes(Right.ASSIGN_CUSTOMER):
        return []
    unassigned = Customer.objects(salesperson_id=None).order_by("created_at").limit(SHOWN)
    return [
        Duty(
            DutyKind.ASSIGN,
            customer.name,
            url_for("customers.assign", archive_number=customer.archive_number),
            since=customer.created_at,
        )
        for customer in unassigned
    ]
