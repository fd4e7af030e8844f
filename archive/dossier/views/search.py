"""Search: where was that?"""

from typing import Any

from flask import Blueprint, render_template, request, url_for
from werkzeug.datastructures import MultiDict

from archive.dossier.serving import PARAMETERS, address_of, asked_in, find
from archive.search import Facet, Hit
from archive.terms import N_
from archive.web.context import actor, seams
from archive.web.guard import signed_in

blueprint = Blueprint("search", __name__, template_folder="../templates")

FACET_WORDS = {
    Facet.KIND: N_("类型"),
    Facet.CUSTOMER: N_("客户"),
    Facet.PERSON: N_("人员"),
    Facet.STATUS: N_("状态"),
}
PAGES_SHOWN = 500


@blueprint.get("/search")
@signed_in
def page() -> str:
    asked = asked_in(request.args)
    results = find(asked, actor=actor(), parts=seams())
    is_fragment = request.headers.get("HX-Request") == "true"
    return render_template(
        "dossier/search_results.html" if is_fragment else "dossier/search.html",
        asked=asked,
        results=results,
        facets=[(name, FACET_WORDS[facet], facet) for name, facet in PARAMETERS.items()],
        pages=min(PAGES_SHOWN, -(-results.total // asked.per_page)),
        hit_url=hit_url,
        url_with=url_with,
        has_asked=bool(asked.text or asked.is_narrowed),
        first=(asked.page - 1) * asked.per_page + 1,
    )


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
