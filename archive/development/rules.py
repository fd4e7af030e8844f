"""Pure rules about winning and losing customers, and about the prices agreed in between."""

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Protocol

from archive.development.errors import (
    AgreedLater,
    AgreementIncomplete,
    EndBeforeStart,
    UntilBeforeFrom,
)
from archive.terms import N_, Term

STEP_AHEAD = 7
"""So many days before its day a step is shown as a duty."""


class PlanStatus(Term):
    """How a development plan stands."""

    OPEN = "open", N_("开拓中"), "active"
    ACHIEVED = "achieved", N_("开拓成功"), "good"
    GIVEN_UP = "given_up", N_("已放弃")


class ContactWay(Term):
    """By what way a customer was spoken with while being won."""

    CALL = "call", N_("电话")
    MEETING = "meeting", N_("面谈")
    MESSAGE = "message", N_("微信或邮件")
    QUOTATION = "quotation", N_("报价或方案")
    TRIAL = "trial", N_("试发货")
    OTHER = "other", N_("其他方式")


class Step(Protocol):
    """What a step of a plan says of its time."""

    due_on: date
    done_on: date | None


def next_due(steps: Iterable[Step]) -> date | None:
    """The day on which the next step that is not done is due."""
    return min((step.due_on for step in steps if step.done_on is None), default=None)


class LossCause(Term):
    """流失原因: why a customer no longer has us carry."""

    PRICE = "price", N_("运价原因")
    SERVICE = "service", N_("服务质量")
    COMPETITOR = "competitor", N_("竞争对手争取")
    BUSINESS_CHANGE = "business_change", N_("业务调整")
    CLOSED_DOWN = "closed_down", N_("停产停业")
    PAYMENT = "payment", N_("结算与账款")
    OTHER = "other", N_("其他原因")


class LossStatus(Term):
    """How a loss stands."""

    LOST = "lost", N_("流失中"), "bad"
    WON_BACK = "won_back", N_("已挽回"), "good"
    GIVEN_UP = "given_up", N_("不再挽回")
    WITHDRAWN = "withdrawn", N_("已撤回")


COUNTED = (LossStatus.LOST, LossStatus.WON_BACK, LossStatus.GIVEN_UP)
"""Losses that happened: all but those that were recorded by mistake."""


def covers(status: LossStatus, lost_since: date, started_on: date | None) -> bool:
    """Whether an analysis is about the loss of a customer who is lost now.

    It is not, where the customer was won back, or began to cooperate again on *started_on*, since.
    """
    if status not in (LossStatus.LOST, LossStatus.GIVEN_UP):
        return False
    return started_on is None or lost_since >= started_on


@dataclass(frozen=True)
class Share:
    """How often a cause was named, and in how many percent of the losses."""

    cause: LossCause
    count: int
    percent: Decimal
    won_back: int


def shares(losses: Iterable[tuple[LossCause, LossStatus]]) -> list[Share]:
    """The causes that were named, the most frequent first."""
    listed = list(losses)
    found = []
    for cause in LossCause:
        of_cause = [status for each, status in listed if each is cause]
        if of_cause:
            percent = (Decimal(len(of_cause)) * 100 / len(listed)).quantize(Decimal("0.1"))
            won_back = of_cause.count(LossStatus.WON_BACK)
            found.append(Share(cause, len(of_cause), percent, won_back))
    return sorted(found, key=lambda share: -share.count)


class SchemeStatus(Term):
    """How a cooperation scheme stands."""

    STANDING = "standing", N_("有效"), "good"
    VOID = "void", N_("已作废")


def demand_agreement(agreed_on: date | None, agreed_with: str | None, today: date) -> None:
    """Art. 7: what was agreed has its day, and somebody with whom; neither goes alone.

    Raises:
        AgreementIncomplete, AgreedLater
    """
    if (agreed_on is None) != (not agreed_with):
        raise AgreementIncomplete()
    if agreed_on is not None and agreed_on > today:
        raise AgreedLater(day=f"{agreed_on:%Y-%m-%d}")


