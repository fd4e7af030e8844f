"""The lists of upkeep: what archives lack, and merges."""

from typing import Any

from flask_babel import gettext
from mongoengine import Q

from archive import clock
from archive.accounts.models import User
from archive.actor import Right
from archive.customers.lists import CODE, NAME, SALESPERSON, of_salesperson
from archive.customers.models import Customer
from archive.customers.rules import Region, Relationship
from archive.terms import N_
from archive.upkeep.models import Handover, Merge, Restriction
from archive.upkeep.rules import MergeState, RestrictionState
from archive.upkeep.service.completing import (
    ANY_PAPER,
    COMPLETE,
    HALF,
    INCOMPLETE,
    KINDS,
    NOTHING,
    of_completeness,
    of_missing,
)
from archive.web.columns import Column, Show
from archive.web.filters import Choice, Further, OneOf, Text
from archive.web.listing import ListPage


def about(typed: str) -> Q:
    """The condition that a merge is about what *typed* names: a number or a part of a name."""
    text = typed.strip()
    upper = text.upper()
    return (
        Q(number=upper)
        | Q(other_number=upper)
        | Q(other_code=upper)
        | Q(kept_number=upper)
        | Q(other_name__contains=text)
        | Q(kept_name__contains=text)
    )


MERGES = ListPage[Merge](
    title=N_("档案合并记录"),
    model=Merge,
    template="upkeep/merges.html",
    sort="-at",
    columns=(
        Column("number", N_("编号"), lambda m: m.number, sort="number", is_unique=True,
               show=Show.CODE),
        Column("other", N_("并入的档案"), lambda m: f"{m.other_name}（{m.other_number}）",
               reads=("other_name", "other_number")),
        Column("kept", N_("保留的档案"), lambda m: f"{m.kept_name}（{m.kept_number}）",
               reads=("kept_name", "kept_number")),
        Column("state", N_("状态"), lambda m: m.state, show=Show.STATE, reads=("state",)),
        Column("by", N_("经办人"), lambda m: m.made_by_name, reads=("made_by_name",)),
        Column("reason", N_("原因"), lambda m: m.reason, show=Show.LONG, reads=("reason",)),
        Column("at", N_("时间"), lambda m: m.created_at, sort="created_at", show=Show.WHEN),
    ),
    filters=(
        Text("q", N_("名称或编号"), about),
        Choice("state", N_("状态"), MergeState),
    ),
)  # fmt: skip


def how_complete() -> list[tuple[str, str]]:
    """How much of what it has to hold an archive holds."""
    return [
        (INCOMPLETE, gettext("还缺资料")),
        (HALF, gettext("不到一半")),
        (COMPLETE, gettext("齐全")),
    ]


def kinds_missing() -> list[tuple[str, str]]:
    """What may be missing."""
    kinds = [(each.key, gettext(each.label)) for each in KINDS.values()]
    return [(ANY_PAPER, gettext("任何一种证照或文件")), *kinds]


TO_CONFIRM, CONFIRMED = "due", "done"


def how_confirmed() -> list[tuple[str, str]]:
    """Whether somebody has looked at the facts within a year."""
    return [(TO_CONFIRM, gettext("一年未核对")), (CONFIRMED, gettext("一年内核对过"))]


def of_confirmation(value: str) -> dict[str, Any]:
    """The condition that the facts are, or are not, to be confirmed."""
    waiting = Customer.to_confirm(clock.now())
    known: dict[str, dict[str, Any]] = {
        TO_CONFIRM: {"__raw__": waiting},
        CONFIRMED: {"__raw__": {"$nor": [waiting]}},
    }
    return known.get(value, NOTHING)


def labels_missing(customer: Customer) -> list[str]:
    """What is missing, in words."""
    return [gettext(KINDS[key].label) for key in customer.missing if key in KINDS]


