"""The pages of visits: list, recording, one visit."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from archive import clock
from archive.actor import Right
from archive.communication.forms import NewVisitInput, VisitInput
from archive.communication.lists import VISITS
from archive.communication.models import Visit
from archive.communication.rules.visits import STEP_FIELDS, VisitKind, VisitStep
from archive.communication.service import visits as service
from archive.communication.views.reading import (
    recent_changes,
)
from archive.customers.models import Customer
from archive.terms import N_
from archive.web.context import actor
from archive.web.editing import Answer, Editing
from archive.web.forms import CORRECTABLE, Form, read_form
from archive.web.guard import needs
from archive.web.inputs import ReasonInput
from archive.web.reasons import Acts
from archive.web.repeats import once

blueprint = Blueprint("visits", __name__, template_folder="../templates")


def address_of(visit: Visit) -> str:
    """The page of the visit."""
    return url_for("visits.page", number=visit.number)


EDITING = Editing[Visit](
    model=VisitInput,
    right=Right.RECORD_VISIT,
    verb=service.edit_visit,
    title=N_("更新拜访记录"),
    name=lambda visit: visit.purpose,
    lead=lambda visit: visit.customer.name if visit.customer else "",
    address=address_of,
    crumbs=lambda visit: [
        (gettext("拜访"), url_for("visits.list_page")),
        (visit.number, address_of(visit)),
    ],
    page="communication/visits/edit.html",
)


@blueprint.get("/visits")
@needs(Right.OPEN_VISIT)
def list_page() -> str | Response:
    return VISITS.answer(Visit.visible_to(actor()), now=clock.now())


@blueprint.get("/visits/new")
@needs(Right.RECORD_VISIT)
def new() -> str:
    return _new(Form(NewVisitInput, initial=_usual()))


@blueprint.post("/visits/new")
@once
@needs(Right.RECORD_VISIT)
def create() -> Response | tuple[str, int]:
    try:
        facts = read_form(NewVisitInput, request.form).model_dump()
        customer = Customer.find(facts.pop("customer_name"))
        visit = service.record_visit(customer, actor=actor(), now=clock.now(), **facts)
    except CORRECTABLE as fault:
        return _new(Form(NewVisitInput, request.form, fault=fault)), 422
    return _recorded(visit)


@blueprint.get("/customers/<archive_number>/visits/new")
@needs(Right.RECORD_VISIT)
def new_for(archive_number: str) -> str:
    customer = Customer.numbered(archive_number)
    actor().require(Right.RECORD_VISIT, customer)
    return _new(Form(VisitInput, initial=_usual()), customer)


@blueprint.post("/customers/<archive_number>/visits/new")
@once
@needs(Right.RECORD_VISIT)
def create_for(archive_number: str) -> Response | tuple[str, int]:
    customer = Customer.numbered(archive_number)
    actor().require(Right.RECORD_VISIT, customer)
    try:
        facts = read_form(VisitInput, request.form).model_dump()
        visit = service.record_visit(customer, actor=actor(), now=clock.now(), **facts)
    except CORRECTABLE as fault:
        return _new(Form(VisitInput, request.form, fault=fault), customer), 422
    return _recorded(visit)


@blueprint.get("/visits/<number>")
@needs(Right.OPEN_VISIT)
def page(number: str) -> str:
    return _page(service.open_visit(number, actor=actor()))


@blueprint.get("/visits/<number>/edit")
@needs(Right.RECORD_VISIT, of=Visit.numbered)
def edit(number: str) -> str:
    return EDITING.show(Visit.numbered(number))


@blueprint.post("/visits/<number>/edit")
@needs(Right.RECORD_VISIT, of=Visit.numbered)
def save(number: str) -> Answer:
    return EDITING.save(Visit.numbered(number))


@blueprint.post("/visits/<number>/close")
@needs(Right.RECORD_VISIT, of=Visit.numbered)
def close(number: str) -> Response:
    service.close_visit(Visit.numbered(number), actor=actor(), now=clock.now())
    flash(gettext("拜访已办结。"), "success")
    return redirect(url_for("visits.page", number=number))


@blueprint.post("/visits/<number>/cancel")
@needs(Right.RECORD_VISIT, of=Visit.numbered)
def cancel(number: str) -> Answer:
    return ACTS.do(
        number, service.cancel_visit, dialog="cancelling", said=gettext("拜访已取消，记录保留。")
    )


@blueprint.post("/visits/<number>/reopen")
@needs(Right.RECORD_VISIT, of=Visit.numbered)
def reopen(number: str) -> Answer:
    return ACTS.do(
        number, service.reopen_visit, dialog="reopening", said=gettext("拜访已重新打开。")
    )


def _page(visit: Visit, *, cancelling: Form | None = None, reopening: Form | None = None) -> str:
    return render_template(
        "communication/visits/page.html",
        visit=visit,
        steps=list(VisitStep),
        step_fields={step: fields[0] for step, fields in STEP_FIELDS.items()},
        history=recent_changes(visit),
        now=clock.now(),
        cancelling=cancelling or Form(ReasonInput),
        reopening=reopening or Form(ReasonInput),
    )


ACTS = Acts[Visit](find=Visit.numbered, page=_page, address=address_of)


def _usual() -> dict[str, Any]:
    """What most visits are."""
    return {"visited_at": clock.now(), "visitors": [actor().name], "kind": VisitKind.ROUTINE}


def _new(form: Form, customer: Customer | None = None) -> str:
    return render_template("communication/visits/new.html", form=form, customer=customer)


def _recorded(visit: Visit) -> Response:
    flash(gettext("拜访 %(number)s 已登记。", number=visit.number), "success")
    return redirect(url_for("visits.page", number=visit.number))
