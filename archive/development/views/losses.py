"""The pages of lost customers: list, the analysis of one loss, statistics by cause."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from archive import clock
from archive.actor import Right
from archive.customers.models import Customer
from archive.database import kind_of
from archive.development.forms import LossInput, NewLossInput, StatisticsInput
from archive.development.lists import LOSSES, SHARES
from archive.development.models import ChurnAnalysis
from archive.development.service import losses as service
from archive.development.service.reports import write_analysis
from archive.development.views.reading import recent_changes
from archive.terms import N_
from archive.trail.looks import note
from archive.web.context import actor
from archive.web.documents import send_document
from archive.web.editing import Answer, Editing
from archive.web.export import export, wanted_export
from archive.web.forms import CORRECTABLE, Form, read_form
from archive.web.guard import needs
from archive.web.inputs import InvalidInput, ReasonInput
from archive.web.reasons import Acts
from archive.web.repeats import once

STATISTICS = N_("流失原因统计")

blueprint = Blueprint("losses", __name__, template_folder="../templates")


def address_of(loss: ChurnAnalysis) -> str:
    """The page of the analysis."""
    return url_for("losses.page", number=loss.number)


EDITING = Editing[ChurnAnalysis](
    model=LossInput,
    right=Right.WRITE_DEVELOPMENT,
    verb=service.edit_loss,
    title=N_("更新流失分析"),
    name=lambda loss: loss.caption,
    lead=lambda loss: loss.customer.name if loss.customer else "",
    address=address_of,
    crumbs=lambda loss: [
        (gettext("流失分析"), url_for("losses.list_page")),
        (loss.number, address_of(loss)),
    ],
)


@blueprint.get("/losses")
@needs(Right.OPEN_DEVELOPMENT)
def list_page() -> str | Response:
    return LOSSES.answer(ChurnAnalysis.visible_to(actor()), today=clock.local_day(clock.now()))


@blueprint.get("/losses/statistics")
@needs(Right.OPEN_DEVELOPMENT)
def statistics() -> str | Response:
    form = Form(StatisticsInput, request.args)
    wanted: dict[str, Any] = {}
    typed = {name: request.args.get(name, "") for name in StatisticsInput.model_fields}
    try:
        wanted = StatisticsInput.read(typed).model_dump()
    except InvalidInput as fault:
        form = Form(StatisticsInput, request.args, fault=fault)
    found = service.count_causes(actor=actor(), **wanted)
    if kind := wanted_export():
        actor().require(Right.EXPORT_LISTS)
        note(
            "list.exported",
            actor=actor(),
            now=clock.now(),
            subject_kind=kind_of(ChurnAnalysis),
            subject_id="list",
            caption=gettext(STATISTICS),
        )
        return export(SHARES, found, gettext(STATISTICS), kind)
    days = {name: wanted.get(name) for name in ("since", "until")}
    return render_template(
        "development/losses/statistics.html",
        form=form,
        columns=SHARES,
        shares=found,
        total=sum(each.count for each in found),
        days={name: day.isoformat() for name, day in days.items() if day},
        asked={name: text for name, text in typed.items() if text},
        may_export=actor().may(Right.EXPORT_LISTS),
    )


@blueprint.get("/losses/new")
@needs(Right.WRITE_DEVELOPMENT)
def new() -> str:
    return _new(Form(NewLossInput))


@blueprint.post("/losses/new")
@once
@needs(Right.WRITE_DEVELOPMENT)
def create() -> Response | tuple[str, int]:
    try:
        facts = read_form(NewLossInput, request.form).model_dump()
        customer = Customer.find(facts.pop("customer_name"))
        loss = service.record_loss(customer, actor=actor(), now=clock.now(), **facts)
    except CORRECTABLE as fault:
        return _new(Form(NewLossInput, request.form, fault=fault)), 422
    return _recorded(loss)


@blueprint.get("/customers/<archive_number>/losses/new")
@needs(Right.WRITE_DEVELOPMENT, of=Customer.numbered)
def new_for(archive_number: str) -> str:
    customer = Customer.numbered(archive_number)
    return _new(Form(LossInput, initial={"lost_since": customer.cooperation_ended_on}), customer)


@blueprint.post("/customers/<archive_number>/losses/new")
@once
@needs(Right.WRITE_DEVELOPMENT, of=Customer.numbered)
def create_for(archive_number: str) -> Response | tuple[str, int]:
    customer = Customer.numbered(archive_number)
    try:
        facts = read_form(LossInput, request.form).model_dump()
        loss = service.record_loss(customer, actor=actor(), now=clock.now(), **facts)
    except CORRECTABLE as fault:
        return _new(Form(LossInput, request.form, fault=fault), customer), 422
    return _recorded(loss)


@blueprint.get("/losses/<number>")
@needs(Right.OPEN_DEVELOPMENT)
def page(number: str) -> str:
    return _page(service.read_loss(number, actor=actor()))


@blueprint.get("/losses/<number>/analysis.docx")
@needs(Right.OPEN_DEVELOPMENT)
def analysis(number: str) -> Response:
    """The churn analysis as a Word file."""
    loss = service.read_loss(number, actor=actor())
    content = write_analysis(loss, actor=actor(), now=clock.now())
    return send_document(content, f"{gettext('客户流失分析')}-{loss.caption}.docx")


@blueprint.get("/losses/<number>/edit")
@needs(Right.WRITE_DEVELOPMENT, of=ChurnAnalysis.numbered)
def edit(number: str) -> str:
    return EDITING.show(ChurnAnalysis.numbered(number))


@blueprint.post("/losses/<number>/edit")
@needs(Right.WRITE_DEVELOPMENT, of=ChurnAnalysis.numbered)
def save(number: str) -> Answer:
    return EDITING.save(ChurnAnalysis.numbered(number))


@blueprint.post("/losses/<number>/win-back")
@needs(Right.WRITE_DEVELOPMENT, of=ChurnAnalysis.numbered)
def win_back(number: str) -> Answer:
    return ACTS.do(number, service.win_back, dialog="winning", said=gettext("已记为挽回。"))


@blueprint.post("/losses/<number>/give-up")
@needs(Right.WRITE_DEVELOPMENT, of=ChurnAnalysis.numbered)
def give_up(number: str) -> Answer:
    return ACTS.do(
        number, service.give_up_loss, dialog="giving_up", said=gettext("已记为不再挽回。")
    )


@blueprint.post("/losses/<number>/withdraw")
@needs(Right.WRITE_DEVELOPMENT, of=ChurnAnalysis.numbered)
def withdraw(number: str) -> Answer:
    return ACTS.do(
        number,
        service.withdraw_loss,
        dialog="withdrawing",
        said=gettext("流失分析已撤回，不再计入统计。"),
    )


@blueprint.post("/losses/<number>/reopen")
@needs(Right.WRITE_DEVELOPMENT, of=ChurnAnalysis.numbered)
def reopen(number: str) -> Answer:
    return ACTS.do(number, service.reopen_loss, dialog="reopening", said=gettext("已改回流失中。"))


def _page(loss: ChurnAnalysis, **dialogs: Form) -> str:
    names = ("winning", "giving_up", "withdrawing", "reopening")
    asked: dict[str, Any] = {name: dialogs.get(name) or Form(ReasonInput) for name in names}
    return render_template(
        "development/losses/page.html",
        loss=loss,
        today=clock.local_day(clock.now()),
        history=recent_changes(loss),
        **asked,
    )


ACTS = Acts[ChurnAnalysis](find=ChurnAnalysis.numbered, page=_page, address=address_of)


def _new(form: Form, customer: Customer | None = None) -> str:
    return render_template("development/losses/new.html", form=form, customer=customer)


def _recorded(loss: ChurnAnalysis) -> Response:
    flash(gettext("流失分析 %(number)s 已登记。", number=loss.number), "success")
    return redirect(address_of(loss))
