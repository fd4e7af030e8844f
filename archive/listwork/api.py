"""Saved views over REST."""

from typing import Any

from apiflask import APIBlueprint

from archive.actor import Right, Role
from archive.listwork.models import SavedView
from archive.web.api import Page, Paging, page_of
from archive.web.context import actor
from archive.web.guard import needs
from archive.web.shapes import Key, Out, reads

api = APIBlueprint("listwork_api", __name__, url_prefix="/api/v1/views", tag="views")


Strings = list[str]  # one of the fields below is called list


class ViewOut(Out):
    """How somebody wants to see a list."""

    id: Key
    name: str
    list: str = reads("on")
    owner: str = reads("owner_name")
    role: Role | None
    filters: dict[str, Any]
    columns: Strings
    sort: str | None


class ViewsPage(Page[ViewOut]):
    """A page of views."""


@api.get("")
@api.input(Paging, location="query")
@api.output(ViewsPage)
@needs(Right.SEE_VIEWS)
def list_views(query_data: Paging) -> dict[str, Any]:
    """The views that the person may open: their own, and those shared with a role of theirs."""
    return page_of(SavedView.offered_to(actor()).order_by("on", "name", "id"), query_data)
