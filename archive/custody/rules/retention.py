"""How long papers are kept, by kind; and the closed lists of their disposal."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from archive.filing.rules import AttachmentKind
from archive.terms import N_, Term

MOST_YEARS = 100


class Basis(Term):
    """From when the years count."""

    DOCUMENT = "document", N_("文件日期")
    FILED = "filed", N_("归档之日")
    ENDED = "ended", N_("合作终止之日")


@dataclass(frozen=True)
class Retention:
    """How long a paper of one kind is kept; for ever without *years*."""

    years: int | None
    basis: Basis

    def ends_on(
        self, *, document_on: date | None, filed_on: date, ended_on: date | None
    ) -> date | None:
        """The last day of keeping; None: no end is in sight.

        A paper without a date of its own counts from the day on which it was filed.
        """
        begins = {
            Basis.DOCUMENT: document_on or filed_on,
            Basis.FILED: filed_on,
            Basis.ENDED: ended_on,
        }[self.basis]
        return None if self.years is None or begins is None else years_after(begins, self.years)


def years_after(day: date, years: int) -> date:
    """The same day *years* later; the 28th where there is no 29th of February."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)


def years_before(day: date, years: int) -> date:
    """The same day *years* earlier."""
    return years_after(day, -years)


SHIPPED: Mapping[AttachmentKind, Retention] = {
    **{kind: Retention(5, Basis.ENDED) for kind in AttachmentKind},
    AttachmentKind.REPRESENTATIVE_ID: Retention(3, Basis.ENDED),
    AttachmentKind.CONTRACT_COPY: Retention(10, Basis.ENDED),
    AttachmentKind.COMPLAINT_EVIDENCE: Retention(10, Basis.ENDED),
    AttachmentKind.DISPUTE_MATERIAL: Retention(10, Basis.ENDED),
    AttachmentKind.FINANCIAL_STATEMENT: Retention(10, Basis.DOCUMENT),
    AttachmentKind.STATEMENT: Retention(10, Basis.DOCUMENT),
    AttachmentKind.WAYBILL: Retention(5, Basis.DOCUMENT),
    AttachmentKind.LETTER: Retention(5, Basis.DOCUMENT),
    AttachmentKind.VISIT_RECORD: Retention(5, Basis.DOCUMENT),
}
"""Until the company says otherwise. What of a kind is a matter of tax law keeps ten years."""


class DisposalState(Term):
    """Where a proposal to dispose of papers is."""

    PROPOSED = "proposed", N_("待总经理批准"), "active"
    APPROVED = "approved", N_("已批准，等待销毁"), "warn"
    CARRYING = "carrying", N_("正在销毁"), "active"
    DONE = "done", N_("已销毁"), "good"
    REFUSED = "refused", N_("未批准"), "bad"
    WITHDRAWN = "withdrawn", N_("已撤回")
    STOPPED = "stopped", N_("已停止")


UNDER_WAY = (DisposalState.PROPOSED, DisposalState.APPROVED, DisposalState.CARRYING)
"""States in which its papers are in no other proposal."""


class PaperState(Term):
    """What became of one paper of a disposal."""

    WAITING = "waiting", N_("等待销毁")
    EMPTIED = "emptied", N_("正在删除内容"), "active"
    GONE = "gone", N_("内容已删除"), "good"
    KEPT = "kept", N_("没有销毁"), "warn"
