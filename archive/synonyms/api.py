"""Words that mean the same, over REST."""

from typing import Any

from apiflask import APIBlueprint
from flask import url_for

from archive import clock
from archive.actor import Right
from archive.synonyms import service
from archive.synonyms.forms import SynonymsInput
from archive.synonyms.lists import SYNONYMS
from archive.synonyms.models import Synonyms
from archive.synonyms.rules import WordsState
from archive.web.api import Page, Paging, page_of, seen_revision
from archive.web.context import actor
from archive.web.guard import needs
from archive.web.inputs import ReasonInput
from archive.web.repeats import once
from archive.web.shapes import RecordOut, Tagged, tagged

api = APIBlueprint("synonyms_api", __name__, url_prefix="/api/v1/synonyms", tag="synonyms")


class SynonymsOut(RecordOut):
    """A group of words that search looks for together."""

    words: list[str]
    state: WordsState


class SynonymsPage(Page[SynonymsOut]):
    """A page of groups."""


@api.get("")
@api.input(SYNONYMS.query("SynonymsQuery"), location="query")
@api.output(SynonymsPage)
@needs(Right.MANAGE_SYNONYMS)
def list_groups(query_data: Paging) -> dict[str, Any]:
    """The company's groups of words that mean the same."""
    found = SYNONYMS.narrow(Synonyms.objects, query_data.model_dump())
    return page_of(found.order_by("order", "id"), query_data)


@api.post("")
@once
@api.input(SynonymsInput)
@api.output(SynonymsOut, status_code=201)
@needs(Right.MANAGE_SYNONYMS)
def add_group(json_data: SynonymsInput) -> Tagged:
    """Add a group; the next search uses it."""
    group = service.add_group(json_data.words, actor=actor(), now=clock.now())
    return tagged(group, address=url_for("synonyms_api.read_group", key=group.key))


@api.get("/<key>")
@api.output(SynonymsOut)
@needs(Right.MANAGE_SYNONYMS)
def read_group(key: str) -> Tagged:
    """One group, with its ETag."""
    return tagged(Synonyms.find(key))


@api.put("/<key>")
@api.input(SynonymsInput)
@api.output(SynonymsOut)
@needs(Right.MANAGE_SYNONYMS)
def edit_group(key: str, json_data: SynonymsInput) -> Tagged:
    """Change the words of a group; `If-Match` names the revision that was read."""
    group = service.edit_group(
        Synonyms.find(key),
        actor=actor(),
        now=clock.now(),
        seen=seen_revision(),
        words=json_data.words,
    )
    return tagged(group)


@api.post("/<key>/stop")
@api.input(ReasonInput)
@api.output(SynonymsOut)
@needs(Right.MANAGE_SYNONYMS)
def stop_group(key: str, json_data: ReasonInput) -> Tagged:
    """Have search no longer use a group, and say why."""
    group = Synonyms.find(key)
    return tagged(service.stop_group(group, json_data.reason, actor=actor(), now=clock.now()))


@api.post("/<key>/resume")
@api.input(ReasonInput)
@api.output(SynonymsOut)
@needs(Right.MANAGE_SYNONYMS)
def resume_group(key: str, json_data: ReasonInput) -> Tagged:
    """Have search use a group again, and say why."""
    group = Synonyms.find(key)
    return tagged(service.resume_group(group, json_data.reason, actor=actor(), now=clock.now()))
