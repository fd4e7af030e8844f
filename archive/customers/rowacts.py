"""What can be done with many customers at once."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from flask import url_for
from flask_babel import gettext

from archive.accounts.models import User
from archive.actor import Actor, Right
from archive.customers import service
from archive.customers.forms import AssignManyInput
from archive.customers.lists import CUSTOMERS
from archive.customers.models import Customer
from archive.listed import Listed, RowAct, RowPage
from archive.terms import N_

LISTS = (
    Listed(
        key=CUSTOMERS.key,
        page=CUSTOMERS,
        endpoint="customers.list_page",
        rows=Customer.visible_to,
    ),
)


def kept_choice(typed: AssignManyInput) -> dict[str, Any]:
    """Whom the customers are assigned to.

    Raises:
        NotFound: there is no such salesperson.
    """
    chosen = service.salesperson_called(typed.salesperson)
    return {"salesperson": chosen.key, "name": chosen.name}


def tell(facts: Mapping[str, Any]) -> str:
    """Whom they were assigned to."""
    return gettext("跟进销售员：%(name)s", name=facts.get("name", ""))


def find(key: Any) -> Customer | None:
    """The customer with this identity."""
    found: Customer | None = Customer.objects(id=key).first()
    return found


def is_assigned(customer: Customer, facts: Mapping[str, Any]) -> bool:
    """Whether it is followed up by whom the act names."""
    return str(customer.salesperson_id or "") == str(facts["salesperson"])


def before(customer: Customer) -> dict[str, Any]:
    """Who follows it up now."""
    return {"salesperson": str(customer.salesperson_id or "")}


def assign(
    customer: Customer, facts: Mapping[str, Any], actor: Actor, now: datetime, reason: str
) -> None:
    """Give it to whom the facts name; nobody where it had none before."""
    service.assign_salesperson(
        customer, facts["salesperson"] or None, actor=actor, now=now, reason=reason
    )


def addresses(keys: Sequence[Any]) -> dict[Any, str]:
    """The files of customers."""
    found = Customer.objects(id__in=list(keys)).only("archive_number")
    return {
        each.id: url_for("dossier.customer", archive_number=each.archive_number) for each in found
    }


ACTS = (
    RowAct(
        key="assign",
        on=CUSTOMERS.key,
        label=N_("分配销售员"),
        icon="user-share",
        right=Right.ASSIGN_CUSTOMER,
        lead=N_("新的销售员从此可以打开这些档案，原来的不再可以；整次操作可以撤销。"),
        model=AssignManyInput,
        facts=kept_choice,
        tell=tell,
        find=find,
        is_so=is_assigned,
        before=before,
        do=assign,
        restore=assign,
        addresses=addresses,
        choices=lambda: {"salesperson": User.salespeople()},
    ),
)
PAGES = (
    RowPage(
        key="labels",
        on=CUSTOMERS.key,
        label=N_("打印标签"),
        icon="tag",
        right=Right.EXPORT_LISTS,
        endpoint="customers.labels",
    ),
)
