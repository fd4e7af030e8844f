"""The index as one commit left it, and what a search finds in it."""

import json
from collections.abc import Iterable
from functools import cached_property
from typing import Any

import tantivy
from tantivy import Occur
from tantivy import Query as Condition

from archive.search.index_format import POSITION_ID, Page
from archive.search.packing import unpack
from archive.search.parsing import parse_query
from archive.search.query import During, Query
from archive.search.results import Count, Facet, Narrowing, Order, most_frequent
from archive.search.tantivy.matching import Conditions, days, every, raised, scores, term
from archive.search.tantivy.reading import reading
from archive.search.texts import tag_of

AMONG_VALUES = 200
"""Values that tantivy counts out, so that equally frequent ones can be put in order."""
WITHIN_PART = 60_000
"""Values that each part of the index counts; fewer than there are would make counts wrong."""


class TantivyFound:
    """See `Found`."""

    def __init__(
        self,
        searcher: tantivy.Searcher,
        query: Query,
        matched: Condition,
        narrowing: Narrowing,
    ) -> None:
        self._searcher = searcher
        self._conditions = Conditions(searcher)
        self._query = query
        self._matched = matched
        self._narrowing = narrowing
        self._allowed = {
            facet: self._conditions.chosen(facet, values)
            for facet, values in narrowing.values.items()
            if values
        }

    def counts(self) -> dict[Facet, tuple[Count, ...]]:
        """See `Found.counts`. Facets that nothing is chosen in are counted in one pass."""
        free = [facet for facet in Facet if facet not in self._allowed]
        counted = self._counted(free, self._within()) if free else {}
        for facet in self._allowed:
            counted |= self._counted([facet], self._within(ignoring=facet))
        return counted

    def page(self, order: Order, start: int, stop: int) -> Page:
        """See `Found.page`."""
        shown, total = self._search(order, start, stop)
        return Page([json.loads(each) for each in shown], total)

    def ids(self, most: int) -> list[str]:
        """See `Found.ids`."""
        return [json.loads(each)["id"] for each in self._search(Order.BEST, 0, most)[0]]

    def _within(self, *, ignoring: Facet | None = None) -> Condition:
        """What all chosen values allow, but for those of the facet *ignoring*."""
        allowed = (each for facet, each in self._allowed.items() if facet is not ignoring)
        return every((self._matched, *allowed))

    def _counted(
        self, facets: Iterable[Facet], within: Condition
    ) -> dict[Facet, tuple[Count, ...]]:
        request = {
            facet.value: {
                "terms": {
                    "field": facet.value,
                    "size": AMONG_VALUES,
                    "segment_size": WITHIN_PART,
                }
            }
            for facet in facets
        }
        with reading():
            answer = self._searcher.aggregate(within, request)
        return {
            facet: self._most_frequent(
                facet,
                within,
                [Count(tag_of(each["key"]), each["doc_count"]) for each in buckets["buckets"]],
            )
            for facet, buckets in ((Facet(name), each) for name, each in answer.items())
        }

    def _most_frequent(
        self, facet: Facet, within: Condition, counts: list[Count]
    ) -> tuple[Count, ...]:
        """The first of *counts*, and those of the chosen values wherever they come."""
        chosen = self._narrowing.values.get(facet, frozenset())
        rarer = chosen.difference(each.tag.value for each in counts)
        for key in self._conditions.tags(facet, rarer):
            total = self._count(every((within, term(facet, key))))
            counts.append(Count(tag_of(key), total))
        return most_frequent(counts, chosen)

    def _search(self, order: Order, start: int, stop: int) -> tuple[list[str], int]:
        if start == stop:
            return [], self._count(self._within())
        scored = [*scores(self._query), *raised(self._query, self._conditions)]
        sought = Condition.const_score_query(self._within(), 0.0)
        ordered_by = "order" if order is Order.NEWEST or not scored else None
        if ordered_by is None:
            sought = Condition.boolean_query([(Occur.Must, sought), *scored])
        with reading():
            found: Any = self._searcher.search(
                sought, limit=stop - start, offset=start, order_by_field=ordered_by
            )
            return [entry_at(self._searcher, each) for _, each in found.hits], found.count

    def _count(self, condition: Condition) -> int:
        with reading():
            found: Any = self._searcher.search(condition, limit=1)  # `count` lacks in its typing
            return int(found.count)


class TantivySnapshot:
    """See `Snapshot`."""

    def __init__(self, searcher: tantivy.Searcher) -> None:
        self._searcher = searcher
        self._conditions = Conditions(searcher)

    def find(self, query: Query, access: frozenset[str], narrowing: Narrowing) -> TantivyFound:
        """See `Snapshot.find`."""
        held = [self._conditions.visible(access)]
        if query.root is not None:
            held.append(self._conditions.of(query.root))
        if narrowing.since or narrowing.until:
            held.append(days(During(narrowing.since, narrowing.until)))
        return TantivyFound(self._searcher, query, every(held), narrowing)

    def find_titles(self, typed: str, access: frozenset[str]) -> TantivyFound:
        """See `Snapshot.find_titles`."""
        held = every((self._conditions.visible(access), self._conditions.titled(typed)))
        return TantivyFound(self._searcher, parse_query(typed), held, Narrowing())

    def token(self) -> str | None:
        """See `Snapshot.token`."""
        return self._token

    def records(self) -> int:
        """See `Snapshot.records`."""
        with reading():
            return max(0, self._searcher.num_docs - 1)  # the token

    def all_ids(self) -> set[str]:
        """See `Snapshot.all_ids`."""
        with reading():
            found = self._searcher.terms_with_prefix("id", "", filter_query=Condition.all_query())
            return {each for each, _ in found} - {POSITION_ID}

    def parts(self) -> int:
        """See `Snapshot.parts`."""
        with reading():
            return self._searcher.num_segments

    @cached_property
    def _token(self) -> str | None:
        with reading():
            for _, address in self._searcher.search(term("id", POSITION_ID), limit=1).hits:
                return entry_at(self._searcher, address)
        return None


def entry_at(searcher: tantivy.Searcher, address: tantivy.DocAddress) -> str:
    """What is stored of the entry at *address*."""
    stored: Any = searcher.doc(address).get_first("entry")
    return unpack(bytes(stored))
