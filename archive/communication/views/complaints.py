"""The pages of complaints: list by clock, recording, one complaint and what is done about it."""

from collections.abc import Sequence
from datetime import datetime

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from archive import clock
from archive.accounts.models import User
from archive.actor import Right, Scope
from archive.communication.errors import MayHaveArchive
from archive.communication.forms import (
    ClosingInput,
    DeskInput,
    HandlerInput,
    NewComplaintInput,
    ReplyInput,
)
from archive.communication.lists import COMPLAINTS, TABS, asked_tab, in_tab
from archive.communication.models import Complaint
from archive.communication.service import complaints as service
from archive.communication.views import evidence
from archive.communication.views.reading import recent_changes
from archive.customers.models import Customer
from archive.filing.models import StoredFile
from archive.terms import N_
from archive.web import reasons
from archive.web.context import actor
from archive.web.editing import Answer, Editing
from archive.web.formatting import span
from archive.web.forms import CORRECTABLE, Form, read_form
from archive.web.guard import needs
from archive.web.inputs import ReasonInput
from archive.web.listing import count_of
from archive.web.repeats import once
from archive.web.spool import takes_files

blueprint = Blueprint("complaints", __name__, template_folder="../templates")


def address_of(complaint: Complaint) -> str:
    """The page of the complaint."""
    return url_for("complaints.page", number=complaint.number)


EDITING = Editing[Complaint](
    model=DeskInput,
    right=Right.EDIT_COMPLAINT,
    verb=service.edit_complaint,
    title=N_("更新客户抱怨"),
    name=lambda complaint: complaint.number,
    address=address_of,
    crumbs=lambda complaint: [
        (gettext("客户抱怨"), url_for("complaints.list_page")),
        (complaint.number, address_of(complaint)),
    ],
    page="communication/complaints/edit.html",
    reveal=service.reveal_phone,
)


@blueprint.app_template_filter("time_left")
def time_left(at: datetime, now: datetime) -> str:
    """How long it is until *at*, or how long it has been past: 还剩 5 小时, 超时 2 天."""
    amount = span(abs(at - now))
    if at < now:
        return gettext("超时 %(amount)s", amount=amount)
    return gettext("还剩 %(amount)s", amount=amount)


@blueprint.get("/complaints")
@needs(Right.OPEN_COMPLAINT)
def list_page() -> str | Response:
    tab = asked_tab()
    seen = Complaint.visible_to(actor())
    return COMPLAINTS.answer(
        seen,
        within=lambda found: in_tab(tab, found),
        sort="-heard" if tab == "all" else "",
        kept={"tab": tab},
        tab=tab,
        tabs=[(key, label, count_of(in_tab(key, seen))) for key, label in TABS.items()],
        sees_all=Scope.ALL in actor().scopes(Right.OPEN_COMPLAINT),
        now=clock.now(),
    )


@blueprint.get("/complaints/new")
@needs(Right.RECORD_COMPLAINT)
def new() -> str:
    return _new(Form(NewComplaintInput, initial={"heard_at": clock.now()}))


@blueprint.post("/complaints/new")
@once
@takes_files()
@needs(Right.RECORD_COMPLAINT)
def create() -> Response | tuple[str, int]:
    try:
        facts = read_form(NewComplaintInput, request.form).model_dump()
        complaint = service.record_complaint(actor=actor(), now=clock.now(), **facts)
    except CORRECTABLE as fault:
        form = Form(NewComplaintInput, request.form, fault=fault)
        held, faults = evidence.hold()
        asks = isinstance(fault, MayHaveArchive)
        return _new(form, is_asking=asks, held=held, faults=faults), 422
    flash(gettext("抱怨 %(number)s 已登记，并已转交客服。", number=complaint.number), "success")
    evidence.keep_recorded(complaint)
    return redirect(url_for("complaints.page", number=complaint.number))


@blueprint.get("/customers/<archive_number>/complaints/new")
@needs(Right.RECORD_COMPLAINT)
def new_for(archive_number: str) -> str:
    """The same page with the customer filled in."""
    customer = Customer.numbered(archive_number)
    named = f"{customer.name}（{customer.customer_code}）"
    return _new(Form(NewComplaintInput, initial={"heard_at": clock.now(), "customer_name": named}))


@blueprint.get("/complaints/<number>")
@needs(Right.OPEN_COMPLAINT)
def page(number: str) -> str:
    complaint = service.open_complaint(number, actor=actor())
    return _page(complaint)


@blueprint.get("/complaints/<number>/edit")
@needs(Right.EDIT_COMPLAINT, of=Complaint.numbered)
def edit(number: str) -> str:
    return EDITING.show(Complaint.numbered(number))


@blueprint.post("/complaints/<number>/edit")
@needs(Right.EDIT_COMPLAINT, of=Complaint.numbered)
def save(number: str) -> Answer:
    return EDITING.save(Complaint.numbered(number))


