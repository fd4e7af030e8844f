"""Reviews of contracts, and their routes, over REST."""

from typing import Any

from apiflask import APIBlueprint

from archive import clock
from archive.actor import Right
from archive.contracts.api.contracts import ContractOut
from archive.contracts.forms.reviewing import (
    ColleagueInput,
    OpinionInput,
    SubmissionInput,
    TrialInput,
)
from archive.contracts.lists import REVIEWS, ROUTES
from archive.contracts.models import Contract, ReviewRoute
from archive.contracts.rules import ContractKind, ContractStatus
from archive.contracts.rules.reviewing import (
    Decision,
    Judgement,
    RoundState,
    SeatOf,
    StepMode,
    TrialResult,
)
from archive.contracts.service import drafting, reviewing, rounds, steering
from archive.contracts.service.readiness import Hindrance, readiness_of
from archive.contracts.service.reviewing import Opinion
from archive.customers.rules.classes import Contribution, Credit
from archive.web.api import Page, Paging, page_of, seen_revision
from archive.web.context import actor, seams
from archive.web.guard import needs
from archive.web.inputs import Code, ReasonInput, asked
from archive.web.reasons import acted
from archive.web.repeats import once
from archive.web.shapes import Instant, Money, Out, RecordOut, Tagged, reads, tagged

api = APIBlueprint("reviews_api", __name__, url_prefix="/api/v1", tag="contracts")


class PlaceOut(Out):
    """A place in a step: whose it is, what was decided. `asked`: people by identity."""

    key: str
    seat: SeatOf
    department: str | None
    person: str | None = reads("person_name")
    asked: list[str] = reads("asked_ids")
    decision: Decision | None
    economic: Judgement | None
    technical: Judgement | None
    feasibility: Judgement | None
    legality: Judgement | None
    opinion: str | None
    decided_at: Instant | None
    decided_by: str | None = reads("decided_by_name")
    instead_of: str | None = reads("for_name")


class StepOut(Out):
    """A step of a round."""

    mode: StepMode
    checks_credit: bool
    opened_at: Instant | None
    due_at: Instant | None
    places: list[PlaceOut]


class TrialOut(Out):
    """How a trial run went."""

    result: TrialResult
    note: str
    at: Instant
    by: str = reads("by_name")


class ReviewOut(Out):
    """A round of review; it keeps the route as it was when the round began."""

    number: int
    version: int
    sha256: str
    note: str | None
    route: str = reads("route_name")
    state: RoundState
    needs_trial: bool
    trial: TrialOut | None
    steps: list[StepOut]
    submitted_at: Instant
    submitted_by: str = reads("submitted_by_name")
    ended_at: Instant | None


class HinderedOut(Out):
    """What keeps a contract from being submitted."""

    kind: Hindrance
    names: list[str]


class ReviewsOut(Out):
    """The rounds of a contract, the first first; and what keeps a draft from being submitted."""

    number: str
    status: ContractStatus
    reviews: list[ReviewOut]
    hindered: list[HinderedOut]


class ReviewLine(Out):
    """A contract that waits for the person to judge it."""

    number: str
    title: str
    kind: ContractKind
    customer_name: str
    handler: str = reads("handler_name")
    amount: Money | None
    due_at: Instant | None = reads("turn_due_at")
    places: list[str] = reads(
        lambda c: [each.key for each in rounds.asked_of(c.review, actor())] if c.review else []
    )


class Reviews(Page[ReviewLine]):
    """A page of contracts that wait for the person."""


class RoutePlaceOut(Out):
    """Who is asked in a step; places of one `step` are asked side by side."""

    step: int
    seat: SeatOf
    person: str | None = reads("person_name")
    above: Money | None
    mode: StepMode
    days: int
    checks_credit: bool


class RouteOut(RecordOut):
    """A route of review, and for which contracts it is made."""

    name: str
    kind: ContractKind
    above: Money | None
    contributions: list[Contribution]
    credits: list[Credit]
    needs_trial: bool
    is_in_use: bool
    places: list[RoutePlaceOut]


class Routes(Page[RouteOut]):
    """A page of routes."""


class DecisionInput(OpinionInput):
    """An opinion, and the place that it is given in; without one, the first that is one's own."""

    place: Code | None = asked("place", None, max_length=20)


class PlaceAskedInput(ColleagueInput):
    """Who is asked: besides the others, or in the place named."""

    place: Code | None = asked("place", None, max_length=20)


@api.get("/reviews")
@api.input(REVIEWS.query("ReviewQuery"), location="query")
@api.output(Reviews)
@needs(Right.REVIEW_CONTRACT)
def list_reviews(query_data: Paging) -> dict[str, Any]:
    """The contracts that wait for the person to judge them, the most urgent first."""
    found = REVIEWS.narrow(Contract.waiting_for(actor().id), query_data.model_dump())
    return page_of(found.order_by("turn_due_at", "id"), query_data)


