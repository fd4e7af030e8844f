"""Contract drafts over REST."""

from datetime import date
from typing import Annotated, Any

from apiflask import APIBlueprint
from flask import Response, url_for
from pydantic import BaseModel, Field

from archive import clock
from archive.actor import Right
from archive.contracts import rules
from archive.contracts.forms import ContractInput
from archive.contracts.lists import CONTRACTS
from archive.contracts.models import Contract
from archive.contracts.rules import (
    DRAFTED,
    ContractKind,
    ContractStatus,
    PaperFlaw,
    VersionSource,
)
from archive.contracts.service import drafting
from archive.contracts.service.papers import PaperFault, find_paper_faults
from archive.contracts.service.proposing import propose
from archive.customers.forms import CustomerKey, asked_customer
from archive.customers.models import Customer
from archive.filing.rules import AttachmentKind
from archive.terms import N_
from archive.web.api import Page, Paging, page_of, seen_revision
from archive.web.context import actor, seams
from archive.web.documents import PDF_FILE, WORD_FILE, send_document
from archive.web.guard import needs
from archive.web.inputs import Line, ReasonInput, asked
from archive.web.repeats import once
from archive.web.shapes import Instant, Money, Number, Out, RecordOut, Tagged, reads, tagged

api = APIBlueprint("contracts_api", __name__, url_prefix="/api/v1/contracts", tag="contracts")


class PriceRowOut(Out):
    """A row of the price table; `amount` is quantity times unit price."""

    origin: str | None
    destination: str | None
    goods: str | None
    unit: str | None
    quantity: Number | None
    unit_price: Number | None
    amount: Money | None
    time_limit: str | None
    remark: str | None


class DraftOut(Out):
    """One Word file of a contract; `missing` names what stands in it as 【待填】."""

    number: int
    source: VersionSource
    template: str | None = reads("template_name")
    template_version: int | None
    file_name: str | None
    note: str | None
    repeats: int | None
    """The version that was taken up again."""
    size: int
    sha256: str
    missing: list[str]
    made_at: Instant
    made_by: str = reads("made_by_name")


class PaperOut(Out):
    """A paper of the customer's that is missing or past its date; it stops no draft."""

    kind: AttachmentKind
    flaw: PaperFlaw
    valid_until: date | None
    attachment: str | None = reads("attachment_key")


def papers_of_contract(contract: Contract) -> list[PaperFault]:
    """What is wrong today with the papers of the customer that *contract* is with."""
    today = clock.local_day(clock.now())
    return [*find_paper_faults(drafting.customer_of(contract), today)]


class ContractOut(RecordOut):
    """A contract with all versions of its draft."""

    number: str
    status: ContractStatus
    customer: Annotated[str, Field(description="Archive number")] = reads("customer.archive_number")
    customer_name: str
    handler: str = reads("handler_name")
    title: str
    kind: ContractKind
    signed_on: date | None
    starts_on: date | None
    ends_on: date | None
    signing_place: str | None
    goods: str | None
    specification: str | None
    packaging: str | None
    pieces: str | None
    weight: str | None
    volume: str | None
    goods_value: str | None
    origin: str | None
    destination: str | None
    consignee: str | None
    transport: str | None
    pricing: str | None
    settlement: str | None
    payment_days: int | None
    tax_rate: str | None
    invoice: str | None
    amount: Money | None
    amount_in_capitals: str = reads(lambda contract: rules.in_capitals(contract.amount))
    insurance: str | None
    late_fee: str | None
    disputes: str | None
    copies: str | None
    copies_each: str | None
    special: str | None
    prices: list[PriceRowOut]
    prices_total: Money | None
    """What the rows come to; another `amount` is worth a second look."""
    drafts: list[DraftOut]
    copied_from: str | None
    papers: list[PaperOut] = reads(papers_of_contract)
    """What is wrong today with the papers that show the customer's standing (Art. 20.1)."""


class ContractLine(Out):
    """A contract in a list."""

    number: str
    title: str
    status: ContractStatus
    kind: ContractKind
    customer_name: str
    handler: str = reads("handler_name")
    amount: Money | None
    ends_on: date | None
    version: int = reads("newest.number")
    updated_at: Instant


class Contracts(Page[ContractLine]):
    """A page of contracts."""


class DraftQuery(BaseModel):
    """Which version of the draft."""

    version: int | None = Field(None, ge=1, le=100_000)


class NewDraftInput(ContractInput):
    """A new contract with its first draft."""

    customer: CustomerKey = asked_customer(N_("客户"))
    template: Line | None = asked(N_("模板"), None, max_length=24)
    like: Line | None = asked(N_("照着起草的合同"), None, max_length=40)


class NextDraftInput(ContractInput):
    """The next version of a draft."""

    template: Line | None = asked(N_("模板"), None, max_length=24)


