"""What a customer's document holds in rows."""

from mongoengine import (
    BooleanField,
    DateField,
    EmbeddedDocument,
    IntField,
    ObjectIdField,
    StringField,
)

from archive.database import ExactField, MoneyField


class ContactFacts:
    """What is known of a person at the customer's."""

    name = StringField(required=True, max_length=60)
    position = StringField(max_length=60)
    phone = StringField(max_length=60)
    email = StringField(max_length=200)
    is_responsible = BooleanField(default=False)
    note = StringField(max_length=200)


class Contact(ContactFacts, EmbeddedDocument):
    """联系人: a person at the customer's."""


class FormerContact(ContactFacts, EmbeddedDocument):
    """已离开的联系人: who was a contact person, since when no more, and why."""

    left_on = DateField(required=True)
    left_reason = StringField(required=True, max_length=500)


class Flow(EmbeddedDocument):
    """物资主要流向: from where to where, how much a month."""

    origin = StringField(required=True, max_length=60)
    destination = StringField(required=True, max_length=60)
    monthly_tonnes = ExactField(places=2)


class YearlyFinances(EmbeddedDocument):
    """财务情况 of one year, in yuan."""

    year = IntField(required=True)
    revenue = MoneyField()
    profit = MoneyField()
    assets = MoneyField()
    liabilities = MoneyField()


class PriceChange(EmbeddedDocument):
    """合作价格变动情况 (Art. 8)."""

    changed_on = DateField(required=True)
    what = StringField(required=True, max_length=120)
    before = StringField(max_length=60)
    after = StringField(required=True, max_length=60)
    reason = StringField(max_length=200)


class Absorbed(EmbeddedDocument):
    """An archive that was merged into this one: its numbers lead here for ever."""

    customer_id = ObjectIdField(required=True)
    archive_number = StringField(required=True)
    customer_code = StringField(required=True)
    name = StringField(required=True)
