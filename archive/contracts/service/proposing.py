"""What a new contract starts from: an earlier one, what is usual here, the archive."""

from dataclasses import dataclass, field
from typing import Any

from archive.actor import Actor
from archive.contracts import rules
from archive.contracts.models import USUAL, Contract, OwnCompany
from archive.contracts.rules import ContractKind, ContractStatus, TakenFrom
from archive.customers.models import Customer

COPIED = (
    "kind", "signing_place", "goods", "specification", "packaging", "pieces", "weight", "volume",
    "goods_value", "origin", "destination", "consignee", "transport", "pricing", "settlement",
    "payment_days", "tax_rate", "invoice", "insurance", "late_fee", "disputes", "copies",
    "copies_each", "special",
)  # fmt: skip
"""What an earlier contract hands on. Its number, days and period are its own."""
PRICE_COLUMNS = (
    "origin", "destination", "goods", "unit", "quantity", "unit_price", "time_limit", "remark",
)  # fmt: skip


@dataclass(frozen=True)
class Proposal:
    """The facts that a new contract starts from, and where each of them was taken from."""

    facts: dict[str, Any]
    origins: dict[str, TakenFrom] = field(default_factory=dict)
    like: Contract | None = None

    def taken_from(self, origin: TakenFrom) -> list[str]:
        """The names of what was taken from *origin*."""
        return [name for name, source in self.origins.items() if source is origin]


def propose(
    customer: Customer, like: Contract | None = None, *, kind: ContractKind = ContractKind.ROUTINE
) -> Proposal:
    """What a contract with *customer* starts from.

    What an earlier contract says comes first, then what is usual in the company, then what the
    customer's archive says.
    """
    facts: dict[str, Any] = {"title": f"{customer.name}货物运输合同"[:120], "kind": kind}
    origins: dict[str, TakenFrom] = {}
    for origin, held in (
        (TakenFrom.CONTRACT, _of_contract(like, customer) if like else {}),
        (TakenFrom.COMPANY, _of_company()),
        (TakenFrom.CUSTOMER, _of_archive(customer)),
    ):
        given = {
            name: value
            for name, value in held.items()
            if name not in origins and value not in (None, "", [])
        }
        facts |= given
        origins |= dict.fromkeys(given, origin)
    return Proposal(facts, origins, like)


def last_contract_of(customer: Customer, *, actor: Actor) -> Contract | None:
    """The customer's latest contract that was not voided, of those that *actor* may open."""
    visible = Contract.of(customer, actor).filter(status__ne=ContractStatus.VOID)
    found: Contract | None = visible.order_by("-created_at").first()
    return found


def _of_contract(contract: Contract, customer: Customer) -> dict[str, Any]:
    held = {name: getattr(contract, name) for name in COPIED}
    held["prices"] = [
        {name: getattr(row, name) for name in PRICE_COLUMNS} for row in contract.prices
    ]
    if contract.customer_id == customer.id:  # else it says the other one's name
        held["title"] = contract.title
    # An amount that is the sum of the rows was not typed: it is summed again.
    if contract.amount != rules.total_of(row.amount for row in contract.prices):
        held["amount"] = contract.amount
    return held


def _of_company() -> dict[str, Any]:
    company = OwnCompany.written()
    return {name: getattr(company, name) for name in USUAL} if company else {}


def _of_archive(customer: Customer) -> dict[str, Any]:
    flow = customer.flows[0] if customer.flows else None
    return {
        "goods": customer.main_goods,
        "transport": "、".join(mode.label for mode in customer.transport_modes),
        "origin": flow.origin if flow else None,
        "destination": flow.destination if flow else None,
    }
