"""The pages of the customer's archive: list, opening, editing. The whole file is in the dossier."""

from typing import Any
from urllib.parse import urlencode

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from archive import clock
from archive.accounts.models import User
from archive.actor import Right, Scope
from archive.customers import service
from archive.customers.errors import LooksAlike
from archive.customers.forms import ArchiveInput, AssignInput, NewCustomerInput
from archive.customers.lists import CUSTOMERS, DIRECTORY
from archive.customers.models import Customer
from archive.database import EditedMeanwhile
from archive.errors import NotPermitted
from archive.terms import N_
from archive.web.answers import problem_of
from archive.web.chosen import address_with
from archive.web.context import actor
from archive.web.editing import Answer, Editing
from archive.web.export import wanted_export
from archive.web.forms import CORRECTABLE, Form, read_form
from archive.web.guard import needs
from archive.web.inputs import ReasonInput
from archive.web.reasons import reasoned
from archive.web.repeats import once
from archive.web.targets import safe_target

blueprint = Blueprint("customers", __name__, template_folder="../templates")

MOST_SUGGESTED = 12
MOST_LABELS = 999
MOST_TYPED = 160  # characters of a text that is looked for


def address_of(customer: Customer) -> str:
    """The page of the customer's whole file."""
    return url_for("dossier.customer", archive_number=customer.archive_number)


EDITING = Editing[Customer](
    model=ArchiveInput,
    right=Right.EDIT_CUSTOMER,
    verb=service.edit_archive,
    title=N_("编辑客户档案"),
    name=lambda customer: customer.name,
    lead=lambda customer: customer.archive_number,
    address=address_of,
    crumbs=lambda customer: [
        (gettext("客户列表"), url_for("customers.list_page")),
        (customer.name, address_of(customer)),
    ],
    reveal=service.reveal_phones,
    tell=lambda customer: _tell(customer, gettext("已保存。")),
)


@blueprint.get("/customers")
@needs(Right.OPEN_CUSTOMER, Right.FIND_CUSTOMER)
def list_page() -> str | Response:
    who = actor()
    sees_all = Scope.ALL in who.scopes(Right.OPEN_CUSTOMER)
    is_directory = not who.may(Right.OPEN_CUSTOMER) or request.args.get("view") == "directory"
    is_directory = is_directory and not sees_all
    if is_directory and wanted_export():
        raise NotPermitted(right=Right.EXPORT_LISTS)
    has_both = who.may(Right.OPEN_CUSTOMER) and not sees_all
    if is_directory:
        kept = {"view": "directory"}
        return DIRECTORY.answer(Customer.objects, kept=kept, is_directory=True, has_both=has_both)
    found = Customer.visible_to(who)
    return CUSTOMERS.answer(found, is_directory=False, has_both=has_both)


@blueprint.get("/customers/labels")
@needs(Right.EXPORT_LISTS)
def labels() -> str:
    """Labels of the customers that the address chooses."""
    who = actor()
    listing, found = CUSTOMERS.chosen_of(Customer.visible_to(who))
    CUSTOMERS.note_taken(listing)
    customers = list(found.limit(MOST_LABELS + 1))
    return render_template(
        "customers/labels.html",
        customers=customers[:MOST_LABELS],
        has_more=len(customers) > MOST_LABELS,
        back=address_with(url_for("customers.list_page"), request.query_string.decode()),
    )


@blueprint.get("/customers/suggest")
@needs(Right.OPEN_CUSTOMER, Right.FIND_CUSTOMER)
def suggest() -> list[dict[str, str]]:
    """Customers for fields that choose one, by what the person may know of each (`forms`)."""
    who = actor()
    found = Customer.visible_to(who) if "openable" in request.args else Customer.objects
    if text := request.args.get("q", "").strip()[:MOST_TYPED]:
        found = found.filter(Customer.meant(text, who))
    return [
        {"text": c.caption_for(who), "label": c.name, "note": c.number_for(who)}
        for c in found.order_by("name_order", "id").limit(MOST_SUGGESTED)
    ]


@blueprint.get("/customers/new")
@needs(Right.CREATE_CUSTOMER)
def new() -> str:
    initial = {"name": request.args.get("name", "")[:MOST_TYPED]}
    return _new(Form(NewCustomerInput, initial=initial, choices=choices()))


