"""The verbs on a round of review: submit, decide, go on, approve (Art. 20.2, 20.3).

A round is what its steps say: which step is open, and how it ended, follow from the decisions.
Several people may decide at the same moment: whoever is second is tried again on what is stored.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from archive import clock
from archive.actor import Actor, Right
from archive.blobs import Blobs
from archive.contracts.errors import (
    DecidesTwice,
    NotADraft,
    NotApproved,
    NotReadyForReview,
    NoTrialAwaited,
    NotYourTurn,
    OwnContract,
    ReviewHasBegun,
    TooLateToRecall,
)
from archive.contracts.models import Contract, Review, TrialRun
from archive.contracts.rules import ContractStatus
from archive.contracts.rules.reviewing import (
    RECALLED_WITHIN,
    Decision,
    Judgement,
    RoundState,
    TrialResult,
)
from archive.contracts.service.drafting import customer_of
from archive.contracts.service.readiness import readiness_of
from archive.contracts.service.rounds import change_round, gone_on, place_waiting, status_of
from archive.contracts.service.routing import candidates_for, makers_of

DECIDED = {
    Decision.AGREE: "contract.agreed",
    Decision.CHANGES: "contract.agreed_with_changes",
    Decision.REJECT: "contract.rejected",
}


@dataclass(frozen=True)
class Opinion:
    """What a reviewer says: a decision, four judgements (Art. 20.3), and free text."""

    decision: Decision
    economic: Judgement
    technical: Judgement
    feasibility: Judgement
    legality: Judgement
    opinion: str | None = None


def submit(
    contract: Contract,
    note: str | None,
    *,
    actor: Actor,
    now: datetime,
    blobs: Blobs,
    seen: int | None = None,
) -> Contract:
    """Send the newest version of *contract* the way that is made for it.

    The round keeps the route as it is now, whatever becomes of the route.

    Raises:
        NotPermitted, NotADraft, EditedMeanwhile.
        NotReadyForReview: something keeps it; see `readiness.readiness_of`.
    """
    customer = customer_of(contract)
    actor.require(Right.DRAFT_CONTRACT, contract)
    if not contract.is_draft:
        raise NotADraft(number=contract.number)
    ready = readiness_of(contract, customer, clock.local_day(now), blobs=blobs)
    if ready.hindered or ready.route is None:
        kinds = dict.fromkeys(each.kind.label for each in ready.hindered)
        raise NotReadyForReview(count=len(ready.hindered), names="、".join(kinds))
    review = Review(
        number=len(contract.reviews) + 1,
        version=contract.newest.number,
        sha256=contract.newest.sha256,
        note=note,
        route_id=ready.route.id,
        route_name=ready.route.name,
        needs_trial=ready.route.needs_trial,
        steps=ready.steps,
        submitted_at=now,
        submitted_by_id=actor.id,
        submitted_by_name=actor.name,
    )
    facts = gone_on(contract, review, now)
    facts |= {"reviews": [*contract.reviews, review]}
    return contract.change(actor, now, "contract.submitted", facts, seen=seen, reason=note or "")


def take_back(contract: Contract, reason: str, *, actor: Actor, now: datetime) -> Contract:
    """Take a submission back that nobody has decided about yet.

    Raises:
        NotPermitted, NotInReview, ReviewHasBegun.
    """
    actor.require(Right.DRAFT_CONTRACT, contract)

    def taken_back(_: Contract, review: Review) -> dict[str, Any]:
        if review.decided:
            raise ReviewHasBegun()
        review.state, review.ended_at = RoundState.TAKEN_BACK, now
        return {"status": ContractStatus.DRAFT}

    return change_round(contract, taken_back, "contract.taken_back", actor, now, reason)


def decide(
    contract: Contract, key: str, opinion: Opinion, *, actor: Actor, now: datetime
) -> Contract:
    """Give *opinion* in the place *key* of the step whose turn it is.

    Raises:
        NotPermitted, NotInReview.
        NotYourTurn: the place is another's, or it is not its turn.
        OwnContract, DecidesTwice: the person may not judge it.
    """
    actor.require(Right.REVIEW_CONTRACT, contract)

    def decided(contract: Contract, review: Review) -> dict[str, Any]:
        place = place_waiting(review, key)
        if actor.id in makers_of(contract, review):
            raise OwnContract()
        if any(each.decided_by_id == actor.id for each in review.decided):
            raise DecidesTwice()
        able = candidates_for(place, contract, review, clock.local_day(now))
        if actor.id not in able:
            raise NotYourTurn()
        for name, value in vars(opinion).items():
            setattr(place, name, value)
        place.decided_at = now
        place.decided_by_id, place.decided_by_name = actor.id, actor.name
        place.for_name = able[actor.id] or None
        return gone_on(contract, review, now)

    action = DECIDED[opinion.decision]
    return change_round(contract, decided, action, actor, now, opinion.opinion or "")


def recall(contract: Contract, reason: str, *, actor: Actor, now: datetime) -> Contract:
    """Take one's own opinion back: within ten minutes, before anybody else has decided.

    Raises:
        NotPermitted, NotInReview, TooLateToRecall.
    """
    actor.require(Right.REVIEW_CONTRACT, contract)

    def recalled(contract: Contract, review: Review) -> dict[str, Any]:
        latest = review.decided[-1] if review.decided else None
        if latest is None or not can_recall(contract, actor, now):
            raise TooLateToRecall()
        for name in (*vars(Opinion)["__dataclass_fields__"], "decided_at", "for_name"):
            setattr(latest, name, None)
        latest.decided_by_id = latest.decided_by_name = None
        review.ended_at = None
        facts = dict.fromkeys(("approved_version", "approved_sha256", "approved_at"))
        return facts | gone_on(contract, review, now, again=True)

    return change_round(
        contract, recalled, "contract.opinion_recalled", actor, now, reason, ended=True
    )


def can_recall(contract: Contract, actor: Actor, now: datetime) -> bool:
    """Whether the latest opinion is *actor*'s, fresh, and nothing has followed from it."""
    review = contract.review
    if review is None or not review.decided or review.state is RoundState.TAKEN_BACK:
        return False
    latest = review.decided[-1]
    is_fresh = now - latest.decided_at <= RECALLED_WITHIN
    follows = contract.status is not status_of(review)
    tried = review.trial is not None and review.trial.at > latest.decided_at
    return bool(latest.decided_by_id == actor.id and is_fresh and not follows and not tried)