@api.get("/routes")
@api.input(ROUTES.query("RouteQuery"), location="query")
@api.output(Routes)
@needs(Right.SEE_ROUTES)
def list_routes(query_data: Paging) -> dict[str, Any]:
    """The routes of review, by name."""
    found = ROUTES.narrow(ReviewRoute.objects, query_data.model_dump())
    return page_of(found.order_by("name", "id"), query_data)


@api.get("/contracts/<number>/reviews")
@api.output(ReviewsOut)
@needs(Right.OPEN_CONTRACT, Right.REVIEW_CONTRACT)
def read_reviews(number: str) -> ReviewsOut:
    """The rounds of review of a contract."""
    contract, customer = drafting.open_contract(number, actor=actor())
    today = clock.local_day(clock.now())
    blobs = seams().blobs
    ready = readiness_of(contract, customer, today, blobs=blobs) if contract.is_draft else None
    return ReviewsOut.of(contract, hindered=ready.hindered if ready else [])


@api.post("/contracts/<number>/submit")
@once
@api.input(SubmissionInput)
@api.output(ContractOut)
@needs(Right.DRAFT_CONTRACT, of=Contract.numbered)
def submit(number: str, json_data: SubmissionInput) -> Tagged:
    """Send the newest version for review; `If-Match` names the revision that was read."""
    return tagged(
        reviewing.submit(
            Contract.numbered(number),
            json_data.note,
            actor=actor(),
            now=clock.now(),
            blobs=seams().blobs,
            seen=seen_revision(),
        )
    )


@api.post("/contracts/<number>/opinions")
@once
@api.input(DecisionInput)
@api.output(ContractOut)
@needs(Right.REVIEW_CONTRACT, of=Contract.numbered)
def decide(number: str, json_data: DecisionInput) -> Tagged:
    """Judge a contract in a place whose turn it is."""
    contract, who = Contract.numbered(number), actor()
    review = contract.review
    mine = rounds.asked_of(review, who) if review else []
    key = json_data.place or (mine[0].key if mine else "")
    opinion = Opinion(**json_data.model_dump(exclude={"place"}))
    return tagged(reviewing.decide(contract, key, opinion, actor=who, now=clock.now()))


@api.post("/contracts/<number>/opinions/recall")
@api.input(ReasonInput)
@api.output(ContractOut)
@needs(Right.REVIEW_CONTRACT, of=Contract.numbered)
def recall(number: str, json_data: ReasonInput) -> Tagged:
    """Take one's own fresh opinion back."""
    return acted(reviewing.recall, Contract.numbered(number), json_data)


@api.post("/contracts/<number>/reviewers")
@once
@api.input(PlaceAskedInput)
@api.output(ContractOut)
@needs(Right.REVIEW_CONTRACT, Right.STEER_REVIEW, of=Contract.numbered)
def ask_colleague(number: str, json_data: PlaceAskedInput) -> Tagged:
    """Ask one more person in the step whose turn it is, or hand the place named over to them."""
    contract, who, now = Contract.numbered(number), actor(), clock.now()
    person, reason = json_data.person, json_data.reason
    if json_data.place is None:
        return tagged(steering.add_reviewer(contract, person, reason, actor=who, now=now))
    key = json_data.place
    return tagged(steering.hand_over(contract, key, person, reason, actor=who, now=now))


@api.post("/contracts/<number>/remind")
@api.output(ContractOut)
@needs(Right.DRAFT_CONTRACT, Right.STEER_REVIEW, of=Contract.numbered)
def remind(number: str) -> Tagged:
    """Remind those whose turn it is; four hours later it can be done again."""
    return tagged(steering.remind(Contract.numbered(number), actor=actor(), now=clock.now()))


@api.post("/contracts/<number>/trial")
@once
@api.input(TrialInput)
@api.output(ContractOut)
@needs(Right.RECORD_TRIAL, of=Contract.numbered)
def record_trial(number: str, json_data: TrialInput) -> Tagged:
    """Write down how the trial run went that the last step waits for."""
    contract = Contract.numbered(number)
    facts = json_data.model_dump()
    return tagged(reviewing.record_trial(contract, **facts, actor=actor(), now=clock.now()))


@api.post("/contracts/<number>/take-back")
@api.input(ReasonInput)
@api.output(ContractOut)
@needs(Right.DRAFT_CONTRACT, of=Contract.numbered)
def take_back(number: str, json_data: ReasonInput) -> Tagged:
    """Take a submission back that nobody has decided about."""
    return acted(reviewing.take_back, Contract.numbered(number), json_data)


@api.post("/contracts/<number>/reopen")
@api.input(ReasonInput)
@api.output(ContractOut)
@needs(Right.DRAFT_CONTRACT, of=Contract.numbered)
def reopen(number: str, json_data: ReasonInput) -> Tagged:
    """Make an approved contract a draft again; what was approved counts no more."""
    return acted(reviewing.reopen, Contract.numbered(number), json_data)
