"""What is kept about a parcel."""

from typing import ClassVar

from mongoengine import BooleanField, StringField

from archive.actor import Right
from archive.customers.models import OfCustomer


class Parcel(OfCustomer):
    """Something that a customer left with us."""

    meta: ClassVar = {"collection": "parcels"}
    opens = Right.OPEN_VISIT

    number = StringField(required=True, unique=True)
    what = StringField(required=True)
    is_counted = BooleanField()

    @property
    def caption(self) -> str:
        return f"{self.number}"
