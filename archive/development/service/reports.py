"""Word documents of development: report on a plan, scheme, analysis of a loss (Art. 7)."""

from datetime import datetime

from archive import clock
from archive.actor import Actor, Right
from archive.development.models import ChurnAnalysis, CooperationScheme, DevelopmentPlan
from archive.development.placeholders import (
    CATALOGUE,
    values_of_loss,
    values_of_plan,
    values_of_scheme,
)
from archive.docgen import DraftWriter
from archive.docgen.shipped import CHURN_ANALYSIS, COOPERATION_SCHEME, DEVELOPMENT_REPORT
from archive.trail.looks import note_look

WRITER = DraftWriter(CATALOGUE)


def write_report(plan: DevelopmentPlan, *, actor: Actor, now: datetime) -> bytes:
    """The development report (开拓报告) as a Word file; what is missing is marked.

    Raises:
        NotPermitted.
    """
    actor.require(Right.OPEN_DEVELOPMENT, plan)
    note_look(plan, actor=actor, now=now, action="plan.report_taken")
    return WRITER.fill(
        DEVELOPMENT_REPORT.read(),
        values_of_plan(plan, clock.local_day(plan.created_at)),
        number=plan.number,
        version=plan.revision,
        made_at=now,
        made_by=actor.name,
    ).content


def write_analysis(loss: ChurnAnalysis, *, actor: Actor, now: datetime) -> bytes:
    """The churn analysis (流失分析) as a Word file; what is missing is marked.

    Raises:
        NotPermitted.
    """
    actor.require(Right.OPEN_DEVELOPMENT, loss)
    note_look(loss, actor=actor, now=now, action="loss.analysis_taken")
    return WRITER.fill(
        CHURN_ANALYSIS.read(),
        values_of_loss(loss),
        number=loss.number,
        version=loss.revision,
        made_at=now,
        made_by=actor.name,
    ).content


def write_scheme(scheme: CooperationScheme, *, actor: Actor, now: datetime) -> bytes:
    """The cooperation scheme (合作方案), as the version that counts says, as a Word file.

    Raises:
        NotPermitted.
    """
    actor.require(Right.OPEN_DEVELOPMENT, scheme)
    note_look(scheme, actor=actor, now=now, action="scheme.taken")
    return WRITER.fill(
        COOPERATION_SCHEME.read(),
        values_of_scheme(scheme),
        number=scheme.number,
        version=scheme.version,
        made_at=now,
        made_by=actor.name,
    ).content
