"""What archives still lack, over REST."""

from typing import Any

from apiflask import APIBlueprint

from archive.actor import Right
from archive.customers.models import Customer
from archive.upkeep.lists import COMPLETENESS
from archive.web.api import Page, Paging, page_of
from archive.web.context import actor
from archive.web.guard import needs
from archive.web.shapes import Key, Out, reads

api = APIBlueprint("completeness_api", __name__, url_prefix="/api/v1/completeness", tag="customers")


class CompletenessOut(Out):
    """How complete a customer's archive is."""

    id: Key
    archive_number: str
    name: str
    salesperson: str | None = reads("salesperson_name")
    completeness: int | None
    missing: list[str]


class CompletenessPage(Page[CompletenessOut]):
    """A page of archives."""


@api.get("")
@api.input(COMPLETENESS.query("CompletenessQuery"), location="query")
@api.output(CompletenessPage)
@needs(Right.OPEN_CUSTOMER)
def list_completeness(query_data: Paging) -> dict[str, Any]:
    """What the archives lack that the person may open, the least complete first.

    `completeness` is in percent. `missing` names fields of the archive, ``paper:`` and a kind of
    attachment, ``keeper`` or ``figures`` (of the month before).
    """
    found = COMPLETENESS.narrow(Customer.visible_to(actor()), query_data.model_dump())
    return page_of(found.order_by("completeness", "id"), query_data)
