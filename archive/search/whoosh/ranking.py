"""Which of the found records answer best: BM25 over whole posting lists."""

from collections.abc import Iterable
from math import log

from archive.chinese.folding import fold
from archive.search.query import Query
from archive.search.terms import comparable, may_be_pinyin, text_terms
from archive.search.whoosh.matching import find_pinyin
from archive.search.whoosh.part import Part, records_of

SATURATION = 1.2
"""How soon a further occurrence of a term counts for less (k1)."""
LENGTH_SHARE = 0.6
"""How much a long text has to say a term more often (b)."""
NAME_SCORE = 6.0
"""What a name found by its pinyin counts: about a word in a title."""


def rarities(query: Query, parts: Iterable[Part]) -> dict[str, float]:
    """The terms that *query* wants with how much each says: the rarer the more."""
    parts = list(parts)
    total = sum(part.size for part in parts)
    texts = (node.text for node in query.sought())
    terms = dict.fromkeys(term for text in texts for term in text_terms(comparable(text)))
    carried = {
        term: sum(len(part.postings("text", term).records) for part in parts) for term in terms
    }
    return {term: log(1 + (total - n + 0.5) / (n + 0.5)) for term, n in carried.items() if n}


def score(
    part: Part, records: list[int], rarity: dict[str, float], query: Query
) -> dict[int, float]:
    """For each of *records* how well it answers *query*."""
    scores = dict.fromkeys(records, 0.0)
    lengths = part.lengths
    fixed = SATURATION * (1 - LENGTH_SHARE)
    per_character = SATURATION * LENGTH_SHARE / part.average_length
    for term, worth in rarity.items():
        found, weights, _ = part.postings("text", term)
        for record, weight in zip(found, weights, strict=True):
            if record in scores:
                norm = fixed + per_character * lengths[record]
                scores[record] += worth * weight / (weight + norm)
    for node in query.sought():
        if may_be_pinyin(letters := fold(node.text)):
            for record in records_of(find_pinyin(letters, part)):
                if record in scores:
                    scores[record] += NAME_SCORE
    return scores
