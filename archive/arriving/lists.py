"""What came by the ways in, as a list."""

from archive.arriving.models import Arrival
from archive.arriving.rules import Outcome, Way
from archive.terms import N_
from archive.web.columns import Column, Show
from archive.web.filters import Choice, Days
from archive.web.language import language
from archive.web.listing import ListPage

ARRIVALS = ListPage[Arrival](
    title=N_("来件渠道"),
    model=Arrival,
    template="arriving/ways.html",
    sort="-at",
    columns=(
        Column("name", N_("文件"), lambda a: a.name, reads=("name",)),
        Column("words", N_("来源"), lambda a: a.words, show=Show.LONG, reads=("words",)),
        Column("way", N_("渠道"), lambda a: a.way, show=Show.TERM, reads=("way",)),
        Column("outcome", N_("结果"), lambda a: a.outcome, show=Show.STATE, reads=("outcome",)),
        Column("why", N_("原因"), lambda a: a.why.get(language(), ""), show=Show.LONG,
               reads=("why",)),
        Column("at", N_("时间"), lambda a: a.at, sort="at", show=Show.INSTANT),
    ),
    filters=(
        Choice("way", N_("渠道"), Way),
        Choice("outcome", N_("结果"), Outcome),
        Days("at"),
    ),
)  # fmt: skip
