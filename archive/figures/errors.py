"""What can go wrong with figures."""

from archive.errors import NotFound
from archive.terms import N_


class NothingRecorded(NotFound):
    """There are no figures of the year, so there is nothing to analyse."""

    message = N_("%(name)s在 %(year)s 年还没有登记业绩。")
    remedy = N_("请先在档案的“业绩”里登记，或用表格导入，再生成业绩分析。")
