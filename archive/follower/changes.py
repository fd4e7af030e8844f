"""What changes in the database mean for the index."""

import logging
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import islice
from typing import Any

from pymongo.database import Database
from pymongo.errors import PyMongoError

from archive.database import kind_of
from archive.search import IndexEntry
from archive.web.projection import Indexed

log = logging.getLogger(__name__)

Document = dict[str, Any]
BY_THE_TRAIL = frozenset({"pending"})
"""Fields that are written when events are taken into the trail: nothing to find in them."""
READ_AT_ONCE = 500


class CollectionGone(Exception):
    """A whole collection was dropped or renamed: only a new index can tell what is left."""


@dataclass
class Batch:
    """Some changes, summed up: of each document only its newest state counts."""

    documents: dict[tuple[str, Any], Document | None] = field(default_factory=dict)
    """By collection and identity; None for one that was deleted."""
    owners: set[tuple[str, Any]] = field(default_factory=set)
    """Documents of which a field has changed that entries of others carry."""
    last_at: datetime | None = None
    """When the newest of these changes was made."""


def sum_up(changes: Iterable[Document], indexed: dict[str, Indexed]) -> Batch:
    """The batch that *changes*, as the change stream gives them, make; *indexed* by collection.

    Raises:
        CollectionGone: one of them is no change of a document.
    """
    batch = Batch()
    for change in changes:
        if "documentKey" not in change:
            raise CollectionGone(change["operationType"])
        batch.last_at = change.get("wallTime", batch.last_at)
        collection, key = change["ns"]["coll"], change["documentKey"]["_id"]
        fields = _changed_fields(change)
        if fields is not None and fields <= BY_THE_TRAIL:
            continue
        batch.documents[collection, key] = change.get("fullDocument")
        shared = indexed[collection].shared_fields if collection in indexed else frozenset()
        if change["operationType"] != "insert" and (fields is None or fields & shared):
            batch.owners.add((collection, key))
    return batch


def _changed_fields(change: Document) -> set[str] | None:
    """The top-level fields that an update touched; None where the whole document is new."""
    if change["operationType"] != "update":
        return None
    description = change["updateDescription"]
    shortened = (each["field"] for each in description.get("truncatedArrays") or ())
    touched = (*description["updatedFields"], *description["removedFields"], *shortened)
    return {name.partition(".")[0] for name in touched}


class Projector:
    """Turns documents into entries, as the chapters say."""

    def __init__(self, store: Database[Document], indexed: Sequence[Indexed]) -> None:
        self._store = store
        self._indexed = {kind_of(each.model): each for each in indexed}
        self._unreadable: set[tuple[str, Any]] = set()

    @property
    def unreadable(self) -> int:
        """How many records could not be read."""
        return len(self._unreadable)

    @property
    def collections(self) -> frozenset[str]:
        """Where records that can be found are kept."""
        return frozenset(self._indexed)

    def sum_up(self, changes: Iterable[Document]) -> Batch:
        """See `sum_up`."""
        return sum_up(changes, self._indexed)

    def removals(self, batch: Batch, entries: Iterable[IndexEntry]) -> set[str]:
        """The ids that records of *batch* may have had and that *entries* has no more."""
        had = (
            self._indexed[collection].ids_of(str(key))
            for collection, key in batch.documents
            if collection in self._indexed
        )
        return set().union(*had) - {entry.id for entry in entries}

    def entries(self, batch: Batch) -> Iterator[IndexEntry]:
        """The entries of the changed records."""
        for (collection, _), document in batch.documents.items():
            if document is not None and collection in self._indexed:
                yield from self._project(self._indexed[collection], document)

    def dependents(self, batch: Batch) -> Iterator[IndexEntry]:
        """The entries of records that carry what changed in the record they depend on."""
        owners = [key for collection, key in batch.owners if self._shares(collection)]
        if owners:
            for collection, each in self._indexed.items():
                if each.owner_field:
                    yield from self._read(collection, {each.owner_field: {"$in": owners}})

    def everything(self) -> Iterator[IndexEntry]:
        """The entries of all records."""
        for collection in self._indexed:
            yield from self._read(collection, {})

    def gone(self, ids: set[str]) -> set[str]:
        """Those of *ids*, which the index holds, of which there is no record."""
        kept = {
            entry_id
            for collection, each in self._indexed.items()
            for key in self._keys(collection)
            for entry_id in each.ids_of(str(key))
        }
        return set(ids) - kept

    def lacking(self, ids: set[str]) -> Iterator[IndexEntry]:
        """The entries that *ids*, which the index holds, should name and do not."""
        for collection, each in self._indexed.items():
            keys = (key for key in self._keys(collection) if not each.ids_of(str(key)) <= ids)
            while some := list(islice(keys, READ_AT_ONCE)):
                found = self._read(collection, {"_id": {"$in": some}})
                yield from (entry for entry in found if entry.id not in ids)

    def _keys(self, collection: str) -> Iterator[Any]:
        return (each["_id"] for each in self._store[collection].find({}, {"_id": True}))

    def _shares(self, collection: str) -> bool:
        return collection in self._indexed and bool(self._indexed[collection].shared_fields)

    def _read(self, collection: str, condition: Document) -> Iterator[IndexEntry]:
        for document in self._store[collection].find(condition, batch_size=READ_AT_ONCE):
            yield from self._project(self._indexed[collection], document)

    def _project(self, indexed: Indexed, document: Document) -> list[IndexEntry]:
        """One unreadable record must not keep all others from being found: it is logged."""
        try:
            return list(indexed.entries_of(indexed.model.from_stored(document)))
        except PyMongoError:
            raise
        except Exception:
            which = indexed.kind.value, document.get("_id")
            if which not in self._unreadable:
                self._unreadable.add(which)
                log.exception("not indexed: %s %s", *which)
            return []
