"""Archives whose use is restricted, over REST."""

from typing import Any

from apiflask import APIBlueprint

from archive import clock
from archive.actor import Right
from archive.customers.models import Customer
from archive.upkeep.lists import RESTRICTIONS
from archive.upkeep.models import Restriction
from archive.upkeep.rules import RestrictionState
from archive.upkeep.service.restricting import lift, restrict
from archive.web.api import Page, Paging, page_of
from archive.web.context import actor
from archive.web.guard import needs
from archive.web.inputs import ReasonInput
from archive.web.repeats import once
from archive.web.shapes import Instant, RecordOut, Tagged, reads, tagged

api = APIBlueprint("restrictions_api", __name__, url_prefix="/api/v1", tag="customers")


class RestrictionOut(RecordOut):
    """An archive that is only kept and protected."""

    number: str
    state: RestrictionState
    archive_number: str
    name: str
    reason: str
    made_by: str = reads("made_by_name")
    lifted_at: Instant | None
    lifted_because: str | None


class RestrictionsPage(Page[RestrictionOut]):
    """A page of restrictions."""


@api.get("/restrictions")
@api.input(RESTRICTIONS.query("RestrictionQuery"), location="query")
@api.output(RestrictionsPage)
@needs(Right.SEE_RESTRICTED)
def list_restrictions(query_data: Paging) -> dict[str, Any]:
    """Every restriction, the latest first."""
    found = RESTRICTIONS.narrow(Restriction.objects, query_data.model_dump())
    return page_of(found.order_by("-created_at", "id"), query_data)


@api.post("/customers/<archive_number>/restrict")
@once
@api.input(ReasonInput)
@api.output(RestrictionOut, status_code=201)
@needs(Right.RESTRICT_CUSTOMER, of=Customer.numbered)
def restrict_archive(archive_number: str, json_data: ReasonInput) -> Tagged:
    """Let an archive be only kept and protected from now on."""
    customer = Customer.numbered(archive_number)
    return tagged(restrict(customer, actor=actor(), now=clock.now(), reason=json_data.reason))


@api.post("/restrictions/<number>/lift")
@api.input(ReasonInput)
@api.output(RestrictionOut)
@needs(Right.RESTRICT_CUSTOMER)
def lift_restriction(number: str, json_data: ReasonInput) -> Tagged:
    """Put everything back in its place."""
    found = Restriction.numbered(number)
    return tagged(lift(found, actor=actor(), now=clock.now(), reason=json_data.reason))
