"""The seam: what the archive asks of a search engine."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Protocol

from archive.errors import Conflict, Unavailable
from archive.search.entry import IndexEntry
from archive.search.query import Query
from archive.search.results import Narrowing, Order, Results, Suggestion
from archive.terms import N_


class SearchUnavailable(Unavailable):
    """The index cannot be read, and no older one can either."""

    message = N_("检索暂时无法使用：索引正在修复。")
    remedy = N_("您的数据没有受影响。请过几分钟再试；如果一直如此，请通知系统管理员。")


class PositionMoved(Conflict):
    """The index holds another position than the writer continues from."""

    message = N_("索引刚刚重建过，写入要从新的位置继续。")


@dataclass(frozen=True)
class IndexState:
    """How the index is."""

    usable: bool
    """False: missing, damaged, or written by another version. Somebody must `rebuild`."""
    rebuilding: bool
    records: int
    parts: int
    """Pieces it is stored in. Many pieces slow queries down; a rebuild makes one of them."""


class SearchEngine(Protocol):
    """Finds records by their text, shows each person only what they may see.

    One process (the follower) writes; any number of processes search the same folder.
    """

    def search(
        self,
        query: Query,
        *,
        access: frozenset[str],
        narrowing: Narrowing = ...,
        order: Order = ...,
        page: int = 1,
        per_page: int = 20,
    ) -> Results:
        """What *query* finds among the entries that *access* opens.

        Nothing of any other entry shows in hits, totals or counts. An empty query finds
        everything, newest first. A missing index gives empty results that say `rebuilding`.

        Raises:
            SearchUnavailable: the index is damaged.
        """

    def keys(
        self, typed: str, *, kind: str, access: frozenset[str], limit: int = 2000
    ) -> list[str]:
        """The identities of the records of *kind* that *typed* finds, the best first.

        Only of entries that *access* opens, at most *limit*; for lists that are sorted elsewhere.

        Raises:
            SearchUnavailable: there is no usable index.
        """

    def suggest(
        self, typed: str, *, access: frozenset[str], limit: int = 8
    ) -> tuple[Suggestion, ...]:
        """Titles of entries that *access* opens and that what was *typed* so far may mean."""

    def meant(
        self,
        typed: str,
        *,
        access: frozenset[str],
        narrowing: Narrowing = ...,
        vocabulary: Iterable[str] = ...,
    ) -> tuple[str, ...]:
        """What may have been meant where *typed* finds nothing or nearly nothing.

        By sound, or with one other character; only what finds something among the entries that
        *access* opens. *vocabulary* holds words of the trade, preferred before any others.
        """

    def write(
        self,
        entries: Iterable[IndexEntry],
        removals: Collection[str],
        token: str,
        *,
        after: str | None = None,
    ) -> None:
        """Add or replace *entries*, take out the ids in *removals*, remember *token*.

        All of it or nothing: after a crash `token` names exactly what the index holds. *after* is
        the token that the writer believes to be there.

        Raises:
            PositionMoved: another token is there, as a rebuild has left it.
            SearchUnavailable: there is no usable index to write to.
        """

    def token(self) -> str | None:
        """The token of the last `write` or `rebuild`; None where the index is not usable."""

    def verify(self) -> None:
        """Compare all files of the index with their checksums; for the process that writes it.

        Raises:
            SearchUnavailable: one is damaged, and the index is marked so.
        """

    def ids(self) -> set[str]:
        """The ids of all entries.

        Raises:
            SearchUnavailable: there is no usable index.
        """

    def rebuild(self, entries: Iterable[IndexEntry], token: str) -> None:
        """Make a new index of *entries* next to the one in use, then switch over in one step.

        Searches go on in the old one meanwhile and say `rebuilding`.
        """

    def state(self) -> IndexState:
        """How the index is; never raises."""
