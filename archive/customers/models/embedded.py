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


class Contact(EmbeddedDocument):
    """联系人: a person at the customer's."""

    name = StringField(required=True, max_length=60)
    position = StringField(max_length=60)
    phone = StringField(max_length=60)
    email = StringField(max_length=200)
    is_responsible = BooleanField(default=False)
    note = StringField(max_length=200)


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
