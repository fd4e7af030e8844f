"""What a new draft starts from, as its page says it, and what else it may start from."""

from dataclasses import dataclass
from typing import Any

from flask_babel import gettext

from archive import clock
from archive.contracts.forms import ContractInput
from archive.contracts.models import Contract, Template
from archive.contracts.rules import AGREEMENTS, TakenFrom
from archive.contracts.service import drafting
from archive.contracts.service.papers import PaperFault, find_paper_faults
from archive.contracts.service.proposing import Proposal, last_contract_of, propose
from archive.customers.models import Customer
from archive.errors import NotFound, NotPermitted
from archive.web.context import actor
from archive.web.forms import Form

NOTHING = "-"
"""What `like` says in an address that wants a draft without an earlier contract."""


@dataclass(frozen=True)
class Start:
    """What the desk starts from, and what it offers instead."""

    proposal: Proposal
    last: Contract | None
    unknown: str = ""
    """A number that was asked for and leads to no contract that the person may open."""
    agreements: tuple[Template, ...] = ()
    """The templates by which the contract that the desk starts from is changed or ended."""

    @property
    def copied(self) -> list[str]:
        """What was taken from an earlier contract, but for the price table."""
        taken = self.proposal.taken_from(TakenFrom.CONTRACT)
        return [name for name in taken if name not in ("prices", "kind", "title")]


def start_of(customer: Customer, asked: str | None) -> Start:
    """The start that *asked*, the number of a contract, wants; else from the customer's last."""
    last = last_contract_of(customer, actor=actor())
    like, unknown = last, ""
    if asked is not None:
        like = like_of(asked)
        unknown = asked if like is None and asked not in ("", NOTHING) else ""
    kinds = AGREEMENTS if drafting.can_amend(like, customer) else ()
    agreements = tuple(each for kind in kinds for each in Template.usable(kind))
    return Start(propose(customer, like), last, unknown, agreements)


def like_of(number: str) -> Contract | None:
    """The contract *number*, if there is one that the person may open."""
    try:
        return drafting.open_contract(number, actor=actor())[0] if number else None
    except (NotFound, NotPermitted):
        return None


def key_of_template(like: Contract | None) -> str | None:
    """The template that the newest draft of *like* was made of, while it is in use."""
    made_of = Template.objects(id=like.newest.template_id).first() if like else None
    return made_of.key if made_of is not None and made_of.in_force else None


def facts_for(template: Template, facts: dict[str, Any]) -> dict[str, Any]:
    """What a draft of *template* starts from: an agreement says its own terms, by its own name."""
    if template.kind not in AGREEMENTS:
        return facts
    title = f"{facts['title']}{template.kind.label}"
    return {**facts, "title": title[-120:], "special": None}


def papers_of(customer: Customer) -> list[PaperFault]:
    """What is wrong today with the papers that show the customer's standing."""
    return [*find_paper_faults(customer, clock.local_day(clock.now()))]


def say_origins(form: Form, start: Start) -> None:
    """Say under each field of *form* that still holds what was proposed where it was taken from."""
    proposed = Form(ContractInput, initial=start.proposal.facts)
    for name, origin in start.proposal.origins.items():
        bound, as_proposed = getattr(form, name), getattr(proposed, name)
        if name != "prices" and bound.value == as_proposed.value:
            words = words_of(origin, start.proposal.like)
            bound.help = f"{bound.help} {words}".strip()
            bound.attrs["data-taken"] = words


def words_of(origin: TakenFrom, like: Contract | None) -> str:
    """Where a value was taken from, in the person's language."""
    facts: dict[str, Any] = {"number": like.number} if like else {}
    return gettext(origin.label) % facts
