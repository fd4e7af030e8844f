"""How long papers of each kind are kept, and what must not be destroyed."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from archive import clock
from archive.actor import Right
from archive.custody.forms import HoldInput, RetentionInput
from archive.custody.lists import HOLDS
from archive.custody.models import LegalHold, RetentionRule
from archive.custody.service import retaining
from archive.customers.models import Customer
from archive.filing.models import Attachment
from archive.filing.rules import AttachmentKind
from archive.terms import N_
from archive.web.context import actor
from archive.web.editing import Answer, Editing
from archive.web.forms import CORRECTABLE, Form, read_form
from archive.web.guard import needs
from archive.web.inputs import ReasonInput
from archive.web.reasons import reasoned
from archive.web.repeats import once

blueprint = Blueprint("retention", __name__, template_folder="../templates")

EDITING = Editing[RetentionRule](
    model=RetentionInput,
    right=Right.MANAGE_RETENTION,
    verb=retaining.set_rule,
    title=N_("修改保管期限"),
    name=lambda rule: gettext(rule.kind.label),
    lead=lambda _: gettext("改短的期限对已提出的销毁申请没有影响；销毁前每份附件都再核对一次。"),
    address=lambda _: url_for("retention.table"),
    crumbs=lambda _: [(gettext("保管期限"), url_for("retention.table"))],
    arguments=lambda typed: {"facts": typed.model_dump()},
    tell=lambda _: flash(gettext("已修改。"), "success"),
)


@blueprint.get("/retention")
@needs(Right.SEE_DISPOSALS)
def table() -> str:
    rules = RetentionRule.table()
    rows = [(kind, rules[kind]) for kind in AttachmentKind]
    return render_template("custody/retention.html", rows=rows)


@blueprint.get("/retention/<kind>/edit")
@needs(Right.MANAGE_RETENTION)
def edit(kind: str) -> str:
    return EDITING.show(RetentionRule.of(kind))


@blueprint.post("/retention/<kind>/edit")
@needs(Right.MANAGE_RETENTION)
def save(kind: str) -> Answer:
    return EDITING.save(RetentionRule.of(kind))


@blueprint.get("/legal-holds")
@needs(Right.SEE_DISPOSALS)
def holds() -> str | Response:
    return HOLDS.answer(LegalHold.objects)


@blueprint.get("/legal-holds/new")
@needs(Right.HOLD_PAPERS)
def new_hold() -> str:
    return _new(Form(HoldInput, initial=_meant()))


@blueprint.post("/legal-holds/new")
@once
@needs(Right.HOLD_PAPERS)
def set_hold() -> Answer:
    try:
        typed = read_form(HoldInput, request.form)
        customer = Customer.find(typed.customer)
        paper = Attachment.find(typed.attachment) if typed.attachment else None
        hold = retaining.set_hold(
            Customer.find(str(paper.customer_id)) if paper else customer,
            paper,
            typed.reason,
            actor=actor(),
            now=clock.now(),
        )
    except CORRECTABLE as fault:
        return _new(Form(HoldInput, request.form, fault=fault)), 422
    flash(gettext("已保全，解除前不能销毁。"), "success")
    return redirect(url_for("retention.hold", number=hold.number))


@blueprint.get("/legal-holds/<number>")
@needs(Right.SEE_DISPOSALS)
def hold(number: str) -> str:
    return _hold(LegalHold.numbered(number), Form(ReasonInput))


@blueprint.post("/legal-holds/<number>/lift")
@needs(Right.HOLD_PAPERS)
def lift(number: str) -> Answer:
    found = LegalHold.numbered(number)
    return reasoned(
        lambda reason: retaining.lift_hold(found, reason, actor=actor(), now=clock.now()),
        page=lambda form: _hold(LegalHold.numbered(number), form),
        said=gettext("已解除保全。"),
        address=url_for("retention.hold", number=number),
    )


def _meant() -> dict[str, Any]:
    """The customer, and the paper, that the address names."""
    if key := request.args.get("attachment"):
        paper = Attachment.find(key)
        customer = Customer.find(str(paper.customer_id))
        return {"attachment": paper.key, "customer": customer.caption_for(actor())}
    if number := request.args.get("customer"):
        return {"customer": Customer.numbered(number).caption_for(actor())}
    return {}


def _new(form: Form) -> str:
    key = form.attachment.value
    paper = Attachment.find(key) if key else None
    return render_template("custody/hold_new.html", form=form, paper=paper)


def _hold(found: LegalHold, reason: Form) -> str:
    customer = Customer.objects(id=found.customer_id).first()
    return render_template("custody/hold.html", hold=found, customer=customer, reason=reason)
