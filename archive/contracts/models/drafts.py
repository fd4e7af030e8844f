"""What a contract is made up of: the rows of its prices, the Word files made for it."""

from typing import Any, ClassVar

from mongoengine import (
    DateTimeField,
    Document,
    EmbeddedDocument,
    IntField,
    ListField,
    ObjectIdField,
    StringField,
)

from archive.blobs import BlobField
from archive.contracts import rules
from archive.database import ExactField


class PriceRow(EmbeddedDocument):
    """A row of the price table."""

    origin = StringField(max_length=60)
    destination = StringField(max_length=60)
    goods = StringField(max_length=60)
    unit = StringField(max_length=20)
    quantity = ExactField(places=3)
    unit_price = ExactField(places=6, fewest=2)
    time_limit = StringField(max_length=40)
    remark = StringField(max_length=100)

    @property
    def amount(self) -> Any:
        """Quantity times unit price, in yuan; None where one of them is open."""
        return rules.row_amount(self.quantity, self.unit_price)


class DraftVersion(EmbeddedDocument):
    """One Word file made for a contract. Never changed, never removed."""

    number = IntField(required=True)
    template_id = ObjectIdField(required=True)
    template_name = StringField(required=True)
    template_version = IntField(required=True)
    sha256 = BlobField(required=True)
    size = IntField(required=True)
    missing = ListField(StringField())  # placeholders that appear as 【待填】, by name
    made_at = DateTimeField(required=True)
    made_by_id = StringField(required=True)
    made_by_name = StringField(required=True)


class DraftText(Document):
    """The text of a draft's Word file, for search; kept under the digest of the file."""

    meta: ClassVar[dict[str, Any]] = {"collection": "draft_texts", "auto_create_index": False}

    id = StringField(primary_key=True)
    text = StringField(required=True)

    @classmethod
    def keep(cls, sha256: str, text: str) -> None:
        """Keep *text* as what the file *sha256* says."""
        cls.objects(id=sha256).update_one(set__text=text, upsert=True)

    @classmethod
    def of_file(cls, sha256: str) -> str:
        """What the file *sha256* says; empty where its text is not kept."""
        found = cls.objects(id=sha256).first()
        return found.text if found else ""
