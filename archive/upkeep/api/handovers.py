"""Handing over a salesperson's customers, over REST."""

from datetime import date
from typing import Any

from apiflask import APIBlueprint
from flask import Response, url_for

from archive import clock
from archive.actor import Right
from archive.upkeep import rowacts
from archive.upkeep.forms import HandoverInput
from archive.upkeep.lists import HANDOVERS
from archive.upkeep.models import Handover
from archive.upkeep.service.signing import write_list
from archive.web.api import Page, Paging, page_of
from archive.web.context import actor
from archive.web.documents import WORD_FILE, send_document
from archive.web.guard import needs
from archive.web.inputs import ReasonInput
from archive.web.repeats import once
from archive.web.shapes import RecordOut, Tagged, reads, tagged

api = APIBlueprint("handovers_api", __name__, url_prefix="/api/v1/handovers", tag="customers")


class HandoverOut(RecordOut):
    """All that one salesperson had, and to whom it went."""

    number: str
    leaver: str = reads("leaver_name")
    receivers: list[str] = reads("receiver_names")
    last_day: date | None
    reason: str
    total: int
    made_by: str = reads("made_by_name")
    run: str | None = reads("run_number")


class HandoversPage(Page[HandoverOut]):
    """A page of handovers."""


@api.get("")
@api.input(HANDOVERS.query("HandoverQuery"), location="query")
@api.output(HandoversPage)
@needs(Right.ASSIGN_CUSTOMER)
def list_handovers(query_data: Paging) -> dict[str, Any]:
    """Every handover, the latest first."""
    found = HANDOVERS.narrow(Handover.objects, query_data.model_dump())
    return page_of(found.order_by("-created_at", "id"), query_data)


@api.post("")
@once
@api.input(HandoverInput)
@api.output(HandoverOut, status_code=201)
@needs(Right.ASSIGN_CUSTOMER)
def hand_over(json_data: HandoverInput) -> Tagged:
    """Hand over all customers, open plans and open tasks of `leaver` to `receivers`.

    `customers` says by the customer's identity who gets it; what it does not name goes to the
    first of `receivers`. People are named by their identity. More than 20 things are handed over
    in the background.
    """
    handover = rowacts.begin_handover(json_data)
    return tagged(handover, address=url_for("handovers_api.read", number=handover.number))


@api.get("/<number>")
@api.output(HandoverOut)
@needs(Right.ASSIGN_CUSTOMER)
def read(number: str) -> Tagged:
    """One handover, with its ETag."""
    return tagged(Handover.numbered(number))


@api.post("/<number>/undo")
@api.input(ReasonInput)
@api.output(HandoverOut)
@needs(Right.ASSIGN_CUSTOMER)
def undo(number: str, json_data: ReasonInput) -> Tagged:
    """Give everything back that is still with whoever got it."""
    handover = Handover.numbered(number)
    rowacts.undo_handover(handover, json_data.reason)
    return tagged(Handover.numbered(number))


@api.get("/<number>/list.docx")
@api.doc(responses=WORD_FILE)
@needs(Right.ASSIGN_CUSTOMER)
def document(number: str) -> Response:
    """The list for both to sign, as a Word file."""
    handover = Handover.numbered(number)
    content = write_list(handover, "", actor=actor(), now=clock.now())
    return send_document(content, f"{handover.number}.docx")
