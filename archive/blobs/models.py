"""How documents name blobs, and what the checks know of each blob."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime
from typing import Any, ClassVar, cast

from mongoengine import (
    DateTimeField,
    Document,
    EmbeddedDocumentField,
    EnumField,
    IntField,
    ListField,
    StringField,
)
from mongoengine.connection import get_db

from archive.database import Record, collection_of, count_up_to, every, kind_of, records
from archive.terms import N_, Term

BEGINNING = datetime(2000, 1, 1, tzinfo=UTC)  # before any check: asks the index for what is set
MOST_COUNTED = 10_000
MOST_NAMING = 5


class BlobField(StringField):
    """The SHA-256 of a blob, in hexadecimal. As long as a document names it, its bytes stay."""

    def __init__(self, **options: Any) -> None:
        super().__init__(regex=r"^[0-9a-f]{64}$", **options)


class Damage(Term):
    """What is wrong with a blob that a record names."""

    ALTERED = "altered", N_("内容与归档时不一致")
    MISSING = "missing", N_("存储中没有内容")
    UNREADABLE = "unreadable", N_("存储无法读出内容")


class BlobCheck(Document):
    """What the checks found about one blob. Not a record: no person acts on it."""

    meta: ClassVar[dict[str, Any]] = {
        "collection": "blob_checks",
        "auto_create_index": False,
        "indexes": ["checked_at", {"fields": ["unused_since"], "sparse": True}, "damaged_since"],
    }

    id = StringField(primary_key=True)  # SHA-256 of the blob
    checked_at = DateTimeField()
    unused_since = DateTimeField()
    damaged_since = DateTimeField()
    damage = EnumField(Damage)
    hard_pages = ListField(IntField())  # of which drawing cost more than is allowed
    scanned_at = DateTimeField()  # by the virus scanner
    infection = StringField()  # what it found

    @classmethod
    def known(cls) -> int:
        """How many blobs are on the list of checks, about."""
        return int(collection_of(cls).estimated_document_count())

    @classmethod
    def unchecked(cls) -> int:
        """How many were never checked, up to 10,000."""
        return count_up_to(MOST_COUNTED, cls.objects(checked_at=None))

    @classmethod
    def damaged(cls) -> int:
        """How many are not what was filed, up to 10,000."""
        return count_up_to(MOST_COUNTED, cls.objects(damaged_since__gt=BEGINNING))

    @classmethod
    def oldest_check(cls) -> datetime | None:
        """When the blob was checked whose check is the oldest; None where none was."""
        oldest = cls.objects(checked_at__gt=BEGINNING).order_by("checked_at").first()
        return cast("datetime | None", oldest and oldest.checked_at)

    @classmethod
    def is_damaged(cls, sha256: str) -> bool:
        """Whether a check found other bytes, or none, under this digest."""
        return cls.objects(id=sha256, damaged_since__exists=True).first() is not None

    @classmethod
    def all_damaged(cls) -> Any:
        """Those that are not what was filed, the first found first."""
        return cls.objects(damaged_since__gt=BEGINNING).order_by("damaged_since", "id")

    @classmethod
    def note_damage(cls, sha256: str, damage: Damage, now: datetime) -> None:
        """Note that the store does not hold what was filed; since when it is so stays."""
        found = cls.objects(id=sha256)
        found.update_one(set__damage=damage, upsert=True)
        cls.objects(id=sha256, damaged_since=None).update_one(set__damaged_since=now)

    @classmethod
    def note_hard_page(cls, sha256: str, page: int) -> None:
        """Note that drawing this page costs too much to be tried at each request."""
        cls.objects(id=sha256).update_one(add_to_set__hard_pages=page, upsert=True)

    @classmethod
    def is_hard_page(cls, sha256: str, page: int) -> bool:
        """Whether drawing this page was found to cost too much."""
        return cls.objects(id=sha256, hard_pages=page).first() is not None

    @classmethod
    def note_scan(cls, sha256: str, infection: str | None, now: datetime) -> None:
        """Note what the virus scanner found in these bytes, or that it found nothing."""
        found = {"set__infection": infection} if infection else {"unset__infection": True}
        cls.objects(id=sha256).update_one(set__scanned_at=now, upsert=True, **found)

    @classmethod
    def scan_of(cls, sha256: str) -> tuple[datetime | None, str | None]:
        """When the virus scanner last looked at these bytes, and what it found."""
        check = cls.objects(id=sha256).only("scanned_at", "infection").first()
        return (check.scanned_at, check.infection) if check else (None, None)

    @classmethod
    def note_whole(cls, sha256: str) -> None:
        """Take back that it is damaged: the right bytes have been read."""
        cls.objects(id=sha256, damaged_since__exists=True).update_one(
            unset__damaged_since=True, unset__damage=True
        )

    @classmethod
    def wanted_again(cls, digests: Iterable[str]) -> None:
        """Take back the mark of those that wait to be removed: something names them."""
        marked = cls.objects(id__in=list(digests), unused_since__exists=True)
        marked.update(unset__unused_since=True)


class BlobReference(Document):
    """A place in documents where blobs are named. Not a record.

    Every process that checks or sweeps writes down the places that it knows and goes by all that
    are written down. So a process that has not loaded a chapter cannot take its files for unused.
    """

    meta: ClassVar[dict[str, Any]] = {
        "collection": "blob_references",
        "auto_create_index": False,
    }

    id = StringField(primary_key=True)
    collection = StringField(required=True)
    path = StringField(required=True)

    @classmethod
    def all(cls) -> list["BlobReference"]:
        """Every place that any process has known."""
        for collection, path in places():
            cls.objects(id=f"{collection}:{path}").update_one(
                set__collection=collection, set__path=path, upsert=True
            )
        return list(cls.objects)

    def named(self, digests: Iterable[str]) -> set[str]:
        """Those of *digests* that documents name here."""
        wanted = list(digests)
        found = get_db()[self.collection].distinct(self.path, {self.path: {"$in": wanted}})
        return set(found).intersection(wanted)

    def naming(self, sha256: str) -> Iterator[Record]:
        """The records that name *sha256* here."""
        kinds = {kind_of(model): model for model in records()}
        if model := kinds.get(self.collection):
            for stored in get_db()[self.collection].find({self.path: sha256}).limit(MOST_NAMING):
                yield model.from_stored(stored)

    def all_named(self) -> Iterator[str]:
        """Every digest that is named here; some more than once."""
        first, *rest = self.path.split(".")
        for document in get_db()[self.collection].find({self.path: {"$exists": True}}, {first: 1}):
            yield from _values(document.get(first), rest)


def naming(sha256: str) -> list[Record]:
    """Some of the records that name the blob with this digest."""
    return [record for place in BlobReference.all() for record in place.naming(sha256)]


def places() -> Iterator[tuple[str, str]]:
    """Each field of a document that this process has loaded which names blobs: collection, path."""
    for model in every(Document):
        for path in _paths(model, ()):
            yield kind_of(model), path


def named_in(collection: str, document: Mapping[str, Any]) -> set[str]:
    """Every digest that *document*, as *collection* stores it, names."""
    found: set[str] = set()
    for kind, path in places():
        if kind == collection:
            first, *rest = path.split(".")
            found.update(_values(document.get(first), rest))
    return found


def _paths(model: Any, within: tuple[str, ...]) -> Iterator[str]:
    for field in model._fields.values():
        inner = field
        while isinstance(inner, ListField):
            inner = inner.field
        here = (*within, field.db_field)
        if isinstance(inner, BlobField):
            yield ".".join(here)
        elif isinstance(inner, EmbeddedDocumentField):
            yield from _paths(inner.document_type, here)


def _values(value: Any, path: list[str]) -> Iterator[str]:
    if isinstance(value, list):
        for each in value:
            yield from _values(each, path)
    elif isinstance(value, dict) and path:
        yield from _values(value.get(path[0]), path[1:])
    elif isinstance(value, str) and not path:
        yield value
