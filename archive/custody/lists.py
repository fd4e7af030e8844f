"""The lists of custody: stock-takes, and what one of them found."""

from mongoengine import Q

from archive.custody.models import StockEntry, StockTake
from archive.custody.rules.stock import StockState, Whereabouts
from archive.terms import N_
from archive.web.columns import Column, Show
from archive.web.filters import Choice, Text
from archive.web.listing import ListPage


def about_stock_take(typed: str) -> Q:
    """The condition that a stock-take has the number, or is of the place, that was *typed*."""
    return Q(number=typed.strip().upper()) | Q(place__startswith=typed.strip())


STOCK_TAKES = ListPage[StockTake](
    title=N_("盘点"),
    model=StockTake,
    template="custody/stock_takes.html",
    sort="-at",
    columns=(
        Column("number", N_("编号"), lambda t: t.number, sort="number", is_unique=True,
               show=Show.CODE),
        Column("place", N_("存放位置"), lambda t: t.place, sort="place", show=Show.CODE),
        Column("state", N_("状态"), lambda t: t.state, show=Show.STATE, reads=("state",)),
        Column("total", N_("应有份数"), lambda t: t.total, show=Show.COUNT, reads=("total",)),
        Column("by", N_("开始人"), lambda t: t.made_by_name, reads=("made_by_name",)),
        Column("at", N_("开始时间"), lambda t: t.created_at, sort="created_at", show=Show.WHEN),
        Column("ended", N_("结束时间"), lambda t: t.ended_at, show=Show.WHEN, reads=("ended_at",)),
    ),
    filters=(
        Text("q", N_("编号或位置"), about_stock_take),
        Choice("state", N_("状态"), StockState),
    ),
)  # fmt: skip

ENTRIES = ListPage[StockEntry](
    title=N_("盘点结果"),
    model=StockEntry,
    template="custody/entries.html",
    sort="place",
    columns=(
        Column("state", N_("结果"), lambda e: e.state, show=Show.STATE, reads=("state",)),
        Column("title", N_("题名"), lambda e: e.title or e.name, reads=("title", "name")),
        Column("customer", N_("客户"), lambda e: e.customer, reads=("customer",)),
        Column("place", N_("登记的位置"), lambda e: e.place, sort="place", show=Show.CODE),
        Column("found", N_("扫到的位置"), lambda e: e.found_at, show=Show.CODE,
               reads=("found_at",)),
        Column("tail", N_("尾号"), lambda e: e.tail, show=Show.CODE,
               reads=("name", "attachment_id")),
        Column("hand", N_("手工标记"), lambda e: bool(e.is_by_hand), default=False,
               reads=("is_by_hand",)),
        Column("by", N_("登记人"), lambda e: e.by_name, reads=("by_name",)),
        Column("at", N_("登记时间"), lambda e: e.at, show=Show.WHEN, reads=("at",)),
    ),
    filters=(Choice("state", N_("结果"), Whereabouts),),
)  # fmt: skip
