"""The kinds of visits, and the five steps of a business visit (Art. 13)."""

from collections.abc import Collection, Mapping
from datetime import datetime
from types import MappingProxyType
from typing import Final

from archive import clock
from archive.communication.errors import NotYetHeld, StepMissing
from archive.terms import N_, Term


class VisitKind(Term):
    """拜访按目的的分类."""

    ROUTINE = "routine", N_("例行拜访")
    HOLIDAY = "holiday", N_("节日拜访")
    BUSINESS = "business", N_("事务拜访")


class VisitStatus(Term):
    """Whether the visit and its follow-up are done with, or will not take place."""

    OPEN = "open", N_("未办结")
    CLOSED = "closed", N_("已办结"), "good"
    CANCELLED = "cancelled", N_("已取消")


class VisitStep(Term):
    """事务拜访的五个步骤, in their order."""

    COLLECT = "collect", N_("收集资料，找出问题，确定目标")
    SOLVE = "solve", N_("确定解决办法")
    NOTIFY = "notify", N_("知会客户：内容、时间、地点、陪同人员")
    MEET = "meet", N_("准备资料，与客户磋商")
    ANALYSE = "analyse", N_("整理分析结果，上报并落实措施")


# The fields that together are the written record of a step.
STEP_FIELDS: Final[Mapping[VisitStep, tuple[str, ...]]] = MappingProxyType(
    {
        VisitStep.COLLECT: ("goals",),
        VisitStep.SOLVE: ("solutions",),
        VisitStep.NOTIFY: ("notice",),
        VisitStep.MEET: ("content",),
        VisitStep.ANALYSE: ("result", "reported_to", "measures"),
    }
)


def steps_written(filled: Collection[str]) -> list[VisitStep]:
    """The steps whose written record is complete, when *filled* names the fields that are given."""
    return [step for step, fields in STEP_FIELDS.items() if all(name in filled for name in fields)]


def may_be_closed(kind: VisitKind, filled: Collection[str]) -> None:
    """Art. 13: every step of a business visit has its written record.

    Raises:
        StepMissing: the numbers of the steps that have none.
    """
    if kind is not VisitKind.BUSINESS:
        return
    written = steps_written(filled)
    missing = [str(n) for n, step in enumerate(VisitStep, start=1) if step not in written]
    if missing:
        raise StepMissing(steps="、".join(missing))


def has_been_held(visited_at: datetime, now: datetime) -> None:
    """A visit ends after it has begun.

    Raises:
        NotYetHeld: it has not taken place yet.
    """
    if visited_at > now:
        raise NotYetHeld(visited_at=f"{clock.local(visited_at):%Y-%m-%d %H:%M}")
