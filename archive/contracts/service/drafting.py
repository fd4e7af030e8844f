"""The verbs on drafts: what is missing, making one, making the next version, reading one."""

import hashlib
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from archive import clock
from archive.actor import Actor, Right
from archive.contracts import rules
from archive.contracts.errors import NotADraft, NoTemplate, NothingToAmend, NotVoid
from archive.contracts.models import (
    Contract,
    DraftText,
    DraftVersion,
    OwnCompany,
    PriceRow,
    Template,
    TemplateVersion,
)
from archive.contracts.placeholders import values_of
from archive.contracts.rules import AGREEMENTS, IN_FORCE, ContractStatus, TemplateKind
from archive.contracts.service.clauses import texts_kept, texts_offered
from archive.customers.models import Customer
from archive.database import next_number
from archive.docgen import DOCX, Missing
from archive.docgen.clauses import CLAUSES
from archive.docgen.errors import NoPdfProgram
from archive.masking import masked_text
from archive.seams import Seams
from archive.trail.looks import note_look

Facts = Mapping[str, Any]
"""What was typed in about a contract: the fields of `archive.contracts.forms.ContractInput`."""

PREVIEW_NUMBER = "预览稿"


def choose_template(key: str | None, *kinds: TemplateKind) -> Template:
    """The template with identity *key*, or else the first of the first of *kinds* that is in force.

    Raises:
        NoTemplate: none of that kind is in force.
        NotFound: no template has that identity.
    """
    if key:
        chosen = Template.find(key)
        if chosen.kind in kinds and chosen.in_force:
            return chosen
    usable = Template.usable(kinds[0])
    if key or not usable:
        raise NoTemplate(kind=kinds[0])
    return usable[0]


def void_contract(contract: Contract, reason: str, *, actor: Actor, now: datetime) -> Contract:
    """Say that nothing will come of a draft, or of what was approved; its files stay.

    Raises:
        NotPermitted, NotADraft, EditedMeanwhile.
    """
    actor.require(Right.DRAFT_CONTRACT, contract)
    if not contract.can_be_voided:
        raise NotADraft(number=contract.number)
    facts: dict[str, Any] = {"status": ContractStatus.VOID}
    facts |= dict.fromkeys(("approved_version", "approved_sha256", "approved_at"))
    return contract.change(actor, now, "contract.voided", facts, reason=reason)


def restore_contract(contract: Contract, reason: str, *, actor: Actor, now: datetime) -> Contract:
    """Take back that the draft was voided.

    Raises:
        NotPermitted, NotVoid, EditedMeanwhile.
    """
    actor.require(Right.DRAFT_CONTRACT, contract)
    if contract.status is not ContractStatus.VOID:
        raise NotVoid(number=contract.number)
    return contract.change(
        actor, now, "contract.restored", {"status": ContractStatus.DRAFT}, reason=reason
    )


def find_missing(
    customer: Customer,
    template: Template,
    facts: Facts | None,
    *,
    parts: Seams,
    like: Contract | None = None,
) -> list[Missing]:
    """What a draft for *customer*, made of *like*, would show as 【待填】, were it made now."""
    contract = _unsaved(customer, facts, like) if facts is not None else None
    return parts.docgen.missing(
        parts.blobs.read(version_in_force(template).sha256), values_for(parts, customer, contract)
    )


def preview(
    customer: Customer,
    template: Template,
    facts: Facts,
    *,
    actor: Actor,
    now: datetime,
    parts: Seams,
    like: Contract | None = None,
) -> bytes:
    """The draft as it would be, without number; nothing is kept but that it was looked at.

    Raises:
        NotPermitted, DatabaseAway.
    """
    actor.require(Right.DRAFT_CONTRACT, customer)
    note_look(customer, actor=actor, now=now, action="customer.draft_previewed")
    return parts.docgen.fill(
        parts.blobs.read(version_in_force(template).sha256),
        values_for(
            parts,
            customer,
            _unsaved(customer, facts, like),
            hide_phones=not actor.may(Right.REVEAL_PHONE, customer),
        ),
        number=PREVIEW_NUMBER,
        version=1,
        made_at=now,
        made_by=actor.name,
    ).content


