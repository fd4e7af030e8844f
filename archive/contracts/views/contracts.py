"""The drafts made: the list, one contract with all its versions, the Word files."""

from flask import Blueprint, Response, render_template, request
from flask_babel import gettext
from werkzeug.wrappers import Response as BaseResponse

from archive import clock
from archive.actor import Right
from archive.contracts import rules
from archive.contracts.models import Contract
from archive.contracts.rules import ContractKind, ContractStatus
from archive.contracts.service import drafting
from archive.contracts.serving import desk, send_document
from archive.customers.models import Customer
from archive.errors import NotFound
from archive.terms import N_
from archive.web.context import actor, seams
from archive.web.export import export, wanted_export
from archive.web.guard import needs
from archive.web.listing import Column, Listing, read_listing

blueprint = Blueprint("contracts", __name__, template_folder="../templates")

COLUMNS: tuple[Column[Contract], ...] = (
    Column("number", N_("合同编号"), lambda c: c.number, sort="number"),
    Column("title", N_("合同名称"), lambda c: c.title, sort="title"),
    Column("customer", N_("客户"), lambda c: c.customer_name, sort="customer_name"),
    Column("kind", N_("类别"), lambda c: c.kind, sort="kind"),
    Column("status", N_("状态"), lambda c: c.status, sort="status"),
    Column("amount", N_("金额（元）"), lambda c: c.amount, sort="amount", align="end"),
    Column("starts", N_("起始日期"), lambda c: c.starts_on, sort="starts_on", default=False),
    Column("ends", N_("终止日期"), lambda c: c.ends_on, sort="ends_on"),
    Column("version", N_("版本"), lambda c: c.newest.number, align="end", default=False),
    Column("handler", N_("经办人"), lambda c: c.handler_name, sort="handler_name"),
    Column("created", N_("起草时间"), lambda c: c.created_at, sort="created_at", default=False),
    Column("updated", N_("最近更新"), lambda c: c.updated_at, sort="updated_at"),
)


@blueprint.get("/contracts")
@needs(Right.OPEN_CONTRACT)
def list_page() -> str | BaseResponse:
    listing: Listing[Contract] = read_listing(
        COLUMNS, sort="-updated", filters=("q", "kind", "status", "customer")
    )
    found = Contract.visible_to(actor())
    if listing.filters["q"]:
        found = found.filter(Contract.called(listing.filters["q"]))
    for name, kind in (("kind", ContractKind), ("status", ContractStatus)):
        if listing.filters[name] in list(kind):
            found = found.filter(**{name: listing.filters[name]})
    customer = _customer(listing.filters["customer"])
    if customer:
        found = found.filter(customer_id=customer.id)
    file = wanted_export()
    listing.fill(found, everything=bool(file))
    if file:
        return export(listing, gettext("合同草稿"), file)
    return render_template(
        "contracts/list.html",
        listing=listing,
        customer=customer,
        kinds=list(ContractKind),
        statuses=list(ContractStatus),
    )


@blueprint.get("/contracts/<number>")
@needs(Right.OPEN_CONTRACT)
def page(number: str) -> str:
    contract, customer = drafting.open_contract(number, actor=actor())
    version = contract.draft(request.args.get("version", type=int))
    catalogue = seams().docgen.catalogue
    return render_template(
        "contracts/contract.html",
        contract=contract,
        customer=customer,
        version=version,
        missing=[found for name in version.missing if (found := catalogue.find(name))],
        capitals=rules.in_capitals(contract.amount),
        may_draft=actor().may(Right.DRAFT_CONTRACT, customer)
        and contract.status in (ContractStatus.DRAFT, ContractStatus.REJECTED),
    )


@blueprint.get("/contracts/<number>/draft.docx")
@needs(Right.OPEN_CONTRACT)
def draft_file(number: str) -> Response:
    """A version's Word file: the newest one, or ``?version=2``."""
    contract, customer = drafting.open_contract(number, actor=actor())
    version, content = drafting.read_draft(
        contract,
        request.args.get("version", type=int),
        actor=actor(),
        now=clock.now(),
        desk=desk(),
        is_preview="preview" in request.args,
    )
    return send_document(content, f"{customer.name}-{contract.number}-v{version.number}.docx")


def _customer(archive_number: str) -> Customer | None:
    """The customer by whom the list is narrowed; one the person may not open narrows nothing."""
    if not archive_number:
        return None
    try:
        customer = Customer.numbered(archive_number)
    except NotFound:
        return None
    return customer if actor().may(Right.OPEN_CONTRACT, customer) else None
