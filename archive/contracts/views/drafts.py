"""Drafting: what is missing first, then the facts and the price table, with a live preview."""

from typing import Any

from flask import Blueprint, Response, flash, jsonify, redirect, render_template, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response as BaseResponse

from archive import clock
from archive.actor import Right
from archive.contracts import rules
from archive.contracts.forms import ContractInput, NewContractInput
from archive.contracts.models import Contract, Template
from archive.contracts.placeholders import FIELDS
from archive.contracts.rules import AGREEMENTS, DRAFTED, TemplateKind
from archive.contracts.service import cards, drafting
from archive.contracts.views.proposing import (
    NOTHING,
    Start,
    facts_for,
    key_of_template,
    like_of,
    papers_of,
    say_origins,
    start_of,
)
from archive.customers.models import Customer
from archive.docgen import Missing
from archive.terms import N_
from archive.web.context import actor, seams
from archive.web.documents import send_document
from archive.web.editing import Answer, Editing
from archive.web.forms import CORRECTABLE, Form, filled_rows, initial_of, read_form, read_typed
from archive.web.guard import needs
from archive.web.inputs import InvalidInput
from archive.web.repeats import once

blueprint = Blueprint("drafts", __name__, template_folder="../templates")


@blueprint.get("/customers/<archive_number>/drafts/new")
@needs(Right.DRAFT_CONTRACT)
def new(archive_number: str) -> str:
    customer = Customer.numbered(archive_number)
    actor().require(Right.DRAFT_CONTRACT, customer)
    start = start_of(customer, request.args.get("like"))
    chosen = request.args.get("template") or key_of_template(start.proposal.like)
    template = drafting.choose_template(chosen, *DRAFTED)
    if template.kind in AGREEMENTS and not start.agreements:
        template = drafting.choose_template(None, TemplateKind.CONTRACT)
    facts = facts_for(template, start.proposal.facts)
    return _desk_page(customer, template, Form(ContractInput, initial=facts), facts, start)


@blueprint.post("/customers/<archive_number>/drafts/new")
@once
@needs(Right.DRAFT_CONTRACT)
def create(archive_number: str) -> BaseResponse | tuple[str, int]:
    customer = Customer.numbered(archive_number)
    actor().require(Right.DRAFT_CONTRACT, customer)
    template = _chosen_template()
    try:
        typed = read_form(NewContractInput, request.form)
        contract = drafting.draft_contract(
            customer,
            template,
            typed.model_dump(exclude={"template"}),
            actor=actor(),
            now=clock.now(),
            parts=seams(),
            like=like_of(request.form.get("like", "")),
        )
    except CORRECTABLE as fault:
        form = Form(ContractInput, request.form, fault=fault)
        start = start_of(customer, request.form.get("like", NOTHING))
        return _desk_page(customer, template, form, read_leniently(), start), 422
    flash(gettext("合同草稿 %(number)s 第 1 版已生成。", number=contract.number), "success")
    return redirect(url_for("contracts.page", number=contract.number))


@blueprint.get("/contracts/<number>/edit")
@needs(Right.DRAFT_CONTRACT, of=Contract.numbered)
def edit(number: str) -> str:
    contract, _ = drafting.open_contract(number, actor=actor())
    return EDITING.show(contract)


@blueprint.post("/contracts/<number>/edit")
@needs(Right.DRAFT_CONTRACT, of=Contract.numbered)
def save(number: str) -> Answer:
    contract, _ = drafting.open_contract(number, actor=actor())
    return EDITING.save(contract)


@blueprint.post("/customers/<archive_number>/drafts/reckon")
@needs(Right.DRAFT_CONTRACT)
def reckon(archive_number: str) -> Response:
    """What the price table comes to and what is missing, while it is being typed."""
    customer = Customer.numbered(archive_number)
    actor().require(Right.DRAFT_CONTRACT, customer)
    template = _chosen_template()
    facts = read_leniently()
    amounts = [rules.row_amount(r["quantity"], r["unit_price"]) for r in facts["prices"]]
    numbers = filled_rows(request.form, "prices")
    total = facts["amount"] if facts["amount"] is not None else rules.total_of(amounts)
    like = like_of(request.form.get("like", ""))
    missing = drafting.find_missing(customer, template, facts, parts=seams(), like=like)
    return jsonify(
        amounts={
            number: f"{amount:,.2f}" if amount is not None else ""
            for number, amount in zip(numbers, amounts, strict=False)
        },
        total=f"{total:,.2f}" if total is not None else "",
        capitals=rules.in_capitals(total),
        missing=render_template(
            "contracts/missing.html",
            missing=sort_missing(missing),
            customer=customer,
            amount=facts["amount"],
            otherwise=rules.rows_say_otherwise(facts["amount"], amounts),
        ),
    )


@blueprint.post("/customers/<archive_number>/drafts/preview")
@needs(Right.DRAFT_CONTRACT)
def preview(archive_number: str) -> Response:
    """The draft as it would be, without number; nothing is kept."""
    content = drafting.preview(
        Customer.numbered(archive_number),
        _chosen_template(),
        read_leniently(),
        actor=actor(),
        now=clock.now(),
        parts=seams(),
        like=like_of(request.form.get("like", "")),
    )
    return send_document(content, f"{drafting.PREVIEW_NUMBER}.docx")


