"""What the customers of the demonstration company bring: a few bring most of it, as in life."""

from collections import defaultdict
from datetime import datetime
from decimal import Decimal
from typing import Any

from archive import clock
from archive.accounts.demonstration import Staff
from archive.customers.demonstration import keeper_of, opened
from archive.customers.models import Customer
from archive.customers.rules import Relationship
from archive.figures import rules
from archive.figures.service import record_months
from archive.seams import Seams

MONTHS = 36
LARGEST = 480_000  # yuan of revenue in a month
SINCE = {  # in which of the months there was business, counted back from the present one
    Relationship.COOPERATING_OLD: range(MONTHS),
    Relationship.COOPERATING_NEW: range(8),
    Relationship.LOST: range(15, MONTHS),
}
SEASON = (90, 60, 105, 100, 102, 98, 95, 97, 110, 108, 120, 115)  # percent, by month


def demonstrate(_: Seams, now: datetime) -> None:
    """Record the figures of every customer with whom there is or was business."""
    staff = Staff.found()
    for place, customer in enumerate(opened()):
        keeper = keeper_of(customer, staff)
        for year, months in months_of(customer, place, now).items():
            record_months(customer, year, months, actor=keeper, now=now)


def months_of(customer: Customer, place: int, now: datetime) -> dict[int, dict[int, Any]]:
    """By year and month, the figures of the customer in this place of the list."""
    found: dict[int, dict[int, Any]] = defaultdict(dict)
    span = list(reversed(rules.months_before(clock.local_day(now), MONTHS + 1)))[1:]
    for back in SINCE.get(customer.relationship, ()):
        year, month = span[back]
        revenue = Decimal(LARGEST * SEASON[month - 1] // (100 * (place + 1)) - back * 97)
        margin = 14 - (place * 5 + back) % 17  # some months of some customers are a loss
        cost = revenue * (100 - margin) / 100
        found[year][month] = {
            "revenue": revenue,
            "cost": cost,
            "tonnage": (revenue / 320).quantize(Decimal("0.001")),
            "shipments": int(revenue / 4200) + 1,
            "invoiced": revenue,
            "received": revenue if back > 1 else Decimal(0),
            "days_late": 12 if (place + back) % 7 == 0 else 0,
        }
    return found
