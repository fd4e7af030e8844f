"""The lists of filing: the papers of all customers, and what was rejected."""

from typing import Any

from flask_babel import gettext
from mongoengine import Q

from archive import clock
from archive.customers.lists import of_customers_called
from archive.filing.indexing import KIND
from archive.filing.models import Attachment, Deposit
from archive.filing.rules import AttachmentKind, Confidentiality, Original, within
from archive.terms import N_
from archive.web.columns import Column, Show
from archive.web.filters import Between, Choice, Days, FullText, Further, OneOf, Text
from archive.web.formatting import who_acted
from archive.web.listing import ListPage


def originals() -> list[tuple[str, str]]:
    """Whether there is an original on paper."""
    return [(value, gettext(label)) for value, label in Original.choices()]


def of_original(value: str) -> dict[str, Any]:
    """The condition on the original."""
    return {"paper_original": True} if value == Original.PAPER else {"paper_original__ne": True}


def kept_at(typed: str) -> Q:
    """The condition that an original is kept at the place that *typed* names, or within it."""
    return Q(place__in=[typed.strip()]) | Q(place__startswith=within(typed))


PAPERS = ListPage[Attachment](
    key="attachments",
    title=N_("附件"),
    model=Attachment,
    template="filing/list.html",
    sort="-filed",
    columns=(
        Column("title", N_("题名"), lambda a: a.title, reads=("title",)),
        Column("customer", N_("客户"), lambda a: a.customer.name if a.customer else "",
               reads=("customer_id",)),
        Column("kind", N_("类别"), lambda a: a.kind, show=Show.TERM, reads=("kind",)),
        Column("confidentiality", N_("密级"), lambda a: a.confidentiality, show=Show.STATE,
               reads=("confidentiality",)),
        Column("document_on", N_("文件日期"), lambda a: a.document_on, show=Show.DAY,
               default=False, reads=("document_on",)),
        Column("valid", N_("有效期至"), lambda a: a.valid_until, sort="valid_until",
               show=Show.DAY),
        Column("validity", N_("是否有效"),
               lambda a: a.validity(clock.local_day(clock.now())), show=Show.STATE,
               reads=("valid_until",)),
        Column("place", N_("存放位置"), lambda a: a.place, show=Show.CODE, reads=("place",)),
        Column("copies", N_("份数"), lambda a: a.copies, show=Show.COUNT, default=False,
               reads=("copies",)),
        Column("paper", N_("留存纸质原件"), lambda a: bool(a.paper_original), default=False,
               reads=("paper_original",)),
        Column("disposed", N_("销毁时间"), lambda a: a.disposed_at, show=Show.DAY,
               default=False, reads=("disposed_at",)),
        Column("filed", N_("归档时间"), lambda a: a.created_at, sort="created_at",
               show=Show.WHEN),
    ),
    filters=(
        FullText("q", N_("题名、客户或存放位置"), KIND.value, at_once=of_customers_called,
                 number="place"),
        Choice("kind", N_("类别"), AttachmentKind),
        Choice("confidentiality", N_("密级"), Confidentiality),
        OneOf("original", N_("原件"), originals, conditions=of_original),
        Further(Text("place", N_("柜、格或卷"), kept_at)),
        Further(Between("valid", N_("有效期至"), "valid_until")),
        Days("created_at"),
    ),
    prepare=Attachment.with_customers,
)  # fmt: skip

REJECTED = ListPage[Deposit](
    title=N_("退回的文件"),
    model=Deposit,
    template="filing/rejected.html",
    sort="-decided",
    columns=(
        Column("name", N_("文件"), lambda d: d.file.name, reads=("file",)),
        Column("reason", N_("退回原因"), lambda d: d.rejection, show=Show.LONG,
               reads=("rejection",)),
        Column("decided", N_("退回时间"), lambda d: d.decided_at, sort="decided_at",
               show=Show.INSTANT),
        Column("decided_by", N_("退回人"), lambda d: d.decided_by_name,
               reads=("decided_by_name",)),
        Column("uploader", N_("上传人"), lambda d: who_acted(d.uploader_name),
               reads=("uploader_name",)),
    ),
    filters=(),
)  # fmt: skip
