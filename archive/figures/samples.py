"""Figures for the walk of rights."""

from decimal import Decimal

from archive.customers.samples import a_customer
from archive.figures.service import record_months
from archive.web.chapter import Sample, Sampling


def of_figures(given: Sampling) -> Sample:
    """A month of a customer."""
    customer = a_customer(given)
    months = {3: {"revenue": Decimal("1000.00"), "cost": Decimal("800.00")}}
    record_months(customer, given.now.year, months, actor=given.maker, now=given.now)
    return Sample({"archive_number": customer.archive_number, "year": given.now.year})


SAMPLES = {"figures": of_figures, "figures_api": of_figures}