def demand_span(start: date | None, end: date | None) -> None:
    """A scheme does not end before it begins.

    Raises:
        UntilBeforeFrom
    """
    if start is not None and end is not None and end < start:
        raise UntilBeforeFrom()


PRICE = re.compile(r"^[¥￥]?\s*(\d[\d,]*(?:\.\d+)?)\s*(.*)$")


class PriceChanged(Protocol):
    """A change of the price agreed, as it was typed: ``3.20 元/公斤``."""

    changed_on: date
    what: str
    before: str | None
    after: str


@dataclass(frozen=True)
class PricePoint:
    """A price from a day on; *x* and *y* are its place in a field of 100, from the top left."""

    day: date
    price: Decimal
    x: float = 0
    y: float = 0


@dataclass(frozen=True)
class LanePrices:
    """How the price of a lane went, from the first to the last day known of it."""

    lane: str
    unit: str
    points: tuple[PricePoint, ...]
    has_before: bool
    """Whether the first point is the price before the first change: nobody knows since when."""

    @property
    def line(self) -> str:
        """The price as steps: it holds from one day to the next."""
        first, *rest = self.points
        path = [f"M{first.x:.1f} {first.y:.1f}"]
        path += [f"H{each.x:.1f}V{each.y:.1f}" for each in rest]
        return "".join([*path, "H100"])

    @property
    def change_in_percent(self) -> Decimal | None:
        """How much more the last price is than the first, in percent of that."""
        first, last = self.points[0].price, self.points[-1].price
        return ((last - first) * 100 / first).quantize(Decimal("0.1")) if first else None


def read_price(text: str | None) -> tuple[Decimal, str] | None:
    """The number and the unit of *text*; None where it begins with no number."""
    found = PRICE.match((text or "").strip())
    return (Decimal(found[1].replace(",", "")), found[2].strip()) if found else None


def lane_prices(changes: Iterable[PriceChanged], today: date) -> list[LanePrices]:
    """The lanes whose price changed, each with its prices up to *today*, by lane.

    What is not written as a number, or in another unit than the lane's latest price, has no point.
    """
    lanes: dict[str, list[PriceChanged]] = defaultdict(list)
    for change in sorted(changes, key=lambda each: each.changed_on):
        lanes[change.what].append(change)
    found = (_prices_of(lane, listed, today) for lane, listed in sorted(lanes.items()))
    return [each for each in found if each is not None]


def _prices_of(lane: str, changes: list[PriceChanged], today: date) -> LanePrices | None:
    readable = [(each, now) for each in changes if (now := read_price(each.after))]
    if not readable:
        return None
    unit = readable[-1][1][1]
    known = [(each, price) for each, (price, its) in readable if its == unit]
    start = known[0][0].changed_on
    points = [(each.changed_on, price) for each, price in known]
    before = read_price(known[0][0].before)
    has_before = before is not None and before[1] in (unit, "")
    if before is not None and has_before:
        points.insert(0, (start - timedelta(days=30), before[0]))
    placed = _placed(points, max(today, points[-1][0]))
    return LanePrices(lane, unit, placed, has_before)


def _placed(points: list[tuple[date, Decimal]], end: date) -> tuple[PricePoint, ...]:
    """*points* in a field of 100 by 100 that ends with the day *end*."""
    begin = points[0][0]
    days = (end - begin).days or 1
    prices = [price for _, price in points]
    low, high = min(prices), max(prices)
    span = (high - low) or Decimal(1)
    return tuple(
        PricePoint(
            day,
            price,
            x=(day - begin).days * 100 / days,
            y=50.0 if high == low else float((high - price) * 80 / span) + 10,
        )
        for day, price in points
    )


def demand_order(start: date | None, end: date | None) -> None:
    """Art. 8: cooperation has a beginning, and no end before it.

    Raises:
        EndBeforeStart
    """
    if end is not None and (start is None or end < start):
        raise EndBeforeStart()
