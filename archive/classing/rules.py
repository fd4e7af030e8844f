"""Pure rules of Art. 4: who is important, where business stands, what is proposed, and why."""

from collections.abc import Hashable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from functools import cached_property
from itertools import groupby
from typing import Any, Final, Generic, TypeVar

from archive.customers.rules import Relationship
from archive.customers.rules.classes import Contribution, Credit, Maintenance, Why
from archive.terms import Term

K = TypeVar("K", bound=Hashable)

PERIOD: Final = 12  # months that contribution, volume and payments are looked at
NEW_FOR: Final = 12  # months after the first business in which a customer is new
TARGET: Final = Decimal(80)  # percent of the profit that the important customers make (Art. 4.1)
GROWTH: Final = Decimal(20)  # percent more volume than before that shows room to grow
A_SHARE, A_LONGEST = Decimal(90), 15  # percent paid on time at least, days late at most
C_SHARE, C_LONGEST = Decimal(50), 60
MANY_CLAIMS: Final = 3  # in the period: no A any more
NONE = Decimal(0)


@dataclass(frozen=True)
class Finding:
    """A class, none where it cannot be told, with the kind of reason and the numbers behind it."""

    value: Term | None
    why: Why
    numbers: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Ranked(Generic[K]):
    """A place in the order of profit: equals share a rank; the share is of all down to here."""

    key: K
    amount: Decimal
    rank: int
    share: Decimal
    is_in_prefix: bool


@dataclass(frozen=True)
class Pareto(Generic[K]):
    """Customers by what they bring, the most first."""

    ranked: tuple[Ranked[K], ...]
    total: Decimal
    """What those who bring something bring together; losses do not lessen it."""
    known: int
    """Customers of whom anything is known in the period."""

    @cached_property
    def prefix(self) -> tuple[Ranked[K], ...]:
        """The important ones."""
        return tuple(each for each in self.ranked if each.is_in_prefix)

    @cached_property
    def prefix_share(self) -> Decimal:
        """Percent of the total that the important ones really make."""
        return self.prefix[-1].share if self.prefix else NONE

    @cached_property
    def portion(self) -> Decimal:
        """Percent of the known customers that the important ones are; the rule expects 20."""
        return percent(Decimal(len(self.prefix)), Decimal(self.known))


def percent(part: Decimal, whole: Decimal) -> Decimal:
    """*part* of *whole* in percent, to a tenth; 0 of nothing."""
    if not whole:
        return NONE
    return (part * 100 / whole).quantize(Decimal("0.1"), ROUND_HALF_UP)


def pareto(amounts: Mapping[K, Decimal | None], target: Decimal = TARGET) -> Pareto[K]:
    """The shortest list of customers, the largest first, that makes *target* percent (Art. 4.1).

    The total is that of the customers who bring something: a loss makes nobody else important,
    and whoever brings nothing or a loss never is. Where nobody brings anything, nobody is
    important. Equals are treated as equals: whoever brings exactly as much as the last one needed
    is important too, so the order in which they happen to be read decides nothing. A single
    customer who brings something is important.
    """
    known = {key: amount for key, amount in amounts.items() if amount is not None}
    order = sorted(known.items(), key=lambda each: -each[1])
    total = sum((amount for _, amount in order if amount > 0), NONE)
    ranked: list[Ranked[K]] = []
    reached = NONE
    for amount, group in groupby(order, key=lambda each: each[1]):
        equals = list(group)
        is_needed = amount > 0 and reached * 100 < target * total
        reached += amount * len(equals) if amount > 0 else NONE
        share, rank = percent(reached, total), len(ranked) + 1
        ranked += [Ranked(key, amount, rank, share, is_needed) for key, _ in equals]
    return Pareto(tuple(ranked), total, len(known))


STEPS: Final = 100  # of the curve, at most


def curve_of(found: Pareto[Any]) -> list[float]:
    """Percent of the total that the customers make, the largest first, in steps of equal number."""
    if not found.total:
        return []
    many = len(found.ranked)
    steps = min(STEPS, many)
    curve, reached, place = [0.0], NONE, 0
    for step in range(1, steps + 1):
        until = many * step // steps
        gains = (max(each.amount, NONE) for each in found.ranked[place:until])
        reached, place = reached + sum(gains, NONE), until
        curve.append(float(percent(reached, found.total)))
    return curve


def contribution_of(place: Ranked[Any] | None, of: Pareto[Any]) -> Finding:
    """Important or ordinary (Art. 4.1)."""
    if place is None:
        return Finding(Contribution.ORDINARY, Why.NO_FIGURES, {"months": PERIOD})
    numbers: dict[str, Any] = {"months": PERIOD, "profit": place.amount}
    if place.amount <= 0:
        return Finding(Contribution.ORDINARY, Why.NO_PROFIT, numbers)
    numbers |= {"rank": place.rank, "count": len(of.prefix), "share": of.prefix_share}
    if place.is_in_prefix:
        return Finding(Contribution.IMPORTANT, Why.IN_PREFIX, {**numbers, "portion": of.portion})
    return Finding(Contribution.ORDINARY, Why.AFTER_PREFIX, numbers)


def month_of(day: date) -> int:
    """The month of *day* as a number that can be reckoned with."""
    return day.year * 12 + day.month - 1


def month_words(month: int) -> str:
    """2026-03"""
    return f"{month // 12}-{month % 12 + 1:02d}"


