"""Everything that can be found, chapter by chapter, and where each record is shown."""

from collections.abc import Mapping
from typing import Any

from archive.communication import indexing as communication
from archive.communication.models import Complaint, Visit
from archive.customers import indexing as customers
from archive.customers.models import Customer
from archive.filing import indexing as filing
from archive.filing.models import Attachment
from archive.search import Address, Entry, Indexed


def _address_of_customer(facts: Mapping[str, str]) -> Address | None:
    if number := facts.get("archive_number"):
        return Address("dossier.customer", {"archive_number": number})
    return Address("customers.list_page", {"view": "directory", "q": facts["code"]})


def _entries_of_attachment(attachment: Any) -> list[Entry]:
    customer = Customer.objects(id=attachment.customer_id).first()
    return filing.entries_of(attachment, customer)


INDEXED: tuple[Indexed, ...] = (
    Indexed(
        kind=customers.KIND,
        model=Customer,
        entries_of=customers.entries_of,
        address_of=_address_of_customer,
        prefixes=("customer", "customer-name"),
        customer_field=None,
        lent_fields=frozenset({"name", "salesperson_id", "salesperson_name"}),
    ),
    Indexed(
        kind=filing.KIND,
        model=Attachment,
        entries_of=_entries_of_attachment,
        address_of=lambda facts: None,
    ),
    Indexed(
        kind=communication.VISIT,
        model=Visit,
        entries_of=communication.entries_of_visit,
        address_of=lambda facts: Address("visits.page", {"number": facts["number"]}),
    ),
    Indexed(
        kind=communication.COMPLAINT,
        model=Complaint,
        entries_of=communication.entries_of_complaint,
        address_of=lambda facts: Address("complaints.page", {"number": facts["number"]}),
    ),
)
