"""Versions of a draft over REST: uploading one, going back, what keeps one from being submitted."""

from dataclasses import asdict
from typing import Any

from apiflask import APIBlueprint
from apiflask.fields import UploadFile
from flask_babel import gettext
from pydantic import ConfigDict, Field

from archive import clock
from archive.actor import Right
from archive.contracts.api.contracts import ContractOut, DraftQuery
from archive.contracts.forms import DraftFileInput
from archive.contracts.models import Contract
from archive.contracts.service import drafting, versions
from archive.contracts.serving import NO_TEMPLATE, read_upload
from archive.redline import Obstacle, ObstacleKind
from archive.web.api import seen_revision
from archive.web.context import actor, seams
from archive.web.guard import needs
from archive.web.inputs import ReasonInput
from archive.web.repeats import once
from archive.web.shapes import Out, Tagged, reads, tagged
from archive.web.spool import takes_files

api = APIBlueprint("versions_api", __name__, url_prefix="/api/v1/contracts", tag="contracts")


class DraftFile(DraftFileInput):
    """A Word file as the next version of a draft."""

    model_config = ConfigDict(arbitrary_types_allowed=True)

    file: UploadFile = Field(description="A .docx of 10 MB at most")


def place_of(obstacle: Obstacle) -> str:
    """Where *obstacle* is, in words."""
    facts = asdict(obstacle.place) | {"region": gettext(obstacle.place.region.label)}
    return gettext(obstacle.place.message) % facts


class ObstacleOut(Out):
    """One thing that keeps a version from being submitted for review."""

    kind: ObstacleKind
    place: str = reads(place_of)
    clause: str
    """The heading above it."""
    says: str = reads(lambda each: gettext(each.message) % {"subject": each.subject})
    remedy: str = reads(lambda each: gettext(each.remedy))


class ObstaclesOut(Out):
    """What keeps a version from being submitted for review; nothing: it may be."""

    version: int
    obstacles: list[ObstacleOut]


@api.post("/<number>/versions")
@once
@api.input(DraftFile, location="form_and_files")
@api.output(ContractOut, status_code=201)
@takes_files(NO_TEMPLATE)
@needs(Right.DRAFT_CONTRACT, of=Contract.numbered)
def upload_version(number: str, form_and_files_data: DraftFile) -> Tagged:
    """Keep a Word file as the next version of the draft; `If-Match` names the revision read.

    A file that bears another contract's number, or none, is refused unless `is_ours` is true.
    """
    seen = seen_revision()
    contract, _ = drafting.open_contract(number, actor=actor())
    file = versions.WordFile(*read_upload(form_and_files_data.file, seams().recognition))
    contract = versions.add_version(
        contract,
        file,
        **form_and_files_data.model_dump(exclude={"file"}),
        actor=actor(),
        now=clock.now(),
        seen=seen,
        parts=seams(),
    )
    return tagged(contract)


@api.post("/<number>/versions/<int:version>/repeat")
@api.input(ReasonInput)
@api.output(ContractOut)
@needs(Right.DRAFT_CONTRACT, of=Contract.numbered)
def repeat_version(number: str, version: int, json_data: ReasonInput) -> Tagged:
    """Make an earlier version the newest again, and say why; all versions stay."""
    contract, _ = drafting.open_contract(number, actor=actor())
    contract = versions.repeat_version(
        contract, version, json_data.reason, actor=actor(), now=clock.now()
    )
    return tagged(contract)


@api.get("/<number>/obstacles")
@api.input(DraftQuery, location="query")
@api.output(ObstaclesOut)
@needs(Right.OPEN_CONTRACT, Right.REVIEW_CONTRACT)
def read_obstacles(number: str, query_data: DraftQuery) -> dict[str, Any]:
    """What keeps the newest version, or the one named, from being submitted for review."""
    contract, _ = drafting.open_contract(number, actor=actor())
    version = contract.draft(query_data.version)
    found = versions.obstacles_of(contract, version, actor=actor(), parts=seams())
    return {"version": version.number, "obstacles": found}
