"""What contracts usually agree, and what they say of the company itself."""

from typing import Any, ClassVar, Self, cast

from mongoengine import (
    IntField,
    StringField,
)

from archive.database import Record


class UsualTerms:
    """What contracts of this company usually say: of a new draft, and of what drafts start from."""

    signing_place = StringField(max_length=60)
    pricing = StringField(max_length=100)
    settlement = StringField(max_length=200)
    payment_days = IntField(min_value=0, max_value=3650)
    tax_rate = StringField(max_length=20)
    invoice = StringField(max_length=60)
    insurance = StringField(max_length=200)
    late_fee = StringField(max_length=60)
    disputes = StringField(max_length=100)
    copies = StringField(max_length=20)
    copies_each = StringField(max_length=20)
    special = StringField(max_length=4000)


USUAL = tuple(name for name in vars(UsualTerms) if not name.startswith("_"))


class OwnCompany(UsualTerms, Record):
    """What contracts say of the company itself, and usually agree; there is one such record."""

    meta: ClassVar[dict[str, Any]] = {
        "collection": "own_company",
        "indexes": [{"fields": ["slug"], "unique": True}],
    }

    slug = StringField(required=True, default="own")
    name = StringField(max_length=120)
    credit_code = StringField(max_length=18)
    address = StringField(max_length=200)
    legal_representative = StringField(max_length=60)
    phone = StringField(max_length=60)
    fax = StringField(max_length=60)
    email = StringField(max_length=200)
    bank = StringField(max_length=100)
    bank_account = StringField(max_length=60)
    road_licence = StringField(max_length=60)

    @property
    def caption(self) -> str:
        return self.name or "—"

    @classmethod
    def written(cls) -> Self | None:
        """The record, once it has been filled in."""
        return cast("Self | None", cls.objects(slug="own").first())

    @classmethod
    def known_by(cls) -> list[str]:
        """What papers say of the company itself: its name, its credit code."""
        own = cls.written()
        return [each for each in (own.name, own.credit_code) if each] if own else []
