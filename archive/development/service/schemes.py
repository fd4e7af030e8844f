"""The verbs of cooperation schemes."""

from datetime import datetime
from typing import Any

from archive import clock
from archive.actor import Actor, Right
from archive.customers.models import Customer
from archive.database import Taken, next_number
from archive.development import rules
from archive.development.errors import SchemeIsVoid, SchemeNotVoid, SchemeStands
from archive.development.models import CooperationScheme, SchemeVersion
from archive.development.rules import SchemeStatus


def open_scheme(
    customer: Customer, *, actor: Actor, now: datetime, **terms: Any
) -> CooperationScheme:
    """Write down how to work together with *customer* (Art. 7): the first version.

    Raises:
        NotPermitted: the customer is not *actor*'s.
        SchemeStands: there is one already.
        AgreementIncomplete, AgreedLater, UntilBeforeFrom.
    """
    actor.require(Right.WRITE_DEVELOPMENT, customer)
    if earlier := CooperationScheme.asked_before():
        return earlier
    _demand_sound(terms, now)
    if standing := CooperationScheme.standing_for(customer):
        raise SchemeStands(customer=customer.name, number=standing.number)
    year = clock.local(now).year
    given = {
        "number": f"FA-{year}-{next_number(f'scheme:{year}'):05d}",
        "customer_id": customer.id,
        "recorded_by_id": actor.id,
        "recorded_by_name": actor.name,
        "status": SchemeStatus.STANDING,
        "version": 1,
        "versions": [_version(1, None, terms, actor, now)],
        **terms,
    }
    try:
        return CooperationScheme.open_new(actor, now, "scheme.opened", given)
    except Taken as taken:  # by somebody who wrote one in this very moment
        raise _stands(customer) from taken


def revise_scheme(
    scheme: CooperationScheme,
    *,
    actor: Actor,
    now: datetime,
    seen: int,
    reason: str,
    **terms: Any,
) -> CooperationScheme:
    """Make a new version; *reason* says what was changed. Those before it stay readable.

    Raises:
        NotPermitted, EditedMeanwhile, SchemeIsVoid.
        AgreementIncomplete, AgreedLater, UntilBeforeFrom.
    """
    actor.require(Right.WRITE_DEVELOPMENT, scheme)
    if scheme.is_void:
        raise SchemeIsVoid(number=scheme.number)
    _demand_sound(terms, now)
    number = scheme.version + 1
    made = _version(number, reason, terms, actor, now)
    facts = {"version": number, "versions": [*scheme.versions, made], **terms}
    return scheme.change(actor, now, "scheme.revised", facts, seen=seen, reason=reason)


def void_scheme(
    scheme: CooperationScheme, reason: str, *, actor: Actor, now: datetime
) -> CooperationScheme:
    """Say that the scheme counts no more, and why; it stays readable.

    Raises:
        NotPermitted, SchemeIsVoid, EditedMeanwhile.
    """
    actor.require(Right.WRITE_DEVELOPMENT, scheme)
    if scheme.is_void:
        raise SchemeIsVoid(number=scheme.number)
    facts = {"status": SchemeStatus.VOID, "void_reason": reason}
    return scheme.change(actor, now, "scheme.voided", facts, reason=reason)


def restore_scheme(
    scheme: CooperationScheme, reason: str, *, actor: Actor, now: datetime
) -> CooperationScheme:
    """Take back that the scheme was voided.

    Raises:
        NotPermitted, SchemeNotVoid, EditedMeanwhile.
        SchemeStands: the customer has another one by now.
    """
    actor.require(Right.WRITE_DEVELOPMENT, scheme)
    if not scheme.is_void:
        raise SchemeNotVoid(number=scheme.number)
    customer = scheme.customer
    if customer and CooperationScheme.standing_for(customer):
        raise _stands(customer)
    facts = {"status": SchemeStatus.STANDING, "void_reason": None}
    try:
        return scheme.change(actor, now, "scheme.restored", facts, reason=reason)
    except Taken as taken:
        raise _stands(customer) from taken


def read_scheme(number: str, *, actor: Actor) -> CooperationScheme:
    """The scheme with this number.

    Raises:
        NotFound, NotPermitted.
    """
    scheme = CooperationScheme.numbered(number)
    actor.require(Right.OPEN_DEVELOPMENT, scheme)
    return scheme


def _version(
    number: int, change: str | None, terms: dict[str, Any], actor: Actor, now: datetime
) -> SchemeVersion:
    return SchemeVersion(
        number=number,
        change=change,
        made_at=now,
        made_by_id=actor.id,
        made_by_name=actor.name,
        **terms,
    )


def _demand_sound(terms: dict[str, Any], now: datetime) -> None:
    day = clock.local_day(now)
    rules.demand_agreement(terms.get("agreed_on"), terms.get("agreed_with"), day)
    rules.demand_span(terms.get("valid_from"), terms.get("valid_until"))


def _stands(customer: Customer | None) -> SchemeStands:
    found = CooperationScheme.standing_for(customer) if customer else None
    name = customer.name if customer else ""
    return SchemeStands(customer=name, number=found.number if found else "")
