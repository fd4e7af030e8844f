"""Looking at templates: filled for a customer, against an earlier version, and who used them."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from archive.actor import Actor, Right
from archive.blobs import Blobs
from archive.contracts.models import Contract, Template
from archive.contracts.placeholders import LEDGER, ORIGINAL
from archive.contracts.rules import AGREEMENTS
from archive.contracts.service.drafting import PREVIEW_NUMBER, values_for
from archive.contracts.service.templates import read_version
from archive.customers.models import Customer
from archive.database import collection_of
from archive.redline import Comparison, compare
from archive.seams import Seams
from archive.trail.looks import note_look

MOST_USES = 20


def preview_for(
    template: Template,
    number: int,
    customer: Customer,
    contract: Contract | None,
    *,
    actor: Actor,
    now: datetime,
    parts: Seams,
) -> bytes:
    """Version *number* filled for *customer*, with what *contract* says; nothing is kept.

    An agreement is shown as one on *contract*. That the archive was looked at is written down.

    Raises:
        NotPermitted, NoSuchVersion, ContentLost.
    """
    actor.require(Right.OPEN_CUSTOMER, customer)
    content = read_version(template, number, actor=actor, blobs=parts.blobs)
    note_look(customer, actor=actor, now=now, action="customer.template_previewed")
    hide_phones = not actor.may(Right.REVEAL_PHONE, customer)
    values = values_for(parts, customer, contract, hide_phones=hide_phones)
    if contract is not None:
        values["合同台账"] = [LEDGER.values_of(contract)]
        if template.kind in AGREEMENTS:
            values["原合同"] = ORIGINAL.values_of(contract)
    return parts.docgen.fill(
        content, values, number=PREVIEW_NUMBER, version=1, made_at=now, made_by=actor.name
    ).content


def uses_of(template: Template) -> dict[int, int]:
    """How many contracts have a draft made of each version of *template*."""
    made = {"drafts.template_id": template.id}
    found = collection_of(Contract).aggregate(
        [
            {"$match": made},
            {"$unwind": "$drafts"},
            {"$match": made},
            {"$group": {"_id": {"id": "$_id", "version": "$drafts.template_version"}}},
            {"$group": {"_id": "$_id.version", "count": {"$sum": 1}}},
        ]
    )
    return {each["_id"]: each["count"] for each in found if each["_id"]}


def contracts_made_of(template: Template, *, actor: Actor) -> list[tuple[Contract, list[int]]]:
    """The newest contracts that *actor* may open made of *template*, each with its versions."""
    if not actor.may(Right.OPEN_CONTRACT):
        return []
    visible = Contract.visible_to(actor).filter(drafts__template_id=template.id)
    return [
        (contract, sorted({each.template_version for each in _made_of(contract, template)}))
        for contract in visible.order_by("-updated_at").limit(MOST_USES)
    ]


def compare_versions(
    template: Template, older: int, newer: int, *, actor: Actor, blobs: Blobs
) -> Comparison:
    """What version *newer* of *template* says otherwise than *older*.

    Raises:
        NotPermitted, NoSuchVersion, ContentLost, TooLongToCompare.
    """
    before, after = (
        read_version(template, each, actor=actor, blobs=blobs) for each in (older, newer)
    )
    return compare(before, after)


def _made_of(contract: Contract, template: Template) -> Iterator[Any]:
    return (
        each
        for each in contract.drafts
        if each.template_id == template.id and each.template_version
    )
