"""The documents of importing: an import, and each of its rows."""

from collections import defaultdict
from collections.abc import Mapping
from typing import Any, ClassVar, cast

from mongoengine import (
    BooleanField,
    DateTimeField,
    DictField,
    Document,
    EnumField,
    IntField,
    ListField,
    ObjectIdField,
    StringField,
)
from pymongo import UpdateMany
from pymongo.errors import BulkWriteError

from archive.actor import Scope
from archive.blobs import BlobField
from archive.database import DUPLICATE, Numbered, Working, collection_of, counts_by
from archive.importable import Verdict
from archive.importing.rules import WORKING, ImportState


class Import(Numbered, Working):
    """A list that somebody brings in: the file, what its columns mean, how far it is."""

    meta: ClassVar[dict[str, Any]] = {
        "collection": "imports",
        "indexes": [
            {"fields": ["number"], "unique": True},
            ("-created_at", "id"),
            ("kind", "-created_at"),
            ("state", "worked_at"),
        ],
    }
    working = WORKING

    number = StringField(required=True)
    kind = StringField(required=True)
    state = EnumField(ImportState, required=True, default=ImportState.MAPPING)
    language = StringField(default="zh")
    made_by_id = StringField(required=True)
    made_by_name = StringField(required=True)

    sha256 = BlobField(required=True)
    file_name = StringField(required=True)
    sheets = ListField(StringField())
    sheet = StringField(required=True)
    sheet_rows = IntField(required=True)
    head_at = IntField(required=True)  # row of the sheet, from 0
    head = ListField(StringField())
    columns = DictField()  # by field the column, from 0
    undone_because = StringField(max_length=500)

    @property
    def caption(self) -> str:
        return f"{self.number} {self.file_name}"

    def is_within(self, scope: Scope, actor_id: str) -> bool:
        return scope is Scope.ALL or (scope is Scope.RECORDED and self.made_by_id == actor_id)

    @property
    def is_known_table(self) -> bool:
        """Whether any column was recognised."""
        return bool(self.columns)

    def column_heads(self) -> list[tuple[int, str]]:
        """Each column's place and name as the file has it."""
        return [(at, name or f"#{at + 1}") for at, name in enumerate(self.head)]

    @classmethod
    def with_head(cls, kind: str, head: list[str]) -> "Import | None":
        """The latest import of the same columns that went further than choosing them."""
        found = cls.objects(kind=kind, head=head, state__ne=ImportState.MAPPING)
        return cast("Import | None", found.order_by("-created_at").first())

    def rows(self, *verdicts: Verdict) -> Any:
        """Its rows, all or those of *verdicts*, as a query."""
        found = ImportRow.objects(import_id=self.id)
        return found.filter(verdict__in=verdicts) if verdicts else found

    def counts(self) -> dict[Verdict, int]:
        """How many rows have each verdict."""
        return counts_by("verdict", Verdict, self.rows())

    def staged(self) -> int:
        """How far the sheet has been checked: the last row looked at, from 1; 0 for none."""
        last = self.rows().order_by("-number").first()
        return last.number if last else 0

    def to_write(self) -> Any:
        """The rows that are to be written and are not yet, as a query."""
        return self.rows(Verdict.NEW, Verdict.CHANGED).filter(written_at=None)

    def written(self) -> Any:
        """The rows that are in the archive, as a query."""
        return self.rows().filter(written_at__ne=None, undone_at=None)


class ImportRow(Document):
    """A row of a list: what it holds and what became of it. Not a record: its import is."""

    meta: ClassVar[dict[str, Any]] = {
        "collection": "import_rows",
        "auto_create_index": False,
        "strict": False,
        "indexes": [
            {"fields": ["import_id", "number"], "unique": True},
            ("import_id", "verdict", "number"),
            ("import_id", "verdict", "written_at", "record", "number"),
            {
                "fields": ["import_id", "undone_at", "stayed", "number"],
                "partialFilterExpression": {"written_at": {"$exists": True}},
            },
            {"fields": ["import_id", "identity"], "sparse": True},
        ],
    }

    import_id = ObjectIdField(required=True)
    number = IntField(required=True)  # row of the sheet, from 1, as Excel counts
    cells = ListField(StringField())
    identity = StringField()
    verdict = EnumField(Verdict, required=True)
    record = StringField()
    caption = StringField()
    revision = IntField(default=0)
    changes = ListField(ListField(StringField()))  # label, before, after
    why = StringField()
    is_another = BooleanField(default=False)  # the person has looked: it is no duplicate
    was_new = BooleanField(default=False)
    before = DictField()
    written_at = DateTimeField()
    undone_at = DateTimeField()
    stayed = StringField()  # why it was not taken back

    @classmethod
    def first_of(cls, key: Any, identities: list[str]) -> dict[str, int]:
        """The first row of the import *key* for each of *identities* that it holds already."""
        found: dict[str, int] = {}
        for row in cls.objects(import_id=key, identity__in=identities).only("identity", "number"):
            found[row.identity] = min(row.number, found.get(row.identity, row.number))
        return found

    @classmethod
    def keep(cls, rows: list[dict[str, Any]]) -> None:
        """Write *rows*, as MongoDB keeps them, that are not there yet."""
        filled = [{name: value for name, value in row.items() if value is not None} for row in rows]
        try:
            if filled:
                collection_of(cls).insert_many(filled, ordered=False)
        except BulkWriteError as error:
            faults = (error.details or {}).get("writeErrors", ())
            if any(fault["code"] != DUPLICATE for fault in faults):
                raise

    @classmethod
    def remember(cls, outcomes: Mapping[Any, Mapping[str, Any]]) -> None:
        """Write what became of rows: fields by identity. Rows that fared alike in one write."""
        alike: dict[tuple[tuple[str, Any], ...], list[Any]] = defaultdict(list)
        for key, facts in outcomes.items():
            alike[tuple(facts.items())].append(key)
        writes = [
            UpdateMany({"_id": {"$in": keys}}, {"$set": dict(facts)})
            for facts, keys in alike.items()
        ]
        if writes:
            collection_of(cls).bulk_write(writes, ordered=False)
