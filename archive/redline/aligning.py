"""Which unit of one file is which of the other: the same, changed, moved, or in one alone."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from rapidfuzz.fuzz import ratio
from rapidfuzz.process import cdist

from archive.redline.steps import Step, steps_of
from archive.redline.units import Unit

ALIKE = 50.0  # of 100: from here on it is taken for a change of the other
SAME_LABEL = 5.0  # what a number in common adds
MOVED_ALIKE = 80.0  # elsewhere in the file a unit has to be more alike
LEAST_MOVED = 10  # characters: shorter ones are alike by chance
MOST_PAIRS = 250_000  # that are looked at one by one
LOOKED_AT = 400  # characters of a unit


@dataclass(frozen=True, slots=True)
class Pair:
    """A unit of the old file, of the new one, or both; `is_moved`: not in their order."""

    old: int | None
    new: int | None
    is_moved: bool = False


def align(old: Sequence[Unit], new: Sequence[Unit]) -> list[Pair]:
    """The units of both, each once, in the order of the new file.

    What is in the old one alone comes where it was; what was moved, where it is now.
    """
    before, after = [each.key for each in old], [each.key for each in new]
    pairs: list[Pair] = []
    for step in steps_of(before, after):
        if step.is_same:
            pairs += map(Pair, step.old, step.new)
        else:
            pairs += _pair_block(old, new, step)
    return _find_moved(pairs, before, after)


def _pair_block(old: Sequence[Unit], new: Sequence[Unit], step: Step) -> list[Pair]:
    """Units in between two that are the same: those alike are one that was changed."""
    gone, come = [old[at] for at in step.old], [new[at] for at in step.new]
    likeness = _likeness([each.key for each in gone], [each.key for each in come], ALIKE)
    if likeness is None:
        return [*(Pair(at, None) for at in step.old), *(Pair(None, at) for at in step.new)]
    named = [np.array([each.label for each in units], object) for units in (gone, come)]
    likeness += SAME_LABEL * (likeness > 0) * np.equal.outer(*named)
    pairs: list[Pair] = []
    row = column = 0
    for matched_row, matched_column in [*_best_order(likeness), (len(gone), len(come))]:
        pairs += [Pair(step.old[at], None) for at in range(row, matched_row)]
        pairs += [Pair(None, step.new[at]) for at in range(column, matched_column)]
        if matched_row < len(gone):
            pairs.append(Pair(step.old[matched_row], step.new[matched_column]))
        row, column = matched_row + 1, matched_column + 1
    return pairs


def _likeness(before: list[str], after: list[str], least: float) -> NDArray[np.float32] | None:
    """How alike each of *before* is to each of *after*, 0 below *least*; None: too many to ask."""
    if not before or not after or len(before) * len(after) > MOST_PAIRS:
        return None
    return cdist(
        [each[:LOOKED_AT] for each in before],
        [each[:LOOKED_AT] for each in after],
        scorer=ratio,
        score_cutoff=least,
        dtype=np.float32,
    )


def _best_order(likeness: NDArray[np.float32]) -> list[tuple[int, int]]:
    """The pairs, in the order of both, that are most alike together."""
    rows, columns = likeness.shape
    best = np.zeros((rows + 1, columns + 1), np.float32)
    for row in range(rows - 1, -1, -1):
        taken = np.where(likeness[row] > 0, likeness[row] + best[row + 1, 1:], 0.0)
        below = np.maximum(taken, best[row + 1, :-1])
        # The best from each column on is the best of all to its right.
        best[row, :-1] = np.maximum.accumulate(below[::-1])[::-1]
    found, row, column = [], 0, 0
    while row < rows and column < columns:
        here = best[row, column]
        if likeness[row, column] > 0 and here == likeness[row, column] + best[row + 1, column + 1]:
            found.append((row, column))
            row, column = row + 1, column + 1
        elif here == best[row + 1, column]:
            row += 1
        else:
            column += 1
    return found


def _find_moved(pairs: list[Pair], before: list[str], after: list[str]) -> list[Pair]:
    """*pairs* with those put together that were taken out here and put in there."""
    gone = [each.old for each in pairs if each.new is None and each.old is not None]
    come = [each.new for each in pairs if each.old is None and each.new is not None]
    partners = _the_same({at: before[at] for at in gone}, {at: after[at] for at in come})
    known = {*partners.values()}
    gone = [at for at in gone if at not in known and len(before[at]) >= LEAST_MOVED]
    come = [at for at in come if at not in partners and len(after[at]) >= LEAST_MOVED]
    moved = _moves([before[at] for at in gone], [after[at] for at in come])
    partners |= {come[column]: gone[row] for row, column in moved}
    left = set(partners.values())
    found: list[Pair] = []
    for each in pairs:
        if each.new is None and each.old in left:
            continue
        if each.old is None and each.new in partners:
            found.append(Pair(partners[each.new], each.new, is_moved=True))
        else:
            found.append(each)
    return found


def _the_same(gone: dict[int, str], come: dict[int, str]) -> dict[int, int]:
    """Of what came each that says what went, where nothing else does: with that."""
    went, came = Counter(gone.values()), Counter(come.values())
    places = {key: at for at, key in gone.items() if went[key] == 1}
    return {at: places[key] for at, key in come.items() if key in places and came[key] == 1}


def _moves(before: list[str], after: list[str]) -> list[tuple[int, int]]:
    """Each of *before* with the one of *after* that it became, the most alike first."""
    likeness = _likeness(before, after, MOVED_ALIKE)
    if likeness is None:
        return []
    rows, columns = np.nonzero(likeness)
    chosen: dict[int, int] = {}
    taken: set[int] = set()
    for at in np.argsort(-likeness[rows, columns], kind="stable"):
        row, column = int(rows[at]), int(columns[at])
        if row not in chosen and column not in taken:
            chosen[row] = column
            taken.add(column)
    return [*chosen.items()]
