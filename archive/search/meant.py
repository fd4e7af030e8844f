"""Did you mean: what sounds like the words that were typed, or differs from them in one character.

Only what finds something among the records that the person may open is ever said.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from archive.chinese.folding import fold, fold_with_positions
from archive.chinese.sounds import characters_like, letters_of, sound_of, words_like
from archive.search.index_format import Snapshot
from archive.search.parsing import parse_query
from archive.search.query import Every, Node, Phrase, Query, Words
from archive.search.results import Narrowing, Order
from archive.search.stored import Stored
from archive.search.terms import comparable, may_be_pinyin, runs

FEW = 2
"""Hits that are nearly none."""
MOST_MEANT = 3
SHORTEST, LONGEST = 2, 8
"""Characters of a run that is corrected."""
MOST_RUNS = 3
MOST_READ = 40
MOST_ALIKE = 60
_STEP = 1_000_000  # more hits than any text has: what is likelier goes before what finds more


class Meant:
    """What one person may have meant, in the index as one commit left it."""

    def __init__(
        self,
        snapshot: Snapshot,
        access: frozenset[str],
        narrowing: Narrowing,
        vocabulary: Iterable[str],
    ) -> None:
        self._snapshot = snapshot
        self._access = access
        self._narrowing = narrowing
        self._vocabulary = list(vocabulary)
        """Words of the trade: of them also what looks alike is offered."""

    def by(self, typed: str) -> tuple[str, ...]:
        """Other texts that find more, the likeliest first; none where *typed* finds enough."""
        found = self._count(parse_query(typed))
        if found > FEW:
            return ()
        offered: Counter[str] = Counter()
        for start, end in list(_correctable(typed))[:MOST_RUNS]:
            run = fold(typed[start:end])
            if self._count(Query(Phrase(run))) > FEW:
                continue
            for rank, words in enumerate(self._corrections(run)):
                for word in words:
                    text = typed[:start] + word + typed[end:]
                    total = 0 if text in offered else self._count(parse_query(text))
                    if total > 2 * found:
                        offered[text] = total - rank * _STEP
                if len(offered) >= MOST_MEANT:
                    break
        return tuple(text for text, _ in offered.most_common(MOST_MEANT))

    def _corrections(self, run: str) -> Iterator[Iterable[str]]:
        """What may be meant by *run*, in steps: the likelier first."""
        if run.isascii():
            yield [word for word in self._vocabulary if letters_of(word) == run]
            return
        sound = sound_of(run)
        alike = (
            *(word for word in self._vocabulary if sound_of(word) == sound),
            *words_like(sound),
        )
        yield (word for word in alike if word != run)
        yield self._names_like(run, sound)
        places = self._doubtful(run)
        yield (
            run[:at] + other + run[at + 1 :]
            for at in places
            for other in characters_like(run[at])[:MOST_ALIKE]
        )
        yield (word for word in self._vocabulary if _differs_in_one(word, run))
        if len(run) > 2:
            yield (each for at in places for each in self._with_one_other(run, at))

    def _names_like(self, run: str, sound: str) -> Iterator[str]:
        """Pieces of visible customers' names that sound like *run*."""
        for stored in self._stored(Words(letters_of(run))):
            name = comparable(stored["customer"][1] if stored["customer"] else stored["title"])
            for start in range(len(name) - len(run) + 1):
                piece = name[start : start + len(run)]
                if piece != run and sound_of(piece) == sound:
                    yield piece

    def _doubtful(self, run: str) -> Sequence[int]:
        """The places of *run* where one wrong character would explain that it is not found."""
        missing = [
            at
            for at in range(len(run) - 1)
            if len(run) == 2 or not self._count(Query(Phrase(run[at : at + 2])))
        ]
        return [at for at in range(len(run)) if all(at in (pair, pair + 1) for pair in missing)]

    def _with_one_other(self, run: str, at: int) -> list[str]:
        """What visible records say that differs from *run* at this place alone."""
        before, after = run[:at], run[at + 1 :]
        parts = tuple(Phrase(part) for part in (before, after) if part)
        like = re.compile(f"{re.escape(before)}[^\\W\\d_a-z]{re.escape(after)}")
        said: Counter[str] = Counter()
        for stored in self._stored(Every(parts) if len(parts) > 1 else parts[0]):
            label = stored["customer"][1] if stored["customer"] else ""
            for text in (stored["title"], label, stored["body"]):
                said.update(like.findall(comparable(text)))
        said.pop(run, None)
        return [text for text, _ in said.most_common(MOST_MEANT)]

    def _count(self, query: Query) -> int:
        if query.root is None:
            return FEW + 1
        found = self._snapshot.find(query, self._access, self._narrowing)
        return found.page(Order.BEST, 0, 0).total

    def _stored(self, node: Node) -> Iterable[Stored]:
        found = self._snapshot.find(Query(node), self._access, self._narrowing)
        return found.page(Order.BEST, 0, MOST_READ).stored


def _differs_in_one(word: str, run: str) -> bool:
    pairs = list(zip(word, run, strict=False))
    return len(word) == len(run) and sum(one != other for one, other in pairs) == 1


def _correctable(typed: str) -> Iterator[tuple[int, int]]:
    """Where in *typed* there are runs that may be corrected: Chinese, or pinyin."""
    folded, positions = fold_with_positions(typed)
    at = 0
    for run, is_han in runs(folded):
        start = folded.index(run, at)
        at = start + len(run)
        follows = folded[at : at + 1]
        if follows == ":" or not (is_han or may_be_pinyin(run)):
            continue
        if (SHORTEST if is_han else 4) <= len(run) <= (LONGEST if is_han else 3 * LONGEST):
            yield positions[start], positions[at - 1] + 1
