"""Pure rules of a review (Art. 20): how steps end, how a round goes on, who may decide."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Protocol

from archive.actor import Role
from archive.contracts.rules import ContractKind
from archive.terms import N_, Term

REMINDED_AGAIN_AFTER = timedelta(hours=4)
RECALLED_WITHIN = timedelta(minutes=10)


class StepMode(Term):
    """How those whose turn it is at the same time decide together."""

    ALL = "all", N_("会签（全部同意）")
    ANY = "any", N_("或签（一人决定）")


class Decision(Term):
    """What a reviewer decides (Art. 20.3)."""

    AGREE = "agree", N_("同意"), "good"
    CHANGES = "changes", N_("修改后同意"), "warn"
    REJECT = "reject", N_("不同意"), "bad"


class Judgement(Term):
    """What a reviewer finds of one aspect of a contract."""

    SOUND = "sound", N_("没有问题"), "good"
    DOUBTFUL = "doubtful", N_("有疑问"), "warn"


class RoundState(Term):
    """How a round of review stands."""

    UNDER_WAY = "under_way", N_("评审中"), "active"
    TRIAL = "trial", N_("等待试运行"), "warn"
    APPROVED = "approved", N_("已通过"), "good"
    CHANGES = "changes", N_("需修改"), "warn"
    REJECTED = "rejected", N_("未通过"), "bad"
    TAKEN_BACK = "taken_back", N_("已撤回")


class TrialResult(Term):
    """How a trial run went (Art. 20.2)."""

    PASSED = "passed", N_("通过"), "good"
    FAILED = "failed", N_("未通过"), "bad"


class SeatOf(Term):
    """Who decides in a place of a route."""

    SALES_MANAGER = "sales_manager", N_("销售经理")
    OPERATIONS_MANAGER = "operations_manager", N_("营运部经理")
    DEPARTMENTS = "departments", N_("各职能部门（每个部门一人）")
    CUSTOMER_SERVICE = "customer_service", N_("客服")
    GENERAL_MANAGER = "general_manager", N_("总经理")
    PERSON = "person", N_("指定的人")


ROLES = {
    SeatOf.SALES_MANAGER: Role.SALES_MANAGER,
    SeatOf.OPERATIONS_MANAGER: Role.OPERATIONS_MANAGER,
    SeatOf.DEPARTMENTS: Role.REVIEWER,
    SeatOf.CUSTOMER_SERVICE: Role.CUSTOMER_SERVICE,
    SeatOf.GENERAL_MANAGER: Role.GENERAL_MANAGER,
}
REVIEWING = tuple(ROLES.values())


class Place(Protocol):
    """A place in a step, as far as these rules look at it."""

    decision: Decision | None
    is_added: bool


class Step(Protocol):
    """A step, as far as these rules look at it."""

    mode: StepMode

    @property
    def places(self) -> Sequence[Place]:
        """Its places."""


@dataclass(frozen=True)
class Standing:
    """How a round stands, and which step is open, counted from 0; None: none is."""

    state: RoundState
    step: int | None = None


def outcome_of(step: Step) -> Decision | None:
    """What *step* decided; None while it is open.

    One refusal ends it. Where one decides for all, the first decision counts, and those who were
    added are asked all the same.
    """
    decisions = [place.decision for place in step.places]
    if Decision.REJECT in decisions:
        return Decision.REJECT
    if step.mode is StepMode.ANY:
        added = [place.decision for place in step.places if place.is_added]
        usual = [place.decision for place in step.places if not place.is_added]
        decisions = [next((each for each in usual if each), None), *added] if usual else added
    if None in decisions:
        return None
    return Decision.CHANGES if Decision.CHANGES in decisions else Decision.AGREE


def waiting_in(step: Step) -> list[Place]:
    """The places of an open step that are still waited for."""
    is_settled = step.mode is StepMode.ANY and any(
        place.decision for place in step.places if not place.is_added
    )
    return [
        place
        for place in step.places
        if place.decision is None and (place.is_added or not is_settled)
    ]


def standing_of(steps: Sequence[Step], *, needs_trial: bool, trial: TrialResult | None) -> Standing:
    """How a round of *steps* stands.

    A step that asks for changes ends the round when all in it have decided. Where a trial run is
    needed, its result comes before the last step.
    """
    for number, step in enumerate(steps):
        if needs_trial and number == len(steps) - 1:
            if trial is TrialResult.FAILED:
                return Standing(RoundState.REJECTED)
            if trial is None:
                return Standing(RoundState.TRIAL)
        outcome = outcome_of(step)
        if outcome is None:
            return Standing(RoundState.UNDER_WAY, number)
        if outcome is Decision.REJECT:
            return Standing(RoundState.REJECTED)
        if outcome is Decision.CHANGES:
            return Standing(RoundState.CHANGES)
    return Standing(RoundState.APPROVED)


class Condition(Protocol):
    """For which contracts a route is made."""

    kind: ContractKind
    above: Decimal | None
    contributions: Collection[str]
    credits: Collection[str]


@dataclass(frozen=True)
class Case:
    """What the choice of a route looks at."""

    kind: ContractKind
    amount: Decimal | None
    contribution: str | None
    credit: str | None


def fits(route: Condition, case: Case) -> bool:
    """Whether *route* is made for *case*. An open amount counts as the largest."""
    if route.kind is not case.kind:
        return False
    if route.above is not None and case.amount is not None and case.amount <= route.above:
        return False
    if route.contributions and case.contribution not in route.contributions:
        return False
    return not route.credits or case.credit in route.credits


def closeness(route: Condition) -> tuple[int, Decimal]:
    """Of routes that fit, the one with the greatest is taken: it says the most of the contract."""
    conditions = (bool(route.contributions), bool(route.credits), route.above is not None)
    return sum(conditions), route.above or Decimal(0)


def is_asked(above: Decimal | None, amount: Decimal | None) -> bool:
    """Whether a place for contracts *above* an amount is asked about one of *amount*."""
    return above is None or amount is None or amount > above


def due_after(day: date, working_days: int, is_workday: Callable[[date], bool]) -> date:
    """The day on which *working_days* have passed after *day*."""
    left = working_days
    while left > 0:
        day += timedelta(days=1)
        left -= is_workday(day)
    return day
