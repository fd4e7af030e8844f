"""Things that tests need, with sensible facts: say only what the test is about."""

from datetime import timedelta
from itertools import count
from typing import Any

from archive import clock
from archive.accounts.models import User
from archive.actor import SYSTEM, Actor, Role
from archive.communication.models import Complaint, Visit
from archive.communication.rules.complaints import ComplaintForm
from archive.communication.rules.visits import VisitKind
from archive.communication.service import complaints, visits
from archive.customers import service as customers
from archive.customers.models import Customer

_numbers = count(1)


def a_user(*roles: Role, **facts: Any) -> User:
    """A person with *roles*; their password is of no use."""
    number = next(_numbers)
    given: dict[str, Any] = {
        "username": f"person{number}",
        "name": f"员工{number}",
        "employee_number": f"{number:04d}",
        "password_hash": "-",
        "roles": list(roles),
        **facts,
    }
    return User.open_new(SYSTEM, clock.now(), "user.created", given)


def a_custodian() -> Actor:
    """Someone who may open and edit every archive."""
    return a_user(Role.CUSTODIAN).as_actor()


def a_customer(
    name: str = "", *, actor: Actor | None = None, salesperson: User | None = None, **facts: Any
) -> Customer:
    """A customer's archive, opened through the verb."""
    return customers.open_archive(
        actor=actor or a_custodian(),
        now=clock.now(),
        is_another_company=True,
        salesperson=salesperson.key if salesperson else None,
        name=name or f"测试客户{next(_numbers)}有限公司",
        **facts,
    )


def a_visit(customer: Customer | None = None, *, actor: Actor | None = None, **facts: Any) -> Visit:
    """A visit of an hour ago, recorded through the verb."""
    given: dict[str, Any] = {
        "kind": VisitKind.ROUTINE,
        "visited_at": clock.now() - timedelta(hours=1),
        "purpose": "了解下半年货量",
        **facts,
    }
    return visits.record_visit(
        customer or a_customer(),
        actor=actor or a_user(Role.SALES_MANAGER).as_actor(),
        now=clock.now(),
        **given,
    )


def a_complaint(
    customer: Customer | None = None, *, actor: Actor | None = None, **facts: Any
) -> Complaint:
    """A complaint heard an hour ago, recorded through the verb."""
    given: dict[str, Any] = {
        "form": ComplaintForm.COMPLAINT,
        "heard_at": clock.now() - timedelta(hours=1),
        "content": "到货比约定晚了一天，没有提前通知。",
        "customer_name": customer.customer_code if customer else None,
        **facts,
    }
    return complaints.record_complaint(
        actor=actor or a_user(Role.STAFF).as_actor(), now=clock.now(), **given
    )
