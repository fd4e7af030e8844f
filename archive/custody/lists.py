"""The lists of custody: stock-takes and what one of them found, disposals, holds."""

from datetime import date
from typing import Any

from flask_babel import gettext
from mongoengine import Q

from archive.custody.models import Disposal, LegalHold, RetentionRule, StockEntry, StockTake
from archive.custody.rules.retention import DisposalState
from archive.custody.rules.stock import StockState, Whereabouts
from archive.custody.service.retaining import kept_until
from archive.filing.models import Attachment
from archive.filing.rules import AttachmentKind
from archive.terms import N_
from archive.web.columns import Column, Show
from archive.web.filters import Choice, Days, OneOf, Text
from archive.web.listing import ListPage

IN_FORCE, LIFTED = "in_force", "lifted"


def how_in_force() -> list[tuple[str, str]]:
    """Whether a hold still holds."""
    return [(IN_FORCE, gettext("保全中")), (LIFTED, gettext("已解除"))]


def of_force(value: str) -> dict[str, Any]:
    """The condition that a hold does, or does not, hold any more."""
    return {"lifted_at": None} if value == IN_FORCE else {"lifted_at__ne": None}


def until_when(paper: Attachment) -> date | None:
    """The last day on which a paper is kept."""
    return kept_until(paper, RetentionRule.table()[paper.kind])


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

DUE = ListPage[Attachment](
    key="due_papers",
    title=N_("保管期满的附件"),
    model=Attachment,
    template="custody/due.html",
    sort="filed",
    columns=(
        Column("title", N_("题名"), lambda a: a.title, reads=("title",)),
        Column("customer", N_("客户"), lambda a: a.customer.name if a.customer else "",
               reads=("customer_id",)),
        Column("kind", N_("类别"), lambda a: a.kind, show=Show.TERM, reads=("kind",)),
        Column("document_on", N_("文件日期"), lambda a: a.document_on, show=Show.DAY,
               reads=("document_on",)),
        Column("until", N_("保管到"), until_when, show=Show.DAY,
               reads=("kind", "document_on", "created_at", "customer_id")),
        Column("place", N_("存放位置"), lambda a: a.place, show=Show.CODE, reads=("place",)),
        Column("filed", N_("归档时间"), lambda a: a.created_at, sort="created_at",
               show=Show.WHEN),
    ),
    filters=(
        Choice("kind", N_("类别"), AttachmentKind),
        Days("created_at"),
    ),
    prepare=Attachment.with_customers,
)  # fmt: skip

DISPOSALS = ListPage[Disposal](
    title=N_("销毁"),
    model=Disposal,
    template="custody/disposals.html",
    sort="-at",
    columns=(
        Column("number", N_("编号"), lambda d: d.number, sort="number", is_unique=True,
               show=Show.CODE),
        Column("state", N_("状态"), lambda d: d.state, show=Show.STATE, reads=("state",)),
        Column("total", N_("份数"), lambda d: d.total, show=Show.COUNT, reads=("total",)),
        Column("reason", N_("销毁的原因"), lambda d: d.reason, show=Show.LONG, reads=("reason",)),
        Column("by", N_("提出人"), lambda d: d.made_by_name, reads=("made_by_name",)),
        Column("decided_by", N_("审批人"), lambda d: d.decided_by_name,
               reads=("decided_by_name",)),
        Column("due", N_("销毁不早于"), lambda d: d.due_at, show=Show.INSTANT, reads=("due_at",)),
        Column("at", N_("提出时间"), lambda d: d.created_at, sort="created_at", show=Show.WHEN),
    ),
    filters=(Choice("state", N_("状态"), DisposalState),),
)  # fmt: skip

HOLDS = ListPage[LegalHold](
    title=N_("保全"),
    model=LegalHold,
    template="custody/holds.html",
    sort="-at",
    columns=(
        Column("number", N_("编号"), lambda h: h.number, sort="number", is_unique=True,
               show=Show.CODE),
        Column("about", N_("保全的内容"), lambda h: h.about, reads=("about",)),
        Column("reason", N_("保全的原因"), lambda h: h.reason, show=Show.LONG, reads=("reason",)),
        Column("by", N_("经办人"), lambda h: h.made_by_name, reads=("made_by_name",)),
        Column("at", N_("保全时间"), lambda h: h.created_at, sort="created_at", show=Show.WHEN),
        Column("lifted", N_("解除时间"), lambda h: h.lifted_at, show=Show.WHEN,
               reads=("lifted_at",)),
    ),
    filters=(OneOf("force", N_("是否有效"), how_in_force, conditions=of_force),),
)  # fmt: skip
