"""The documents of customers, and what every record about a customer shares."""

from archive.customers.models.classes import ClassMeasures, Decision, Standing, measures_for
from archive.customers.models.customer import (
    Contact,
    Customer,
    Flow,
    PriceChange,
    YearlyFinances,
)
from archive.customers.models.of_customer import OfCustomer

__all__ = [
    "ClassMeasures",
    "Contact",
    "Customer",
    "Decision",
    "Flow",
    "OfCustomer",
    "PriceChange",
    "Standing",
    "YearlyFinances",
    "measures_for",
]
