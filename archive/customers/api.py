"""The customer's archive over REST."""

from datetime import date
from typing import Any

from apiflask import APIBlueprint
from flask import url_for

from archive import clock
from archive.actor import Right
from archive.customers import service
from archive.customers.forms import ArchiveInput, BackInput, LeftInput, NewCustomerInput
from archive.customers.lists import DIRECTORY
from archive.customers.models import Customer
from archive.customers.rules import Industry, Nature, Origin, Region, Relationship, TransportMode
from archive.customers.rules.classes import Contribution, Credit, Maintenance
from archive.customers.service import contacts
from archive.web.api import Page, Paging, page_of, seen_revision
from archive.web.context import actor
from archive.web.guard import needs
from archive.web.inputs import ReasonInput
from archive.web.repeats import once
from archive.web.shapes import (
    Instant,
    Key,
    Masked,
    Money,
    Number,
    Out,
    RecordOut,
    Tagged,
    reads,
    tagged,
)

api = APIBlueprint("customers_api", __name__, url_prefix="/api/v1/customers", tag="customers")


class CustomerName(Out):
    """What anyone may know of a customer."""

    id: Key
    customer_code: str
    name: str
    relationship: Relationship
    salesperson: str | None = reads("salesperson_name")


class ContactOut(Out):
    """A contact person; the telephone number is masked."""

    name: str
    position: str | None
    phone: Masked | None
    email: str | None
    is_responsible: bool
    note: str | None


class FormerContactOut(ContactOut):
    """Who is a contact person no more."""

    left_on: date
    left_reason: str


class FlowOut(Out):
    """A main flow of goods."""

    origin: str
    destination: str
    monthly_tonnes: Number | None


class FinancesOut(Out):
    """The finances of one year, in yuan."""

    year: int
    revenue: Money | None
    profit: Money | None
    assets: Money | None
    liabilities: Money | None


class PriceChangeOut(Out):
    """A change of the price agreed."""

    changed_on: date
    what: str
    before: str | None
    after: str
    reason: str | None


class CustomerOut(RecordOut):
    """A customer's archive (Art. 6, 8); telephone numbers are masked."""

    archive_number: str
    customer_code: str
    name: str
    short_name: str | None
    former_names: list[str]
    credit_code: str | None
    credit_code_is_doubtful: bool = reads("has_doubtful_credit_code")
    nature: Nature | None
    industry: Industry | None
    region: Region | None
    address: str | None
    legal_representative: str | None
    phone: Masked | None
    fax: Masked | None
    email: str | None
    website: str | None
    contacts: list[ContactOut]
    former_contacts: list[FormerContactOut]
    main_goods: str | None
    transport_modes: list[TransportMode]
    flows: list[FlowOut]
    registered_capital: str | None
    established_on: date | None
    licence_valid_until: date | None
    licence_is_open_ended: bool
    tax_registration: str | None
    finances: list[FinancesOut]
    credit_note: str | None
    origin: Origin | None
    relationship: Relationship
    contribution: Contribution | None
    maintenance: Maintenance | None
    credit: Credit | None
    keeper: str | None = reads("keeper_name")
    cooperation_started_on: date | None
    cooperation_ended_on: date | None
    price_changes: list[PriceChangeOut]
    salesperson: str | None = reads("salesperson_name")
    facts_looked_at: Instant
    facts_confirmed_by: str | None


class CustomerNames(Page[CustomerName]):
    """A page of customers."""


@api.get("")
@api.input(DIRECTORY.query("CustomerQuery"), location="query")
@api.output(CustomerNames)
@needs(Right.OPEN_CUSTOMER, Right.FIND_CUSTOMER)
def find_customers(query_data: Paging) -> dict[str, Any]:
    """Customers by name: what anyone may know of each."""
    found = DIRECTORY.narrow(Customer.objects, query_data.model_dump())
    return page_of(found.order_by("name_order", "id"), query_data)