@blueprint.get("/customers/<archive_number>/feedback-letter.docx")
@needs(Right.OPEN_CUSTOMER)
def letter(archive_number: str) -> Response:
    """业务反馈函 as a Word file."""
    customer = Customer.numbered(archive_number)
    content = cards.make_letter(customer, actor=actor(), now=clock.now(), parts=seams())
    return send_document(content, f"{gettext('业务反馈函')}-{customer.name}-{archive_number}.docx")


@blueprint.get("/customers/<archive_number>/card.docx")
@needs(Right.OPEN_CUSTOMER)
def card(archive_number: str) -> Response:
    """客户档案表 as a Word file."""
    customer = Customer.numbered(archive_number)
    content = cards.make_card(customer, actor=actor(), now=clock.now(), parts=seams())
    return send_document(content, f"{gettext('客户档案表')}-{customer.name}-{archive_number}.docx")


def facts_held_by(contract: Contract) -> dict[str, Any]:
    """What *contract* holds of the fields of `ContractInput`.

    An amount that is the sum of the price table was not typed, so it is left to be summed again.
    """
    held = initial_of(ContractInput, contract)
    if held["amount"] == rules.total_of(row.amount for row in contract.prices):
        held["amount"] = None
    return held


def read_leniently() -> dict[str, Any]:
    """What was typed so far, leaving out whatever cannot be read yet."""
    given = read_typed(ContractInput, request.form)
    while True:
        # The title is the one thing that must be there; a draft without it shows a mark.
        try:
            typed = ContractInput.read({**given, "title": given.get("title") or "—"})
        except InvalidInput as fault:
            for place in fault.errors:
                _leave_out(given, place)
        else:
            return typed.model_dump() | {"title": _typed_title()}


def _leave_out(given: dict[str, Any], place: str) -> None:
    """Drop from *given* what a fault at *place* names: a field, or a cell of the price table."""
    field, _, rest = place.partition("-")
    row, _, column = rest.partition("-")
    if field == "prices" and column:
        given["prices"][int(row)].pop(column)
    else:
        given.pop(field or "ends_on")  # a fault of the whole: it ends before it starts


def _typed_title() -> str | None:
    return request.form.get("title", "").strip()[:120] or None


def sort_missing(missing: list[Missing]) -> dict[str, list[dict[str, Any]]]:
    """What is missing, by where it is filled in, each with the name of its field there."""
    found: dict[str, list[dict[str, Any]]] = {"customer": [], "contract": [], "company": []}
    for each in missing:
        place = each.placeholder.source.value
        entry = {
            "label": each.placeholder.label,
            "field": FIELDS.get(each.placeholder.name),
            "row": each.row,
            "is_kept": each.placeholder.is_kept,
        }
        if place in found and entry not in found[place]:
            found[place].append(entry)
    return found


def _template_of(contract: Contract) -> Template:
    """The template that the newest draft was made of, or another one when that is out of use."""
    return drafting.choose_template(key_of_template(contract), *DRAFTED)


def _desk_page(
    customer: Customer, template: Template, form: Form, facts: dict[str, Any], start: Start
) -> str:
    parts = _desk_parts(customer, template, facts, start.proposal.like)
    say_origins(form, start)
    return render_template("contracts/draft.html", **parts, form=form, seen=None, start=start)


def _desk_parts(
    customer: Customer, template: Template, facts: dict[str, Any], like: Contract | None
) -> dict[str, Any]:
    """What the page of drafting shows next to its form; *like* is what the draft started from."""
    missing = drafting.find_missing(customer, template, facts, parts=seams(), like=like)
    kinds = DRAFTED if drafting.can_amend(like, customer) else (TemplateKind.CONTRACT,)
    return {
        "customer": customer,
        "template": template,
        "templates": [each for kind in kinds for each in Template.usable(kind)],
        "missing": sort_missing(missing),
        "clauses": drafting.clauses_for(customer, facts, like, parts=seams()),
        "papers": papers_of(customer),
    }


def _parts_of(contract: Contract) -> dict[str, Any]:
    """The same, for the next version of *contract*."""
    customer = drafting.customer_of(contract)
    if request.method == "POST":
        return _desk_parts(customer, _chosen_template(), read_leniently(), contract.original)
    return _desk_parts(customer, _template_of(contract), facts_held_by(contract), contract.original)


def _chosen_template() -> Template:
    return drafting.choose_template(request.form.get("template"), *DRAFTED)


def _tell(contract: Contract) -> None:
    version = contract.newest.number
    flash(gettext("第 %(version)s 版已生成，以前的版本都保留。", version=version), "success")


EDITING = Editing[Contract](
    model=ContractInput,
    right=Right.DRAFT_CONTRACT,
    verb=drafting.draft_again,
    title=N_("生成新版本"),
    name=lambda contract: contract.title,
    address=lambda contract: url_for("contracts.page", number=contract.number),
    crumbs=lambda contract: [
        (gettext("合同草稿"), url_for("contracts.list_page")),
        (contract.number, url_for("contracts.page", number=contract.number)),
    ],
    page="contracts/draft.html",
    held=facts_held_by,
    arguments=lambda typed: {
        "template": _chosen_template(),
        "facts": typed.model_dump(),
        "parts": seams(),
    },
    parts=_parts_of,
    tell=_tell,
)
