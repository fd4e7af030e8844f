"""Contract drafts over REST."""

from datetime import date, datetime
from typing import Any

from apiflask import APIBlueprint
from flask import Response, url_for
from pydantic import BaseModel, Field

from archive import clock
from archive.actor import Right
from archive.contracts import rules
from archive.contracts.api.documents import WORD_FILE
from archive.contracts.forms import ContractInput
from archive.contracts.models import Contract, DraftVersion
from archive.contracts.rules import ContractKind, ContractStatus, TemplateKind
from archive.contracts.service import drafting
from archive.contracts.serving import desk, send_document
from archive.customers.models import Customer
from archive.terms import N_
from archive.web.api import Page, Paging, page_of, seen_revision, with_etag
from archive.web.context import actor
from archive.web.forms import initial_of
from archive.web.guard import needs
from archive.web.inputs import Line, asked
from archive.web.repeats import once

api = APIBlueprint("contracts_api", __name__, url_prefix="/api/v1/contracts", tag="contracts")


class PriceRowOut(BaseModel):
    """A row of the price table; `amount` is quantity times unit price."""

    origin: str | None = None
    destination: str | None = None
    goods: str | None = None
    unit: str | None = None
    quantity: str | None = None
    unit_price: str | None = None
    amount: str | None = None
    time_limit: str | None = None
    remark: str | None = None


class DraftOut(BaseModel):
    """One Word file made for a contract; `missing` names what stands in it as 【待填】."""

    number: int
    template: str
    template_version: int
    size: int
    sha256: str
    missing: list[str]
    made_at: datetime
    made_by: str


class ContractOut(BaseModel):
    """A contract with all versions of its draft."""

    id: str
    revision: int
    number: str
    status: ContractStatus
    customer: str = Field(description="Archive number of the customer")
    customer_name: str
    handler: str
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
    amount: str | None
    amount_in_capitals: str
    insurance: str | None
    late_fee: str | None
    disputes: str | None
    copies: str | None
    copies_each: str | None
    special: str | None
    prices: list[PriceRowOut]
    drafts: list[DraftOut]
    created_at: datetime
    updated_at: datetime


class ContractLine(BaseModel):
    """A contract in a list."""

    number: str
    title: str
    status: ContractStatus
    kind: ContractKind
    customer_name: str
    handler: str
    amount: str | None
    ends_on: date | None
    version: int
    updated_at: datetime


class Contracts(Page[ContractLine]):
    """A page of contracts."""


class ContractQuery(Paging):
    """Which contracts."""

    q: str = Field("", max_length=100, description="Part of number, title or customer's name")
    customer: str = Field("", max_length=40, description="Archive number of the customer")
    status: ContractStatus | None = None


class DraftQuery(BaseModel):
    """Which version of the draft."""

    version: int | None = Field(None, ge=1, le=100_000)


class NewDraftInput(ContractInput):
    """A new contract with its first draft."""

    customer: Line = asked(N_("客户"), max_length=40)
    template: Line | None = asked(N_("模板"), None, max_length=24)


class NextDraftInput(ContractInput):
    """The next version of a draft."""

    template: Line | None = asked(N_("模板"), None, max_length=24)


@api.get("")
@api.input(ContractQuery, location="query")
@api.output(Contracts)
@needs(Right.OPEN_CONTRACT)
def list_contracts(query_data: ContractQuery) -> dict[str, Any]:
    """The contracts that the person may open, the one changed last first."""
    found = Contract.visible_to(actor())
    if query_data.q:
        found = found.filter(Contract.called(query_data.q))
    if query_data.status:
        found = found.filter(status=query_data.status)
    if query_data.customer:
        found = found.filter(customer_id=Customer.numbered(query_data.customer).id)
    return page_of(found.order_by("-updated_at", "id"), query_data, show_line)


