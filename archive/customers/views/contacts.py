"""The pages of contact persons: who left, who came back, what is known privately of them."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from archive import clock
from archive.actor import Right
from archive.customers.forms import BackInput, LeftInput, NewPersonalInput, PersonalInput
from archive.customers.models import Customer, PersonalNote
from archive.customers.service import contacts as service
from archive.errors import NotFound
from archive.terms import N_
from archive.trail.looks import note_look
from archive.web.context import actor
from archive.web.editing import Answer, Editing
from archive.web.forms import CORRECTABLE, Form, read_form
from archive.web.guard import needs
from archive.web.repeats import once

blueprint = Blueprint("contacts", __name__, template_folder="../templates")


def file_of(customer: Customer) -> str:
    """The contact persons in the customer's file."""
    number = customer.archive_number
    return url_for("dossier.customer", archive_number=number) + "#contacts"


def personal_of(note: PersonalNote) -> str:
    """The page that lists what is known privately."""
    number = note.customer.archive_number if note.customer else ""
    return url_for("contacts.personal", archive_number=number)


EDITING = Editing[PersonalNote](
    model=PersonalInput,
    right=Right.SEE_PERSONAL,
    verb=service.edit_personal,
    title=N_("更新生日与喜好"),
    name=lambda note: note.name,
    lead=lambda note: note.name,
    address=personal_of,
    crumbs=lambda note: [(gettext("联系人的生日与喜好"), personal_of(note))],
)


@blueprint.get("/customers/<archive_number>/contacts/<int:place>/left")
@needs(Right.EDIT_CUSTOMER, of=Customer.numbered)
def leave(archive_number: str, place: int) -> str:
    customer = Customer.numbered(archive_number)
    initial = {
        "name": _at(place, customer.contacts).name,
        "left_on": clock.local_day(clock.now()),
    }
    return _leave(customer, Form(LeftInput, initial=initial))


@blueprint.post("/customers/<archive_number>/contacts/<int:place>/left")
@needs(Right.EDIT_CUSTOMER, of=Customer.numbered)
def let_go(archive_number: str, place: int) -> Answer:  # noqa: ARG001 - the name sent says who
    customer = Customer.numbered(archive_number)
    try:
        typed = read_form(LeftInput, request.form).model_dump()
        service.let_go(customer, actor=actor(), now=clock.now(), **typed)
    except CORRECTABLE as fault:
        return _leave(customer, Form(LeftInput, request.form, fault=fault)), 422
    flash(gettext("已记为离开，不再出现在可选的联系人里。"), "success")
    return redirect(file_of(customer))


@blueprint.get("/customers/<archive_number>/contacts/<int:place>/back")
@needs(Right.EDIT_CUSTOMER, of=Customer.numbered)
def come_back(archive_number: str, place: int) -> str:
    customer = Customer.numbered(archive_number)
    name = _at(place, customer.former_contacts).name
    return _come_back(customer, Form(BackInput, initial={"name": name}))


@blueprint.post("/customers/<archive_number>/contacts/<int:place>/back")
@needs(Right.EDIT_CUSTOMER, of=Customer.numbered)
def take_back(archive_number: str, place: int) -> Answer:  # noqa: ARG001 - the name sent says who
    customer = Customer.numbered(archive_number)
    try:
        typed = read_form(BackInput, request.form).model_dump()
        service.take_back_contact(customer, actor=actor(), now=clock.now(), **typed)
    except CORRECTABLE as fault:
        return _come_back(customer, Form(BackInput, request.form, fault=fault)), 422
    flash(gettext("已恢复为联系人。"), "success")
    return redirect(file_of(customer))


@blueprint.get("/customers/<archive_number>/personal")
@needs(Right.SEE_PERSONAL, of=Customer.numbered)
def personal(archive_number: str) -> str:
    """What is known privately of the people of a customer; the look is written down."""
    customer = Customer.numbered(archive_number)
    notes = service.read_personal(customer, actor=actor(), now=clock.now())
    known = {note.name for note in notes}
    return render_template(
        "customers/personal.html",
        customer=customer,
        notes=notes,
        unknown=[each.name for each in customer.contacts if each.name not in known],
        may_write=actor().may(Right.EDIT_CUSTOMER, customer),
    )


@blueprint.get("/customers/<archive_number>/personal/new")
@needs(Right.EDIT_CUSTOMER, of=Customer.numbered)
def new_personal(archive_number: str) -> str:
    customer = Customer.numbered(archive_number)
    actor().require(Right.SEE_PERSONAL, customer)
    name = request.args.get("name", "")
    if name not in [each.name for each in (*customer.contacts, *customer.former_contacts)]:
        raise NotFound()
    return _new_personal(customer, Form(NewPersonalInput, initial={"name": name}))


@blueprint.post("/customers/<archive_number>/personal/new")
@once
@needs(Right.EDIT_CUSTOMER, of=Customer.numbered)
def write_personal(archive_number: str) -> Response | tuple[str, int]:
    customer = Customer.numbered(archive_number)
    try:
        typed = read_form(NewPersonalInput, request.form).model_dump()
        note = service.write_personal(customer, actor=actor(), now=clock.now(), **typed)
    except CORRECTABLE as fault:
        return _new_personal(customer, Form(NewPersonalInput, request.form, fault=fault)), 422
    flash(gettext("已保存。"), "success")
    return redirect(personal_of(note))


@blueprint.get("/customers/<archive_number>/personal/<key>/edit")
@needs(Right.EDIT_CUSTOMER, of=Customer.numbered)
def edit_personal(archive_number: str, key: str) -> str:
    note = service.personal_note(Customer.numbered(archive_number), key)
    actor().require(Right.SEE_PERSONAL, note)
    note_look(note, actor=actor(), now=clock.now(), action="personal.seen", counted=True)
    return EDITING.show(note)


@blueprint.post("/customers/<archive_number>/personal/<key>/edit")
@needs(Right.EDIT_CUSTOMER, of=Customer.numbered)
def save_personal(archive_number: str, key: str) -> Answer:
    return EDITING.save(service.personal_note(Customer.numbered(archive_number), key))


def _at(place: int, people: Any) -> Any:
    if place >= len(people):
        raise NotFound()
    return people[place]


def _leave(customer: Customer, form: Form) -> str:
    return render_template("customers/contact_left.html", customer=customer, form=form)


def _come_back(customer: Customer, form: Form) -> str:
    return render_template("customers/contact_back.html", customer=customer, form=form)


def _new_personal(customer: Customer, form: Form) -> str:
    return render_template("customers/personal_new.html", customer=customer, form=form)
