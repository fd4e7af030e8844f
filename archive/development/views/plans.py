"""The pages of development plans: list, planning, one plan."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from archive import clock
from archive.accounts.models import User
from archive.actor import Right
from archive.customers.models import Customer
from archive.development.forms import NewPlanInput, PlanInput, ProgressInput
from archive.development.lists import PLANS
from archive.development.models import DevelopmentPlan
from archive.development.service import plans as service
from archive.development.service.reports import write_report
from archive.development.views.reading import recent_changes
from archive.terms import N_
from archive.web.context import actor
from archive.web.documents import send_document
from archive.web.editing import Answer, Editing
from archive.web.forms import CORRECTABLE, Choices, Form, initial_of, read_form
from archive.web.guard import needs
from archive.web.inputs import ReasonInput
from archive.web.reasons import Acts
from archive.web.repeats import once

blueprint = Blueprint("development", __name__, template_folder="../templates")


def address_of(plan: DevelopmentPlan) -> str:
    """The page of the plan."""
    return url_for("development.page", number=plan.number)


def choices() -> dict[str, Choices]:
    """Who may see to a plan."""
    return {"owner": User.salespeople()}


EDITING = Editing[DevelopmentPlan](
    model=PlanInput,
    right=Right.WRITE_DEVELOPMENT,
    verb=service.edit_plan,
    title=N_("更新开拓计划"),
    name=lambda plan: plan.caption,
    lead=lambda plan: plan.customer.name if plan.customer else "",
    address=address_of,
    crumbs=lambda plan: [
        (gettext("开拓计划"), url_for("development.list_page")),
        (plan.number, address_of(plan)),
    ],
    held=lambda plan: {**initial_of(PlanInput, plan), "owner": plan.owner_id},
    choices=choices,
)


@blueprint.get("/development")
@needs(Right.OPEN_DEVELOPMENT)
def list_page() -> str | Response:
    return PLANS.answer(DevelopmentPlan.visible_to(actor()), today=clock.local_day(clock.now()))


@blueprint.get("/development/new")
@needs(Right.WRITE_DEVELOPMENT)
def new() -> str:
    return _new(Form(NewPlanInput, choices=choices()))


@blueprint.post("/development/new")
@once
@needs(Right.WRITE_DEVELOPMENT)
def create() -> Response | tuple[str, int]:
    try:
        facts = read_form(NewPlanInput, request.form).model_dump()
        customer = Customer.find(facts.pop("customer_name"))
        plan = service.open_plan(customer, actor=actor(), now=clock.now(), **facts)
    except CORRECTABLE as fault:
        return _new(Form(NewPlanInput, request.form, choices=choices(), fault=fault)), 422
    return _opened(plan)


@blueprint.get("/customers/<archive_number>/development/new")
@needs(Right.WRITE_DEVELOPMENT, of=Customer.numbered)
def new_for(archive_number: str) -> str:
    customer = Customer.numbered(archive_number)
    owner = str(customer.salesperson_id) if customer.salesperson_id else actor().id
    return _new(Form(PlanInput, initial={"owner": owner}, choices=choices()), customer)


@blueprint.post("/customers/<archive_number>/development/new")
@once
@needs(Right.WRITE_DEVELOPMENT, of=Customer.numbered)
def create_for(archive_number: str) -> Response | tuple[str, int]:
    customer = Customer.numbered(archive_number)
    try:
        facts = read_form(PlanInput, request.form).model_dump()
        plan = service.open_plan(customer, actor=actor(), now=clock.now(), **facts)
    except CORRECTABLE as fault:
        form = Form(PlanInput, request.form, choices=choices(), fault=fault)
        return _new(form, customer), 422
    return _opened(plan)


@blueprint.get("/development/<number>")
@needs(Right.OPEN_DEVELOPMENT)
def page(number: str) -> str:
    return _page(service.read_plan(number, actor=actor()))


@blueprint.get("/development/<number>/report.docx")
@needs(Right.OPEN_DEVELOPMENT)
def report(number: str) -> Response:
    """The development report as a Word file."""
    plan = service.read_plan(number, actor=actor())
    content = write_report(plan, actor=actor(), now=clock.now())
    return send_document(content, f"{gettext('客户开拓报告')}-{plan.caption}.docx")


@blueprint.get("/development/<number>/edit")
@needs(Right.WRITE_DEVELOPMENT, of=DevelopmentPlan.numbered)
def edit(number: str) -> str:
    return EDITING.show(DevelopmentPlan.numbered(number))


@blueprint.post("/development/<number>/edit")
@needs(Right.WRITE_DEVELOPMENT, of=DevelopmentPlan.numbered)
def save(number: str) -> Answer:
    return EDITING.save(DevelopmentPlan.numbered(number))


@blueprint.get("/development/<number>/progress")
@needs(Right.WRITE_DEVELOPMENT, of=DevelopmentPlan.numbered)
def progress(number: str) -> str:
    form = Form(ProgressInput, initial={"noted_on": clock.local_day(clock.now())})
    return _progress(DevelopmentPlan.numbered(number), form)


@blueprint.post("/development/<number>/progress")
@once
@needs(Right.WRITE_DEVELOPMENT, of=DevelopmentPlan.numbered)
def note_progress(number: str) -> Answer:
    plan = DevelopmentPlan.numbered(number)
    try:
        facts = read_form(ProgressInput, request.form).model_dump()
        service.note_progress(plan, actor=actor(), now=clock.now(), **facts)
    except CORRECTABLE as fault:
        return _progress(plan, Form(ProgressInput, request.form, fault=fault)), 422
    flash(gettext("开拓情况已登记。"), "success")
    return redirect(address_of(plan))


@blueprint.post("/development/<number>/steps/<int:place>/done")
@needs(Right.WRITE_DEVELOPMENT, of=DevelopmentPlan.numbered)
def finish_step(number: str, place: int) -> Response:
    plan = DevelopmentPlan.numbered(number)
    seen = request.form.get("seen", 0, type=int)
    service.finish_step(plan, place, actor=actor(), now=clock.now(), seen=seen)
    flash(gettext("步骤已完成；完成情况可在“更新开拓计划”里补写。"), "success")
    return redirect(address_of(plan))


@blueprint.post("/development/<number>/achieve")
@needs(Right.WRITE_DEVELOPMENT, of=DevelopmentPlan.numbered)
def achieve(number: str) -> Answer:
    return ACTS.do(
        number, service.achieve_plan, dialog="achieving", said=gettext("已记为开拓成功。")
    )


@blueprint.post("/development/<number>/give-up")
@needs(Right.WRITE_DEVELOPMENT, of=DevelopmentPlan.numbered)
def give_up(number: str) -> Answer:
    return ACTS.do(
        number, service.give_up_plan, dialog="giving_up", said=gettext("计划已放弃，记录保留。")
    )


@blueprint.post("/development/<number>/reopen")
@needs(Right.WRITE_DEVELOPMENT, of=DevelopmentPlan.numbered)
def reopen(number: str) -> Answer:
    return ACTS.do(
        number, service.reopen_plan, dialog="reopening", said=gettext("计划已重新开始。")
    )


def _page(plan: DevelopmentPlan, **dialogs: Form) -> str:
    asked: dict[str, Any] = {
        name: dialogs.get(name) or Form(ReasonInput)
        for name in ("achieving", "giving_up", "reopening")
    }
    return render_template(
        "development/plans/page.html",
        plan=plan,
        today=clock.local_day(clock.now()),
        history=recent_changes(plan),
        **asked,
    )


ACTS = Acts[DevelopmentPlan](find=DevelopmentPlan.numbered, page=_page, address=address_of)


def _progress(plan: DevelopmentPlan, form: Form) -> str:
    return render_template("development/plans/progress.html", plan=plan, form=form)


def _new(form: Form, customer: Customer | None = None) -> str:
    return render_template("development/plans/new.html", form=form, customer=customer)


def _opened(plan: DevelopmentPlan) -> Response:
    flash(gettext("开拓计划 %(number)s 已制定。", number=plan.number), "success")
    return redirect(address_of(plan))
