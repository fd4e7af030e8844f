"""What of upkeep a person sees on the home page, and managers on the dashboard."""

from collections.abc import Iterator
from datetime import datetime

from flask import url_for

from archive.accounts.models import User
from archive.actor import Actor, Right, Scope
from archive.customers.models import Customer
from archive.database import count_up_to
from archive.panels import Number, Panel
from archive.terms import N_
from archive.upkeep.service.completing import (
    ANY_PAPER,
    COMPLETE,
    HALF,
    INCOMPLETE,
    of_completeness,
    of_missing,
)
from archive.web.waiting import Duty, Figure

MOST_COUNTED = 10_000


def duties_of(who: Actor, now: datetime) -> Iterator[Duty]:
    """Salespeople who have left and still have customers, for whoever hands them out."""
    if Scope.ALL not in who.scopes(Right.ASSIGN_CUSTOMER):
        return
    for person in User.objects(is_disabled=True).order_by("name").only("name"):
        count = count_up_to(MOST_COUNTED, Customer.objects(salesperson_id=person.id))
        if count:
            yield Duty(
                N_("交接已停用账号名下的客户"),
                icon="users-group",
                address=url_for("handovers.new", leaver=person.key),
                about=person.name,
                right=Right.ASSIGN_CUSTOMER,
            )


def figures_of(who: Actor, now: datetime) -> Iterator[Figure]:
    """How many archives a salesperson still has to complete, and a custodian to file papers for."""
    here = "completeness.list_page"
    if who.scopes(Right.EDIT_CUSTOMER) == {Scope.OWN}:
        own = Customer.visible_to(who, Right.EDIT_CUSTOMER)
        count = count_up_to(MOST_COUNTED, own.filter(**of_completeness(INCOMPLETE)))
        address = url_for(here, completeness=INCOMPLETE)
        yield Figure(N_("待补全的档案"), count, address, order=310)
    if who.may(Right.FILE_DEPOSIT):
        count = count_up_to(MOST_COUNTED, Customer.visible_to(who).filter(**of_missing(ANY_PAPER)))
        yield Figure(N_("缺证照或文件的档案"), count, url_for(here, missing=ANY_PAPER), order=320)


def panels_of(now: datetime) -> Iterator[Panel]:
    """How many archives are complete."""
    here = "completeness.list_page"
    names = ((COMPLETE, N_("齐全")), (INCOMPLETE, N_("还缺资料")), (HALF, N_("不到一半")))
    yield Panel(
        N_("档案完整度"),
        Right.OPEN_CUSTOMER,
        tuple(
            Number(label, Customer.objects(**of_completeness(value)).count(), here,
                   {"completeness": value})
            for value, label in names
        ),
        order=200,
    )  # fmt: skip
