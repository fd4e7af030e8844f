"""What is typed in about papers on their shelves: one declaration for the page and the API."""

from archive.custody.rules.sheets import Sheet
from archive.terms import N_
from archive.web.inputs import Code, Count, Input, asked

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
