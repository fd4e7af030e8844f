"""Customers for the walk of rights, and for the samples of chapters that build on them."""

import secrets

from archive import clock
from archive.customers.models import Contact, Customer
from archive.customers.service import open_archive
from archive.customers.service.contacts import let_go, write_personal
from archive.web.chapter import Sample, Sampling


def a_customer(given: Sampling) -> Customer:
    """A customer whom the owner follows up."""
    return open_archive(
        actor=given.maker,
        now=given.now,
        is_another_company=True,
        salesperson=given.salesperson_key,
        name=f"样例{secrets.token_hex(6)}货运有限公司",
        contacts=[{"name": "样例", "phone": "13800001234", "is_responsible": True}],
    )


def of_customers(given: Sampling) -> Sample:
    """A customer's archive."""
    customer = a_customer(given)
    body = {"name": customer.name}
    return Sample(
        {"archive_number": customer.archive_number},
        sent={"customers_api.edit_archive": body},
    )


def of_contacts(given: Sampling) -> Sample:
    """A contact person, one who left, and what is known privately."""
    customer = a_customer(given)
    note = write_personal(customer, "样例", actor=given.maker, now=given.now, birthday="3月5日")
    day = clock.local_day(given.now)
    let_go(customer, "样例", actor=given.maker, now=given.now, left_on=day, reason="离职")
    customer.change(
        given.maker, given.now, "customer.edited", {"contacts": [Contact(name="样例二")]}
    )
    values = {"archive_number": customer.archive_number, "place": 0, "key": note.key}
    return Sample(values, sent={"contacts.new_personal": {"name": "样例"}})


SAMPLES = {
    "contacts": of_contacts,
    "customers": of_customers,
    "customers_api": of_customers,
}
