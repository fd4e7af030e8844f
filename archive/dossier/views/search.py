"""Search: where was that?"""

from typing import Any

from flask import Blueprint, jsonify, render_template, request, url_for
from flask_babel import gettext
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response

from archive.dossier.serving import (
    OFF,
    PARAMETERS,
    address_of,
    asked_in,
    find,
    may_find,
    offered,
)
from archive.search import Facet, Hit, Suggestion
from archive.terms import N_
from archive.web.context import actor, current_actor, seams
from archive.web.guard import signed_in

blueprint = Blueprint("search", __name__, template_folder="../templates")

FACET_WORDS = {
    Facet.KIND: N_("类型"),
    Facet.CUSTOMER: N_("客户"),
    Facet.PERSON: N_("人员"),
    Facet.STATUS: N_("状态"),
}
PAGES_SHOWN = 500
NUMBERS = ("archive_number", "code", "number")
"""The facts of an entry that its record is known by."""


@blueprint.get("/search")
@signed_in
def page() -> str:
    asked = asked_in(request.args)
    if not may_find(actor()):
        return render_template("dossier/search_none.html")
    answered = find(asked, actor=actor(), parts=seams())
    results = answered.results
    is_fragment = request.headers.get("HX-Request") == "true"
    return render_template(
        "dossier/search_results.html" if is_fragment else "dossier/search.html",
        asked=asked,
        results=results,
        also=answered.also,
        meant=answered.meant,
        facets=[(name, FACET_WORDS[facet], facet) for name, facet in PARAMETERS.items()],
        pages=min(PAGES_SHOWN, -(-results.total // asked.per_page)),
        hit_url=hit_url,
        url_with=url_with,
        off=OFF,
        has_asked=bool(asked.text or asked.is_narrowed),
        first=(asked.page - 1) * asked.per_page + 1,
    )


def shared_by_pages() -> dict[str, bool]:
    """Whether the frame of a page invites its reader to search."""
    who = current_actor()
    return {"may_search": who is not None and may_find(who)}


def hit_url(hit: Hit) -> str | None:
    """Where the record of *hit* is shown."""
    address = address_of(hit)
    return url_for(address.page, **dict[str, Any](address.values)) if address else None


def url_with(**changes: Any) -> str:
    """The address of this search with *changes*; None leaves something out."""
    arguments: MultiDict[str, str] = MultiDict(request.args)
    arguments.pop("page", None)
    for name, value in changes.items():
        arguments.poplist(name)
        if value is not None:
            arguments[name] = str(value)
    target: dict[str, Any] = arguments.to_dict(flat=False)
    return url_for("search.page", **target)


@blueprint.get("/search/offers")
@signed_in
def offers() -> Response:
    """What the search field of the top bar offers for what was typed so far."""
    typed = request.args.get("q", "").strip()
    found = offered(typed, actor=actor(), parts=seams())
    return jsonify([offer_of(each) for each in found])


def offer_of(each: Suggestion) -> dict[str, str]:
    """*each* as the list below the field shows it: what it is, its number, and where it is."""
    number = next((each.facts[name] for name in NUMBERS if name in each.facts), "")
    kind = gettext(each.kind.label)
    address = address_of(each)
    return {
        "text": each.text,
        "label": each.text,
        "note": f"{kind} {number}" if number else kind,
        "address": url_for(address.page, **dict[str, Any](address.values)) if address else "",
    }
