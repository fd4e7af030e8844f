"""Everything that can be found, chapter by chapter, and where each record is shown."""

from collections.abc import Callable, Mapping

from archive.communication import indexing as communication
from archive.communication.models import Complaint, Visit
from archive.contracts import indexing as contracts
from archive.contracts.models import Contract
from archive.customers import indexing as customers
from archive.customers.models import Customer
from archive.filing import indexing as filing
from archive.filing.models import Attachment
from archive.search import Address, Indexed

Facts = Mapping[str, str]


def _page_of_customer(_: str, facts: Facts) -> Address:
    if number := facts.get("archive_number"):
        return Address("dossier.customer", {"archive_number": number})
    return Address("customers.list_page", {"view": "directory", "q": facts["code"]})


def _numbered(page: str) -> Callable[[str, Facts], Address]:
    """For records that are shown under their number."""
    return lambda _, facts: Address(page, {"number": facts["number"]})


INDEXED: tuple[Indexed, ...] = (
    Indexed(
        kind=customers.KIND,
        model=Customer,
        entries_of=customers.entries_of,
        address_of=_page_of_customer,
        prefixes=("customer", "customer-name"),
        customer_field=None,
        lent_fields=frozenset({"name"}),
    ),
    Indexed(
        kind=communication.VISIT,
        model=Visit,
        entries_of=communication.entries_of_visit,
        address_of=_numbered("visits.page"),
    ),
    Indexed(
        kind=communication.COMPLAINT,
        model=Complaint,
        entries_of=communication.entries_of_complaint,
        address_of=_numbered("complaints.page"),
    ),
    Indexed(
        kind=contracts.KIND,
        model=Contract,
        entries_of=contracts.entries_of,
        address_of=_numbered("contracts.page"),
    ),
    Indexed(
        kind=filing.KIND,
        model=Attachment,
        entries_of=filing.entries_of,
        address_of=lambda key, _: Address("attachments.page", {"key": key}),
    ),
)


def address_of(entry_id: str, kind: str, facts: Facts) -> Address | None:
    """Where the record is shown that the entry *entry_id* of *kind* speaks of."""
    key = entry_id.partition(":")[2]
    return next((each.address_of(key, facts) for each in INDEXED if each.kind.value == kind), None)
