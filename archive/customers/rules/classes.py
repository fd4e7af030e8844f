"""The classes of customers that Art. 4 names, and what the company does for each (Art. 3)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from archive.customers.errors import KeeperNeeded
from archive.customers.rules import Relationship
from archive.terms import N_, Term


class Dimension(Term):
    """By what customers are classed, beside how they were won (Art. 4)."""

    CONTRIBUTION = "contribution", N_("贡献度")
    RELATIONSHIP = "relationship", N_("业务往来")
    MAINTENANCE = "maintenance", N_("维护重要性")
    CREDIT = "credit", N_("信誉")


class Contribution(Term):
    """贡献度 (Art. 4.1)."""

    IMPORTANT = "important", N_("重要客户"), "good"
    ORDINARY = "ordinary", N_("普通客户")


class Maintenance(Term):
    """维护和深度开拓的重要性 (Art. 4.4)."""

    STRATEGIC = "strategic", N_("战略客户"), "good"
    GROWTH = "growth", N_("潜力客户"), "active"
    ORDINARY = "ordinary", N_("普通客户")


class Credit(Term):
    """信誉 (Art. 4.5)."""

    A = "a", N_("A 级信誉"), "good"
    B = "b", N_("B 级信誉"), "warn"
    C = "c", N_("C 级信誉"), "bad"


TERMS: Final[dict[Dimension, type[Term]]] = {
    Dimension.CONTRIBUTION: Contribution,
    Dimension.RELATIONSHIP: Relationship,
    Dimension.MAINTENANCE: Maintenance,
    Dimension.CREDIT: Credit,
}


def class_called(dimension: Dimension, value: str | None) -> Term | None:
    """The class of *dimension* that is stored as *value*."""
    return next((each for each in TERMS[dimension] if each.value == value), None)


def classes_in(stored: Mapping[str, Any]) -> dict[Dimension, Term | None]:
    """The classes of a customer, as MongoDB keeps it."""
    return {each: class_called(each, stored.get(each.value)) for each in Dimension}


COMPUTED: Final = frozenset({Dimension.CONTRIBUTION, Dimension.RELATIONSHIP})
"""Follow from figures and dates; the others are proposed, and a person sets them."""


def is_proposed(
    dimension: Dimension, found: str | None, value: str | None, answered: str | None
) -> bool:
    """Whether what the figures propose waits for an answer: it differs, and was not answered.

    That a customer of no set importance is an ordinary one goes without asking.
    """
    if value is None and found == Maintenance.ORDINARY.value:
        return False
    return dimension not in COMPUTED and found not in (None, value, answered)


class Why(Term):
    """The kind of reason of a class; its word is the sentence, filled from the stored numbers."""

    IN_PREFIX = (
        "in_prefix",
        N_(
            "近 %(months)s 个月利润 %(profit)s 元，排第 %(rank)s 位；前 %(count)s 位客户"
            "（占有业绩客户的 %(portion)s%%）合计占利润的 %(share)s%%。"
        ),
    )
    AFTER_PREFIX = (
        "after_prefix",
        N_(
            "近 %(months)s 个月利润 %(profit)s 元，排第 %(rank)s 位；"
            "前 %(count)s 位客户已占利润的 %(share)s%%。"
        ),
    )
    NO_PROFIT = "no_profit", N_("近 %(months)s 个月没有带来利润（%(profit)s 元）。")
    NO_FIGURES = "no_figures", N_("近 %(months)s 个月没有登记业绩。")

    FIRST_BUSINESS = (
        "first_business",
        N_("首次业务在 %(first)s，不满 %(months)s 个月；最近一次在 %(last)s。"),
    )
    IN_BUSINESS = "in_business", N_("最近一次业务在 %(last)s，首次业务在 %(first)s。")
    BEGUN = "begun", N_("合作自 %(first)s 开始，没有登记业绩。")
    NO_LONGER = "no_longer", N_("最近一次业务在 %(last)s，此后 %(months)s 个月以上没有业务。")
    ENDED = "ended", N_("合作已于 %(ended)s 终止。")
    PLANNED = "planned", N_("还没有业务，已列入开拓计划。")
    NO_BUSINESS = "no_business", N_("没有业务，也未列入开拓计划。")
    STATED = "stated", N_("没有业绩和合作日期，按档案中填写的类别。")

    PROFIT_AND_VOLUME = (
        "profit_and_volume",
        N_("近 %(months)s 个月利润和货量都在前列（货量 %(tonnes)s 吨，排第 %(rank)s 位）。"),
    )
    MUCH_VOLUME = (
        "much_volume",
        N_("有业务往来，近 %(months)s 个月货量 %(tonnes)s 吨，排第 %(rank)s 位，在前列。"),
    )
    MUCH_PROFIT = (
        "much_profit",
        N_("有业务往来，近 %(months)s 个月利润在前列（货量 %(tonnes)s 吨）。"),
    )
    GROWING = (
        "growing",
        N_("有业务往来，近 %(months)s 个月货量 %(tonnes)s 吨，比上一期增长 %(growth)s%%。"),
    )
    NEITHER = (
        "neither",
        N_("近 %(months)s 个月货量 %(tonnes)s 吨，利润和货量都不在前列，也没有明显增长。"),
    )

    PAYMENTS = (
        "payments",
        N_(
            "近 %(months)s 个月中有 %(known)s 个月的付款记录，"
            "按时 %(share)s%%，最长逾期 %(longest)s 天；索赔 %(claims)s 次，起诉 %(lawsuits)s 次。"
        ),
    )
    NO_PAYMENTS = "no_payments", N_("近 %(months)s 个月没有付款记录，不能建议信誉等级。")


def check_keeper(value: Term, keeper: str | None) -> None:
    """Art. 4.4: a strategic customer has a named keeper.

    Raises:
        KeeperNeeded: there is none.
    """
    if value is Maintenance.STRATEGIC and not keeper:
        raise KeeperNeeded()


class Extra(Term):
    """What a contract with a customer of a class needs beyond its usual way."""

    GENERAL_MANAGER = "general_manager", N_("每份合同须总经理批准")
    OPERATIONS_MANAGER = "operations_manager", N_("每份合同须营运部经理评审")
    PREPAID = "prepaid", N_("运费须预付")


@dataclass(frozen=True)
class Measures:
    """What the company does for a customer (Art. 3): rhythms in days, papers by their kind."""

    visit_days: int | None = None
    letter_days: int | None = None
    needs_keeper: bool = False
    extras: tuple[Extra, ...] = ()
    papers: tuple[str, ...] = ()


Row = tuple[Dimension, Term]

ROWS: Final[tuple[Row, ...]] = tuple(
    (dimension, value) for dimension, term in TERMS.items() for value in term
)
"""Every class, in the order of the regulation."""

SHIPPED: Final[dict[Row, Measures]] = {
    (Dimension.CONTRIBUTION, Contribution.IMPORTANT): Measures(
        visit_days=30, letter_days=30, needs_keeper=True, papers=("performance_analysis",)
    ),
    (Dimension.CONTRIBUTION, Contribution.ORDINARY): Measures(visit_days=180, letter_days=180),
    (Dimension.RELATIONSHIP, Relationship.TARGET): Measures(visit_days=60),
    (Dimension.RELATIONSHIP, Relationship.COOPERATING_NEW): Measures(
        visit_days=60, letter_days=90, papers=("licence", "tax_registration")
    ),
    (Dimension.RELATIONSHIP, Relationship.COOPERATING_OLD): Measures(
        letter_days=180, papers=("licence", "tax_registration")
    ),
    (Dimension.MAINTENANCE, Maintenance.STRATEGIC): Measures(
        visit_days=30, letter_days=30, needs_keeper=True, papers=("cooperation_plan",)
    ),
    (Dimension.MAINTENANCE, Maintenance.GROWTH): Measures(visit_days=60, letter_days=90),
    (Dimension.CREDIT, Credit.C): Measures(
        extras=(Extra.GENERAL_MANAGER,), papers=("financial_statement",)
    ),
}
"""The table as it is shipped; a class without a row asks for nothing of its own."""


def together(measures: Iterable[Measures]) -> Measures:
    """The measures of all of a customer's classes: the shortest rhythms, everything asked for."""
    each = list(measures)
    return Measures(
        visit_days=min((m.visit_days for m in each if m.visit_days), default=None),
        letter_days=min((m.letter_days for m in each if m.letter_days), default=None),
        needs_keeper=any(m.needs_keeper for m in each),
        extras=tuple(dict.fromkeys(extra for m in each for extra in m.extras)),
        papers=tuple(dict.fromkeys(paper for m in each for paper in m.papers)),
    )