@api.post("")
@once
@api.input(NewCustomerInput)
@api.output(CustomerOut, status_code=201)
@needs(Right.CREATE_CUSTOMER)
def open_archive(json_data: NewCustomerInput) -> Tagged:
    """Open a customer's archive.

    A like name answers 409 `looks-alike`; repeat with `is_another_company` to go on.
    """
    customer = service.open_archive(actor=actor(), now=clock.now(), **json_data.model_dump())
    address = url_for("customers_api.read_archive", archive_number=customer.archive_number)
    return tagged(customer, address=address)


@api.get("/<archive_number>")
@api.output(CustomerOut)
@needs(Right.OPEN_CUSTOMER)
def read_archive(archive_number: str) -> Tagged:
    """One customer's archive, with its ETag."""
    return tagged(service.open_file(archive_number, actor=actor()))


@api.put("/<archive_number>")
@api.input(ArchiveInput)
@api.output(CustomerOut)
@needs(Right.EDIT_CUSTOMER)
def edit_archive(archive_number: str, json_data: ArchiveInput) -> Tagged:
    """Bring an archive up to date; `If-Match` names the revision that was read.

    Telephone numbers that are left out stay as they are, since reading shows them masked: the
    customer's own, and those of contact persons of the same name. So does the relationship, which
    follows from figures and dates where there are some.
    """
    customer = Customer.numbered(archive_number)
    edited = service.edit_archive(
        customer,
        actor=actor(),
        now=clock.now(),
        seen=seen_revision(),
        **with_what_is_kept(json_data, customer),
    )
    return tagged(edited)


@api.post("/<archive_number>/confirm")
@api.output(CustomerOut)
@needs(Right.EDIT_CUSTOMER, of=Customer.numbered)
def confirm_facts(archive_number: str) -> Tagged:
    """Say that the facts are still right; `If-Match` names the revision that was read."""
    customer = Customer.numbered(archive_number)
    return tagged(
        service.confirm_facts(customer, actor=actor(), now=clock.now(), seen=seen_revision())
    )


@api.post("/<archive_number>/confirm/withdraw")
@api.input(ReasonInput)
@api.output(CustomerOut)
@needs(Right.EDIT_CUSTOMER, of=Customer.numbered)
def withdraw_confirmation(archive_number: str, json_data: ReasonInput) -> Tagged:
    """Take back that the facts are still right."""
    customer = Customer.numbered(archive_number)
    withdrawn = service.withdraw_confirmation(
        customer, actor=actor(), now=clock.now(), reason=json_data.reason
    )
    return tagged(withdrawn)


@api.post("/<archive_number>/contacts/left")
@api.input(LeftInput)
@api.output(CustomerOut)
@needs(Right.EDIT_CUSTOMER, of=Customer.numbered)
def let_contact_go(archive_number: str, json_data: LeftInput) -> Tagged:
    """Say that somebody is a contact person no more, since when, and why."""
    customer = Customer.numbered(archive_number)
    given = json_data.model_dump()
    return tagged(contacts.let_go(customer, actor=actor(), now=clock.now(), **given))


@api.post("/<archive_number>/contacts/back")
@api.input(BackInput)
@api.output(CustomerOut)
@needs(Right.EDIT_CUSTOMER, of=Customer.numbered)
def take_contact_back(archive_number: str, json_data: BackInput) -> Tagged:
    """Say that somebody who had left is a contact person again, and why."""
    customer = Customer.numbered(archive_number)
    given = json_data.model_dump()
    return tagged(contacts.take_back_contact(customer, actor=actor(), now=clock.now(), **given))


def with_what_is_kept(given: ArchiveInput, customer: Customer) -> dict[str, Any]:
    """The facts *given*, with numbers and relationship as *customer* has them where left out."""
    facts = given.model_dump()
    for name in {"phone", "fax", "relationship"} - given.model_fields_set:
        facts[name] = getattr(customer, name)
    known = {contact.name: contact.phone for contact in customer.contacts}
    for contact, row in zip(given.contacts, facts["contacts"], strict=True):
        if "phone" not in contact.model_fields_set:
            row["phone"] = known.get(contact.name)
    return facts
