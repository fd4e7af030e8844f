"""Customers for the walk of rights, and for the samples of chapters that build on them."""

import secrets

from archive.customers.models import Customer
from archive.customers.service import open_archive
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


SAMPLES = {"customers": of_customers, "customers_api": of_customers}