@dataclass(frozen=True)
class Business:
    """What is known of business with a customer; months as `month_of` counts them."""

    first: int | None = None
    last: int | None = None
    started_on: date | None = None
    ended_on: date | None = None
    is_planned: bool = False
    stated: Relationship = Relationship.POTENTIAL
    """What the archive says."""


def relationship_of(business: Business, today: date, window: int) -> Finding:
    """Where business stands (Art. 4.3); *window* is how many months it may rest.

    Business is a month with revenue, goods or shipments. An agreed end counts once no business
    came after it. With neither figures nor dates a plan makes a target, and else the archive is
    believed: a list of customers brought in without figures stays as it is.
    """
    now = month_of(today)
    begun = [business.started_on] if business.started_on and business.started_on <= today else []
    firsts = [*map(month_of, begun), *([] if business.first is None else [business.first])]
    ended = business.ended_on
    if ended is not None and ended <= today and (business.last or 0) <= month_of(ended):
        return Finding(Relationship.LOST, Why.ENDED, {"ended": ended.isoformat()})
    if not firsts:
        return _without_business(business)
    first = min(firsts)
    is_new = now - first < NEW_FOR
    value = Relationship.COOPERATING_NEW if is_new else Relationship.COOPERATING_OLD
    if business.last is None:
        return Finding(value, Why.BEGUN, {"first": month_words(first)})
    last = max(business.last, *map(month_of, begun)) if begun else business.last
    if now - last > window:
        numbers = {"last": month_words(last), "months": window}
        return Finding(Relationship.LOST, Why.NO_LONGER, numbers)
    numbers = {"first": month_words(first), "last": month_words(last)}
    if is_new:
        return Finding(value, Why.FIRST_BUSINESS, {**numbers, "months": NEW_FOR})
    return Finding(value, Why.IN_BUSINESS, numbers)


def _without_business(business: Business) -> Finding:
    if business.is_planned:
        return Finding(Relationship.TARGET, Why.PLANNED)
    if business.stated is Relationship.POTENTIAL:
        return Finding(Relationship.POTENTIAL, Why.NO_BUSINESS)
    return Finding(business.stated, Why.STATED)


COOPERATING = frozenset({Relationship.COOPERATING_NEW, Relationship.COOPERATING_OLD})


def maintenance_of(
    *,
    is_important: bool,
    volume: Ranked[Any] | None,
    before: Decimal | None,
    relationship: Term | None,
) -> Finding:
    """What is proposed of the importance of keeping (Art. 4.4).

    Strategic: among the first by profit and by tonnage. Growth: in business, and among the first
    by one of the two or growing. *before* is the tonnage of the period before.
    """
    tonnes = volume.amount if volume else NONE
    numbers: dict[str, Any] = {"months": PERIOD, "tonnes": tonnes.normalize() + 0}
    is_large = volume is not None and volume.is_in_prefix
    ranked = {**numbers, "rank": volume.rank} if volume else numbers
    if is_important and is_large:
        return Finding(Maintenance.STRATEGIC, Why.PROFIT_AND_VOLUME, ranked)
    if relationship in COOPERATING:
        if is_large:
            return Finding(Maintenance.GROWTH, Why.MUCH_VOLUME, ranked)
        if is_important:
            return Finding(Maintenance.GROWTH, Why.MUCH_PROFIT, numbers)
        growth = percent(tonnes - before, before) if before else NONE
        if growth >= GROWTH:
            return Finding(Maintenance.GROWTH, Why.GROWING, {**numbers, "growth": growth})
    return Finding(Maintenance.ORDINARY, Why.NEITHER, numbers)


@dataclass(frozen=True)
class Payments:
    """How a customer paid in the period, and what was disputed."""

    known: int = 0
    """Months of which it is known how late the customer paid."""
    on_time: int = 0
    longest: int = 0
    """Days late, at most."""
    claims: int = 0
    lawsuits: int = 0


def credit_of(payments: Payments) -> Finding:
    """What is proposed of credit (Art. 4.5): by payments; who sues or claims often is no A.

    Whether claims were exaggerated and complaints without cause, no figure tells: they are shown
    with the proposal, and the sales manager decides.
    """
    if not payments.known:
        return Finding(None, Why.NO_PAYMENTS, {"months": PERIOD})
    share = percent(Decimal(payments.on_time), Decimal(payments.known))
    numbers = {"months": PERIOD, "share": share, **vars(payments)}
    del numbers["on_time"]
    if (share < C_SHARE and payments.longest > A_LONGEST) or payments.longest > C_LONGEST:
        return Finding(Credit.C, Why.PAYMENTS, numbers)
    is_peaceful = not payments.lawsuits and payments.claims < MANY_CLAIMS
    if share >= A_SHARE and payments.longest <= A_LONGEST and is_peaceful:
        return Finding(Credit.A, Why.PAYMENTS, numbers)
    return Finding(Credit.B, Why.PAYMENTS, numbers)


@dataclass(frozen=True)
class Evidence:
    """What the months of one customer add up to: sums of the period, or of the one before it."""

    profit: Decimal | None = None
    tonnes: Decimal | None = None
    tonnes_before: Decimal | None = None
    first: int | None = None
    """The first month with business."""
    last: int | None = None
    known: int = 0
    """Months of which it is known how late the customer paid."""
    on_time: int = 0
    longest: int = 0
