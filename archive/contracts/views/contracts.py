"""The drafts made: the list, one contract with all its versions, the Word files."""

from flask import Blueprint, Response, render_template, request
from werkzeug.wrappers import Response as BaseResponse

from archive import clock
from archive.actor import Right
from archive.contracts import rules
from archive.contracts.lists import CONTRACTS
from archive.contracts.models import Contract
from archive.contracts.rules import ContractStatus
from archive.contracts.service import drafting
from archive.contracts.serving import send_document
from archive.customers.models import Customer
from archive.errors import NotFound
from archive.web.context import actor, seams
from archive.web.guard import needs

blueprint = Blueprint("contracts", __name__, template_folder="../templates")


@blueprint.get("/contracts")
@needs(Right.OPEN_CONTRACT)
def list_page() -> str | BaseResponse:
    return CONTRACTS.answer(
        Contract.visible_to(actor()), customer=_customer(request.args.get("customer", ""))
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
        parts=seams(),
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
