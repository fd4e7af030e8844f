"""The verbs that see to it that a round goes on: remind, add a reviewer, hand a place over."""

from datetime import datetime
from typing import Any

from archive import clock
from archive.actor import SYSTEM, Actor, Right
from archive.contracts.errors import (
    IsAskedAlready,
    NotYourTurn,
    OwnContract,
    RemindedLately,
)
from archive.contracts.models import Contract, Review, ReviewPlace
from archive.contracts.rules.reviewing import (
    REMINDED_AGAIN_AFTER,
    SeatOf,
)
from archive.contracts.service.rounds import ask, asked_of, change_round, place_waiting, step_open
from archive.contracts.service.routing import makers_of, reviewer_called


def remind(contract: Contract, *, actor: Actor, now: datetime) -> Contract:
    """Tell those whose turn it is that they are waited for.

    Raises:
        NotPermitted, NotInReview, RemindedLately.
    """
    if not actor.may(Right.STEER_REVIEW, contract):
        actor.require(Right.DRAFT_CONTRACT, contract)

    def reminded(_: Contract, review: Review) -> dict[str, Any]:
        step = step_open(review)
        if step.reminded_at and now - step.reminded_at < REMINDED_AGAIN_AFTER:
            raise RemindedLately()
        step.reminded_at, step.reminded_by_name = now, actor.name
        return {}

    return change_round(contract, reminded, "contract.reminded", actor, now)


def add_reviewer(
    contract: Contract, username: str, reason: str, *, actor: Actor, now: datetime
) -> Contract:
    """Ask one more person in the step whose turn it is (加签): by who is asked there, or steers.

    Raises:
        NotPermitted, NotInReview, NoSuchReviewer, IsAskedAlready, OwnContract.
    """
    _demand_turn_or_steering(contract, actor)
    person = reviewer_called(username)

    def added(contract: Contract, review: Review) -> dict[str, Any]:
        step = step_open(review)
        if not actor.may(Right.STEER_REVIEW, contract) and not asked_of(review, actor):
            raise NotYourTurn()
        if person.key in makers_of(contract, review):
            raise OwnContract()
        if any(each.person_id == person.key for each in step.places):
            raise IsAskedAlready(name=person.name)
        number = review.steps.index(step) + 1
        place = ReviewPlace(
            key=f"{number}-{len(step.places) + 1}",
            seat=SeatOf.PERSON,
            person_id=person.key,
            person_name=person.name,
            is_added=True,
            added_by_name=actor.name,
        )
        step.places.append(place)
        ask(place, contract, review, clock.local_day(now))
        return {}

    return change_round(contract, added, "contract.reviewer_added", actor, now, reason)


def hand_over(
    contract: Contract, key: str, username: str, reason: str, *, actor: Actor, now: datetime
) -> Contract:
    """Have another person decide in the place *key* (转交): by who is asked there, or steers.

    Raises:
        NotPermitted, NotInReview, NotYourTurn, NoSuchReviewer, OwnContract.
    """
    _demand_turn_or_steering(contract, actor)
    person = reviewer_called(username)

    def handed_over(contract: Contract, review: Review) -> dict[str, Any]:
        place = place_waiting(review, key)
        if not actor.may(Right.STEER_REVIEW, contract) and actor.id not in place.asked_ids:
            raise NotYourTurn()
        if person.key in makers_of(contract, review):
            raise OwnContract()
        place.seat = SeatOf.PERSON
        place.person_id, place.person_name = person.key, person.name
        ask(place, contract, review, clock.local_day(now))
        return {}

    return change_round(contract, handed_over, "contract.place_handed_over", actor, now, reason)


def refresh_asked(contract: Contract, *, now: datetime) -> bool:
    """Work out again who may take the places whose turn it is; whether it is somebody else.

    People get roles and lose them, go away and come back, while a contract is under review.
    """
    review = contract.review
    if not contract.is_in_review or review is None:
        return False
    before = [list(place.asked_ids) for place in review.waiting]
    for place in review.waiting:
        ask(place, contract, review, clock.local_day(now))
    if before == [list(place.asked_ids) for place in review.waiting]:
        return False
    contract.change(SYSTEM, now, "contract.reviewers_refreshed", {"reviews": contract.reviews})
    return True


def _demand_turn_or_steering(contract: Contract, actor: Actor) -> None:
    if not actor.may(Right.STEER_REVIEW, contract):
        actor.require(Right.REVIEW_CONTRACT, contract)
