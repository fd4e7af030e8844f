"""What of development can be found, and by whom."""

from collections.abc import Iterable

from archive.actor import Right
from archive.customers.indexing import access_for, tag_of
from archive.development.models import ChurnAnalysis, CooperationScheme, DevelopmentPlan
from archive.search import IndexEntry, Tag
from archive.terms import N_

PLAN = Tag("development", N_("开拓计划"))
SCHEME = Tag("scheme", N_("合作方案"))
LOSS = Tag("loss", N_("流失分析"))


def entries_of_plan(plan: DevelopmentPlan) -> list[IndexEntry]:
    """One entry: all that the plan says."""
    steps = (f"{step.what} {step.result or ''}" for step in plan.steps)
    said = (plan.why, *steps, *(each.content for each in plan.progress), plan.outcome)
    return [_entry(plan, PLAN, said, Tag(plan.owner_id, plan.owner_name))]


def entries_of_loss(loss: ChurnAnalysis) -> list[IndexEntry]:
    """One entry: all that the analysis says."""
    said = (loss.cause.label, loss.went_to, loss.analysis, loss.win_back, loss.conclusion)
    return [_entry(loss, LOSS, said, Tag(loss.recorded_by_id, loss.recorded_by_name))]


def entries_of_scheme(scheme: CooperationScheme) -> list[IndexEntry]:
    """One entry: what the version that counts says."""
    said = (scheme.goods, scheme.content, scheme.prices, scheme.services, scheme.feedback)
    return [_entry(scheme, SCHEME, said, Tag(scheme.recorded_by_id, scheme.recorded_by_name))]


def _entry(
    record: DevelopmentPlan | ChurnAnalysis | CooperationScheme,
    kind: Tag,
    said: Iterable[str | None],
    person: Tag,
) -> IndexEntry:
    """What *record*, of *kind*, says, and who stands for it."""
    customer = record.customer
    return IndexEntry(
        id=f"{kind.value}:{record.key}",
        kind=kind,
        title=f"{kind.label}：{customer.name}" if customer else kind.label,
        access=access_for(Right.OPEN_DEVELOPMENT, record),
        body="\n".join(text for text in said if text),
        customer=tag_of(customer) if customer else None,
        people=(person,),
        at=record.created_at,
        status=Tag(f"{kind.value}.{record.status}", record.status.label),
        numbers=(record.number,),
        facts={"number": record.number},
    )
