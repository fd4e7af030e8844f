"""What is typed in about papers on their shelves: one declaration for the page and the API."""

from archive.custody.rules.retention import MOST_YEARS, Basis
from archive.custody.rules.sheets import Sheet
from archive.customers.forms import CustomerKey, asked_customer
from archive.terms import N_
from archive.web.inputs import Code, Count, Input, Reason, asked

WHERE = N_("柜、柜-格或柜-格-卷，如 03-2")


class SheetInput(Input):
    """On which sheets labels are printed, and where the first of them is still free."""

    sheet: Sheet = asked(N_("标签纸"), Sheet.S3X8)
    first: Count = asked(
        N_("从第几张开始"), 1, ge=1, le=40, help=N_("用剩下的标签纸时，跳过已经用掉的位置。")
    )


class StockTakeInput(Input):
    """The place whose stock is taken."""

    place: Code = asked(N_("存放位置"), max_length=60, placeholder=WHERE)


class ScanInput(Input):
    """What was scanned, or typed: a label of ours, the end of one, or anything else."""

    code: str = asked(N_("标签"), max_length=1000)


class HereInput(Input):
    """Where a paper was found."""

    place: Code = asked(N_("存放位置"), max_length=60, placeholder=N_("柜-格-卷，如 03-2-015"))


class RetentionInput(Input):
    """How long papers of a kind are kept, and why that changes."""

    years: Count | None = asked(
        N_("保管年数"), None, ge=1, le=MOST_YEARS, help=N_("不填表示永久保管，从不进入销毁。")
    )
    basis: Basis = asked(N_("起算"))
    reason: Reason = asked(N_("修改的原因"), widget="textarea")


class HoldInput(Input):
    """Whose papers must not be destroyed, and why."""

    customer: CustomerKey = asked_customer(N_("所属客户"))
    attachment: Code | None = asked(N_("附件"), None, widget="hidden", max_length=40)
    reason: Reason = asked(
        N_("保全的原因"), widget="textarea", help=N_("例如：诉讼、仲裁、税务检查，写明案号或文号。")
    )


class DisposalInput(Input):
    """Which papers are to be destroyed, and why."""

    papers: list[Code] = asked(N_("附件"), min_length=1, max_length=2000)
    reason: Reason = asked(N_("销毁的原因"), widget="textarea")
