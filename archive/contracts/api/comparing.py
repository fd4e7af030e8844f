"""Two versions of a draft held against each other over REST."""

from typing import Any

from apiflask import APIBlueprint
from flask import Response
from pydantic import BaseModel, Field

from archive import clock
from archive.actor import Right
from archive.contracts.service import drafting
from archive.contracts.service.comparing import (
    choose_sides,
    compare_versions,
    track_versions,
)
from archive.docgen.places import Region
from archive.redline import COUNTED, ChangeKind
from archive.redline.marking import Mark
from archive.web.context import actor, seams
from archive.web.documents import WORD_FILE, send_document
from archive.web.guard import needs
from archive.web.shapes import Out, reads

api = APIBlueprint("comparing_api", __name__, url_prefix="/api/v1/contracts", tag="contracts")


class ComparisonQuery(BaseModel):
    """Which versions: by default the newest one and the one before it."""

    old: str | None = Field(
        None,
        pattern=r"^(\d{1,5}|template)$",
        description="A version, or `template`: the company's template as it was filled",
    )
    new: int | None = Field(None, ge=1, le=100_000)


class StretchOut(Out):
    """A stretch of text, all of which stays, goes or comes."""

    mark: Mark
    text: str


class ChangeOut(Out):
    """What became of a paragraph or of a row, which has a list of stretches for each cell."""

    kind: ChangeKind
    region: Region = reads("unit.region")
    clause: str
    """The heading that it is under."""
    came_from: str
    """The heading under which it was, where it was moved from another."""
    old_label: str
    label: str = reads("unit.label")
    is_row: bool = reads("unit.is_row")
    cells: list[list[StretchOut]]


class CountsOut(Out):
    """How many paragraphs and rows there are of each kind."""

    same: int
    renumbered: int
    changed: int
    inserted: int
    deleted: int
    moved: int


class ComparisonOut(Out):
    """What a version says otherwise than another; looks are not compared."""

    old: int
    new: int
    counts: CountsOut
    changes: list[ChangeOut]


@api.get("/<number>/comparison")
@api.input(ComparisonQuery, location="query")
@api.output(ComparisonOut)
@needs(Right.OPEN_CONTRACT, Right.REVIEW_CONTRACT)
def read_comparison(number: str, query_data: ComparisonQuery) -> dict[str, Any]:
    """What changed from one version to another, clause by clause."""
    contract, _ = drafting.open_contract(number, actor=actor())
    sides = choose_sides(contract, query_data.old, query_data.new)
    found = compare_versions(contract, sides, actor=actor(), now=clock.now(), parts=seams())
    return {
        "old": sides.old.number,
        "new": sides.new.number,
        "counts": {kind.value: found.counts[kind] for kind in ChangeKind},
        "changes": [each for each in found.changes if each.kind in COUNTED],
    }


@api.get("/<number>/comparison.docx")
@api.input(ComparisonQuery, location="query")
@api.doc(responses=WORD_FILE)
@needs(Right.OPEN_CONTRACT, Right.REVIEW_CONTRACT)
def read_tracked(number: str, query_data: ComparisonQuery) -> Response:
    """The same as a Word file with tracked changes: to accept them all gives the new version."""
    contract, customer = drafting.open_contract(number, actor=actor())
    sides = choose_sides(contract, query_data.old, query_data.new)
    content = track_versions(contract, sides, actor=actor(), now=clock.now(), parts=seams())
    name = f"{customer.name}-{contract.number}-v{sides.old.number}-v{sides.new.number}.docx"
    return send_document(content, name)
