"""What a library must be able to do so that an index can be kept with it.

`FolderEngine` makes a `SearchEngine` of any of them. Folders here are those of one index.
"""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple, Protocol

from archive.search.entry import IndexEntry
from archive.search.query import Query
from archive.search.results import Count, Facet, Narrowing, Order
from archive.search.stored import Stored

POSITION_ID = "\x00position"
"""The id of the record that keeps the token: it has no access, so nobody ever finds it."""


class DamagedIndex(Exception):
    """A file of the index cannot be read."""


class Page(NamedTuple):
    """Some of the entries that a search found."""

    stored: list[Stored]
    total: int
    """Of all that it found."""


class Found(Protocol):
    """The entries that a search found. All methods may raise `DamagedIndex`."""

    def page(self, order: Order, start: int, stop: int) -> Page:
        """Those from place *start* up to *stop*; none where these are the same."""

    def counts(self) -> Mapping[Facet, tuple[Count, ...]]:
        """As `Results.counts`; the most frequent value first, then by label."""

    def ids(self, most: int) -> list[str]:
        """The ids of the *most* best."""


class Snapshot(Protocol):
    """The index as one commit left it. All methods may raise `DamagedIndex`."""

    def find(self, query: Query, access: frozenset[str], narrowing: Narrowing) -> Found:
        """What *query* finds among the entries that *access* opens."""

    def find_titles(self, typed: str, access: frozenset[str]) -> Found:
        """Entries with each word of *typed* in their title, a number or a name."""

    def token(self) -> str | None:
        """The token of that commit."""

    def records(self) -> int:
        """How many entries there are."""

    def all_ids(self) -> set[str]:
        """The ids of all entries."""

    def parts(self) -> int:
        """Pieces that they are stored in."""


class OpenIndex(Protocol):
    """An index folder in use."""

    folder: Path

    def snapshot(self) -> Snapshot:
        """The index as it is now.

        Raises:
            DamagedIndex: it cannot be read.
        """

    def commit(self, entries: Iterable[IndexEntry], removals: Collection[str], token: str) -> None:
        """Replace, remove and remember *token* in one step, in what `snapshot` last gave."""

    def verify(self) -> None:
        """Read all files and compare them with their checksums. Only the writer may ask.

        Raises:
            DamagedIndex: one is not as it was written.
        """

    def close(self) -> None:
        """Let go of what only the writer holds; searches that still run go on."""


@dataclass(frozen=True)
class IndexFormat:
    """One library's way to keep an index in a folder."""

    name: str
    """With the version; an index with another name is not opened but made anew."""
    create: Callable[[Path, Iterable[IndexEntry], str], None]
    """A new index of the entries in the empty folder, with its token."""
    open: Callable[[Path], OpenIndex]
    """The index in the folder."""
