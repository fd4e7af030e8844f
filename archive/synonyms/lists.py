"""The list of words that mean the same."""

from mongoengine import Q

from archive.synonyms.models import Synonyms
from archive.synonyms.rules import WordsState, folded
from archive.terms import N_
from archive.web.columns import Column, Show
from archive.web.filters import Choice, Text
from archive.web.listing import ListPage

SYNONYMS = ListPage[Synonyms](
    title=N_("近义词"),
    model=Synonyms,
    template="synonyms/list.html",
    sort="words",
    columns=(
        Column("words", N_("近义词"), lambda s: s.caption, sort="order",
               reads=("words",)),
        Column("state", N_("状态"), lambda s: s.state, show=Show.STATE, reads=("state",)),
        Column("updated", N_("最近更新"), lambda s: s.updated_at, sort="updated_at",
               show=Show.WHEN),
    ),
    filters=(
        Text("q", N_("词"), lambda typed: Q(compared__contains=folded([typed])[0])),
        Choice("state", N_("状态"), WordsState),
    ),
)  # fmt: skip
