"""A year of visits and complaints in the demonstration company."""

from datetime import datetime

from archive.accounts.demonstration import Staff
from archive.communication.demonstration import complaints, visits
from archive.customers.demonstration import opened
from archive.seams import Seams


def demonstrate(_: Seams, now: datetime) -> None:
    """Record the visits and the complaints."""
    customers, staff = opened(), Staff.found()
    visits.record(customers, staff, now)
    complaints.record(customers, staff, now)
