"""The verbs on routes of review, and who may take a place in a step (Art. 20.2)."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Final

from bson import ObjectId
from mongoengine import Q

from archive.accounts.models import User
from archive.actor import SYSTEM, Actor, Right
from archive.contracts.errors import NoSuchReviewer
from archive.contracts.models import Absence, Contract, Review, ReviewPlace, ReviewRoute, RoutePlace
from archive.contracts.rules import ContractKind
from archive.contracts.rules.reviewing import REVIEWING, ROLES, Case, SeatOf
from archive.customers.models import Customer
from archive.terms import N_

GENERAL_MANAGER_ABOVE = Decimal(500_000)

SHIPPED: Final[tuple[dict[str, Any], ...]] = (
    {
        "slug": "format",
        "name": N_("格式合同"),
        "kind": ContractKind.FORMAT,
        "places": ((1, SeatOf.SALES_MANAGER),),
    },
    {
        "slug": "routine",
        "name": N_("常规合同"),
        "kind": ContractKind.ROUTINE,
        "places": (
            (1, SeatOf.SALES_MANAGER),
            (2, SeatOf.OPERATIONS_MANAGER),
            (3, SeatOf.GENERAL_MANAGER, GENERAL_MANAGER_ABOVE),
        ),
    },
    {
        "slug": "special",
        "name": N_("特殊合同"),
        "kind": ContractKind.SPECIAL,
        "places": (
            (1, SeatOf.OPERATIONS_MANAGER),
            (2, SeatOf.DEPARTMENTS),
            (2, SeatOf.SALES_MANAGER),
            (2, SeatOf.CUSTOMER_SERVICE),
            (3, SeatOf.GENERAL_MANAGER),
        ),
    },
)
"""The routes of Art. 20.2, to start from: the company changes them as it decides."""


def install_shipped_routes(*, now: datetime) -> None:
    """Make the routes that come with the product, once; what the company changed is left alone."""
    for each in SHIPPED:
        if ReviewRoute.shipped_as(each["slug"]):
            continue
        places = [
            RoutePlace(step=step, seat=seat, above=above[0] if above else None,
                       checks_credit=each["slug"] == "special" and step == 1)
            for step, seat, *above in each["places"]
        ]  # fmt: skip
        facts = {**each, "places": places}
        ReviewRoute.open_new(SYSTEM, now, "route.installed", facts)


def make_route(facts: Mapping[str, Any], *, actor: Actor, now: datetime) -> ReviewRoute:
    """A new route of review.

    Raises:
        NotPermitted, NoSuchReviewer.
        Taken: another route has that name.
    """
    actor.require(Right.MANAGE_ROUTES)
    if earlier := ReviewRoute.asked_before():
        return earlier
    return ReviewRoute.open_new(actor, now, "route.made", _documents_of(facts))


def change_route(
    route: ReviewRoute, facts: Mapping[str, Any], *, actor: Actor, now: datetime, seen: int
) -> ReviewRoute:
    """Change a route; rounds under way keep the one that they began with.

    Raises:
        NotPermitted, EditedMeanwhile, NoSuchReviewer.
    """
    actor.require(Right.MANAGE_ROUTES)
    return route.change(actor, now, "route.changed", _documents_of(facts), seen=seen)


def case_of(contract: Contract, customer: Customer) -> Case:
    """What of *contract* and its customer decides which way it goes."""
    return Case(contract.kind, contract.amount, customer.contribution, customer.credit)


def candidates_for(
    place: ReviewPlace, contract: Contract, review: Review | None, today: date
) -> dict[str, str]:
    """Who may take *place* today, by identity; for a substitute, the name of whom they stand for.

    Nobody judges what they made themselves, whatever their roles, and nobody decides twice in one
    round (Art. 20).
    """
    holders = dict(holders_of(place))
    found = dict.fromkeys(holders, "")
    away = Absence.substitutes_of(holders, today)
    known = {key for key, _ in reviewers()}
    for absent, substitute in away.items():
        if substitute in known:
            found.setdefault(substitute, holders[absent])
    barred = makers_of(contract, review)
    if review:
        barred |= {each.decided_by_id for each in review.decided if each.key != place.key}
    return {key: name for key, name in found.items() if key not in barred}


def holders_of(place: ReviewPlace) -> list[tuple[str, str]]:
    """Whose place it is by the route: identity, name."""
    if place.seat is SeatOf.PERSON:
        person = User.objects(id=place.person_id, is_disabled__ne=True).first()
        return [(person.key, person.name)] if person else []
    found = User.objects(roles=ROLES[place.seat], is_disabled__ne=True)
    if place.seat is SeatOf.DEPARTMENTS:
        found = found.filter(department=place.department or None)
    return [(each.key, each.name) for each in found.order_by("name").only("name")]


def departments() -> list[str]:
    """The departments that have somebody to review; one without a name counts as one."""
    found = User.objects(roles=ROLES[SeatOf.DEPARTMENTS], is_disabled__ne=True)
    return sorted({each.department or "" for each in found.only("department")})


def makers_of(contract: Contract, review: Review | None) -> set[str]:
    """Who made *contract*: its handler, whoever made a version of it, whoever submitted it."""
    made = {contract.handler_id, *(draft.made_by_id for draft in contract.drafts)}
    return made | {review.submitted_by_id} if review else made


def reviewers() -> list[tuple[str, str]]:
    """Who can be asked for an opinion, by name: identity, name."""
    return User.in_one_of(REVIEWING)


def reviewer_called(name: str) -> User:
    """The person with that identity or user name, who can be asked for an opinion.

    Raises:
        NoSuchReviewer: there is none, or they have no role that reviews.
    """
    key = ObjectId(name) if ObjectId.is_valid(name) else None
    found = User.objects(Q(id=key) | Q(username=name.lower()), is_disabled__ne=True).first()
    if found is None or not set(REVIEWING) & set(found.roles):
        raise NoSuchReviewer(username=name)
    return found  # type: ignore[no-any-return]  # MongoEngine is untyped


def _documents_of(facts: Mapping[str, Any]) -> dict[str, Any]:
    """*facts* of a route as the fields of a `ReviewRoute`."""
    return {**facts, "places": [_place_of(each) for each in facts["places"]]}


def _place_of(typed: Mapping[str, Any]) -> RoutePlace:
    given = dict(typed)
    name = given.pop("person", None)
    if given["seat"] is SeatOf.PERSON:
        person = reviewer_called(name or "")
        given |= {"person_id": person.key, "person_name": person.name}
    return RoutePlace(**given)


def names_of(people: Iterable[str]) -> dict[str, str]:
    """The names of people, by identity."""
    found = User.objects(id__in=list(people)).only("name")
    return {each.key: each.name for each in found}