COMPLETENESS = ListPage[Customer](
    key="completeness",
    opens=Right.OPEN_CUSTOMER,
    title=N_("档案完整度"),
    model=Customer,
    template="upkeep/completeness.html",
    sort="completeness",
    columns=(
        NAME,
        CODE,
        Column("number", N_("档案编号"), lambda c: c.archive_number, sort="archive_number",
               is_unique=True, default=False),
        SALESPERSON,
        Column("relationship", N_("客户类别"), lambda c: c.relationship, sort="relationship",
               show=Show.TERM, default=False),
        Column("completeness", N_("完整度"), lambda c: c.completeness, sort="completeness",
               show=Show.COUNT),
        Column("missing", N_("还缺"), labels_missing, reads=("missing",)),
        Column("confirmed", N_("最近核对"), lambda c: c.facts_looked_at, sort="facts_confirmed_at",
               show=Show.DAY, default=False, reads=("facts_confirmed_at", "created_at")),
        Column("updated", N_("最近更新"), lambda c: c.updated_at, sort="updated_at",
               show=Show.DAY, default=False),
    ),
    filters=(
        Text("q", N_("名称、拼音或编码"), Customer.described),
        OneOf("salesperson", N_("销售员"), User.salespeople, conditions=of_salesperson),
        OneOf("completeness", N_("完整度"), how_complete, conditions=of_completeness),
        OneOf("missing", N_("还缺"), kinds_missing, conditions=of_missing),
        Further(OneOf("confirmed", N_("资料核对"), how_confirmed, conditions=of_confirmation)),
        Further(Choice("relationship", N_("类别"), Relationship)),
        Further(Choice("region", N_("地区"), Region)),
    ),
)  # fmt: skip
"""Every archive with what it lacks, the least complete first."""


def about_handover(typed: str) -> Q:
    """The condition that a handover is of, or to, whom *typed* names, or has that number."""
    text = typed.strip()
    named = Q(leaver_name__contains=text) | Q(receivers__name__contains=text)
    return named | Q(number=text.upper())


HANDOVERS = ListPage[Handover](
    title=N_("客户交接记录"),
    model=Handover,
    template="upkeep/handovers.html",
    sort="-at",
    columns=(
        Column("number", N_("编号"), lambda h: h.number, sort="number", is_unique=True,
               show=Show.CODE),
        Column("leaver", N_("移交人"), lambda h: h.leaver_name, reads=("leaver_name",)),
        Column("receivers", N_("接收人"), lambda h: h.receiver_names, reads=("receivers",)),
        Column("total", N_("项数"), lambda h: h.total, show=Show.COUNT, reads=("total",)),
        Column("by", N_("经办人"), lambda h: h.made_by_name, reads=("made_by_name",)),
        Column("reason", N_("原因"), lambda h: h.reason, show=Show.LONG, reads=("reason",)),
        Column("at", N_("时间"), lambda h: h.created_at, sort="created_at", show=Show.WHEN),
    ),
    filters=(Text("q", N_("姓名或编号"), about_handover),),
)  # fmt: skip


def about_restriction(typed: str) -> Q:
    """The condition that a restriction is of the archive that *typed* names, or has that number."""
    text = typed.strip()
    upper = text.upper()
    numbers = Q(number=upper) | Q(archive_number=upper) | Q(customer_code=upper)
    return numbers | Q(name__contains=text)


RESTRICTIONS = ListPage[Restriction](
    title=N_("限制处理的档案"),
    model=Restriction,
    template="upkeep/restrictions.html",
    sort="-at",
    columns=(
        Column("number", N_("编号"), lambda r: r.number, sort="number", is_unique=True,
               show=Show.CODE),
        Column("name", N_("公司名称"), lambda r: r.name, reads=("name",)),
        Column("archive", N_("档案编号"), lambda r: r.archive_number, reads=("archive_number",),
               show=Show.CODE),
        Column("state", N_("状态"), lambda r: r.state, show=Show.STATE, reads=("state",)),
        Column("reason", N_("原因"), lambda r: r.reason, show=Show.LONG, reads=("reason",)),
        Column("by", N_("经办人"), lambda r: r.made_by_name, reads=("made_by_name",)),
        Column("at", N_("限制时间"), lambda r: r.created_at, sort="created_at", show=Show.WHEN),
    ),
    filters=(
        Text("q", N_("名称或编号"), about_restriction),
        Choice("state", N_("状态"), RestrictionState),
    ),
)  # fmt: skip
