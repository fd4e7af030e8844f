"""Churn analyses over REST."""

from datetime import date
from typing import Any

from apiflask import APIBlueprint
from flask import Response, url_for

from archive import clock
from archive.actor import Right
from archive.customers.models import Customer
from archive.development.api.shapes import CustomerOut
from archive.development.forms import LossInput, NewLossInput, StatisticsInput
from archive.development.lists import LOSSES
from archive.development.models import ChurnAnalysis
from archive.development.rules import LossCause, LossStatus
from archive.development.service import losses as service
from archive.development.service.reports import write_analysis
from archive.web.api import Page, Paging, page_of, seen_revision
from archive.web.context import actor
from archive.web.documents import WORD_FILE, send_document
from archive.web.guard import needs
from archive.web.inputs import ReasonInput
from archive.web.reasons import acted
from archive.web.repeats import once
from archive.web.shapes import Number, Out, RecordOut, Tagged, reads, tagged

api = APIBlueprint("losses_api", __name__, url_prefix="/api/v1/churn-analyses", tag="development")


class LossOut(RecordOut):
    """Why a customer was lost (Art. 7)."""

    number: str
    customer: CustomerOut | None
    status: LossStatus
    cause: LossCause
    lost_since: date
    went_to: str | None
    analysis: str
    win_back: str | None
    win_back_on: date | None
    conclusion: str | None
    ended_on: date | None
    recorded_by: str = reads("recorded_by_name")


class Losses(Page[LossOut]):
    """A page of churn analyses."""


class ShareOut(Out):
    """How often a cause was named, in percent of the losses, and how many were won back."""

    cause: LossCause
    count: int
    percent: Number
    won_back: int


class SharesOut(Out):
    """The causes that were named, the most frequent first."""

    causes: list[ShareOut]


@api.get("")
@api.input(LOSSES.query("LossQuery"), location="query")
@api.output(Losses)
@needs(Right.OPEN_DEVELOPMENT)
def find_losses(query_data: Paging) -> dict[str, Any]:
    """The churn analyses that you may open, the latest loss first."""
    found = LOSSES.narrow(ChurnAnalysis.visible_to(actor()), query_data.model_dump())
    return page_of(found.order_by("-lost_since", "-id"), query_data, ChurnAnalysis.with_customers)


@api.get("/statistics")
@api.input(StatisticsInput, location="query")
@api.output(SharesOut)
@needs(Right.OPEN_DEVELOPMENT)
def count_causes(query_data: StatisticsInput) -> dict[str, Any]:
    """How often each cause was named in the losses that you may see."""
    return {"causes": service.count_causes(actor=actor(), **query_data.model_dump())}


@api.post("")
@once
@api.input(NewLossInput)
@api.output(LossOut, status_code=201)
@needs(Right.WRITE_DEVELOPMENT)
def record_loss(json_data: NewLossInput) -> Tagged:
    """Write down why a customer was lost."""
    facts = json_data.model_dump()
    customer = Customer.find(facts.pop("customer_name"))
    loss = service.record_loss(customer, actor=actor(), now=clock.now(), **facts)
    return tagged(loss, address=url_for("losses_api.read_loss", number=loss.number))


@api.get("/<number>")
@api.output(LossOut)
@needs(Right.OPEN_DEVELOPMENT)
def read_loss(number: str) -> Tagged:
    """One analysis, with its ETag."""
    return tagged(service.read_loss(number, actor=actor()))


@api.get("/<number>/analysis.docx")
@api.doc(responses=WORD_FILE)
@needs(Right.OPEN_DEVELOPMENT)
def read_analysis(number: str) -> Response:
    """The churn analysis as a Word file; each one taken is written down."""
    loss = service.read_loss(number, actor=actor())
    content = write_analysis(loss, actor=actor(), now=clock.now())
    return send_document(content, f"{loss.number}.docx")


@api.put("/<number>")
@api.input(LossInput)
@api.output(LossOut)
@needs(Right.WRITE_DEVELOPMENT, of=ChurnAnalysis.numbered)
def edit_loss(number: str, json_data: LossInput) -> Tagged:
    """Correct an analysis; `If-Match` names the revision that was read."""
    loss = service.edit_loss(
        ChurnAnalysis.numbered(number),
        actor=actor(),
        now=clock.now(),
        seen=seen_revision(),
        **json_data.model_dump(),
    )
    return tagged(loss)


@api.post("/<number>/win-back")
@api.input(ReasonInput)
@api.output(LossOut)
@needs(Right.WRITE_DEVELOPMENT, of=ChurnAnalysis.numbered)
def win_back(number: str, json_data: ReasonInput) -> Tagged:
    """Say that the customer has been won back, and how."""
    return acted(service.win_back, ChurnAnalysis.numbered(number), json_data)


@api.post("/<number>/give-up")
@api.input(ReasonInput)
@api.output(LossOut)
@needs(Right.WRITE_DEVELOPMENT, of=ChurnAnalysis.numbered)
def give_up(number: str, json_data: ReasonInput) -> Tagged:
    """Say that nobody tries to win the customer back any more, and why."""
    return acted(service.give_up_loss, ChurnAnalysis.numbered(number), json_data)


@api.post("/<number>/withdraw")
@api.input(ReasonInput)
@api.output(LossOut)
@needs(Right.WRITE_DEVELOPMENT, of=ChurnAnalysis.numbered)
def withdraw(number: str, json_data: ReasonInput) -> Tagged:
    """Say that an analysis was recorded by mistake, and why."""
    return acted(service.withdraw_loss, ChurnAnalysis.numbered(number), json_data)


@api.post("/<number>/reopen")
@api.input(ReasonInput)
@api.output(LossOut)
@needs(Right.WRITE_DEVELOPMENT, of=ChurnAnalysis.numbered)
def reopen(number: str, json_data: ReasonInput) -> Tagged:
    """Take back how a loss ended, and say why."""
    return acted(service.reopen_loss, ChurnAnalysis.numbered(number), json_data)
