"""Pure rules about winning and losing customers: closed lists, and what is still owed."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Protocol

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
