"""Search over REST."""

from datetime import date, datetime
from typing import Any

from apiflask import APIBlueprint
from flask import url_for
from flask_babel import gettext
from pydantic import BaseModel, ConfigDict, Field

from archive import clock
from archive.dossier.indexing import address_of
from archive.dossier.searching import PARAMETERS, Asked, find
from archive.search import Count, Facet, Hit, Order, Snippet, Suggestion, Tag
from archive.web.api import Page, Paging
from archive.web.context import actor, seams
from archive.web.guard import signed_in

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

    def asked(self) -> Asked:
        """This query as `archive.dossier.searching` takes it."""
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
        )


class SegmentOut(BaseModel):
    """A piece of plain text; marked where it matches. Escape it like any text."""

    text: str
    marked: bool


class TagOut(BaseModel):
    """A value with the words that people see."""

    value: str
    label: str


class CountOut(TagOut):
    """A value with how many results carry it."""

    total: int


class CountsOut(BaseModel):
    """How many results carry which value, without the choice made in the same list."""

    type: list[CountOut]
    customer: list[CountOut]
    person: list[CountOut]
    status: list[CountOut]


class HitOut(BaseModel):
    """One found record."""

    id: str
    type: TagOut
    title: list[SegmentOut]
    snippet: list[SegmentOut]
    customer: TagOut | None
    people: list[TagOut]
    at: datetime | None
    status: TagOut | None
    url: str | None


class ResultsOut(Page[HitOut]):
    """A page of what was found, among what the person may open."""

    counts: CountsOut
    notes: list[str]
    took_ms: float
    rebuilding: bool


class SuggestQuery(BaseModel):
    """What was typed so far."""

    q: str = Field("", max_length=300)


class SuggestionOut(BaseModel):
    """A title that what was typed may mean."""

    text: str
    type: TagOut
    customer: TagOut | None
    url: str | None


class SuggestionsOut(BaseModel):
    """Titles, the likeliest first."""

    items: list[SuggestionOut]


@api.get("")
@api.input(SearchQuery, location="query")
@api.output(ResultsOut)
@signed_in
def search(query_data: SearchQuery) -> dict[str, Any]:
    """Full text over all records that the person may open.

    `rebuilding` says that the index is being made anew and the newest records may be missing;
    `notes` what of `q` was not understood as written.
    """
    asked = query_data.asked()
    results = find(asked, actor=actor(), engine=seams().search)
    return {
        "items": [show_hit(hit) for hit in results.hits],
        "page": asked.page,
        "per_page": asked.per_page,
        "total": results.total,
        "counts": {
            name: [show_count(facet, each) for each in results.counts.get(facet, ())]
            for name, facet in PARAMETERS.items()
        },
        "notes": [gettext(note) for note in asked.query.notes],
        "took_ms": round(results.took_ms, 1),
        "rebuilding": results.rebuilding,
    }


@api.get("/suggest")
@api.input(SuggestQuery, location="query")
@api.output(SuggestionsOut)
@signed_in
def suggest(query_data: SuggestQuery) -> dict[str, Any]:
    """Titles, numbers and names (also by pinyin) that what was typed may mean."""
    found = seams().search.suggest(query_data.q, access=actor().access_tokens())
    return {
        "items": [
            {
                "text": each.text,
                "type": show_term(each.kind),
                "customer": show_name(each.customer),
                "url": show_url(each),
            }
            for each in found
        ]
    }


def show_hit(hit: Hit) -> dict[str, Any]:
    """A hit with the address of its record."""
    return {
        "id": hit.id,
        "type": show_term(hit.kind),
        "title": show_snippet(hit.title),
        "snippet": show_snippet(hit.snippet),
        "customer": show_name(hit.customer),
        "people": [show_name(person) for person in hit.people],
        "at": clock.local(hit.at).isoformat() if hit.at else None,
        "status": show_term(hit.status) if hit.status else None,
        "url": show_url(hit),
    }


def show_snippet(snippet: Snippet) -> list[dict[str, Any]]:
    """The pieces of *snippet*."""
    return [{"text": text, "marked": marked} for text, marked in snippet]


def show_count(facet: Facet, count: Count) -> dict[str, Any]:
    """A count; kinds and statuses in the language of the asker."""
    is_term = facet in (Facet.KIND, Facet.STATUS)
    shown = show_term(count.tag) if is_term else {**count.tag._asdict()}
    return {**shown, "total": count.total}


def show_term(tag: Tag) -> dict[str, str]:
    """A kind or a status, in the language of the asker."""
    return {"value": tag.value, "label": gettext(tag.label)}


def show_name(tag: Tag | None) -> dict[str, str] | None:
    """A customer or a person."""
    return tag._asdict() if tag else None


def show_url(found: Hit | Suggestion) -> str | None:
    """Where the record is shown."""
    address = address_of(found.id, found.kind.value, found.facts)
    return url_for(address.page, **address.values, _external=True) if address else None
