"""Two texts, character by character: what stays, what goes, what comes."""

import re
from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby

from archive.redline.steps import steps_of

LONGEST = 8000
"""Words and characters of a text that is compared one by one; of a longer one, its two ends."""
_TOKENS = re.compile(r"[A-Za-z]+|\d[\d,.]*|\s+|.", re.DOTALL)


class Mark(StrEnum):
    """What became of a stretch of text."""

    SAME = "same"
    DELETED = "deleted"
    INSERTED = "inserted"


@dataclass(frozen=True, slots=True)
class Stretch:
    """A stretch of text, all of which stays, goes or comes."""

    mark: Mark
    text: str


def mark_text(old: str, new: str) -> tuple[Stretch, ...]:
    """*old* and *new* in one: amounts and Latin words are whole, Chinese is marked by character."""
    if old == new:
        return (Stretch(Mark.SAME, new),) if new else ()
    before, after = _TOKENS.findall(old), _TOKENS.findall(new)
    start = _common(before, after)
    end = _common(before[start:][::-1], after[start:][::-1])
    middle = before[start : len(before) - end], after[start : len(after) - end]
    found = [
        Stretch(Mark.SAME, "".join(after[:start])),
        *_between(*middle),
        Stretch(Mark.SAME, "".join(after[len(after) - end :])),
    ]
    return _joined(found)


def _common(before: list[str], after: list[str]) -> int:
    """How many of their first tokens two texts share."""
    count = 0
    for one, other in zip(before, after, strict=False):
        if one != other:
            break
        count += 1
    return count


def _between(before: list[str], after: list[str]) -> list[Stretch]:
    if max(len(before), len(after)) > LONGEST or not before or not after:
        return _replaced(before, after)
    found: list[Stretch] = []
    for step in steps_of(before, after):
        come = [after[at] for at in step.new]
        if step.is_same:
            found.append(Stretch(Mark.SAME, "".join(come)))
        else:
            found += _replaced([before[at] for at in step.old], come)
    return _smooth(found)


def _replaced(before: list[str], after: list[str]) -> list[Stretch]:
    return [Stretch(Mark.DELETED, "".join(before)), Stretch(Mark.INSERTED, "".join(after))]


def _smooth(found: list[Stretch]) -> list[Stretch]:
    """Without single characters that two texts share by chance amid what was replaced."""
    smooth: list[Stretch] = []
    for at, each in enumerate(found):
        is_lone = each.mark is Mark.SAME and len(each.text) == 1 and not each.text.isspace()
        if is_lone and _length(found[:at], step=-1) > 1 and _length(found[at + 1 :], step=1) > 1:
            smooth += _replaced([each.text], [each.text])
        else:
            smooth.append(each)
    return smooth


def _length(stretches: list[Stretch], *, step: int) -> int:
    """How much is marked directly before or after."""
    total = 0
    for each in stretches[::step]:
        if each.mark is Mark.SAME:
            break
        total += len(each.text)
    return total


def _joined(found: list[Stretch]) -> tuple[Stretch, ...]:
    """Neighbours put together: between stretches that stay, one that goes and one that comes."""
    joined: list[Stretch] = []
    said = (each for each in found if each.text)
    for stays, group in groupby(said, key=lambda each: each.mark is Mark.SAME):
        stretches = [*group]
        for mark in (Mark.SAME,) if stays else (Mark.DELETED, Mark.INSERTED):
            text = "".join(each.text for each in stretches if each.mark is mark)
            if text:
                joined.append(Stretch(mark, text))
    return tuple(joined)
