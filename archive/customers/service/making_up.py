"""What customers keep of their records, written again."""

from collections.abc import Sequence
from itertools import islice

from bson import ObjectId

from archive.customers.models import Customer
from archive.customers.models.kept import follow_all
from archive.customers.models.of_customer import OfCustomer
from archive.database import collection_of, every

MADE_UP_AT_ONCE = 2000


def make_up() -> int:
    """Write on every customer what its records make of it; how many were not so before.

    For what a crash left out, what time alone changes, and records that were written in bulk.
    """
    made_up = 0
    keys = collection_of(Customer).find({}, {"_id": True}).sort("_id", 1)
    while some := [each["_id"] for each in islice(keys, MADE_UP_AT_ONCE)]:
        made_up += make_up_of(some)
    return made_up


def make_up_of(some: Sequence[ObjectId]) -> int:
    """As `make_up`, of *some* customers by identity."""
    made_up: int = sum(model.keep_on(some) for model in every(OfCustomer) if model.keeps)
    return made_up + follow_all(collection_of(Customer), some)