@api.get("")
@api.input(CONTRACTS.query("ContractQuery"), location="query")
@api.output(Contracts)
@needs(Right.OPEN_CONTRACT)
def list_contracts(query_data: Paging) -> dict[str, Any]:
    """The contracts that the person may open, the one changed last first."""
    found = CONTRACTS.narrow(Contract.visible_to(actor()), query_data.model_dump())
    return page_of(found.order_by("-updated_at", "id"), query_data)


@api.post("")
@once
@api.input(NewDraftInput)
@api.output(ContractOut, status_code=201)
@needs(Right.DRAFT_CONTRACT)
def draft_contract(json_data: NewDraftInput) -> Tagged:
    """Open a contract and make its first draft.

    Without `template` the first contract template in force is used. What is not named in the body
    is taken from the contract `like`, if there is one, then from what is usual in the company; what
    is named as null stays open. `title` is always the body's.
    """
    customer = Customer.find(json_data.customer)
    actor().require(Right.DRAFT_CONTRACT, customer)
    like = drafting.open_contract(json_data.like, actor=actor())[0] if json_data.like else None
    proposal = propose(customer, like)
    typed = json_data.model_dump(exclude={"customer", "template", "like"})
    kept = {
        name: value
        for name, value in proposal.facts.items()
        if name in proposal.origins and name not in json_data.model_fields_set
    }
    contract = drafting.draft_contract(
        customer,
        drafting.choose_template(json_data.template, *DRAFTED),
        typed | kept,
        actor=actor(),
        now=clock.now(),
        parts=seams(),
        like=like,
    )
    address = url_for("contracts_api.read_contract", number=contract.number)
    return tagged(contract, address=address)


@api.get("/<number>")
@api.output(ContractOut)
@needs(Right.OPEN_CONTRACT, Right.REVIEW_CONTRACT)
def read_contract(number: str) -> Tagged:
    """One contract, with its ETag."""
    contract, _ = drafting.open_contract(number, actor=actor())
    return tagged(contract)


@api.put("/<number>")
@api.input(NextDraftInput)
@api.output(ContractOut)
@needs(Right.DRAFT_CONTRACT, of=Contract.numbered)
def draft_again(number: str, json_data: NextDraftInput) -> Tagged:
    """Make the next version of the draft; `If-Match` names the revision that was read."""
    seen = seen_revision()
    contract, _ = drafting.open_contract(number, actor=actor())
    contract = drafting.draft_again(
        contract,
        drafting.choose_template(json_data.template, *DRAFTED),
        json_data.model_dump(exclude={"template"}),
        actor=actor(),
        now=clock.now(),
        seen=seen,
        parts=seams(),
    )
    return tagged(contract)


@api.get("/<number>/draft.docx")
@api.input(DraftQuery, location="query")
@api.doc(responses=WORD_FILE)
@needs(Right.OPEN_CONTRACT, Right.REVIEW_CONTRACT)
def read_draft(number: str, query_data: DraftQuery) -> Response:
    """The Word file of the newest version, or of the one named."""
    contract, customer = drafting.open_contract(number, actor=actor())
    version, content = drafting.read_draft(
        contract, query_data.version, actor=actor(), now=clock.now(), parts=seams()
    )
    return send_document(content, f"{customer.name}-{contract.number}-v{version.number}.docx")


@api.get("/<number>/draft.pdf")
@api.input(DraftQuery, location="query")
@api.doc(responses=PDF_FILE)
@needs(Right.OPEN_CONTRACT, Right.REVIEW_CONTRACT)
def read_draft_pdf(number: str, query_data: DraftQuery) -> Response:
    """The same as PDF; 503 where the server has no LibreOffice to make it with."""
    contract, customer = drafting.open_contract(number, actor=actor())
    version, content = drafting.read_draft_as_pdf(
        contract, query_data.version, actor=actor(), now=clock.now(), parts=seams()
    )
    return send_document(content, f"{customer.name}-{contract.number}-v{version.number}.pdf")


@api.post("/<number>/void")
@api.input(ReasonInput)
@api.output(ContractOut)
@needs(Right.DRAFT_CONTRACT, of=Contract.numbered)
def void_contract(number: str, json_data: ReasonInput) -> Tagged:
    """Say that nothing will come of a draft, and why; its files stay."""
    contract, _ = drafting.open_contract(number, actor=actor())
    drafting.void_contract(contract, json_data.reason, actor=actor(), now=clock.now())
    return tagged(contract)


@api.post("/<number>/restore")
@api.input(ReasonInput)
@api.output(ContractOut)
@needs(Right.DRAFT_CONTRACT, of=Contract.numbered)
def restore_contract(number: str, json_data: ReasonInput) -> Tagged:
    """Take back that a draft was voided, and say why."""
    contract, _ = drafting.open_contract(number, actor=actor())
    drafting.restore_contract(contract, json_data.reason, actor=actor(), now=clock.now())
    return tagged(contract)
