"""Which places hold papers, and what the labels on papers and places say."""

from typing import Any

from archive.custody.rules import places
from archive.custody.rules.places import Place
from archive.custody.rules.sheets import Label
from archive.database import collection_of
from archive.filing.models import Attachment
from archive.recognition import codes

HELD = {"place": {"$gt": ""}, "withdrawn_at": None}
TAIL = 8  # characters of an identity by which a person names a paper


def tail_of(key: str) -> str:
    """By which a person names a paper where no camera is at hand."""
    return key[-TAIL:].upper()


def counts_by_place() -> dict[str, int]:
    """How many papers are kept at each place."""
    groups: list[dict[str, Any]] = [
        {"$match": HELD},
        {"$group": {"_id": "$place", "number": {"$sum": 1}}},
    ]
    return {each["_id"]: each["number"] for each in collection_of(Attachment).aggregate(groups)}


def shelves() -> list[Place]:
    """Every cabinet with its compartments."""
    return places.shelved(counts_by_place())


def label_of_paper(paper: Attachment, address: str) -> Label:
    """What the label of a paper original says; *address* is where a telephone opens it."""
    name = paper.customer.name if paper.customer else ""
    return Label(
        code=codes.write(codes.LabelCode(paper.key), address),
        head=name,
        lines=tuple(filter(None, (paper.title, paper.place))),
        tail=tail_of(paper.key),
    )


def labels_of_places(within: str, address: str) -> list[Label]:
    """A label for *within*, where it is known, and for every place inside of it."""
    known = {name for place in counts_by_place() for name in places.levels(place)}
    wanted = {name for name in known if places.is_inside(name, within)} | {within}
    return [
        Label(code=codes.write(codes.PlaceCode(name), address), head=name, tail="")
        for name in places.ordered(wanted)
    ]
