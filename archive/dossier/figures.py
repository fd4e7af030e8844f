"""The few figures of a person's roles, each with the list behind it."""

from dataclasses import dataclass
from datetime import datetime

from flask import url_for

from archive import clock
from archive.actor import Actor, Right, Role
from archive.communication.models import Complaint, Visit
from archive.customers.models import Customer
from archive.filing.models import Attachment, Deposit
from archive.filing.rules import DepositState
from archive.terms import N_

# Those whose daily work is with customers, or who answer for it.
IN_TOUCH = frozenset(
    {Role.SALESPERSON, Role.SALES_MANAGER, Role.CUSTOMER_SERVICE, Role.GENERAL_MANAGER}
)


@dataclass(frozen=True)
class Figure:
    """A number with its label (a msgid) and the page where it comes from."""

    label: str
    number: int
    address: str = ""


def figures_of(who: Actor, now: datetime) -> list[Figure]:
    """The figures that tell *who* how their part stands."""
    return [*_of_filing(who, now), *_of_communication(who, now), *_of_customers(who)]


def _of_customers(who: Actor) -> list[Figure]:
    if not who.may(Right.OPEN_CUSTOMER):
        return []
    address = url_for("customers.list_page")
    return [Figure(N_("客户档案"), Customer.visible_to(who).count(), address)]


def _of_communication(who: Actor, now: datetime) -> list[Figure]:
    if not who.roles & IN_TOUCH:
        return []
    open_ones = Complaint.visible_to(who).filter(is_open=True)
    month = clock.start_of(clock.local_day(now).replace(day=1))
    visits = Visit.visible_to(who).filter(visited_at__gte=month, visited_at__lte=now)
    return [
        Figure(N_("未结案的抱怨"), open_ones.count(), url_for("complaints.list_page")),
        Figure(N_("超时未答复"), Complaint.late(who, now).count()),
        Figure(N_("本月拜访"), visits.count(), url_for("visits.list_page")),
    ]


def _of_filing(who: Actor, now: datetime) -> list[Figure]:
    if not who.may(Right.FILE_DEPOSIT):
        return []
    today = clock.start_of(clock.local_day(now))
    filed = Deposit.objects(state=DepositState.FILED, decided_at__gte=today).count()
    return [
        Figure(N_("今天归档的文件"), filed, url_for("intake.list_page")),
        Figure(N_("在档附件"), Attachment.objects.count()),
    ]