@blueprint.post("/complaints/<number>/accept")
@needs(Right.EDIT_COMPLAINT, of=Complaint.numbered)
def accept(number: str) -> Response:
    complaint = Complaint.numbered(number)
    service.accept_complaint(complaint, actor=actor(), now=clock.now())
    said = gettext("已受理，开始计时。")
    if complaint.is_waiting_for_evidence:
        said = gettext("已受理；客户证明材料齐全后开始计时。")
    flash(said, "success")
    return redirect(url_for("complaints.page", number=number))


@blueprint.get("/complaints/<number>/handler")
@needs(Right.EDIT_COMPLAINT, of=Complaint.numbered)
def handler(number: str) -> str:
    complaint = Complaint.numbered(number)
    initial = {"handler": complaint.handler_id}
    return _handler(complaint, Form(HandlerInput, initial=initial, choices=desk()))


@blueprint.post("/complaints/<number>/handler")
@needs(Right.EDIT_COMPLAINT, of=Complaint.numbered)
def save_handler(number: str) -> Answer:
    complaint = Complaint.numbered(number)
    try:
        typed = read_form(HandlerInput, request.form)
        service.assign_complaint(
            complaint, typed.handler, actor=actor(), now=clock.now(), reason=typed.reason or ""
        )
    except CORRECTABLE as fault:
        form = Form(HandlerInput, request.form, choices=desk(), fault=fault)
        return _handler(complaint, form), 422
    flash(gettext("%(name)s 现在负责这件抱怨。", name=complaint.handler_name), "success")
    return redirect(address_of(complaint))


@blueprint.post("/complaints/<number>/replies")
@once
@needs(Right.EDIT_COMPLAINT, of=Complaint.numbered)
def reply(number: str) -> Response | tuple[str, int]:
    complaint = Complaint.numbered(number)
    try:
        facts = read_form(ReplyInput, request.form).model_dump()
        service.note_reply(complaint, actor=actor(), now=clock.now(), **facts)
    except CORRECTABLE as fault:
        return _page(complaint, reply_form=Form(ReplyInput, request.form, fault=fault)), 422
    flash(gettext("答复已登记。"), "success")
    return redirect(url_for("complaints.page", number=number))


@blueprint.post("/complaints/<number>/close")
@needs(Right.EDIT_COMPLAINT, of=Complaint.numbered)
def close(number: str) -> Response | tuple[str, int]:
    complaint = Complaint.numbered(number)
    try:
        reaction = read_form(ClosingInput, request.form).reaction
        service.close_complaint(complaint, reaction, actor=actor(), now=clock.now())
    except CORRECTABLE as fault:
        return _page(complaint, closing_form=Form(ClosingInput, request.form, fault=fault)), 422
    flash(gettext("抱怨已结案。"), "success")
    return redirect(url_for("complaints.page", number=number))


@blueprint.post("/complaints/<number>/reopen")
@needs(Right.EDIT_COMPLAINT, of=Complaint.numbered)
def reopen(number: str) -> Answer:
    complaint = Complaint.numbered(number)
    return reasons.reasoned(
        lambda reason: service.reopen_complaint(complaint, reason, actor=actor(), now=clock.now()),
        page=lambda reason: _page(complaint, reopening=reason),
        said=gettext("已重新处理，请继续答复客户。"),
        address=url_for("complaints.page", number=number),
    )


@blueprint.post("/complaints/<number>/phone")
@needs(Right.REVEAL_PHONE)
def phone(number: str) -> str:
    """The full number, as a fragment that takes the place of the masked one."""
    complaint = Complaint.numbered(number)
    service.reveal_phone(complaint, actor=actor(), now=clock.now())
    return render_template(
        "communication/complaints/phone.html", complaint=complaint, revealed=True
    )


def desk() -> dict[str, list[tuple[str, str]]]:
    """Those who may see to a complaint."""
    return {"handler": User.holding(Right.EDIT_COMPLAINT)}


def _handler(complaint: Complaint, form: Form) -> str:
    return render_template("communication/complaints/handler.html", complaint=complaint, form=form)


def _page(
    complaint: Complaint,
    *,
    reply_form: Form | None = None,
    closing_form: Form | None = None,
    reopening: Form | None = None,
) -> str:
    now = clock.now()
    owed = complaint.next_due
    usual = {"replied_at": now, "reply": owed.reply if owed else None}
    return render_template(
        "communication/complaints/page.html",
        complaint=complaint,
        customer=complaint.customer,
        reply_form=reply_form or Form(ReplyInput, initial=usual),
        closing_form=closing_form or Form(ClosingInput),
        reopening=reopening or Form(ReasonInput),
        history=recent_changes(complaint),
        now=now,
    )


def _new(
    form: Form,
    *,
    is_asking: bool = False,
    held: Sequence[tuple[str, StoredFile]] = (),
    faults: Sequence[str] = (),
) -> str:
    return render_template(
        "communication/complaints/new.html",
        form=form,
        is_asking=is_asking,
        held=held,
        faults=faults,
    )
