"""Merging two archives of one customer, over REST."""

from typing import Any

from apiflask import APIBlueprint
from flask import url_for

from archive import clock
from archive.actor import Right
from archive.customers.models import Customer
from archive.upkeep.forms import MergeOfInput
from archive.upkeep.lists import MERGES
from archive.upkeep.models import Merge
from archive.upkeep.rules import MergeState
from archive.upkeep.service.merging import merge
from archive.upkeep.service.unmerging import undo_merge
from archive.web.api import Page, Paging, page_of
from archive.web.context import actor
from archive.web.guard import needs
from archive.web.inputs import ReasonInput
from archive.web.repeats import once
from archive.web.shapes import Instant, RecordOut, Tagged, tagged

api = APIBlueprint("merges_api", __name__, url_prefix="/api/v1/merges", tag="customers")


class MergeOut(RecordOut):
    """Two archives that became one."""

    number: str
    state: MergeState
    kept_number: str
    kept_name: str
    other_number: str
    other_code: str
    other_name: str
    reason: str
    made_by_name: str
    moved_in_all: int
    undoable_until: Instant
    undone_because: str | None


class MergesPage(Page[MergeOut]):
    """A page of merges."""


@api.get("")
@api.input(MERGES.query("MergeQuery"), location="query")
@api.output(MergesPage)
@needs(Right.MERGE_CUSTOMERS)
def list_merges(query_data: Paging) -> dict[str, Any]:
    """Every merge, the latest first."""
    found = MERGES.narrow(Merge.shown(), query_data.model_dump())
    return page_of(found.order_by("-created_at", "id"), query_data)


@api.post("")
@once
@api.input(MergeOfInput)
@api.output(MergeOut, status_code=201)
@needs(Right.MERGE_CUSTOMERS)
def merge_archives(json_data: MergeOfInput) -> Tagged:
    """Make `other` part of `kept`.

    `choices` says by field which is right, `rows` by row that both have (``figures-2026-3``); a row
    without a choice answers 422 `choice-needed`. The revisions are those that were compared.
    """
    done = merge(
        Customer.find(json_data.kept),
        Customer.find(json_data.other),
        actor=actor(),
        now=clock.now(),
        reason=json_data.reason,
        seen=(json_data.kept_revision, json_data.other_revision),
        choices=json_data.choices,
        rows=json_data.rows,
    )
    return tagged(done, address=url_for("merges_api.read_merge", number=done.number))


@api.get("/<number>")
@api.output(MergeOut)
@needs(Right.MERGE_CUSTOMERS)
def read_merge(number: str) -> Tagged:
    """One merge, with its ETag."""
    return tagged(Merge.open(number))


@api.post("/<number>/undo")
@api.input(ReasonInput)
@api.output(MergeOut)
@needs(Right.MERGE_CUSTOMERS)
def undo(number: str, json_data: ReasonInput) -> Tagged:
    """Make two archives again, within 30 days."""
    found = Merge.open(number)
    return tagged(undo_merge(found, actor=actor(), now=clock.now(), reason=json_data.reason))
