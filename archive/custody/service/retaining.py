"""How long a paper is kept, and what holds it: the rules that every disposal is asked by."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Any

from bson import ObjectId
from mongoengine import Q

from archive import clock
from archive.actor import Actor, Right
from archive.custody.errors import HoldOver
from archive.custody.models import DisposalPaper, LegalHold, RetentionRule
from archive.custody.rules.retention import SHIPPED, Basis, Retention, years_before
from archive.customers.models import Customer
from archive.database import Taken, next_number
from archive.filing.models import Attachment
from archive.filing.rules import AttachmentKind
from archive.terms import N_, Term

NOTHING = {"_id": ObjectId("0" * 24)}  # the condition that no paper fulfils


class Keeps(Term):
    """What keeps a paper from being destroyed."""

    GONE = "gone", N_("已经销毁")
    HELD = "held", N_("受保全")
    PROPOSED = "proposed", N_("已在另一份销毁申请中")
    FOR_EVER = "for_ever", N_("这一类别永久保管")
    COOPERATING = "cooperating", N_("保管期从合作终止起算，合作还没有终止")
    NOT_YET = "not_yet", N_("还在保管期内")
    ELSEWHERE = "elsewhere", N_("不在库中（档案限制处理或归档已撤销）")


@dataclass(frozen=True)
class Standing:
    """How a paper stands: until when it is kept, and what keeps it."""

    paper: Attachment
    rule: Retention
    kept_until: date | None
    keeps: Keeps | None
    """None: nothing keeps it; it may be destroyed."""
    by: str = ""
    """The number of the hold or proposal that keeps it."""


def standings(papers: Iterable[Attachment], today: date, *, within: str = "") -> list[Standing]:
    """How each of *papers* stands; the proposal *within* keeps none of its own."""
    some = Attachment.with_customers(papers)
    table = RetentionRule.table()
    keys = [each.id for each in some]
    held = LegalHold.in_force(keys, {each.customer_id for each in some})
    by_paper = {each.attachment_id: each.number for each in held if each.attachment_id}
    by_customer = {each.customer_id: each.number for each in held if not each.attachment_id}
    proposed = {
        key: number for key, number in DisposalPaper.under_way(keys).items() if number != within
    }
    found = []
    for each in some:
        rule = table[each.kind]
        until = kept_until(each, rule)
        hold = by_paper.get(each.id) or by_customer.get(each.customer_id) or ""
        keeps = _keeps(each, rule, until, today, hold, proposed.get(each.id, ""))
        by = {Keeps.HELD: hold, Keeps.PROPOSED: proposed.get(each.id, "")}
        found.append(Standing(each, rule, until, keeps, by.get(keeps, "") if keeps else ""))
    return found


def kept_until(paper: Attachment, rule: Retention) -> date | None:
    """The last day on which *paper* is kept; None: no end is in sight."""
    customer = paper.customer
    return rule.ends_on(
        document_on=paper.document_on,
        filed_on=clock.local_day(paper.created_at),
        ended_on=customer.cooperation_ended_on if customer else None,
    )


def past_retention(today: date) -> Any:
    """The condition that a paper's retention is over on *today*, as MongoDB takes it."""
    table = RetentionRule.table()
    ways = [each for kind, rule in table.items() if (each := _over(kind, rule, today))]
    return {"$or": ways} if ways else NOTHING


def set_hold(
    customer: Customer, paper: Attachment | None, reason: str, *, actor: Actor, now: datetime
) -> LegalHold:
    """Keep everything of *customer*, or one *paper* of theirs, from being destroyed.

    Raises:
        NotPermitted.
    """
    actor.require(Right.HOLD_PAPERS, customer)
    if earlier := LegalHold.asked_before():
        return earlier
    year = clock.local(now).year
    facts = {
        "number": f"BQ-{year}-{next_number(f'legal_hold:{year}'):05d}",
        "customer_id": customer.id,
        "attachment_id": paper.id if paper else None,
        "about": f"{paper.title} · {customer.name}" if paper else customer.name,
        "reason": reason,
        "made_by_id": actor.id,
        "made_by_name": actor.name,
    }
    return LegalHold.open_new(actor, now, "legal_hold.set", facts, reason=reason)


def lift_hold(hold: LegalHold, reason: str, *, actor: Actor, now: datetime) -> LegalHold:
    """Let what *hold* keeps be destroyed once its retention is over.

    Raises:
        NotPermitted.
        HoldOver: somebody lifted it before.
    """
    actor.require(Right.HOLD_PAPERS)
    if hold.lifted_at:
        raise HoldOver(by=hold.lifted_by_name)
    facts = {
        "lifted_at": now,
        "lifted_because": reason,
        "lifted_by_id": actor.id,
        "lifted_by_name": actor.name,
    }
    return hold.change(actor, now, "legal_hold.lifted", facts, reason=reason)


def set_rule(
    rule: RetentionRule, facts: Mapping[str, Any], *, seen: int, actor: Actor, now: datetime
) -> RetentionRule:
    """Say how long papers of a kind are kept.

    Raises:
        NotPermitted, EditedMeanwhile.
    """
    actor.require(Right.MANAGE_RETENTION)
    given = {name: value for name, value in facts.items() if name != "reason"}
    return rule.change(
        actor, now, "retention_rule.changed", given, seen=seen, reason=facts["reason"]
    )


def furnish_rules(actor: Actor, now: datetime) -> None:
    """Write down the rule for every kind that has none."""
    known = set(RetentionRule.objects.scalar("kind"))
    for kind, shipped in SHIPPED.items():
        if kind not in known:
            facts = {"kind": kind, "years": shipped.years, "basis": shipped.basis}
            try:
                RetentionRule.open_new(actor, now, "retention_rule.shipped", facts)
            except Taken:  # another process did
                continue


def _keeps(
    paper: Attachment, rule: Retention, until: date | None, today: date, hold: str, proposed: str
) -> Keeps | None:
    over = until is not None and until < today
    asked: Sequence[tuple[bool, Keeps]] = (
        (bool(paper.disposed_at), Keeps.GONE),
        (bool(hold), Keeps.HELD),
        (bool(proposed), Keeps.PROPOSED),
        (rule.years is None, Keeps.FOR_EVER),
        (until is None, Keeps.COOPERATING),
        (not over, Keeps.NOT_YET),
    )
    return next((keeps for is_so, keeps in asked if is_so), None)


def _over(kind: AttachmentKind, rule: Retention, today: date) -> dict[str, Any] | None:
    if rule.years is None:
        return None
    begun = years_before(today, rule.years)  # whatever began before then is over
    day, instant = datetime.combine(begun, time.min, UTC), clock.start_of(begun)
    match rule.basis:
        case Basis.DOCUMENT:
            undated = {"document_on": None, "created_at": {"$lt": instant}}
            return {"kind": kind.value, "$or": [{"document_on": {"$lt": day}}, undated]}
        case Basis.FILED:
            return {"kind": kind.value, "created_at": {"$lt": instant}}
        case Basis.ENDED:
            ended = Customer.objects(Q(cooperation_ended_on__lt=begun)).scalar("id")
            return {"kind": kind.value, "customer_id": {"$in": list(ended)}}
