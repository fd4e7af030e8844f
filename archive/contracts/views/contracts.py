"""The drafts made: the list, one contract with all its versions, the Word files."""

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response as BaseResponse

from archive import clock
from archive.actor import Right
from archive.contracts import rules
from archive.contracts.errors import NothingForLedger, TooManyForLedger
from archive.contracts.lists import CONTRACTS
from archive.contracts.models import Contract, DraftVersion
from archive.contracts.rules import VersionSource
from archive.contracts.rules.reviewing import RoundState
from archive.contracts.service import cards, drafting, routing
from archive.contracts.service.versions import obstacles_of
from archive.contracts.views.proposing import papers_of
from archive.customers.models import Customer
from archive.errors import NotFound
from archive.redline import Obstacle
from archive.web.answers import words_of
from archive.web.context import actor, seams
from archive.web.documents import send_document
from archive.web.editing import Answer
from archive.web.forms import Form
from archive.web.guard import needs
from archive.web.inputs import ReasonInput
from archive.web.reasons import Acts

blueprint = Blueprint("contracts", __name__, template_folder="../templates")


@blueprint.get("/contracts")
@needs(Right.OPEN_CONTRACT)
def list_page() -> str | BaseResponse:
    return CONTRACTS.answer(
        Contract.visible_to(actor()), customer=_customer(request.args.get("customer", ""))
    )


@blueprint.get("/contracts/ledger.docx")
@needs(Right.EXPORT_LISTS)
def ledger() -> BaseResponse:
    """合同管理台账 of the contracts that the address asks for, as a Word file (Art. 25.2)."""
    listing = CONTRACTS.read()
    found = CONTRACTS.narrow(Contract.visible_to(actor()), listing.values, listing.notes)
    try:
        content = cards.make_ledger(found, actor=actor(), now=clock.now(), parts=seams())
    except (NothingForLedger, TooManyForLedger) as refusal:
        flash("".join(words_of(refusal)), "warning")
        return redirect(f"{url_for('contracts.list_page')}?{request.query_string.decode()}")
    CONTRACTS.note_taken(listing)
    return send_document(content, f"{gettext('合同管理台账')}.docx")


@blueprint.get("/contracts/<number>")
@needs(Right.OPEN_CONTRACT, Right.REVIEW_CONTRACT)
def page(number: str) -> str:
    contract, _ = drafting.open_contract(number, actor=actor())
    return draw_page(contract, request.args.get("version", type=int))


def draw_page(contract: Contract, number: int | None = None, **dialogs: Form) -> str:
    """The page of *contract* with version *number*; a form in *dialogs* opens its dialog again."""
    who, reason = actor(), Form(ReasonInput)
    customer = drafting.customer_of(contract)
    version = contract.draft(number)
    catalogue = seams().docgen.catalogue
    review = contract.review
    return render_template(
        "contracts/contract.html",
        contract=contract,
        customer=customer,
        version=version,
        missing=[
            found.label if (found := catalogue.find(name)) else name for name in version.missing
        ],
        obstacles=_obstacles(contract, version),
        otherwise=rules.rows_say_otherwise(
            contract.amount, [row.amount for row in contract.prices]
        ),
        has_pdf=seams().pdfs.is_available,
        capitals=rules.in_capitals(contract.amount),
        may_draft=who.may(Right.DRAFT_CONTRACT, contract),
        may_review=who.may(Right.REVIEW_CONTRACT, contract),
        may_steer=who.may(Right.STEER_REVIEW, contract),
        is_my_turn=who.id in contract.turn_ids,
        can_record_trial=who.may(Right.RECORD_TRIAL, contract)
        and contract.is_in_review
        and review is not None
        and review.state is RoundState.TRIAL,
        names=routing.names_of(contract.turn_ids),
        papers=papers_of(customer) if contract.is_draft else [],
        voiding=dialogs.get("voiding", reason),
        restoring=dialogs.get("restoring", reason),
        taking_back=dialogs.get("taking_back", reason),
        reopening=dialogs.get("reopening", reason),
        repeating=dialogs.get("repeating", reason),
    )


def _obstacles(contract: Contract, version: DraftVersion) -> list[Obstacle]:
    """What of an uploaded file keeps it from being submitted; ours lack values and nothing else."""
    if not contract.is_draft or version.source is VersionSource.GENERATED:
        return []
    return obstacles_of(contract, version, actor=actor(), parts=seams())


ACTS = Acts[Contract](
    find=lambda number: drafting.open_contract(number, actor=actor())[0],
    page=draw_page,
    address=lambda contract: url_for("contracts.page", number=contract.number),
)


@blueprint.post("/contracts/<number>/void")
@needs(Right.DRAFT_CONTRACT, of=Contract.numbered)
def void(number: str) -> Answer:
    said = gettext("合同已作废，文件保留。")
    return ACTS.do(number, drafting.void_contract, dialog="voiding", said=said)


@blueprint.post("/contracts/<number>/restore")
@needs(Right.DRAFT_CONTRACT, of=Contract.numbered)
def restore(number: str) -> Answer:
    said = gettext("草稿已恢复。")
    return ACTS.do(number, drafting.restore_contract, dialog="restoring", said=said)


@blueprint.get("/contracts/<number>/draft.docx")
@needs(Right.OPEN_CONTRACT, Right.REVIEW_CONTRACT)
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


@blueprint.get("/contracts/<number>/draft.pdf")
@needs(Right.OPEN_CONTRACT, Right.REVIEW_CONTRACT)
def draft_pdf(number: str) -> Response:
    """A version as PDF: the newest one, or ``?version=2``."""
    contract, customer = drafting.open_contract(number, actor=actor())
    version, content = drafting.read_draft_as_pdf(
        contract,
        request.args.get("version", type=int),
        actor=actor(),
        now=clock.now(),
        parts=seams(),
    )
    return send_document(content, f"{customer.name}-{contract.number}-v{version.number}.pdf")


def _customer(archive_number: str) -> Customer | None:
    """The customer by whom the list is narrowed; one the person may not open narrows nothing."""
    if not archive_number:
        return None
    try:
        customer = Customer.numbered(archive_number)
    except NotFound:
        return None
    return customer if actor().may(Right.OPEN_CONTRACT, customer) else None