@api.post("")
@api.input(NewDraftInput)
@api.output(ContractOut, status_code=201)
@needs(Right.DRAFT_CONTRACT)
@once
def draft_contract(json_data: NewDraftInput) -> Response:
    """Open a contract and make its first draft.

    Without `template` the first contract template in force is used.
    """
    contract = drafting.draft_contract(
        Customer.numbered(json_data.customer),
        drafting.choose_template(json_data.template, TemplateKind.CONTRACT),
        json_data.model_dump(exclude={"customer", "template"}),
        actor=actor(),
        now=clock.now(),
        desk=desk(),
    )
    response = with_etag(show(contract), contract, 201)
    response.headers["Location"] = url_for("contracts_api.read_contract", number=contract.number)
    return response


@api.get("/<number>")
@api.output(ContractOut)
@needs(Right.OPEN_CONTRACT)
def read_contract(number: str) -> Response:
    """One contract, with its ETag."""
    contract, _ = drafting.open_contract(number, actor=actor())
    return with_etag(show(contract), contract)


@api.put("/<number>")
@api.input(NextDraftInput)
@api.output(ContractOut)
@needs(Right.DRAFT_CONTRACT)
def draft_again(number: str, json_data: NextDraftInput) -> Response:
    """Make the next version of the draft; `If-Match` names the revision that was read."""
    seen = seen_revision()
    contract, _ = drafting.open_contract(number, actor=actor())
    contract = drafting.draft_again(
        contract,
        drafting.choose_template(json_data.template, TemplateKind.CONTRACT),
        json_data.model_dump(exclude={"template"}),
        actor=actor(),
        now=clock.now(),
        seen=seen,
        desk=desk(),
    )
    return with_etag(show(contract), contract)


@api.get("/<number>/draft.docx")
@api.input(DraftQuery, location="query")
@api.doc(responses=WORD_FILE)
@needs(Right.OPEN_CONTRACT)
def read_draft(number: str, query_data: DraftQuery) -> Response:
    """The Word file of the newest version, or of the one named."""
    contract, customer = drafting.open_contract(number, actor=actor())
    version, content = drafting.read_draft(
        contract, query_data.version, actor=actor(), now=clock.now(), desk=desk()
    )
    return send_document(content, f"{customer.name}-{contract.number}-v{version.number}.docx")


def show_line(contract: Contract) -> ContractLine:
    """*contract* in a line of a list."""
    return ContractLine(
        number=contract.number,
        title=contract.title,
        status=contract.status,
        kind=contract.kind,
        customer_name=contract.customer_name,
        handler=contract.handler_name,
        amount=_text(contract.amount),
        ends_on=contract.ends_on,
        version=contract.newest.number,
        updated_at=clock.local(contract.updated_at),
    )


def show(contract: Contract) -> ContractOut:
    """The whole of *contract*, money and quantities as decimal strings."""
    held = initial_of(ContractInput, contract)
    prices = [
        PriceRowOut(
            **{name: _text(value) for name, value in row.items()}, amount=_text(each.amount)
        )
        for row, each in zip(held.pop("prices"), contract.prices, strict=True)
    ]
    customer = drafting.customer_of(contract)
    return ContractOut(
        id=contract.key,
        revision=contract.revision,
        number=contract.number,
        status=contract.status,
        customer=customer.archive_number,
        customer_name=contract.customer_name,
        handler=contract.handler_name,
        amount_in_capitals=rules.in_capitals(contract.amount),
        prices=prices,
        drafts=[_show_draft(each) for each in contract.drafts],
        created_at=clock.local(contract.created_at),
        updated_at=clock.local(contract.updated_at),
        **held | {"amount": _text(contract.amount)},
    )


def _show_draft(draft: DraftVersion) -> DraftOut:
    return DraftOut(
        number=draft.number,
        template=draft.template_name,
        template_version=draft.template_version,
        size=draft.size,
        sha256=draft.sha256,
        missing=list(draft.missing),
        made_at=clock.local(draft.made_at),
        made_by=draft.made_by_name,
    )


def _text(value: Any) -> str | None:
    return None if value is None else str(value)
