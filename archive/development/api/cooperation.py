"""Start and end of cooperation over REST."""

from datetime import date

from apiflask import APIBlueprint

from archive import clock
from archive.actor import Right
from archive.customers.models import Customer
from archive.customers.service import open_file
from archive.development.forms import CooperationInput
from archive.development.service.cooperation import confirm_cooperation
from archive.web.api import seen_revision
from archive.web.context import actor
from archive.web.guard import needs
from archive.web.shapes import RecordOut, Tagged, tagged

api = APIBlueprint("cooperation_api", __name__, url_prefix="/api/v1/customers", tag="development")


class CooperationOut(RecordOut):
    """Since when and until when there is cooperation (Art. 8)."""

    archive_number: str
    cooperation_started_on: date | None
    cooperation_ended_on: date | None


@api.get("/<archive_number>/cooperation")
@api.output(CooperationOut)
@needs(Right.OPEN_CUSTOMER)
def read_cooperation(archive_number: str) -> Tagged:
    """Start and end of cooperation, with the ETag of the archive."""
    return tagged(open_file(archive_number, actor=actor()))


@api.put("/<archive_number>/cooperation")
@api.input(CooperationInput)
@api.output(CooperationOut)
@needs(Right.EDIT_CUSTOMER, of=Customer.numbered)
def confirm(archive_number: str, json_data: CooperationInput) -> Tagged:
    """Confirm start and end, and how that is known; `If-Match` names the revision that was read."""
    customer = confirm_cooperation(
        Customer.numbered(archive_number),
        actor=actor(),
        now=clock.now(),
        seen=seen_revision(),
        **json_data.model_dump(),
    )
    return tagged(customer)
