"""A template as it looks for a customer, and what is different between two of its versions."""

from dataclasses import dataclass

from flask import Blueprint, redirect, render_template, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response as BaseResponse

from archive import clock
from archive.actor import Right
from archive.contracts.errors import ContractOfAnother
from archive.contracts.forms import PreviewInput
from archive.contracts.models import Contract, Template
from archive.contracts.service import drafting, previewing
from archive.contracts.views.comparing import stops_of
from archive.customers.models import Customer
from archive.web.context import actor, seams
from archive.web.documents import send_document
from archive.web.forms import CORRECTABLE, Form, read_form
from archive.web.guard import needs

blueprint = Blueprint("template_looks", __name__, template_folder="../templates")


@dataclass(frozen=True)
class Shown:
    """The form that chooses whom a template is shown for, and who was chosen."""

    form: Form
    customer: Customer | None = None
    contract: Contract | None = None

    @property
    def address(self) -> dict[str, str]:
        """What the address of the filled file says."""
        named = {"customer": self.customer.archive_number} if self.customer else {}
        return named | ({"contract": self.contract.number} if self.contract else {})


def shown_for() -> Shown:
    """Whom the address asks to show a template for; a fault is said at its field."""
    if not request.args.get("customer"):
        return Shown(Form(PreviewInput))
    try:
        typed = read_form(PreviewInput, request.args)
        customer = Customer.find(typed.customer)
        actor().require(Right.OPEN_CUSTOMER, customer)
        contract = _contract_of(customer, typed.contract)
    except CORRECTABLE as fault:
        return Shown(Form(PreviewInput, request.args, fault=fault))
    return Shown(Form(PreviewInput, request.args), customer, contract)


@blueprint.get("/templates/<key>/versions/<int:number>/for-customer.docx")
@needs(Right.SEE_TEMPLATES)
def filled(key: str, number: int) -> BaseResponse:
    """A version filled for a customer, for the page to show; with examples where none is named."""
    template = Template.find(key)
    if not request.args.get("customer"):
        return redirect(url_for("templates.version_preview", key=key, number=number))
    typed = read_form(PreviewInput, request.args)
    customer = Customer.find(typed.customer)
    content = previewing.preview_for(
        template,
        number,
        customer,
        _contract_of(customer, typed.contract),
        actor=actor(),
        now=clock.now(),
        parts=seams(),
    )
    return send_document(content, f"{template.name}-v{number}-{gettext('预览')}.docx")


@blueprint.get("/templates/<key>/compare")
@needs(Right.SEE_TEMPLATES)
def compare(key: str) -> str:
    """What is different between two versions; by default the newest and the one before."""
    template = Template.find(key)
    newer = request.args.get("to", type=int) or template.newest.number
    older = request.args.get("from", type=int) or max(1, newer - 1)
    found = previewing.compare_versions(template, older, newer, actor=actor(), blobs=seams().blobs)
    return render_template(
        "contracts/template_compare.html",
        template=template,
        older=template.version(older),
        newer=template.version(newer),
        found=found,
        stops=[*stops_of(found.changes)],
    )


def _contract_of(customer: Customer, number: str | None) -> Contract | None:
    if not number:
        return None
    contract, other = drafting.open_contract(number, actor=actor())
    if other.id != customer.id:
        raise ContractOfAnother(number=contract.number)
    return contract
