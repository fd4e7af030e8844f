"""Two sequences in one: what both have in their order, and what is between."""

from collections.abc import Hashable, Iterator, Sequence
from dataclasses import dataclass

from rapidfuzz.distance import LCSseq


@dataclass(frozen=True, slots=True)
class Step:
    """A stretch of both sequences, by places: the same in both, or one in place of the other."""

    is_same: bool
    old: range
    new: range


def steps_of(old: Sequence[Hashable], new: Sequence[Hashable]) -> Iterator[Step]:
    """The stretches of both from the first to the last; no two that differ follow each other."""
    was = at = 0
    for each in LCSseq.opcodes(old, new):
        if each.tag != "equal":
            continue
        if was < each.src_start or at < each.dest_start:
            yield Step(False, range(was, each.src_start), range(at, each.dest_start))
        was, at = each.src_end, each.dest_end
        yield Step(True, range(each.src_start, was), range(each.dest_start, at))
    if was < len(old) or at < len(new):
        yield Step(False, range(was, len(old)), range(at, len(new)))
