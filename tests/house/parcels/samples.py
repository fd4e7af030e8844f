"""A parcel for the walk of rights."""

import secrets

from archive.customers.samples import a_customer
from archive.web.chapter import Sample, Sampling

from .models import Parcel


def of_parcels(given: Sampling) -> Sample:
    """A parcel of the owner's customer."""
    customer = a_customer(given)
    facts = {"number": secrets.token_hex(4), "what": "木箱", "customer_id": customer.id}
    parcel = Parcel.open_new(given.maker, given.now, "parcel.left", facts)
    return Sample({"number": parcel.number})


SAMPLES = {"parcels": of_parcels}