@blueprint.post("/customers/new")
@once
@needs(Right.CREATE_CUSTOMER)
def create() -> Response | tuple[str, int]:
    """Open the archive; ``next`` names the page that asked for it, which gets its number."""
    candidates: list[Customer] = []
    try:
        typed = read_form(NewCustomerInput, request.form)
        customer = service.open_archive(actor=actor(), now=clock.now(), **typed.model_dump())
    except CORRECTABLE as fault:
        if isinstance(fault, LooksAlike):
            keys: Any = fault.facts["candidates"]
            candidates = list(Customer.by_key(keys).values())
        form = Form(NewCustomerInput, request.form, choices=choices(), fault=fault)
        return _new(form, candidates), 409 if candidates else 422
    _tell(customer, gettext("档案 %(number)s 已建立。", number=customer.archive_number))
    target = safe_target()
    if target == "/":
        return redirect(address_of(customer))
    joint = "&" if "?" in target else "?"
    return redirect(f"{target}{joint}{urlencode({'customer': customer.archive_number})}")


@blueprint.get("/customers/<archive_number>/edit")
@needs(Right.EDIT_CUSTOMER)
def edit(archive_number: str) -> str:
    return EDITING.show(Customer.numbered(archive_number))


@blueprint.post("/customers/<archive_number>/edit")
@needs(Right.EDIT_CUSTOMER)
def save(archive_number: str) -> Answer:
    return EDITING.save(Customer.numbered(archive_number))


@blueprint.post("/customers/<archive_number>/confirm")
@needs(Right.EDIT_CUSTOMER, of=Customer.numbered)
def confirm(archive_number: str) -> Response:
    """The facts that the person has before them are still right."""
    customer = Customer.numbered(archive_number)
    seen = request.form.get("revision", 0, type=int)
    try:
        service.confirm_facts(customer, actor=actor(), now=clock.now(), seen=seen)
    except EditedMeanwhile as edited:
        flash(problem_of(edited).message, "warning")
    else:
        flash(gettext("已确认资料仍然正确。"), "success")
    return redirect(address_of(customer))


@blueprint.get("/customers/<archive_number>/confirm/withdraw")
@needs(Right.EDIT_CUSTOMER, of=Customer.numbered)
def withdraw(archive_number: str) -> str:
    return _withdraw(Customer.numbered(archive_number), Form(ReasonInput))


@blueprint.post("/customers/<archive_number>/confirm/withdraw")
@needs(Right.EDIT_CUSTOMER, of=Customer.numbered)
def withdraw_confirmation(archive_number: str) -> Answer:
    """The facts are not right, or nobody has looked."""
    customer = Customer.numbered(archive_number)
    return reasoned(
        lambda reason: service.withdraw_confirmation(
            customer, actor=actor(), now=clock.now(), reason=reason
        ),
        page=lambda form: _withdraw(customer, form),
        said=gettext("已撤回确认。"),
        address=address_of(customer),
    )


def _withdraw(customer: Customer, form: Form) -> str:
    return render_template("customers/withdraw.html", customer=customer, form=form)


@blueprint.get("/customers/<archive_number>/assign")
@needs(Right.ASSIGN_CUSTOMER)
def assign(archive_number: str) -> str:
    customer = Customer.numbered(archive_number)
    initial = {"salesperson": customer.salesperson_id}
    form = Form(AssignInput, initial=initial, choices=choices())
    return render_template("customers/assign.html", customer=customer, form=form)


@blueprint.post("/customers/<archive_number>/assign")
@needs(Right.ASSIGN_CUSTOMER)
def save_assignment(archive_number: str) -> Response | tuple[str, int]:
    customer = Customer.numbered(archive_number)
    try:
        typed = read_form(AssignInput, request.form)
        service.assign_salesperson(
            customer, typed.salesperson, actor=actor(), now=clock.now(), reason=typed.reason or ""
        )
    except CORRECTABLE as fault:
        form = Form(AssignInput, request.form, choices=choices(), fault=fault)
        return render_template("customers/assign.html", customer=customer, form=form), 422
    flash(gettext("跟进销售员已更改。"), "success")
    return redirect(url_for("dossier.customer", archive_number=archive_number))


@blueprint.post("/customers/<archive_number>/phones")
@needs(Right.REVEAL_PHONE)
def phones(archive_number: str) -> str:
    """The full numbers, as a fragment that takes the place of the masked ones."""
    customer = service.reveal_phones(
        Customer.numbered(archive_number), actor=actor(), now=clock.now()
    )
    return render_template("customers/contacts.html", customer=customer, revealed=True)


def choices() -> dict[str, list[tuple[str, str]]]:
    """The choices of fields that are not closed lists."""
    return {"salesperson": User.salespeople()}


def _new(form: Form, candidates: list[Customer] | None = None) -> str:
    return render_template("customers/new.html", form=form, candidates=candidates or [])


def _tell(customer: Customer, text: str) -> None:
    flash(text, "success")
    if customer.has_doubtful_credit_code:
        flash(gettext("统一社会信用代码的校验位不符，请对照营业执照核对。"), "warning")
