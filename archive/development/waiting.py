"""What waits for people who win customers, and lose them."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from flask import url_for

from archive import clock
from archive.actor import Actor, Right
from archive.development.models import ChurnAnalysis, DevelopmentPlan
from archive.development.rules import STEP_AHEAD
from archive.terms import N_
from archive.web.waiting import MOST_SHOWN, Duty


def duties_of(who: Actor, now: datetime) -> Iterator[Duty]:
    """Steps of plans that are due, churn analyses to write, customers to win back."""
    if who.may(Right.WRITE_DEVELOPMENT):
        yield from _steps_due(who, now)
        yield from _losses_to_explain(who)
        yield from _customers_to_win_back(who, now)


def _steps_due(who: Actor, now: datetime) -> Iterator[Duty]:
    until = clock.local_day(now + timedelta(days=STEP_AHEAD))
    found = DevelopmentPlan.with_customers(DevelopmentPlan.due(who, until).limit(MOST_SHOWN))
    for plan in found:
        step, customer = plan.next_step, plan.customer
        if step is None or customer is None:
            continue
        yield Duty(
            N_("完成开拓步骤"),
            icon="target-arrow",
            address=url_for("development.page", number=plan.number),
            about=f"{customer.name} · {step.what}",
            due_at=clock.last_minute_of(step.due_on),
            due_on=step.due_on,
            right=Right.WRITE_DEVELOPMENT,
            subject=plan,
        )


def _losses_to_explain(who: Actor) -> Iterator[Duty]:
    """Art. 7: for a customer who is lost the reasons are analysed; asked for until they are."""
    for customer in ChurnAnalysis.unexplained(who, MOST_SHOWN):
        ended = customer.cooperation_ended_on
        yield Duty(
            N_("填写流失分析"),
            icon="user-minus",
            address=url_for("losses.new_for", archive_number=customer.archive_number),
            about=customer.name,
            since=clock.start_of(ended) if ended else customer.created_at,
            right=Right.WRITE_DEVELOPMENT,
            subject=customer,
        )


def _customers_to_win_back(who: Actor, now: datetime) -> Iterator[Duty]:
    until = clock.local_day(now + timedelta(days=STEP_AHEAD))
    found = ChurnAnalysis.to_win_back(who, until).limit(MOST_SHOWN)
    for loss in ChurnAnalysis.with_customers(found):
        yield Duty(
            N_("挽回流失客户"),
            icon="user-heart",
            address=url_for("losses.page", number=loss.number),
            about=loss.customer.name if loss.customer else loss.number,
            due_at=clock.last_minute_of(loss.win_back_on),
            due_on=loss.win_back_on,
            right=Right.WRITE_DEVELOPMENT,
            subject=loss,
        )
