"""How many of the found records carry each value of a facet."""

from collections import Counter
from collections.abc import Collection, Iterable
from functools import reduce
from itertools import compress
from operator import or_

from archive.search.entry import Tag
from archive.search.results import Count, Facet, most_frequent
from archive.search.whoosh.part import Part, bits_of, flags_of


def carrying(facet: Facet, values: Collection[str], part: Part) -> int:
    """The set of records in *part* with one of *values*."""
    if facet is Facet.CUSTOMER:
        tags, numbers = part.customers
        chosen = {number for number, tag in enumerate(tags) if tag and tag.value in values}
        return bits_of([at for at, number in enumerate(numbers) if number in chosen], part.size)
    tags_of_facet = part.tags(facet).items()
    return reduce(or_, (bits for tag, bits in tags_of_facet if tag.value in values), 0)


def count(
    facet: Facet, found: Iterable[tuple[Part, int]], chosen: Collection[str]
) -> tuple[Count, ...]:
    """The values that the *found* records carry, most frequent first, *chosen* ones always."""
    totals: Counter[Tag] = Counter()
    for part, bits in found:
        if not bits:
            continue
        if facet is Facet.CUSTOMER:
            tags, numbers = part.customers
            for number, total in Counter(compress(numbers, flags_of(bits))).items():
                if tag := tags[number]:
                    totals[tag] += total
        else:
            for tag, carriers in part.tags(facet).items():
                totals[tag] += (carriers & bits).bit_count()
    return most_frequent((Count(tag, total) for tag, total in totals.items()), chosen)
