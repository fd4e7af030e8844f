"""Search over REST."""

from datetime import date
from typing import Any

from apiflask import APIBlueprint
from flask import url_for
from flask_babel import gettext
from pydantic import BaseModel, ConfigDict, Field

from archive.dossier import serving
from archive.dossier.serving import PARAMETERS, Asked, address_of, find
from archive.search import Hit, Order, Suggestion
from archive.web.api import Page, Paging
from archive.web.context import actor, seams
from archive.web.guard import signed_in
from archive.web.shapes import Instant, Out, Words, reads

api = APIBlueprint("search_api", __name__, url_prefix="/api/v1/search", tag="search")

ONE_OR_MORE = "One value, or several with commas between them; values stand in `counts`"


class SearchQuery(Paging):
    """What to look for."""

    model_config = ConfigDict(extra="ignore", populate_by_name=True)

    q: str = Field(
        "", max_length=300, description='Words, "phrases", AND OR NOT, customer:…, 2026*'
    )
    type: str = Field("", max_length=300, description=ONE_OR_MORE)
    customer: str = Field("", max_length=300, description=ONE_OR_MORE)
    person: str = Field("", max_length=300, description=ONE_OR_MORE)
    status: str = Field("", max_length=300, description=ONE_OR_MORE)
    since: date | None = Field(None, alias="from", description="First day")
    until: date | None = Field(None, alias="to", description="Last day")
    sort: Order = Field(Order.BEST, description="Best or newest first")
    synonyms: bool = Field(True, description="Look for other words for the same too, after it")

    def asked(self) -> Asked:
        """This query as `archive.dossier.serving` takes it."""
        return Asked(
            text=self.q,
            chosen={
                facet: frozenset(filter(None, getattr(self, name).split(",")))
                for name, facet in PARAMETERS.items()
            },
            since=self.since,
            until=self.until,
            order=self.sort,
            page=self.page,
            per_page=self.per_page,
            is_wide=self.synonyms,
        )


def address_to(found: Hit | Suggestion) -> str | None:
    """Where the record is shown: under the address of our settings, never what was asked under."""
    address = address_of(found)
    if address is None:
        return None
    return seams().settings.public_url.rstrip("/") + url_for(
        address.page, **address.values, _external=False
    )


class SegmentOut(Out):
    """A piece of plain text; marked where it matches. Escape it like any text."""

    text: str
    marked: bool


class TagOut(Out):
    """A value with the words that people see."""

    value: str
    label: str


class TermOut(TagOut):
    """A kind or a status, in the language of the asker."""

    label: Words


class CountOut(TagOut):
    """A value with how many results carry it."""

    value: str = reads("tag.value")
    label: str = reads("tag.label")
    total: int


class TermCountOut(CountOut):
    """A kind or a status with how many results carry it."""

    label: Words = reads("tag.label")


class CountsOut(Out):
    """How many results carry which value, without the choice made in the same list."""

    type: list[TermCountOut]
    customer: list[CountOut]
    person: list[CountOut]
    status: list[TermCountOut]


class HitOut(Out):
    """One found record."""

    id: str
    type: TermOut = reads("kind")
    title: list[SegmentOut]
    snippet: list[SegmentOut]
    customer: TagOut | None
    people: list[TagOut]
    at: Instant | None
    status: TermOut | None
    url: str | None = reads(address_to)


class ResultsOut(Page[HitOut]):
    """A page of what was found, among what the person may open."""

    counts: CountsOut
    notes: list[str]
    also: list[str]
    did_you_mean: list[str]
    took_ms: float
    rebuilding: bool
    is_behind: bool


class SuggestQuery(BaseModel):
    """What was typed so far."""

    q: str = Field("", max_length=300)


class SuggestionOut(Out):
    """A title that what was typed may mean."""

    text: str
    type: TermOut = reads("kind")
    customer: TagOut | None
    url: str | None = reads(address_to)


class SuggestionsOut(Out):
    """Titles, the likeliest first."""

    items: list[SuggestionOut]


@api.get("")
@api.input(SearchQuery, location="query")
@api.output(ResultsOut)
@signed_in
def search(query_data: SearchQuery) -> dict[str, Any]:
    """Full text over all records that the person may open.

    `also` names other words for the same, looked for too unless `synonyms` is false;
    `did_you_mean` holds other texts that find more, where nothing or nearly nothing was found.
    `rebuilding` says that the index is being made anew and the newest records may be missing;
    `is_behind` that nobody keeps it up to date, and that there are no `counts` for this reason;
    `notes` what of `q` was not understood as written.
    """
    asked = query_data.asked()
    answered = find(asked, actor=actor(), parts=seams())
    results = answered.results
    return {
        "items": results.hits,
        "page": asked.page,
        "per_page": asked.per_page,
        "total": results.total,
        "counts": {name: results.counts.get(facet, ()) for name, facet in PARAMETERS.items()},
        "notes": [gettext(note) for note in asked.query.notes],
        "also": answered.also if asked.is_wide else (),
        "did_you_mean": answered.meant,
        "took_ms": round(results.took_ms, 1),
        "rebuilding": results.rebuilding,
        "is_behind": results.is_behind,
    }


@api.get("/suggest")
@api.input(SuggestQuery, location="query")
@api.output(SuggestionsOut)
@signed_in
def suggest(query_data: SuggestQuery) -> dict[str, Any]:
    """Titles, numbers and names (also by pinyin) that what was typed may mean."""
    return {"items": serving.suggest(query_data.q, actor=actor(), parts=seams())}
