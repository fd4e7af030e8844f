"""A disposal: papers whose time is over, proposed, approved, and destroyed."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any, ClassVar

from mongoengine import (
    BooleanField,
    DateField,
    DateTimeField,
    Document,
    EnumField,
    IntField,
    ListField,
    ObjectIdField,
    StringField,
)

from archive.custody.rules.retention import UNDER_WAY, DisposalState, PaperState
from archive.database import Numbered, Working, collection_of, counts_by
from archive.filing.rules import AttachmentKind


class Disposal(Numbered, Working):
    """销毁: papers whose retention is over, on their way to be destroyed."""

    meta: ClassVar[dict[str, Any]] = {
        "collection": "disposals",
        "indexes": [
            {"fields": ["number"], "unique": True},
            ("-created_at", "id"),
            ("state", "due_at"),
        ],
    }
    working = (DisposalState.CARRYING,)
    derived = Working.derived | {"is_laid_out"}

    number = StringField(required=True)
    state = EnumField(DisposalState, required=True, default=DisposalState.PROPOSED)
    reason = StringField(required=True, max_length=500)
    total: int = IntField(required=True)
    made_by_id = StringField(required=True)
    made_by_name = StringField(required=True)
    decided_at = DateTimeField()
    decided_by_id = StringField()
    decided_by_name = StringField()
    decided_because = StringField(max_length=500)
    due_at = DateTimeField()  # not before then is anything destroyed
    stopped_because = StringField(max_length=500)
    stopped_by_id = StringField()
    stopped_by_name = StringField()
    ended_at = DateTimeField()
    is_laid_out = BooleanField()  # whether every paper is written down

    @property
    def caption(self) -> str:
        return str(self.number)

    @classmethod
    def due(cls, now: datetime) -> list["Disposal"]:
        """Those whose grace is over."""
        return list(cls.objects(state=DisposalState.APPROVED, due_at__lte=now).limit(20))

    @classmethod
    def at_work(cls) -> list["Disposal"]:
        """Those that are being carried out."""
        return list(cls.objects(state=DisposalState.CARRYING).limit(20))

    def papers(self, *states: PaperState) -> Any:
        """Its papers, all or those in one of *states*, in their order."""
        found = DisposalPaper.objects(disposal_id=self.id).order_by("place")
        return found.filter(state__in=states) if states else found

    def counts(self) -> dict[PaperState, int]:
        """How many papers are in each state."""
        return counts_by("state", PaperState, self.papers())


class DisposalPaper(Document):
    """One paper of a disposal, as the list to sign names it. Not a record: its disposal is."""

    meta: ClassVar[dict[str, Any]] = {
        "collection": "disposal_papers",
        "auto_create_index": False,
        "indexes": [
            {"fields": ["disposal_id", "attachment_id"], "unique": True},
            ("disposal_id", "place"),
            "attachment_id",
        ],
    }

    disposal_id = ObjectIdField(required=True)
    attachment_id = ObjectIdField(required=True)
    place = IntField(required=True)
    title = StringField(required=True)
    kind = EnumField(AttachmentKind, required=True)
    customer = StringField()
    archive_number = StringField()
    document_on = DateField()
    filed_on = DateField()
    kept_until = DateField()
    kept_at = StringField()  # where the paper original is
    copies = IntField()
    versions = IntField()
    state = EnumField(PaperState, required=True, default=PaperState.WAITING)
    why = StringField()  # the name of what keeps it
    shared = IntField()  # of its bytes, how many another record names too: they stay
    digests = ListField(StringField())  # of bytes that are to go: no reference that keeps them
    emptied_at = DateTimeField()
    aside_at = DateTimeField()

    @classmethod
    def lay_out(cls, disposal: Disposal, rows: Iterable[Mapping[str, Any]]) -> None:
        """Write down each paper; a second time changes nothing."""
        collection_of(cls).delete_many({"disposal_id": disposal.id})
        collection_of(cls).insert_many(
            [{"disposal_id": disposal.id, "place": n, **row} for n, row in enumerate(rows, 1)],
            ordered=False,
        )

    def become(self, state: PaperState, **facts: Any) -> None:
        """Write what became of it."""
        given = {f"set__{name}": value for name, value in facts.items()}
        type(self).objects(id=self.id).update_one(set__state=state, **given)

    @classmethod
    def under_way(cls, papers: Iterable[Any]) -> dict[Any, str]:
        """Of those of *papers* that are in a proposal which goes on, its number."""
        found = cls.objects(attachment_id__in=list(papers)).only("attachment_id", "disposal_id")
        rows = [(each.attachment_id, each.disposal_id) for each in found]
        going = Disposal.objects(id__in=[key for _, key in rows], state__in=UNDER_WAY)
        numbers = {each.id: each.number for each in going.only("number")}
        return {paper: numbers[key] for paper, key in rows if key in numbers}
