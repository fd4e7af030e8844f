"""What is kept about words that mean the same."""

from typing import Any, ClassVar, Self

from mongoengine import EnumField, ListField, StringField

from archive.chinese.pinyin import name_order
from archive.database import Record
from archive.synonyms.rules import WordsState, folded


class Synonyms(Record):
    """Words that mean the same: who looks for one finds the others too."""

    meta: ClassVar[dict[str, Any]] = {
        "collection": "synonyms",
        "indexes": [
            {"fields": ["compared"], "unique": True},
            ("order", "id"),
            ("updated_at", "id"),
        ],
    }
    derived = frozenset({"order", "compared"})

    words = ListField(StringField(required=True), required=True)
    state = EnumField(WordsState, required=True, default=WordsState.USED)
    order = StringField(required=True)  # of lists: the first word by its sound
    compared = ListField(StringField(), required=True)

    @property
    def caption(self) -> str:
        return "、".join(self.words)

    def derive(self) -> dict[str, Any]:
        return {"order": name_order("".join(self.words[:1])), "compared": folded(self.words)}

    @classmethod
    def holding(cls, words: list[str], but: "Synonyms | None" = None) -> Self | None:
        """Another group that has one of *words*."""
        found = cls.objects(compared__in=folded(words))
        if but is not None:
            found = found.filter(id__ne=but.id)
        return found.first()  # type: ignore[no-any-return]  # MongoEngine is untyped

    @classmethod
    def used(cls) -> list[tuple[str, ...]]:
        """The words of every group that search uses, as they are compared."""
        found = cls.objects(state=WordsState.USED).order_by("id").scalar("compared")
        return [tuple(words) for words in found]