def record_trial(
    contract: Contract, result: TrialResult, note: str, *, actor: Actor, now: datetime
) -> Contract:
    """Write down how the trial run went that the last step waits for (Art. 20.2).

    Raises:
        NotPermitted, NoTrialAwaited.
    """
    actor.require(Right.RECORD_TRIAL, contract)

    def tried(contract: Contract, review: Review) -> dict[str, Any]:
        if review.standing.state is not RoundState.TRIAL:
            raise NoTrialAwaited(number=contract.number)
        review.trial = TrialRun(
            result=result, note=note, at=now, by_id=actor.id, by_name=actor.name
        )
        return gone_on(contract, review, now)

    return change_round(contract, tried, "contract.trial_recorded", actor, now, note)


def reopen(contract: Contract, reason: str, *, actor: Actor, now: datetime) -> Contract:
    """Make an approved contract a draft again; what was approved counts no more.

    Raises:
        NotPermitted, NotApproved.
    """
    actor.require(Right.DRAFT_CONTRACT, contract)
    contract = Contract.find(contract.key)
    if contract.status is not ContractStatus.APPROVED:
        raise NotApproved(number=contract.number)
    facts: dict[str, Any] = dict.fromkeys(("approved_version", "approved_sha256", "approved_at"))
    facts["status"] = ContractStatus.DRAFT
    return contract.change(actor, now, "contract.reopened", facts, reason=reason)
