"""What a contract is made up of: the rows of its prices, the Word files made for it."""

from typing import Any, ClassVar

from mongoengine import (
    DateTimeField,
    Document,
    EmbeddedDocument,
    EnumField,
    IntField,
    ListField,
    ObjectIdField,
    StringField,
)

from archive.blobs import BlobField
from archive.contracts import rules
from archive.contracts.rules import VersionSource
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
    """One Word file of a contract. Never changed, never removed.

    One that was uploaded keeps the template of the version before it: what it was made from.
    """

    number = IntField(required=True)
    source = EnumField(VersionSource, required=True, default=VersionSource.GENERATED)
    template_id = ObjectIdField()
    template_name = StringField()
    template_version = IntField()
    file_name = StringField(max_length=200)  # of an uploaded one
    note = StringField(max_length=300)  # what was changed, as the person said
    repeats = IntField()  # the version that was taken up again
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
