"""The list of merges."""

from mongoengine import Q

from archive.terms import N_
from archive.upkeep.models import Merge
from archive.upkeep.rules import MergeState
from archive.web.columns import Column, Show
from archive.web.filters import Choice, Text
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
