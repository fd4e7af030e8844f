"""Who follows a customer up, and that the records of the customer go with them."""

from datetime import datetime
from typing import Any

from archive.accounts.models import User
from archive.actor import Actor, Right, Role
from archive.customers.models import Customer
from archive.customers.models.of_customer import hand_over
from archive.errors import NotFound

HANDED_OVER_AT_ONCE = 500


def assign_salesperson(
    customer: Customer,
    salesperson: str | None,
    *,
    actor: Actor,
    now: datetime,
    reason: str = "",
    keeper_follows: bool = False,
) -> Customer:
    """Assign the customer to a salesperson (Art. 8). Access to the archive moves with it.

    Where *keeper_follows*, they are also the person who looks after the customer from then on.

    Raises:
        NotPermitted, NotFound: no such salesperson.
    """
    actor.require(Right.ASSIGN_CUSTOMER, customer)
    facts = {**salesperson_facts(salesperson), "is_handing_over": True}
    if keeper_follows:
        facts |= {"keeper_id": facts["salesperson_id"], "keeper_name": facts["salesperson_name"]}
    assigned = customer.change(actor, now, "customer.assigned", facts, reason=reason)
    finish_hand_over(assigned)
    return assigned


def finish_hand_over(customer: Customer) -> None:
    """Let the records of *customer* follow to whoever it is assigned to; may run twice."""
    hand_over(customer.id, customer.salesperson_id)
    Customer.objects(id=customer.id, salesperson_id=customer.salesperson_id).update_one(
        unset__is_handing_over=True
    )


def finish_hand_overs() -> int:
    """Finish what a crash left between an assignment and the records that follow it."""
    waiting = list(Customer.objects(is_handing_over=True).limit(HANDED_OVER_AT_ONCE))
    for customer in waiting:
        finish_hand_over(customer)
    return len(waiting)


def salesperson_called(key: str) -> User:
    """The person *key*, to whom customers can be assigned.

    Raises:
        NotFound: there is no such salesperson.
    """
    user = User.find(key)
    if Role.SALESPERSON not in user.roles and Role.SALES_MANAGER not in user.roles:
        raise NotFound()
    return user


def salesperson_facts(key: str | None) -> dict[str, Any]:
    """What a customer keeps of the salesperson *key*, or of having none.

    Raises:
        NotFound: there is no such salesperson.
    """
    if not key:
        return {"salesperson_id": None, "salesperson_name": None}
    user = salesperson_called(key)
    return {"salesperson_id": user.id, "salesperson_name": user.name}
