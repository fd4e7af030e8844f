"""Disposal of papers, their retention and what holds them, over REST."""

from datetime import date
from typing import Any

from apiflask import APIBlueprint
from flask import Response

from archive import clock
from archive.actor import Right
from archive.custody import serving
from archive.custody.forms import DisposalInput, HoldInput
from archive.custody.lists import DISPOSALS, HOLDS
from archive.custody.models import Disposal, LegalHold, RetentionRule
from archive.custody.rules.retention import Basis, DisposalState, PaperState
from archive.custody.service import disposing, retaining
from archive.custody.service.signing import write_disposal
from archive.customers.models import Customer
from archive.filing.models import Attachment
from archive.filing.rules import AttachmentKind
from archive.web.api import Page, Paging, page_of
from archive.web.context import actor
from archive.web.documents import WORD_FILE, send_document
from archive.web.guard import needs
from archive.web.inputs import ReasonInput
from archive.web.reasons import acted
from archive.web.repeats import once
from archive.web.shapes import Instant, Key, Out, RecordOut, Tagged, reads, tagged

api = APIBlueprint("disposals_api", __name__, url_prefix="/api/v1", tag="custody")


class DisposedPaperOut(Out):
    """One paper of a disposal. `why`: what kept it; `digests`: the bytes that went with it."""

    attachment: Key = reads("attachment_id")
    title: str
    kind: AttachmentKind
    customer: str | None
    archive_number: str | None
    kept_until: date | None
    state: PaperState
    why: str | None
    digests: list[str]


class DisposalOut(RecordOut):
    """Papers that are to be destroyed, or were. Nothing is before `due_at`."""

    number: str
    state: DisposalState
    reason: str
    total: int
    proposed_by: str = reads("made_by_name")
    decided_by: str | None = reads("decided_by_name")
    decided_at: Instant | None
    decided_because: str | None
    due_at: Instant | None
    stopped_because: str | None
    ended_at: Instant | None
    papers: list[DisposedPaperOut] = reads(
        lambda disposal: [DisposedPaperOut.of(each) for each in disposal.papers()]
    )


class DisposalsPage(Page[DisposalOut]):
    """A page of disposals."""


class HoldOut(RecordOut):
    """What must not be destroyed: one paper, or all of a customer."""

    number: str
    customer: Key = reads("customer_id")
    attachment: Key | None = reads("attachment_id")
    reason: str
    set_by: str = reads("made_by_name")
    lifted_at: Instant | None
    lifted_because: str | None


class HoldsPage(Page[HoldOut]):
    """A page of holds."""


class RetentionOut(Out):
    """How long papers of a kind are kept; without years for ever."""

    kind: AttachmentKind
    years: int | None
    basis: Basis


class RetentionTable(Out):
    """Every kind of paper."""

    kinds: list[RetentionOut]


@api.get("/retention")
@api.output(RetentionTable)
@needs(Right.SEE_DISPOSALS)
def read_retention() -> RetentionTable:
    """How long papers of each kind are kept."""
    table = RetentionRule.table()
    return RetentionTable(
        kinds=[RetentionOut.of(table[kind], kind=kind) for kind in AttachmentKind]
    )


@api.get("/disposals")
@api.input(DISPOSALS.query("DisposalQuery"), location="query")
@api.output(DisposalsPage)
@needs(Right.SEE_DISPOSALS)
def list_disposals(query_data: Paging) -> dict[str, Any]:
    """Every disposal, the latest first."""
    found = DISPOSALS.narrow(Disposal.objects, query_data.model_dump())
    return page_of(found.order_by("-created_at", "id"), query_data)


@api.post("/disposals")
@once
@api.input(DisposalInput)
@api.output(DisposalOut, status_code=201)
@needs(Right.PROPOSE_DISPOSAL)
def propose(json_data: DisposalInput) -> Tagged:
    """Propose to destroy papers; refused where a rule keeps one of them, with the rule named."""
    keys = serving.keys_of(json_data.papers)
    return tagged(disposing.propose(keys, json_data.reason, actor=actor(), now=clock.now()))


@api.get("/disposals/<number>")
@api.output(DisposalOut)
@needs(Right.SEE_DISPOSALS)
def read_disposal(number: str) -> Tagged:
    """One disposal, with what became of each paper."""
    return tagged(Disposal.numbered(number))


@api.get("/disposals/<number>/list.docx")
@api.doc(responses=WORD_FILE)
@needs(Right.SEE_DISPOSALS)
def read_list(number: str) -> Response:
    """The list to sign."""
    disposal = Disposal.numbered(number)
    content = write_disposal(disposal, actor=actor(), now=clock.now())
    return send_document(content, f"{disposal.number}.docx")


@api.post("/disposals/<number>/approve")
@api.output(DisposalOut)
@needs(Right.APPROVE_DISPOSAL)
def approve(number: str) -> Tagged:
    """Let the papers be destroyed once the grace is over; never by who proposed it."""
    return tagged(serving.approve(Disposal.numbered(number)))


@api.post("/disposals/<number>/refuse")
@api.input(ReasonInput)
@api.output(DisposalOut)
@needs(Right.APPROVE_DISPOSAL)
def refuse(number: str, json_data: ReasonInput) -> Tagged:
    """Keep the papers."""
    return acted(disposing.refuse, Disposal.numbered(number), json_data)


@api.post("/disposals/<number>/withdraw")
@api.input(ReasonInput)
@api.output(DisposalOut)
@needs(Right.PROPOSE_DISPOSAL)
def withdraw(number: str, json_data: ReasonInput) -> Tagged:
    """Take back a proposal that nobody has decided about."""
    return acted(disposing.withdraw, Disposal.numbered(number), json_data)


@api.post("/disposals/<number>/stop")
@api.input(ReasonInput)
@api.output(DisposalOut)
@needs(Right.PROPOSE_DISPOSAL, Right.APPROVE_DISPOSAL)
def stop(number: str, json_data: ReasonInput) -> Tagged:
    """Keep the papers of an approved disposal after all, within its grace."""
    return acted(disposing.stop, Disposal.numbered(number), json_data)


@api.get("/legal-holds")
@api.input(HOLDS.query("HoldQuery"), location="query")
@api.output(HoldsPage)
@needs(Right.SEE_DISPOSALS)
def list_holds(query_data: Paging) -> dict[str, Any]:
    """Every hold, the latest first."""
    found = HOLDS.narrow(LegalHold.objects, query_data.model_dump())
    return page_of(found.order_by("-created_at", "id"), query_data)


@api.post("/legal-holds")
@once
@api.input(HoldInput)
@api.output(HoldOut, status_code=201)
@needs(Right.HOLD_PAPERS)
def set_hold(json_data: HoldInput) -> Tagged:
    """Keep all papers of a customer, or one, from being destroyed."""
    paper = Attachment.find(json_data.attachment) if json_data.attachment else None
    customer = Customer.find(str(paper.customer_id) if paper else json_data.customer)
    return tagged(
        retaining.set_hold(customer, paper, json_data.reason, actor=actor(), now=clock.now())
    )


@api.post("/legal-holds/<number>/lift")
@api.input(ReasonInput)
@api.output(HoldOut)
@needs(Right.HOLD_PAPERS)
def lift_hold(number: str, json_data: ReasonInput) -> Tagged:
    """Let it be destroyed once its retention is over."""
    return acted(retaining.lift_hold, LegalHold.numbered(number), json_data)
