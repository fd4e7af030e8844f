"""Two versions of a draft next to each other: only what changed, in its clauses."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from flask import Blueprint, Response, render_template, request
from flask_babel import gettext

from archive import clock
from archive.actor import Right
from archive.contracts.models import Contract, DraftVersion
from archive.contracts.service import drafting
from archive.contracts.service.comparing import (
    TEMPLATE,
    Sides,
    as_generated,
    choose_sides,
    compare_versions,
    track_versions,
)
from archive.docgen.places import Region
from archive.errors import NotFound
from archive.redline import COUNTED, Change, ChangeKind
from archive.web.context import actor, seams
from archive.web.documents import send_document
from archive.web.guard import needs

blueprint = Blueprint("comparing", __name__, template_folder="../templates")

NEAR = 1  # paragraphs before and after a change that are shown with it


@dataclass(frozen=True)
class Stop:
    """A stretch of the page: a change, a paragraph near one, or many that are folded away."""

    changes: tuple[Change, ...]
    number: int = 0
    """Of a change: which one, from the top."""
    is_folded: bool = False
    heading: str = ""
    """What is said above it, where it starts another clause or part of the pages."""
    region: Region | None = None


@blueprint.get("/contracts/<number>/compare")
@needs(Right.OPEN_CONTRACT, Right.REVIEW_CONTRACT)
def page(number: str) -> str:
    """``?old=1&new=2``; ``old=template`` is the company's template as it was filled."""
    contract, _ = drafting.open_contract(number, actor=actor())
    sides = _sides(contract)
    is_one = sides.old.number == sides.new.number
    found = (
        None
        if is_one
        else compare_versions(contract, sides, actor=actor(), now=clock.now(), parts=seams())
    )
    return render_template(
        "contracts/compare.html",
        contract=contract,
        sides=sides,
        asked=TEMPLATE if sides.is_template else str(sides.old.number),
        olds=_olds(contract, sides),
        found=found,
        counted=COUNTED,
        stops=[*stops_of(found.changes)] if found else [],
        renumbered=[
            each for each in (found.changes if found else ()) if each.kind is ChangeKind.RENUMBERED
        ],
        is_whole="whole" in request.args,
    )


@blueprint.get("/contracts/<number>/compare.docx")
@needs(Right.OPEN_CONTRACT, Right.REVIEW_CONTRACT)
def tracked_file(number: str) -> Response:
    """The same as a Word file with tracked changes."""
    contract, customer = drafting.open_contract(number, actor=actor())
    sides = _sides(contract)
    content = track_versions(contract, sides, actor=actor(), now=clock.now(), parts=seams())
    return send_document(content, name_of_file(customer.name, contract.number, sides))


def name_of_file(customer: str, number: str, sides: Sides) -> str:
    """What a file with tracked changes is saved as."""
    words = gettext("修订稿")
    return f"{customer}-{number}-v{sides.old.number}-v{sides.new.number}-{words}.docx"


def _sides(contract: Contract) -> Sides:
    old = request.args.get("old", "")
    asked = old if old == TEMPLATE or old.isdecimal() else None
    return choose_sides(contract, asked, request.args.get("new", type=int))


def _olds(contract: Contract, sides: Sides) -> list[tuple[str, str]]:
    """What the version may be compared with: the earlier ones, and its template."""
    found = [
        (str(each.number), name_of(each))
        for each in reversed(contract.drafts)
        if each.number < sides.new.number
    ]
    try:
        made = as_generated(contract, sides.new)
    except NotFound:
        return found
    if made.number == sides.new.number:
        return found
    template = gettext("公司模板（生成时的原文，第 %(number)s 版）", number=made.number)
    return [*found, (TEMPLATE, template)]


def name_of(version: DraftVersion) -> str:
    """A version in a list of them."""
    return gettext(
        "第 %(number)s 版（%(source)s）",
        number=version.number,
        source=gettext(version.source.label),
    )


def stops_of(changes: Sequence[Change]) -> Iterator[Stop]:
    """*changes* as the page shows them: what did not change is folded, but for what is near."""
    shown = {
        near
        for at, each in enumerate(changes)
        if each.kind in COUNTED
        for near in range(max(at - NEAR, 0), min(at + NEAR + 1, len(changes)))
        if changes[near].unit.region is each.unit.region
    }
    folded: list[Change] = []
    number, above = 0, ("", Region.BODY)
    for at, each in enumerate(changes):
        if at not in shown:
            folded.append(each)
            continue
        if folded:
            yield Stop(tuple(folded), is_folded=True)
            folded = []
        number += each.kind in COUNTED
        here = (each.clause, each.unit.region)
        heading, region = _heading(each, above)
        above = here
        yield Stop((each,), number if each.kind in COUNTED else 0, False, heading, region)
    if folded:
        yield Stop(tuple(folded), is_folded=True)


def _heading(change: Change, above: tuple[str, Region]) -> tuple[str, Region | None]:
    """What is said above *change*; a heading of the contract says it itself."""
    unit = change.unit
    region = unit.region if unit.region is not above[1] else None
    is_heading = unit.clause != unit.above and not unit.is_row
    return "" if change.clause == above[0] or is_heading else change.clause, region
