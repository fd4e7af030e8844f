"""How a chapter says what of its records can be found, and where they are shown.

A chapter's ``indexing.py`` turns a record into entries; its declaration names each kind of record
as an `Indexed`. The follower turns documents into entries with it, the search page entries into
addresses.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from bson import ObjectId

from archive.search import IndexEntry, Tag

Facts = Mapping[str, str]


class Address(NamedTuple):
    """Where a record is shown: the name of a page and the values in its URL."""

    page: str
    values: Mapping[str, str]


@dataclass(frozen=True)
class Indexed:
    """A kind of record that can be found."""

    kind: Tag
    model: type[Any]
    """The document class whose changes are followed."""
    entries_of: Callable[[Any], Iterable[IndexEntry]]
    """What of one record can be found, and by whom; nothing for a record nobody may find."""
    address_of: Callable[[str, Facts], Address | None]
    """From a record's key and the facts of its entry to where it is shown; None: nowhere."""
    prefixes: tuple[str, ...] = ()
    """What the ids of its entries begin with, where that is more than ``<kind>:``."""
    prepare: Callable[[Iterable[Any]], list[Any]] = list
    """Reads what the entries of many records need at once, such as their customers."""
    owner_field: str | None = "customer_id"
    """The field that names the record on which its entries depend: whose `shared_fields` they
    carry. None for none."""
    shared_fields: frozenset[str] = frozenset()
    """Fields that entries of other records carry (a customer's name): when one changes, the
    entries of all records that depend on this one are made again."""

    def ids_of(self, key: str) -> frozenset[str]:
        """Every id that an entry of the record *key* may have."""
        return frozenset(f"{prefix}:{key}" for prefix in self.prefixes or (self.kind.value,))

    def has(self, entry_id: str) -> bool:
        """Whether the entry *entry_id* is of a record of this kind."""
        return entry_id.partition(":")[0] in (self.prefixes or (self.kind.value,))

    def entries_now(self, entry_ids: Iterable[str]) -> Iterator[IndexEntry]:
        """The entries of the records that *entry_ids* name, as these are now, in one query."""
        keys = {key for each in entry_ids if ObjectId.is_valid(key := each.partition(":")[2])}
        records = self.model.objects(id__in=[ObjectId(key) for key in keys])
        for record in self.prepare(records):
            yield from self.entries_of(record)


def under_number(page: str) -> Callable[[str, Facts], Address]:
    """For records that *page* shows under their number."""
    return lambda _, facts: Address(page, {"number": facts["number"]})


def under_key(page: str) -> Callable[[str, Facts], Address]:
    """For records that *page* shows under their key."""
    return lambda key, _: Address(page, {"key": key})


def address_of(
    indexed: Iterable[Indexed], entry_id: str, kind: str, facts: Facts
) -> Address | None:
    """Where the record is shown that the entry *entry_id* of *kind* speaks of."""
    key = entry_id.partition(":")[2]
    return next((each.address_of(key, facts) for each in indexed if each.kind.value == kind), None)
