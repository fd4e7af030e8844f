"""Development plans over REST."""

from datetime import date
from typing import Any

from apiflask import APIBlueprint
from flask import Response, url_for

from archive import clock
from archive.actor import Right
from archive.customers.models import Customer
from archive.development.api.shapes import CustomerOut
from archive.development.forms import NewPlanInput, PlanInput, ProgressInput
from archive.development.lists import PLANS
from archive.development.models import DevelopmentPlan
from archive.development.rules import ContactWay, PlanStatus
from archive.development.service import plans as service
from archive.development.service.reports import write_report
from archive.web.api import Page, Paging, page_of, seen_revision
from archive.web.context import actor
from archive.web.documents import WORD_FILE, send_document
from archive.web.guard import needs
from archive.web.inputs import ReasonInput
from archive.web.reasons import acted
from archive.web.repeats import once
from archive.web.shapes import Money, Number, Out, RecordOut, Tagged, reads, tagged

api = APIBlueprint(
    "development_api", __name__, url_prefix="/api/v1/development-plans", tag="development"
)


class StepOut(Out):
    """A step of a plan."""

    what: str
    due_on: date
    owner: str | None
    done_on: date | None
    result: str | None


class ProgressOut(Out):
    """What was said or done on a day."""

    noted_on: date
    way: ContactWay
    content: str


class PlanOut(RecordOut):
    """A development plan (Art. 7)."""

    number: str
    customer: CustomerOut | None
    status: PlanStatus
    owner: str = reads("owner_name")
    owner_id: str
    why: str
    expected_tonnes: Number | None
    expected_revenue: Money | None
    planned_until: date | None
    next_due_on: date | None
    steps: list[StepOut]
    progress: list[ProgressOut]
    outcome: str | None
    ended_on: date | None
    recorded_by: str = reads("recorded_by_name")


class Plans(Page[PlanOut]):
    """A page of development plans."""


@api.get("")
@api.input(PLANS.query("PlanQuery"), location="query")
@api.output(Plans)
@needs(Right.OPEN_DEVELOPMENT)
def find_plans(query_data: Paging) -> dict[str, Any]:
    """The development plans that you may open, newest first."""
    found = PLANS.narrow(DevelopmentPlan.visible_to(actor()), query_data.model_dump())
    return page_of(found.order_by("-created_at", "-id"), query_data, DevelopmentPlan.with_customers)


@api.post("")
@once
@api.input(NewPlanInput)
@api.output(PlanOut, status_code=201)
@needs(Right.WRITE_DEVELOPMENT)
def open_plan(json_data: NewPlanInput) -> Tagged:
    """Plan how a customer is to be won; 409 where there is an open plan."""
    facts = json_data.model_dump()
    customer = Customer.find(facts.pop("customer_name"))
    plan = service.open_plan(customer, actor=actor(), now=clock.now(), **facts)
    return tagged(plan, address=url_for("development_api.read_plan", number=plan.number))


@api.get("/<number>")
@api.output(PlanOut)
@needs(Right.OPEN_DEVELOPMENT)
def read_plan(number: str) -> Tagged:
    """One plan, with its ETag."""
    return tagged(service.read_plan(number, actor=actor()))


@api.get("/<number>/report.docx")
@api.doc(responses=WORD_FILE)
@needs(Right.OPEN_DEVELOPMENT)
def read_report(number: str) -> Response:
    """The development report as a Word file; each one taken is written down."""
    plan = service.read_plan(number, actor=actor())
    content = write_report(plan, actor=actor(), now=clock.now())
    return send_document(content, f"{plan.number}.docx")


@api.put("/<number>")
@api.input(PlanInput)
@api.output(PlanOut)
@needs(Right.WRITE_DEVELOPMENT, of=DevelopmentPlan.numbered)
def edit_plan(number: str, json_data: PlanInput) -> Tagged:
    """Correct a plan; `If-Match` names the revision that was read."""
    plan = service.edit_plan(
        DevelopmentPlan.numbered(number),
        actor=actor(),
        now=clock.now(),
        seen=seen_revision(),
        **json_data.model_dump(),
    )
    return tagged(plan)


@api.post("/<number>/progress")
@once
@api.input(ProgressInput)
@api.output(PlanOut)
@needs(Right.WRITE_DEVELOPMENT, of=DevelopmentPlan.numbered)
def note_progress(number: str, json_data: ProgressInput) -> Tagged:
    """Add to the record of a plan what was said or done."""
    plan = DevelopmentPlan.numbered(number)
    facts = json_data.model_dump()
    return tagged(service.note_progress(plan, actor=actor(), now=clock.now(), **facts))


@api.post("/<number>/achieve")
@api.input(ReasonInput)
@api.output(PlanOut)
@needs(Right.WRITE_DEVELOPMENT, of=DevelopmentPlan.numbered)
def achieve_plan(number: str, json_data: ReasonInput) -> Tagged:
    """Say that the customer has been won, and what came of it."""
    return acted(service.achieve_plan, DevelopmentPlan.numbered(number), json_data)


@api.post("/<number>/give-up")
@api.input(ReasonInput)
@api.output(PlanOut)
@needs(Right.WRITE_DEVELOPMENT, of=DevelopmentPlan.numbered)
def give_up_plan(number: str, json_data: ReasonInput) -> Tagged:
    """Say that the customer will not be won by this plan, and why."""
    return acted(service.give_up_plan, DevelopmentPlan.numbered(number), json_data)


@api.post("/<number>/reopen")
@api.input(ReasonInput)
@api.output(PlanOut)
@needs(Right.WRITE_DEVELOPMENT, of=DevelopmentPlan.numbered)
def reopen_plan(number: str, json_data: ReasonInput) -> Tagged:
    """Take back that a plan has ended, and say why."""
    return acted(service.reopen_plan, DevelopmentPlan.numbered(number), json_data)
