"""Which of the found records answer best: BM25 over whole posting lists, below `tiers`."""

from collections.abc import Iterable, Iterator
from functools import reduce
from heapq import nlargest
from math import log
from operator import and_, or_

from archive.chinese.folding import fold
from archive.search.query import Query
from archive.search.terms import comparable, may_be_pinyin, text_terms
from archive.search.tiers import EXACT, NAMED, OWN_WORD, names_asked, own_words, runs_typed
from archive.search.whoosh.matching import find, find_called, find_named, find_pinyin, find_runs
from archive.search.whoosh.part import Part, bits_of, records_of

SATURATION = 1.2
"""How soon a further occurrence of a term counts for less (k1)."""
LENGTH_SHARE = 0.6
"""How much a long text has to say a term more often (b)."""
NAME_SCORE = 6.0
"""What a name found by its pinyin counts: about a word in a title."""

MOST_READ = 2000
"""Records whose text is read to see whether they hold a run as it was typed: the best ones."""


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
    among = bits_of(records, part.size)
    for worth, bits in _raised(part, among, scores, query):
        for record in records_of(among & bits):
            scores[record] += worth
    return scores


def _raised(
    part: Part, among: int, scores: dict[int, float], query: Query
) -> Iterator[tuple[float, int]]:
    """What lifts records above all that do not have it, and the records that do."""
    for node in own_words(query):
        yield OWN_WORD, find(node, part, among)
    for run in runs_typed(query):
        yield EXACT, _holding(run, part, among, scores)
    if texts := names_asked(query):
        for found, worth in ((find_named, NAMED), (find_called, EXACT)):
            each = (reduce(or_, (found(text, part) for text in some)) for some in texts)
            yield worth, reduce(and_, each)


def _holding(run: str, part: Part, among: int, scores: dict[int, float]) -> int:
    """The records of *among* that hold *run* in one piece."""
    candidates = records_of(among & find_runs(run, part))
    if len(candidates) > MOST_READ:
        candidates = nlargest(MOST_READ, candidates, key=scores.__getitem__)
    texts = part.texts(candidates)
    kept = [at for at, text in zip(candidates, texts, strict=True) if run in text]
    return bits_of(kept, part.size)
