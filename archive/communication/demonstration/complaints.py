"""A year of complaints: most closed, a few in every state of the route, one of them late."""

import random
import tomllib
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from archive import clock
from archive.accounts.demonstration import Staff
from archive.actor import Actor
from archive.communication.demonstration.visits import at_work, facts_of, known_by
from archive.communication.models import Complaint
from archive.communication.rules.complaints import (
    Channel,
    ComplaintCause,
    ComplaintForm,
    Reply,
)
from archive.communication.service import complaints as service
from archive.customers.demonstration import keeper_of
from archive.customers.models import Customer

CLOSED = 34
OPEN_HOURS = (110, 68, 44, 26, 9, 5, 2)  # how long ago those were heard that are still open
ACCEPTED_LATEST = 8  # hours ago; the younger ones wait for the desk


def record(customers: list[Customer], staff: Staff, now: datetime) -> list[Complaint]:
    """Record the complaints in the order in which they were heard."""
    dice = random.Random(14)  # noqa: S311  # the same complaints at every first start
    text = Path(__file__).with_name("complaints.toml").read_text(encoding="utf-8")
    cases = tomllib.loads(text)["case"]
    partners = [customer for customer in customers if customer.cooperation_started_on]
    made = []
    for place in range(CLOSED):
        at = at_work(now - timedelta(days=340 - place * 330 // CLOSED), dice)
        case = cases[place % len(cases)]
        known = [each for each in known_by(partners, at) if concerns(case, each)]
        complaint = hear(dice.choice(known), case, at, staff, dice)
        see_through(complaint, case, staff.customer_service, dice)
        made.append(complaint)
    for place, hours in enumerate(OPEN_HOURS):
        at = now - timedelta(hours=hours)
        complaint = hear(partners[place * 3], cases[place], at, staff, dice)
        if hours > ACCEPTED_LATEST:
            service.accept_complaint(
                complaint, actor=staff.customer_service, now=at + timedelta(hours=1)
            )
        made.append(complaint)
    return made


def concerns(case: dict[str, Any], customer: Customer) -> bool:
    """Whether *case* can happen to what *customer* sends."""
    return customer.industry in case.get("industries", (customer.industry,))


def hear(
    customer: Customer, case: dict[str, Any], at: datetime, staff: Staff, dice: random.Random
) -> Complaint:
    """A complaint as whoever heard it wrote it down, within the hour."""
    facts = facts_of(customer, dice)
    contact = customer.contacts[0]
    return service.record_complaint(
        actor=dice.choice((staff.staff, keeper_of(customer, staff), staff.customer_service)),
        now=at + timedelta(minutes=dice.randrange(5, 50)),
        customer_name=customer.customer_code,
        form=ComplaintForm[case["form"].upper()],
        cause=ComplaintCause[case["cause"].upper()],
        heard_at=at,
        complainant=contact.name,
        complainant_phone=contact.phone,
        content=case["content"].format(**facts),
        explained=case.get("explained"),
        waybill_number=f"YD{clock.local(at):%Y%m%d}{dice.randrange(1000, 9999)}",
        claimed_amount=case.get("amount"),
    )


def see_through(
    complaint: Complaint, case: dict[str, Any], desk: Actor, dice: random.Random
) -> None:
    """Accept, answer and close; one in nine answers comes late."""
    accepted_at = complaint.created_at + timedelta(hours=dice.randrange(1, 5))
    service.accept_complaint(complaint, actor=desk, now=accepted_at)
    started_at = accepted_at
    if complaint.has_claim:
        started_at += timedelta(days=2)
        complete_evidence(complaint, desk, started_at)
    is_late = dice.random() < 1 / 9
    plan_at = started_at + timedelta(hours=52 + 24 if is_late else dice.randrange(4, 40))
    result_at = max(plan_at, started_at) + timedelta(hours=dice.randrange(6, 24))
    facts = facts_of(complaint.customer, dice) if complaint.customer else {}
    for reply, at in ((Reply.PLAN, plan_at), (Reply.RESULT, result_at)):
        service.note_reply(
            complaint,
            reply=reply,
            replied_at=at,
            channel=dice.choice((Channel.PHONE, Channel.PHONE, Channel.EMAIL, Channel.LETTER)),
            text=case[reply.value].format(**facts),
            told_to=complaint.complainant,
            actor=desk,
            now=at,
        )
    closed_at = result_at + timedelta(days=1)
    service.close_complaint(complaint, case["reaction"], actor=desk, now=closed_at)


def complete_evidence(complaint: Complaint, desk: Actor, at: datetime) -> None:
    """The customer's papers are all there: the clock of a claim starts."""
    kept = ("customer_name", "complainant", "complainant_phone", "form", "cause", "heard_at",
            "content", "explained", "waybill_number", "claimed_amount")  # fmt: skip
    service.edit_complaint(
        complaint,
        actor=desk,
        now=at,
        seen=complaint.revision,
        **{name: getattr(complaint, name) for name in kept},
        evidence_complete_at=at,
        result_promised_on=clock.local_day(at) + timedelta(days=10),
    )
