"""The verbs of visits."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from archive import clock
from archive.accounts.models import User
from archive.actor import Actor, Right
from archive.communication.errors import VisitNotOpen, VisitOpen
from archive.communication.models import Measure, Visit
from archive.communication.rules import visits as rules
from archive.communication.rules.visits import VisitStatus
from archive.customers.models import Customer
from archive.database import next_number


def record_visit(
    customer: Customer,
    *,
    actor: Actor,
    now: datetime,
    visitors: Sequence[str] = (),
    measures: Iterable[Mapping[str, Any]] = (),
    **facts: Any,
) -> Visit:
    """Write down a visit that was made or is planned (Art. 13).

    Without *visitors* the visit is the actor's own.

    Raises:
        NotPermitted: the customer is not *actor*'s.
    """
    actor.require(Right.RECORD_VISIT, customer)
    if earlier := Visit.asked_before():
        return earlier
    year = clock.local(now).year
    visitors = list(visitors) or [actor.name]
    return Visit.open_new(
        actor,
        now,
        "visit.recorded",
        {
            "number": f"BF-{year}-{next_number(f'visit:{year}'):05d}",
            "customer_id": customer.id,
            "recorded_by_id": actor.id,
            "recorded_by_name": actor.name,
            "visitors": visitors,
            "visitor_keys": _keys_of(visitors),
            "measures": [Measure(**measure) for measure in measures],
            **facts,
        },
    )


def edit_visit(
    visit: Visit,
    *,
    actor: Actor,
    now: datetime,
    seen: int,
    visitors: Sequence[str] = (),
    measures: Iterable[Mapping[str, Any]] = (),
    **facts: Any,
) -> Visit:
    """Write up the visit further, or correct it; *seen* is the revision the person had.

    A closed visit may be corrected, as long as it could still be closed.

    Raises:
        NotPermitted, EditedMeanwhile.
        StepMissing: the visit is closed and would lack the record of a step (Art. 13).
    """
    actor.require(Right.RECORD_VISIT, visit)
    visitors = list(visitors) or visit.visitors
    fields = {
        **facts,
        "visitors": visitors,
        "visitor_keys": _keys_of(visitors),
        "measures": [Measure(**measure) for measure in measures],
    }
    if visit.status is VisitStatus.CLOSED and seen == visit.revision:
        _could_be_closed(visit, fields, now)
    return visit.change(actor, now, "visit.edited", fields, seen=seen)


def close_visit(visit: Visit, *, actor: Actor, now: datetime) -> Visit:
    """Say that the visit and what followed from it are done with (Art. 13).

    Raises:
        NotPermitted, VisitNotOpen.
        NotYetHeld: it has not taken place yet.
        StepMissing: a business visit lacks the written record of a step.
    """
    actor.require(Right.RECORD_VISIT, visit)
    _is_open(visit)
    _could_be_closed(visit, {}, now)
    return visit.change(
        actor, now, "visit.closed", {"status": VisitStatus.CLOSED, "closed_at": now}
    )


def cancel_visit(visit: Visit, reason: str, *, actor: Actor, now: datetime) -> Visit:
    """Say that the visit does not take place; the record stays.

    Raises:
        NotPermitted, VisitNotOpen, EditedMeanwhile.
    """
    actor.require(Right.RECORD_VISIT, visit)
    _is_open(visit)
    return visit.change(
        actor,
        now,
        "visit.cancelled",
        {"status": VisitStatus.CANCELLED, "closed_at": now},
        reason=reason,
    )


def reopen_visit(visit: Visit, reason: str, *, actor: Actor, now: datetime) -> Visit:
    """Take back that the visit was closed or cancelled.

    Raises:
        NotPermitted, VisitOpen, EditedMeanwhile.
    """
    actor.require(Right.RECORD_VISIT, visit)
    if visit.is_open:
        raise VisitOpen(number=visit.number)
    return visit.change(
        actor,
        now,
        "visit.reopened",
        {"status": VisitStatus.OPEN, "closed_at": None},
        reason=reason,
    )


def open_visit(number: str, *, actor: Actor) -> Visit:
    """The visit with this number.

    Raises:
        NotFound, NotPermitted.
    """
    visit = Visit.numbered(number)
    actor.require(Right.OPEN_VISIT, visit)
    return visit


def _is_open(visit: Visit) -> None:
    if not visit.is_open:
        raise VisitNotOpen(number=visit.number, status=visit.status)


def _could_be_closed(visit: Visit, fields: Mapping[str, Any], now: datetime) -> None:
    filled = {name for name in visit.filled if name not in fields}
    filled |= {name for name, value in fields.items() if value}
    rules.has_been_held(fields.get("visited_at", visit.visited_at), now)
    rules.may_be_closed(fields.get("kind", visit.kind), filled)


def _keys_of(visitors: Sequence[str]) -> list[str]:
    """Keys by which search and lists find the visitors: the account where a name has one."""
    keys: dict[str, list[str]] = {}
    for user in User.objects(name__in=list(visitors)).only("name"):
        keys.setdefault(user.name, []).append(user.key)
    return [keys[name][0] if len(keys.get(name, ())) == 1 else name for name in visitors]
