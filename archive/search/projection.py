"""How chapters say what of their records can be found.

A chapter's ``indexing.py`` turns a record into entries (``entries_of``); `archive.dossier.indexing`
gathers all chapters in one list of `Indexed`, which the follower and the search page read.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from archive.search.entry import Entry, Tag


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
    entries_of: Callable[[Any], Iterable[Entry]]
    """What of one record can be found, and by whom; nothing for a record nobody may find."""
    address_of: Callable[[str, Mapping[str, str]], Address | None]
    """From a record's key and the facts of its entry to where it is shown; None: nowhere."""
    prefixes: tuple[str, ...] = ()
    """What the ids of its entries begin with, where that is more than ``<kind>:``."""
    customer_field: str | None = "customer_id"
    """The field that names the customer whose `lent_fields` its entries carry. None for none."""
    lent_fields: frozenset[str] = frozenset()
    """Fields that entries of other records carry or are opened by (a customer's name, its
    salesperson): when one changes, all that belongs to the record is indexed anew."""

    def ids_of(self, key: str) -> frozenset[str]:
        """Every id that an entry of the record *key* may have."""
        return frozenset(f"{prefix}:{key}" for prefix in self.prefixes or (self.kind.value,))
