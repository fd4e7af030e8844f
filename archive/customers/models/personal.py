"""What is known privately of a person at the customer's: moderately confidential."""

from typing import Any, ClassVar

from mongoengine import ObjectIdField, StringField

from archive.actor import Right
from archive.customers.models.of_customer import OfCustomer


class PersonalNote(OfCustomer):
    """联系人的生日与喜好: kept apart from the archive, so that nothing else ever shows it.

    No trail holds its values; each look is written down.
    """

    meta: ClassVar[dict[str, Any]] = {
        "collection": "personal_notes",
        "indexes": [("customer_id", "id"), ("salesperson_id", "id")],
    }
    opens = Right.SEE_PERSONAL
    unrecorded = frozenset({"birthday", "preferences"})

    customer_id = ObjectIdField(required=True)
    name = StringField(required=True, max_length=60)
    birthday = StringField(max_length=40)
    preferences = StringField(max_length=500)

    @property
    def caption(self) -> str:
        customer = self.customer
        return customer.caption if customer else self.key