def draft_contract(
    customer: Customer,
    template: Template,
    facts: Facts,
    *,
    actor: Actor,
    now: datetime,
    parts: Seams,
    like: Contract | None = None,
) -> Contract:
    """Open a contract with *customer* and make its first draft (Art. 20).

    *like* is the contract that the facts were taken from, to be named with it.

    Raises:
        NotPermitted, NoTemplate, Unavailable.
        NothingToAmend: the template is for an agreement on a contract in force, and *like* is none.
    """
    actor.require(Right.DRAFT_CONTRACT, customer)
    if earlier := Contract.asked_before():
        return earlier
    if template.kind in AGREEMENTS and not can_amend(like, customer):
        raise NothingToAmend(kind=template.kind)
    version = version_in_force(template)
    year = clock.local(now).year
    number = f"HT-{year}-{next_number(f'contract:{year}'):05d}"
    unsaved = _unsaved(customer, facts, like)
    made = _make(unsaved, customer, template, version, number, 1, actor, now, parts)
    return Contract.open_new(
        actor,
        now,
        "contract.drafted",
        {
            "number": number,
            "customer_id": customer.id,
            "customer_name": customer.name,
            "handler_id": actor.id,
            "handler_name": actor.name,
            "drafts": [made],
            "copied_from": like.number if like else None,
            **documents_of(facts),
        },
    )


def draft_again(
    contract: Contract,
    template: Template,
    facts: Facts,
    *,
    actor: Actor,
    now: datetime,
    seen: int,
    parts: Seams,
) -> Contract:
    """Make the next version of the draft; all earlier ones stay as they are.

    Raises:
        NotPermitted, NoTemplate, EditedMeanwhile, Unavailable.
        NotADraft: the contract has left that stage.
    """
    actor.require(Right.DRAFT_CONTRACT, contract)
    customer = customer_of(contract)
    if not contract.is_draft:
        raise NotADraft(number=contract.number)
    unsaved = _unsaved(customer, facts)
    unsaved.copied_from = contract.copied_from
    made = _make(
        unsaved,
        customer,
        template,
        version_in_force(template),
        contract.number,
        contract.newest.number + 1,
        actor,
        now,
        parts,
    )
    return contract.change(
        actor,
        now,
        "contract.redrafted",
        {
            "customer_name": customer.name,
            "drafts": [*contract.drafts, made],
            **documents_of(facts),
        },
        seen=seen,
    )


def demand_look(contract: Contract, actor: Actor) -> None:
    """Let in whoever may open *contract*, or is asked to judge it.

    Raises:
        NotPermitted.
    """
    if not actor.may(Right.REVIEW_CONTRACT, contract):
        actor.require(Right.OPEN_CONTRACT, contract)


def open_contract(number: str, *, actor: Actor) -> tuple[Contract, Customer]:
    """The contract *number* and its customer.

    Raises:
        NotFound, NotPermitted.
    """
    contract = Contract.numbered(number)
    demand_look(contract, actor)
    return contract, customer_of(contract)


def read_draft(
    contract: Contract,
    number: int | None,
    *,
    actor: Actor,
    now: datetime,
    parts: Seams,
    is_preview: bool = False,
) -> tuple[DraftVersion, bytes]:
    """A draft's Word file; that it was looked at is written down before it leaves.

    Whoever may not see the customer's telephone numbers gets a copy with the numbers masked.

    Raises:
        NotPermitted, NoSuchVersion, ContentLost, DatabaseAway.
    """
    demand_look(contract, actor)
    customer = customer_of(contract)
    version = contract.draft(number)
    content = parts.blobs.read(version.sha256)
    action = "contract.draft_seen" if is_preview else "contract.draft_taken"
    note_look(contract, actor=actor, now=now, action=action, reason=f"v{version.number}")
    return version, as_seen_by(content, customer, actor=actor, parts=parts)


def as_seen_by(content: bytes, customer: Customer, *, actor: Actor, parts: Seams) -> bytes:
    """A Word file as *actor* may see it: with telephone numbers masked, or as it is."""
    if actor.may(Right.REVEAL_PHONE, customer):
        return content
    return parts.docgen.hide_in(content, lambda text: masked_text(text, customer.phones))


