"""What keeps a contract from being submitted for review, each named (Art. 20.1)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from archive.blobs import Blobs
from archive.contracts import rules
from archive.contracts.models import Contract, ReviewPlace, ReviewRoute, ReviewStep
from archive.contracts.rules.reviewing import SeatOf, is_asked
from archive.contracts.service.papers import PaperFault, find_paper_faults
from archive.contracts.service.routing import candidates_for, case_of, departments
from archive.customers.models import Customer
from archive.redline import Obstacle, ObstacleKind, find_obstacles
from archive.terms import N_, Term


class Hindrance(Term):
    """The kind of thing that keeps a contract from being submitted."""

    OPEN = "open", N_("草稿中还有【待填】")
    PAPER = "paper", N_("客户的证照")
    AMOUNT = "amount", N_("合同金额与价格表合计不一致，且没有说明")
    ROUTE = "route", N_("没有适用的评审路线")
    TEXT = "text", N_("Word 文件")
    NOBODY = "nobody", N_("这一步没有人可以评审")


@dataclass(frozen=True)
class Hindered:
    """One thing that keeps a contract from being submitted.

    `names` are placeholders that are open; `place` is the place that nobody can take, in step
    number `step`.
    """

    kind: Hindrance
    names: tuple[str, ...] = ()
    paper: PaperFault | None = None
    obstacle: Obstacle | None = None
    place: ReviewPlace | None = None
    step: int = 0


@dataclass(frozen=True)
class Readiness:
    """The way that a contract would go, and what keeps it from going."""

    route: ReviewRoute | None
    steps: list[ReviewStep]
    hindered: list[Hindered]


def readiness_of(contract: Contract, customer: Customer, today: date, *, blobs: Blobs) -> Readiness:
    """What submitting the newest version of *contract* would come to today.

    Raises:
        ContentLost: the file is not the one that was made.
    """
    route = ReviewRoute.made_for(case_of(contract, customer))
    steps = steps_of(route, contract) if route else []
    hindered = [*_of_text(contract, blobs), *_of_papers(customer, today)]
    if not steps:
        hindered.append(Hindered(Hindrance.ROUTE))
    hindered += _of_people(contract, steps, today)
    return Readiness(route, steps, hindered)


def steps_of(route: ReviewRoute, contract: Contract) -> list[ReviewStep]:
    """The steps of *route* for *contract*: places by amount left out, one for each department."""
    found = []
    for places in route.steps:
        asked = [each for each in places if is_asked(each.above, contract.amount)]
        if not asked:
            continue
        step = ReviewStep(
            mode=asked[0].mode,
            checks_credit=any(each.checks_credit for each in asked),
            days=max(each.days for each in asked),
        )
        for each in asked:
            of_department = departments() if each.seat is SeatOf.DEPARTMENTS else [None]
            for department in of_department:
                step.places.append(
                    ReviewPlace(
                        seat=each.seat,
                        department=department,
                        person_id=each.person_id,
                        person_name=each.person_name,
                    )
                )
        if step.places:
            found.append(step)
    for number, step in enumerate(found, 1):
        for position, place in enumerate(step.places, 1):
            place.key = f"{number}-{position}"
    return found


def _of_text(contract: Contract, blobs: Blobs) -> Iterator[Hindered]:
    missing = tuple(contract.newest.missing)
    if missing:
        yield Hindered(Hindrance.OPEN, names=missing)
    for obstacle in find_obstacles(blobs.read(contract.newest.sha256)):
        if not (missing and obstacle.kind is ObstacleKind.TO_FILL):
            yield Hindered(Hindrance.TEXT, obstacle=obstacle)
    amounts = [row.amount for row in contract.prices]
    differs = rules.rows_say_otherwise(contract.amount, amounts) is not None
    if differs and not contract.amount_reason:
        yield Hindered(Hindrance.AMOUNT)


def _of_papers(customer: Customer, today: date) -> Iterator[Hindered]:
    for paper in find_paper_faults(customer, today):
        yield Hindered(Hindrance.PAPER, paper=paper)


def _of_people(contract: Contract, steps: list[ReviewStep], today: date) -> Iterator[Hindered]:
    for number, step in enumerate(steps, 1):
        for place in step.places:
            if not candidates_for(place, contract, None, today):
                yield Hindered(Hindrance.NOBODY, place=place, step=number)
