"""What of development can be found, and by whom."""

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
    customer = plan.customer
    steps = (f"{step.what} {step.result or ''}" for step in plan.steps)
    said = (plan.why, *steps, *(each.content for each in plan.progress), plan.outcome)
    return [
        IndexEntry(
            id=f"development:{plan.key}",
            kind=PLAN,
            title=f"{PLAN.label}：{customer.name}" if customer else PLAN.label,
            access=access_for(Right.OPEN_DEVELOPMENT, plan),
            body="\n".join(text for text in said if text),
            customer=tag_of(customer) if customer else None,
            people=(Tag(plan.owner_id, plan.owner_name),),
            at=plan.created_at,
            status=Tag(f"development.{plan.status}", plan.status.label),
            numbers=(plan.number,),
            facts={"number": plan.number},
        )
    ]


def entries_of_loss(loss: ChurnAnalysis) -> list[IndexEntry]:
    """One entry: all that the analysis says."""
    customer = loss.customer
    said = (loss.cause.label, loss.went_to, loss.analysis, loss.win_back, loss.conclusion)
    return [
        IndexEntry(
            id=f"loss:{loss.key}",
            kind=LOSS,
            title=f"{LOSS.label}：{customer.name}" if customer else LOSS.label,
            access=access_for(Right.OPEN_DEVELOPMENT, loss),
            body="\n".join(text for text in said if text),
            customer=tag_of(customer) if customer else None,
            people=(Tag(loss.recorded_by_id, loss.recorded_by_name),),
            at=loss.created_at,
            status=Tag(f"loss.{loss.status}", loss.status.label),
            numbers=(loss.number,),
            facts={"number": loss.number},
        )
    ]


def entries_of_scheme(scheme: CooperationScheme) -> list[IndexEntry]:
    """One entry: what the version that counts says."""
    customer = scheme.customer
    said = (scheme.goods, scheme.content, scheme.prices, scheme.services, scheme.feedback)
    return [
        IndexEntry(
            id=f"scheme:{scheme.key}",
            kind=SCHEME,
            title=f"{SCHEME.label}：{customer.name}" if customer else SCHEME.label,
            access=access_for(Right.OPEN_DEVELOPMENT, scheme),
            body="\n".join(text for text in said if text),
            customer=tag_of(customer) if customer else None,
            people=(Tag(scheme.recorded_by_id, scheme.recorded_by_name),),
            at=scheme.created_at,
            status=Tag(f"scheme.{scheme.status}", scheme.status.label),
            numbers=(scheme.number,),
            facts={"number": scheme.number},
        )
    ]
