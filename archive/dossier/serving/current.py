"""What a person may still see of what the index found.

The index follows the records and may be late, or may have stopped to follow. So whatever it finds
is asked of the records themselves before it is shown: a customer who was handed over, or a record
that is gone, shows to nobody who may not open it, be the index as old as it may.
"""

from collections.abc import Iterable
from dataclasses import replace

from archive.search import Count, Facet, IndexEntry, Query, Results, Suggestion
from archive.search.stored import Markers, facts_of, hit_of, suggestion_of
from archive.web.chapter import found_in, mounted

CUSTOMER_ENTRIES = ("customer", "customer-name")


def as_they_are_now(results: Results, query: Query, access: frozenset[str]) -> Results:
    """*results* with the hits as their records are now, without those that *access* opens no more.

    The customers among the counts are left to those of whom *access* opens at least the name. A
    count itself may be as old as the index: how many, never what.
    """
    entries = entries_now((hit.id for hit in results.hits), access)
    markers = Markers.of(query)
    hits = tuple(
        hit_of(facts_of(entries[hit.id]), markers) for hit in results.hits if hit.id in entries
    )
    gone = len(results.hits) - len(hits)
    customers = _still_known(results.counts.get(Facet.CUSTOMER, ()), access)
    return replace(
        results,
        hits=hits,
        total=max(0, results.total - gone),
        counts={**results.counts, Facet.CUSTOMER: customers},
    )


def suggested_now(
    suggestions: tuple[Suggestion, ...], access: frozenset[str]
) -> tuple[Suggestion, ...]:
    """*suggestions* as their records are now, without those that *access* opens no more."""
    entries = entries_now((each.id for each in suggestions), access)
    return tuple(
        suggestion_of(facts_of(entries[each.id])) for each in suggestions if each.id in entries
    )


def entries_now(ids: Iterable[str], access: frozenset[str]) -> dict[str, IndexEntry]:
    """The entries *ids*, made from the records as these are now; of those that *access* opens.

    One query for each kind of record.
    """
    wanted = frozenset(ids)
    entries = {}
    for indexed in found_in(mounted()):
        if mine := [each for each in wanted if indexed.has(each)]:
            for entry in indexed.entries_now(mine):
                if entry.access & access and not entry.unless & access:
                    entries[entry.id] = entry
    return {key: entry for key, entry in entries.items() if key in wanted}


def _still_known(counts: Iterable[Count], access: frozenset[str]) -> tuple[Count, ...]:
    counted = tuple(counts)
    ids = (f"{kind}:{each.tag.value}" for each in counted for kind in CUSTOMER_ENTRIES)
    known = {each.partition(":")[2] for each in entries_now(ids, access)}
    return tuple(each for each in counted if each.tag.value in known)