def read_draft_as_pdf(
    contract: Contract, number: int | None, *, actor: Actor, now: datetime, parts: Seams
) -> tuple[DraftVersion, bytes]:
    """A draft as PDF, made once on each machine; raises and records as `read_draft`.

    Raises:
        NoPdfProgram, PdfsWait, NoPdf.
    """
    if not parts.pdfs.is_available:
        demand_look(contract, actor)
        raise NoPdfProgram()
    version, document = read_draft(contract, number, actor=actor, now=now, parts=parts)
    name = f"pdf-{hashlib.sha256(document).hexdigest()}"
    content = parts.blobs.drawn(name)
    if content is None:
        content = parts.pdfs.make(document)
        parts.blobs.keep_drawn(name, content)
    return version, content


def documents_of(facts: Facts) -> dict[str, Any]:
    """*facts* as the fields of a `Contract`: prices as documents, an open amount summed up."""
    prices = [PriceRow(**row) for row in facts.get("prices", ())]
    amount = facts.get("amount")
    if amount is None:
        amount = rules.total_of(row.amount for row in prices)
    return {**facts, "prices": prices, "amount": amount}


def customer_of(contract: Contract) -> Customer:
    """The customer that *contract* is with."""
    return Customer.find(str(contract.customer_id))


def _make(
    contract: Contract,
    customer: Customer,
    template: Template,
    template_version: TemplateVersion,
    number: str,
    version: int,
    actor: Actor,
    now: datetime,
    parts: Seams,
) -> DraftVersion:
    """Fill the template and keep the result. A crash after this leaves an orphan, swept later."""
    source = parts.blobs.read(template_version.sha256)
    values = values_for(parts, customer, contract)
    made = parts.docgen.fill(
        source, values, number=number, version=version, made_at=now, made_by=actor.name
    )
    sha256 = parts.blobs.keep_bytes(made.content, media_type=DOCX)
    DraftText.keep(sha256, made.text)
    return DraftVersion(
        number=version,
        template_id=template.id,
        template_name=template.name,
        template_version=template_version.number,
        sha256=sha256,
        size=len(made.content),
        missing=list(dict.fromkeys(each.placeholder.name for each in made.missing)),
        made_at=now,
        made_by_id=actor.id,
        made_by_name=actor.name,
    )


def values_for(
    parts: Seams, customer: Customer, contract: Contract | None, *, hide_phones: bool = False
) -> dict[str, Any]:
    """All that is known for a document about *customer*, and the clauses that it may name."""
    known = values_of(
        customer,
        contract,
        OwnCompany.written(),
        named=parts.settings.company,
        original=contract.original if contract else None,
        hide_phones=hide_phones,
    )
    return known | {CLAUSES: texts_kept()}


def version_in_force(template: Template) -> TemplateVersion:
    """The version that documents are made of now.

    Raises:
        NoTemplate: the template is out of use.
    """
    version = template.in_force
    if version is None:
        raise NoTemplate(kind=template.kind)
    return version


def clauses_for(
    customer: Customer, facts: Facts, like: Contract | None, *, parts: Seams
) -> list[tuple[str, str]]:
    """The clauses in force, each with its words for *customer*, to put into the special terms."""
    offered = texts_offered()
    if not offered:
        return []
    values = values_for(parts, customer, _unsaved(customer, facts, like))
    del values[CLAUSES]
    return [(name, parts.docgen.fill_text(text, values)) for name, text in offered.items()]


def can_amend(original: Contract | None, customer: Customer) -> bool:
    """Is *original* a contract with *customer* that an agreement may change, add to or end?"""
    return (
        original is not None and original.customer_id == customer.id and original.status in IN_FORCE
    )


def _unsaved(customer: Customer, facts: Facts, like: Contract | None = None) -> Contract:
    """The contract as it would be, to take values from; never written."""
    return Contract(
        customer_id=customer.id,
        customer_name=customer.name,
        copied_from=like.number if like else None,
        **documents_of(facts),
    )
