"""Development plans and churn analyses for the walk of rights."""

from archive import clock
from archive.customers.samples import a_customer
from archive.development.rules import ContactWay, LossCause
from archive.development.service import losses, plans, schemes
from archive.web.chapter import Sample, Sampling


def of_plans(given: Sampling) -> Sample:
    """An open plan with a step."""
    customer = a_customer(given)
    today = clock.local_day(given.now)
    plan = plans.open_plan(
        customer,
        actor=given.maker,
        now=given.now,
        why="客户在本地设有分拨仓。",
        steps=[{"what": "上门了解货量", "due_on": today}],
        progress=[{"noted_on": today, "way": ContactWay.CALL, "content": "约好周五见面。"}],
    )
    body = {"why": plan.why}
    return Sample(
        {"number": plan.number, "archive_number": customer.archive_number, "place": 0},
        sent={
            "development_api.edit_plan": body,
            "development_api.open_plan": {**body, "customer_name": customer.customer_code},
            "development.create": {**body, "customer_name": customer.customer_code},
        },
    )


def of_losses(given: Sampling) -> Sample:
    """The analysis of a loss."""
    customer = a_customer(given)
    loss = losses.record_loss(
        customer,
        actor=given.maker,
        now=given.now,
        cause=LossCause.PRICE,
        lost_since=clock.local_day(given.now),
        analysis="同线路报价高出两成。",
    )
    body = {
        "cause": loss.cause.value,
        "lost_since": loss.lost_since.isoformat(),
        "analysis": loss.analysis,
    }
    return Sample(
        {"number": loss.number, "archive_number": customer.archive_number},
        sent={
            "losses_api.edit_loss": body,
            "losses_api.record_loss": {**body, "customer_name": customer.customer_code},
            "losses.create": {**body, "customer_name": customer.customer_code},
        },
    )


def of_schemes(given: Sampling) -> Sample:
    """A cooperation scheme."""
    customer = a_customer(given)
    scheme = schemes.open_scheme(
        customer, actor=given.maker, now=given.now, content="上海至成都整车，每周三班。"
    )
    body = {"content": scheme.content}
    return Sample(
        {"number": scheme.number, "archive_number": customer.archive_number},
        sent={
            "schemes_api.revise_scheme": {**body, "reason": "增加一班"},
            "schemes_api.open_scheme": {**body, "customer_name": customer.customer_code},
        },
    )


def of_cooperation(given: Sampling) -> Sample:
    """A customer."""
    return Sample(
        {"archive_number": a_customer(given).archive_number},
        sent={"cooperation_api.confirm": {"reason": "首批货物的运单"}},
    )


SAMPLES = {
    "development": of_plans,
    "development_api": of_plans,
    "losses": of_losses,
    "losses_api": of_losses,
    "schemes": of_schemes,
    "schemes_api": of_schemes,
    "cooperation": of_cooperation,
    "cooperation_api": of_cooperation,
}
