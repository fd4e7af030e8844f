"""What of contracts waits for a person."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from flask import url_for

from archive import clock
from archive.actor import Actor, Right
from archive.contracts.models import Contract
from archive.contracts.rules import ContractStatus
from archive.contracts.rules.reviewing import RoundState
from archive.customers.models import Customer
from archive.panels import Number, Panel
from archive.terms import N_
from archive.urgency import Step
from archive.web.waiting import MOST_SHOWN, Duty, News

LATELY = timedelta(days=14)
TOLD = {
    RoundState.APPROVED: N_("合同评审通过"),
    RoundState.CHANGES: N_("合同须修改后再评审"),
    RoundState.REJECTED: N_("合同评审未通过"),
    RoundState.TRIAL: N_("合同等待试运行"),
}

READ = ("number", "title", "customer_id", "customer_name", "created_at")


def duties_of(who: Actor, now: datetime) -> Iterator[Duty]:
    """What the person has to judge, and their own drafts that are not complete."""
    yield from reviews_of(who, now)
    if not who.may(Right.DRAFT_CONTRACT):
        return
    for contract in Contract.incomplete_of(who).only(*READ).limit(MOST_SHOWN):
        yield Duty(
            N_("补齐合同草稿"),
            icon="file-pencil",
            address=url_for("contracts.page", number=contract.number),
            about=f"{contract.customer_name} · {contract.title}",
            since=contract.created_at,
            right=Right.DRAFT_CONTRACT,
            subject=contract,
        )


def reviews_of(who: Actor, now: datetime) -> Iterator[Duty]:
    """What the person has to judge, and trial runs that a round waits for."""
    if who.may(Right.REVIEW_CONTRACT):
        for contract in Contract.waiting_for(who.id).order_by("turn_due_at").limit(MOST_SHOWN):
            step = contract.review.open_step if contract.review else None
            yield Duty(
                N_("评审合同"),
                icon="writing",
                address=url_for("reviews.page", number=contract.number),
                about=f"{contract.customer_name} · {contract.title}",
                due_at=contract.turn_due_at,
                since=step.opened_at if step else None,
                tells=(Step.ARRIVED, Step.TODAY, Step.LATE),
                right=Right.REVIEW_CONTRACT,
                subject=contract,
                is_movable=False,
            )
    if who.may(Right.RECORD_TRIAL):
        waiting = Contract.objects(status=ContractStatus.IN_REVIEW, reviews__state=RoundState.TRIAL)
        for contract in waiting.order_by("updated_at").limit(MOST_SHOWN):
            if contract.review.state is RoundState.TRIAL:
                yield Duty(
                    N_("登记试运行结果"),
                    icon="truck-delivery",
                    address=url_for("reviews.trial", number=contract.number),
                    about=f"{contract.customer_name} · {contract.title}",
                    since=contract.updated_at,
                    tells=(Step.ARRIVED,),
                    right=Right.RECORD_TRIAL,
                    subject=contract,
                )


def count_reviews(who: Actor) -> int:
    """How many contracts wait for the person, for the badge next to the page's name."""
    return int(Contract.waiting_for(who.id).count()) if who.may(Right.REVIEW_CONTRACT) else 0


def news_of(who: Actor, now: datetime) -> Iterator[News]:
    """Reminders to the person, and what became of the contracts that they submitted."""
    if who.may(Right.REVIEW_CONTRACT):
        for contract in Contract.waiting_for(who.id).limit(MOST_SHOWN):
            step = contract.review.open_step if contract.review else None
            if step and step.reminded_at:
                yield News(
                    f"review-reminded:{contract.key}:{step.reminded_at.isoformat()}",
                    N_("催办：请评审合同"),
                    url_for("reviews.page", number=contract.number),
                    f"{contract.customer_name} · {contract.title}",
                )
    if who.may(Right.DRAFT_CONTRACT):
        mine = Contract.objects(handler_id=who.id, updated_at__gte=now - LATELY, reviews__exists=1)
        for contract in mine.order_by("-updated_at").limit(MOST_SHOWN):
            yield from _of_round(contract, now)


def _of_round(contract: Contract, now: datetime) -> Iterator[News]:
    """What of the latest round of *contract* its handler is told."""
    review = contract.review
    if review is None:
        return
    address = url_for("contracts.page", number=contract.number)
    about = f"{contract.customer_name} · {contract.title}"
    if review.state in TOLD:
        key = f"review-ended:{contract.key}:{review.number}:{review.state}"
        yield News(key, TOLD[review.state], address, about)
    step = review.open_step if contract.is_in_review else None
    if step and step.due_at and step.due_at < now:
        key = f"review-late:{contract.key}:{review.number}:{step.due_at.isoformat()}"
        yield News(key, N_("评审超时，可以催办"), address, about)


def panels_of(now: datetime) -> Iterator[Panel]:
    """Customers whose last contract, or draft of one, ends soon."""
    here, today = "customers.list_page", clock.local_day(now)
    numbers = []
    for days, label in ((30, N_("30 天内到期")), (90, N_("90 天内到期"))):
        until = today + timedelta(days=days)
        found = Customer.objects(contract_until__gte=today, contract_until__lte=until)
        values = {"contract": today, "contract_to": until}
        numbers.append(Number(label, found.count(), here, values))
    yield Panel(N_("合同到期的客户"), Right.OPEN_CONTRACT, tuple(numbers), order=130)
