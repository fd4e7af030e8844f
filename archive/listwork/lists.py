"""The list of acts on many rows."""

from archive.listwork.models import Run
from archive.listwork.rules import RunState
from archive.terms import N_
from archive.web.columns import Column, Show
from archive.web.filters import Choice, Days
from archive.web.listing import ListPage

RUNS = ListPage[Run](
    title=N_("批量操作"),
    model=Run,
    template="listwork/list.html",
    sort="-created",
    columns=(
        Column("number", N_("编号"), lambda r: r.number, sort="number", is_unique=True,
               show=Show.CODE),
        Column("act", N_("操作"), lambda r: r.act, reads=("act", "on")),
        Column("total", N_("记录数"), lambda r: r.total, show=Show.COUNT, reads=("total",)),
        Column("state", N_("状态"), lambda r: r.state, show=Show.STATE, reads=("state",)),
        Column("reason", N_("原因"), lambda r: r.reason, show=Show.LONG, reads=("reason",)),
        Column("by", N_("操作人"), lambda r: r.made_by_name, reads=("made_by_name",)),
        Column("created", N_("时间"), lambda r: r.created_at, sort="created_at", show=Show.WHEN),
    ),
    filters=(Choice("state", N_("状态"), RunState), Days("created_at")),
)  # fmt: skip
