"""The documents of customers, and what every record about a customer shares."""

from archive.customers.models.customer import (
    Contact,
    Customer,
    Flow,
    PriceChange,
    YearlyFinances,
)
from archive.customers.models.of_customer import OfCustomer

__all__ = ["Contact", "Customer", "Flow", "OfCustomer", "PriceChange", "YearlyFinances"]
