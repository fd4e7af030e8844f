"""How a round of review is changed: on what is stored, step after step.

Which step is open, and how a round ended, follow from its decisions. Several people may decide at
the same moment: whoever is second is tried again.
"""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from archive import clock
from archive.actor import Actor
from archive.channels.workdays import is_workday
from archive.contracts.errors import (
    NotInReview,
    NotYourTurn,
)
from archive.contracts.models import Contract, Review, ReviewPlace, ReviewStep
from archive.contracts.rules import ContractStatus
from archive.contracts.rules.reviewing import (
    RoundState,
    due_after,
)
from archive.contracts.service.routing import candidates_for
from archive.database import EditedMeanwhile

TRIES = 8

ENDED = {
    RoundState.APPROVED: ContractStatus.APPROVED,
    RoundState.CHANGES: ContractStatus.REJECTED,
    RoundState.REJECTED: ContractStatus.REJECTED,
}


def asked_of(review: Review, actor: Actor) -> list[ReviewPlace]:
    """The places in which it is *actor*'s turn."""
    return [place for place in review.waiting if actor.id in place.asked_ids]


def change_round(
    contract: Contract,
    act: Callable[[Contract, Review], dict[str, Any]],
    action: str,
    actor: Actor,
    now: datetime,
    reason: str = "",
    *,
    ended: bool = False,
) -> Contract:
    """Do *act* to the round of *contract* as it is stored, again where somebody was faster.

    With *ended* also to a round that has ended.
    """
    for attempt in range(TRIES):
        stored = Contract.find(contract.key)
        review = stored.review
        if review is None or not (ended or stored.is_in_review):
            raise NotInReview(number=stored.number)
        facts = {"reviews": stored.reviews, **act(stored, review)}
        try:
            return stored.change(actor, now, action, facts, reason=reason)
        except EditedMeanwhile:
            if attempt == TRIES - 1:
                raise
    raise AssertionError("unreachable")


def gone_on(
    contract: Contract, review: Review, now: datetime, *, again: bool = False
) -> dict[str, Any]:
    """What becomes of *contract* by what is decided so far; opens the step whose turn it is."""
    review.state = review.standing.state
    for step in review.steps if again else ():
        if (
            step is not review.open_step
            and step.opened_at
            and not any(place.decision for place in step.places)
        ):
            step.opened_at = step.due_at = None
    if (step := review.open_step) is not None:
        if step.opened_at is None:
            day = due_after(clock.local_day(now), step.days, is_workday)
            step.opened_at, step.due_at = now, clock.last_minute_of(day)
        for place in review.waiting:
            ask(place, contract, review, clock.local_day(now))
    status = status_of(review)
    facts: dict[str, Any] = {"status": status}
    if status is not ContractStatus.IN_REVIEW:
        review.ended_at = now
    if status is ContractStatus.APPROVED:
        facts |= {
            "approved_version": review.version,
            "approved_sha256": review.sha256,
            "approved_at": now,
        }
    return facts


def status_of(review: Review) -> ContractStatus:
    """What the contract of *review* is by what was decided."""
    return ENDED.get(review.standing.state, ContractStatus.IN_REVIEW)


def ask(place: ReviewPlace, contract: Contract, review: Review, today: date) -> None:
    """Work out who may take *place* today."""
    place.asked_ids = list(candidates_for(place, contract, review, today))


def step_open(review: Review) -> ReviewStep:
    """The step whose turn it is.

    Raises:
        NotYourTurn: there is none.
    """
    step = review.open_step
    if step is None:
        raise NotYourTurn()
    return step


def place_waiting(review: Review, key: str) -> ReviewPlace:
    """The place *key*, whose turn it is.

    Raises:
        NotYourTurn: it is not.
    """
    place = next((each for each in review.waiting if each.key == key), None)
    if place is None:
        raise NotYourTurn()
    return place
