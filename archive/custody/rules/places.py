"""Places of paper originals: 柜, 柜-格, 柜-格-卷."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

PART = r"[\w.]{1,16}"
PLACE = re.compile(rf"{PART}(-{PART}){{0,2}}")


@dataclass(frozen=True)
class Place:
    """A cabinet, or a compartment of one, and how many papers it holds."""

    name: str
    papers: int
    parts: int
    """Compartments of a cabinet, volumes of a compartment."""
    is_cabinet: bool


def tidied(text: str) -> str | None:
    """The place that *text* names; None where it is none."""
    text = re.sub(r"\s*[-—–－/]\s*", "-", text.strip())
    return text if PLACE.fullmatch(text) else None


def levels(place: str) -> list[str]:
    """Cabinet, compartment and volume of *place*, each by its whole name."""
    parts = place.split("-")
    return ["-".join(parts[: end + 1]) for end in range(len(parts))]


def is_inside(place: str | None, of: str) -> bool:
    """Whether *place* is the place *of*, or a part of it."""
    return place is not None and (place == of or place.startswith(f"{of}-"))


def in_order(name: str) -> list[tuple[int, int, str]]:
    """Sorts places as people count them: 2 before 10."""
    return [
        (0, int(part), "") if part.isdecimal() else (1, 0, part)
        for part in re.split(r"(\d+)", name)
        if part
    ]


def shelved(papers: Mapping[str, int]) -> list[Place]:
    """Every cabinet, each followed by its compartments, from how many papers each place holds."""
    counts: dict[str, int] = {}
    parts: dict[str, set[str]] = {}
    for place, number in papers.items():
        names = levels(place)
        for level, name in enumerate(names[:2]):
            counts[name] = counts.get(name, 0) + number
            parts.setdefault(name, set()).update(names[level + 1 : level + 2])
    return [
        Place(name, counts[name], len(parts[name]), is_cabinet="-" not in name)
        for name in ordered(counts)
    ]


def ordered(names: Iterable[str]) -> list[str]:
    """*names* in the order of the shelves; a cabinet before its compartments."""
    return sorted(names, key=lambda name: [in_order(part) for part in name.split("-")])
