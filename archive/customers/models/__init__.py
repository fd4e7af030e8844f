"""The documents of customers, and what every record about a customer shares."""

from archive.customers.models.classes import (
    ClassMeasures,
    Decision,
    Standing,
    measures_for,
    measures_of,
)
from archive.customers.models.customer import Customer
from archive.customers.models.embedded import (
    Absorbed,
    Contact,
    Flow,
    FormerContact,
    PriceChange,
    YearlyFinances,
)
from archive.customers.models.kept import FollowsFromAll, followed_together
from archive.customers.models.of_customer import OfCustomer, Together, written_together
from archive.customers.models.personal import PersonalNote

__all__ = [
    "Absorbed",
    "ClassMeasures",
    "Contact",
    "Customer",
    "Decision",
    "Flow",
    "FollowsFromAll",
    "FormerContact",
    "OfCustomer",
    "PersonalNote",
    "PriceChange",
    "Standing",
    "Together",
    "YearlyFinances",
    "followed_together",
    "measures_for",
    "measures_of",
    "written_together",
]
