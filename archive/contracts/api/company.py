"""What contracts say of the company itself, over REST."""

from apiflask import APIBlueprint

from archive import clock
from archive.actor import Right
from archive.contracts.forms import OwnCompanyInput
from archive.contracts.service.templates import describe_company, own_company
from archive.web.api import seen_revision
from archive.web.context import actor, seams
from archive.web.guard import needs
from archive.web.shapes import Out, Tagged, tagged

api = APIBlueprint("own_company_api", __name__, url_prefix="/api/v1/own-company", tag="templates")


class OwnCompanyOut(Out):
    """The company itself, and what its contracts usually say: what new drafts start from."""

    revision: int
    name: str | None
    credit_code: str | None
    address: str | None
    legal_representative: str | None
    phone: str | None
    fax: str | None
    email: str | None
    bank: str | None
    bank_account: str | None
    road_licence: str | None
    signing_place: str | None
    pricing: str | None
    settlement: str | None
    payment_days: int | None
    tax_rate: str | None
    invoice: str | None
    insurance: str | None
    late_fee: str | None
    disputes: str | None
    copies: str | None
    copies_each: str | None
    special: str | None


@api.get("")
@api.output(OwnCompanyOut)
@needs(Right.SEE_TEMPLATES)
def read_company() -> Tagged:
    """What is kept of the company itself, with its ETag."""
    return tagged(own_company(seams().settings.company))


@api.put("")
@api.input(OwnCompanyInput)
@api.output(OwnCompanyOut)
@needs(Right.MANAGE_TEMPLATES)
def describe(json_data: OwnCompanyInput) -> Tagged:
    """Write it down anew; `If-Match` names the revision that was read."""
    company = own_company(seams().settings.company)
    saved = describe_company(
        company,
        actor=actor(),
        now=clock.now(),
        seen=seen_revision(),
        **json_data.model_dump(),
    )
    return tagged(saved)
