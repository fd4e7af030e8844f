"""What can be done with the proposals of many customers at once."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from bson import ObjectId
from flask_babel import gettext

from archive.actor import Actor, Right
from archive.classing import service
from archive.classing.forms import AcceptManyInput
from archive.classing.lists import PROPOSALS
from archive.classing.waiting import waiting_for
from archive.customers.models import Customer
from archive.customers.rowacts import addresses, find
from archive.customers.rules.classes import COMPUTED, Dimension
from archive.listed import Listed, RowAct
from archive.terms import N_

PROPOSED = [each for each in Dimension if each not in COMPUTED]


LISTS = (Listed(PROPOSALS.key, PROPOSALS, "classes.proposals", waiting_for),)


def kept_choice(typed: AcceptManyInput) -> dict[str, Any]:
    """What is accepted, under a name of its own: a decision says by which act it was made."""
    return {
        "dimensions": [each.value for each in typed.dimensions],
        "salesperson_keeps": typed.salesperson_keeps,
        "act": str(ObjectId()),
    }


def dimensions_of(facts: Mapping[str, Any]) -> list[Dimension]:
    """The dimensions whose proposals are accepted."""
    return [each for each in Dimension if each.value in facts["dimensions"]]


def tell(facts: Mapping[str, Any]) -> str:
    """What was accepted."""
    return gettext("、").join(gettext(each.label) for each in dimensions_of(facts))


def is_accepted(customer: Customer, facts: Mapping[str, Any]) -> bool:
    """Whether the act has set the customer's classes."""
    return service.is_decided_by(customer, facts["act"])


def before(customer: Customer) -> dict[str, Any]:
    """What is proposed, and what holds now."""
    return service.classes_before(customer, PROPOSED)


def accept(
    customer: Customer, facts: Mapping[str, Any], actor: Actor, now: datetime, reason: str
) -> None:
    """Make what is proposed the customer's classes."""
    service.accept_proposals(
        customer,
        dimensions_of(facts),
        act=facts["act"],
        salesperson_keeps=facts["salesperson_keeps"],
        actor=actor,
        now=now,
        reason=reason,
    )


def take_back(
    customer: Customer, kept: Mapping[str, Any], actor: Actor, now: datetime, reason: str
) -> None:
    """Give it the classes that it had."""
    service.take_back_proposals(customer, kept, actor=actor, now=now, reason=reason)


ACTS = (
    RowAct(
        key="accept",
        on=PROPOSALS.key,
        label=N_("采纳建议"),
        icon="checks",
        right=Right.SET_CLASSES,
        lead=N_("按业绩得出的建议成为客户的类别，直到有人另行指定；整次操作可以撤销，建议重新等待确认。"),
        model=AcceptManyInput,
        facts=kept_choice,
        tell=tell,
        find=find,
        is_so=is_accepted,
        before=before,
        do=accept,
        restore=take_back,
        addresses=addresses,
        choices=lambda: {"dimensions": [(each.value, gettext(each.label)) for each in PROPOSED]},
    ),
)  # fmt: skip
