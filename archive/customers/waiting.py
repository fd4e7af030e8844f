"""What waits for those who keep customers' archives, and how many there are."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any

from flask import url_for

from archive import clock
from archive.actor import Actor, Right, Scope
from archive.customers.models import Customer
from archive.customers.rules import CONFIRMED_FOR, Origin, Region, Relationship
from archive.customers.rules.classes import Contribution, Credit, Maintenance
from archive.database import collection_of
from archive.panels import Number, Panel
from archive.terms import N_, Term
from archive.urgency import Step
from archive.web.waiting import MOST_SHOWN, Duty, Figure

LICENCE_WARNING = timedelta(days=60)
READ = ("archive_number", "name", "salesperson_id", "licence_valid_until", "facts_confirmed_at",
        "created_at")  # fmt: skip
MOST_REGIONS = 11
HERE = "customers.list_page"
CLASSES: tuple[tuple[str, str, type[Term]], ...] = (
    (N_("按客户类别"), "relationship", Relationship),
    (N_("按贡献度"), "contribution", Contribution),
    (N_("按维护重要性"), "maintenance", Maintenance),
    (N_("按信誉"), "credit", Credit),
    (N_("按开拓方式"), "origin", Origin),
)
"""The five classes of Art. 4."""


def duties_of(who: Actor, now: datetime) -> Iterator[Duty]:
    """Licences to renew, facts to confirm, customers to assign."""
    yield from _licences_to_renew(who, now)
    yield from _facts_to_confirm(who, now)
    yield from _customers_to_assign(who)


def _licences_to_renew(who: Actor, now: datetime) -> Iterator[Duty]:
    """Licences of their customers that run out within 60 days, or have."""
    if not who.may(Right.EDIT_CUSTOMER):
        return
    running_out = Customer.visible_to(who, Right.EDIT_CUSTOMER).filter(
        licence_valid_until__lte=clock.local_day(now + LICENCE_WARNING),
        licence_is_open_ended__ne=True,
    )
    for customer in _first(running_out.order_by("licence_valid_until")):
        yield Duty(
            N_("更新到期证照"),
            icon="license",
            address=url_for("dossier.customer", archive_number=customer.archive_number),
            about=customer.name,
            due_at=clock.last_minute_of(customer.licence_valid_until),
            due_on=customer.licence_valid_until,
            tells=(Step.DAYS_60, Step.DAYS_30, Step.DAYS_7, Step.LATE),
            right=Right.EDIT_CUSTOMER,
            subject=customer,
        )


def _facts_to_confirm(who: Actor, now: datetime) -> Iterator[Duty]:
    """Customers of one's own whose facts nobody has looked at for a year."""
    if who.scopes(Right.EDIT_CUSTOMER) != {Scope.OWN}:
        return
    own = Customer.visible_to(who, Right.EDIT_CUSTOMER)
    waiting = own.filter(__raw__=Customer.to_confirm(now))
    for customer in _first(waiting.order_by("facts_confirmed_at", "created_at")):
        address = url_for("dossier.customer", archive_number=customer.archive_number)
        yield Duty(
            N_("确认客户资料仍然正确"),
            icon="checks",
            address=f"{address}#confirm",
            about=customer.name,
            since=customer.facts_looked_at + CONFIRMED_FOR,
            right=Right.EDIT_CUSTOMER,
            subject=customer,
        )


def _customers_to_assign(who: Actor) -> Iterator[Duty]:
    """Customers that nobody follows up, for whoever hands them out."""
    if Scope.ALL not in who.scopes(Right.ASSIGN_CUSTOMER):
        return
    for customer in _first(Customer.objects(salesperson_id=None).order_by("created_at")):
        yield Duty(
            N_("分配跟进销售员"),
            icon="user-plus",
            address=url_for("customers.assign", archive_number=customer.archive_number),
            about=customer.name,
            since=customer.created_at,
            tells=(Step.ARRIVED,),
            right=Right.ASSIGN_CUSTOMER,
            subject=customer,
        )


def _first(found: Any) -> Any:
    """The first of the customers *found*, with what a duty says of them and whose they are."""
    return found.only(*READ).limit(MOST_SHOWN)


def figures_of(who: Actor, now: datetime) -> Iterator[Figure]:
    """How many archives the person may open."""
    if who.may(Right.OPEN_CUSTOMER):
        count = Customer.visible_to(who).count()
        yield Figure(N_("客户档案"), count, url_for("customers.list_page"), order=300)


def panels_of(now: datetime) -> Iterator[Panel]:
    """Customers by class and region, won and lost, licences to renew."""
    for order, (title, name, term) in enumerate(CLASSES, start=100):
        yield of_class(title, name, term, order)
    yield _won_and_lost(clock.local_day(now))
    yield _licences(clock.local_day(now))
    names = dict(Region.choices())
    regions = sorted(counted("region").items(), key=lambda each: -each[1])[:MOST_REGIONS]
    yield Panel(
        N_("客户最多的地区"),
        Right.OPEN_CUSTOMER,
        tuple(
            Number(names[value], count, HERE, {"region": value})
            for value, count in regions
            if value in names
        ),
        order=190,
    )


def of_class(title: str, name: str, term: type[Term], order: int) -> Panel:
    """How many customers have each class of one dimension (Art. 4)."""
    kinds = counted(name)
    return Panel(
        title,
        Right.OPEN_CUSTOMER,
        tuple(
            Number(each.label, kinds.get(each.value, 0), HERE, {name: each.value}) for each in term
        ),
        order=order,
    )


def _won_and_lost(today: date) -> Panel:
    """With whom cooperation began and ended, this month and this year."""
    numbers = []
    for label, field, name, first in (
        (N_("本月开始合作"), "cooperation_started_on", "started", today.replace(day=1)),
        (N_("本月终止合作"), "cooperation_ended_on", "ended", today.replace(day=1)),
        (N_("今年开始合作"), "cooperation_started_on", "started", today.replace(month=1, day=1)),
        (N_("今年终止合作"), "cooperation_ended_on", "ended", today.replace(month=1, day=1)),
    ):
        found = Customer.objects(**{f"{field}__gte": first, f"{field}__lte": today})
        columns = ["name", "relationship", "salesperson", name]
        values = {name: first, f"{name}_to": today, "columns": columns, "sort": f"-{name}"}
        numbers.append(Number(label, found.count(), HERE, values))
    return Panel(N_("赢得与流失"), Right.OPEN_CUSTOMER, tuple(numbers), order=110)


def _licences(today: date) -> Panel:
    """Business licences that have run out, or do soon."""
    soon = today + LICENCE_WARNING
    dated = Customer.objects(licence_is_open_ended__ne=True)
    expired = dated.filter(licence_valid_until__lt=today).count()
    expiring = dated.filter(licence_valid_until__gte=today, licence_valid_until__lte=soon).count()
    return Panel(
        N_("营业执照"),
        Right.OPEN_CUSTOMER,
        (
            Number(N_("已过期"), expired, HERE, {"licence_kind": "expired"}),
            Number(N_("60 天内到期"), expiring, HERE,
                   {"licence_kind": "dated", "licence": today, "licence_to": soon}),
        ),
        order=140,
    )  # fmt: skip


def counted(field: str) -> dict[str, int]:
    """How many customers have each value of *field*."""
    groups = [{"$group": {"_id": f"${field}", "count": {"$sum": 1}}}]
    return {each["_id"]: each["count"] for each in collection_of(Customer).aggregate(groups)}
