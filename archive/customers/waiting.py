"""What waits for those who keep customers' archives, and how many there are."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from flask import url_for

from archive import clock
from archive.actor import Actor, Right, Scope
from archive.customers.models import Customer
from archive.terms import N_
from archive.web.waiting import MOST_SHOWN, Duty, Figure

LICENCE_WARNING = timedelta(days=60)


def duties_of(who: Actor, now: datetime) -> Iterator[Duty]:
    """Licences to renew, customers to assign."""
    yield from _licences_to_renew(who, now)
    yield from _customers_to_assign(who)


def _licences_to_renew(who: Actor, now: datetime) -> Iterator[Duty]:
    """Licences of their customers that run out within 60 days, or have."""
    if not who.may(Right.EDIT_CUSTOMER):
        return
    running_out = Customer.visible_to(who, Right.EDIT_CUSTOMER).filter(
        licence_valid_until__lte=clock.local_day(now + LICENCE_WARNING),
        licence_is_open_ended__ne=True,
    )
    for customer in running_out.order_by("licence_valid_until").limit(MOST_SHOWN):
        yield Duty(
            N_("更新到期证照"),
            icon="license",
            address=url_for("dossier.customer", archive_number=customer.archive_number),
            about=customer.name,
            due_at=clock.last_minute_of(customer.licence_valid_until),
            due_on=customer.licence_valid_until,
            right=Right.EDIT_CUSTOMER,
            subject=customer,
        )


def _customers_to_assign(who: Actor) -> Iterator[Duty]:
    """Customers that nobody follows up, for whoever hands them out."""
    if Scope.ALL not in who.scopes(Right.ASSIGN_CUSTOMER):
        return
    unassigned = Customer.objects(salesperson_id=None).order_by("created_at").limit(MOST_SHOWN)
    for customer in unassigned:
        yield Duty(
            N_("分配跟进销售员"),
            icon="user-plus",
            address=url_for("customers.assign", archive_number=customer.archive_number),
            about=customer.name,
            since=customer.created_at,
            right=Right.ASSIGN_CUSTOMER,
            subject=customer,
        )


def figures_of(who: Actor, now: datetime) -> Iterator[Figure]:
    """How many archives the person may open."""
    if who.may(Right.OPEN_CUSTOMER):
        count = Customer.visible_to(who).count()
        yield Figure(N_("客户档案"), count, url_for("customers.list_page"), order=300)
