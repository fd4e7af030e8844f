"""The documents of contracts and their templates, and the named queries on them."""

from collections.abc import Sequence
from dataclasses import asdict, fields
from typing import Any, ClassVar, Self, cast

from mongoengine import (
    DateField,
    DateTimeField,
    Document,
    EmbeddedDocument,
    EmbeddedDocumentListField,
    EnumField,
    IntField,
    ListField,
    ObjectIdField,
    StringField,
)

from archive.actor import Right
from archive.blobs import BlobField
from archive.contracts import rules
from archive.contracts.errors import NoSuchVersion
from archive.contracts.rules import ContractKind, ContractStatus, TemplateKind
from archive.customers.models import Customer, OfCustomer
from archive.database import ExactField, MoneyField, Numbered, Record, collection_of
from archive.docgen import Fault, FaultKind, Place
from archive.docgen.places import Region


class TemplateNotice(EmbeddedDocument):
    """What a version passed the check with and a person should know, and where it is."""

    kind = EnumField(FaultKind, required=True)
    subject = StringField()
    region = EnumField(Region, required=True)
    paragraph = IntField()
    table = IntField()
    row = IntField()
    cell = IntField()
    part = StringField()

    @classmethod
    def of(cls, notice: Fault) -> Self:
        """*notice* as it is kept."""
        return cls(kind=notice.kind, subject=notice.subject, **asdict(notice.place))

    @property
    def fault(self) -> Fault:
        """As the check found it."""
        facts = {each.name: getattr(self, each.name) for each in fields(Place)}
        return Fault(self.kind, self.subject or "", Place(**facts | {"part": self.part or ""}))


class TemplateVersion(EmbeddedDocument):
    """One version of a template that passed the check. Never changed, never removed."""

    number = IntField(required=True)
    sha256 = BlobField(required=True)
    size = IntField(required=True)
    file_name = StringField(required=True, max_length=200)
    placeholders = ListField(StringField())
    notices = EmbeddedDocumentListField(TemplateNotice)
    note = StringField(max_length=300)
    uploaded_at = DateTimeField(required=True)
    uploaded_by_id = StringField(required=True)
    uploaded_by_name = StringField(required=True)


class Template(Record):
    """A Word template of the company's, in all its versions; one of them is in force."""

    meta: ClassVar[dict[str, Any]] = {
        "collection": "templates",
        "indexes": [
            {"fields": ["name"], "unique": True},
            {"fields": ["slug"], "unique": True, "sparse": True},
            ("kind", "name"),
            ("updated_at", "id"),
            "versions.sha256",
        ],
    }

    kind = EnumField(TemplateKind, required=True)
    contract_kind = EnumField(ContractKind)
    name = StringField(required=True, max_length=80)
    slug = StringField()  # of a template that came with the product
    versions = EmbeddedDocumentListField(TemplateVersion, required=True)
    version_in_force = IntField()  # None while it is not in use

    @property
    def caption(self) -> str:
        return cast(str, self.name)

    @property
    def newest(self) -> TemplateVersion:
        return cast(TemplateVersion, self.versions[-1])

    @property
    def in_force(self) -> TemplateVersion | None:
        """The version that drafts are made of, or None while the template is not in use."""
        return self.version(self.version_in_force) if self.version_in_force else None

    def version(self, number: int) -> TemplateVersion:
        """Version *number*.

        Raises:
            NoSuchVersion: there is none.
        """
        found = next((each for each in self.versions if each.number == number), None)
        if found is None:
            raise NoSuchVersion(number=number)
        return cast(TemplateVersion, found)

    @classmethod
    def usable(cls, kind: TemplateKind) -> list[Self]:
        """The templates of *kind* that drafts can be made of now."""
        return list(cls.objects(kind=kind, version_in_force__ne=None).order_by("name"))

    @classmethod
    def shipped_as(cls, slug: str) -> Self | None:
        """The template that came with the product as *slug*, if it has been installed."""
        return cast("Self | None", cls.objects(slug=slug).first())


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


class Contract(UsualTerms, Numbered, OfCustomer):
    """A contract, from its first draft on (Art. 20)."""

    meta: ClassVar[dict[str, Any]] = {
        "collection": "contracts",
        "indexes": [
            {"fields": ["number"], "unique": True},
            ("customer_id", "-created_at"),
            ("salesperson_id", "-created_at", "id"),
            ("salesperson_id", "-updated_at", "id"),
            ("handler_id", "status", "-created_at"),
            ("status", "-created_at"),
            ("kind", "-created_at"),
            ("title", "id"),
            ("customer_name", "id"),
            ("amount", "id"),
            ("ends_on", "id"),
            ("handler_name", "id"),
            ("created_at", "id"),
            ("updated_at", "id"),
            "drafts.sha256",
        ],
    }

    opens = Right.OPEN_CONTRACT
    keeps = frozenset({"contract_until"})

    number = StringField(required=True)
    status = EnumField(ContractStatus, required=True, default=ContractStatus.DRAFT)
    kind = EnumField(ContractKind, required=True, default=ContractKind.ROUTINE)
    title = StringField(required=True, max_length=120)
    customer_id = ObjectIdField(required=True)
    customer_name = StringField(required=True)
    handler_id = StringField(required=True)
    handler_name = StringField(required=True)
    copied_from = StringField()  # the number of the contract whose values it started from

    signed_on = DateField()
    starts_on = DateField()
    ends_on = DateField()
    amount = MoneyField()

    # What is filled into the clauses, beside the usual terms.
    goods = StringField(max_length=200)
    specification = StringField(max_length=200)
    packaging = StringField(max_length=200)
    pieces = StringField(max_length=100)
    weight = StringField(max_length=100)
    volume = StringField(max_length=100)
    goods_value = StringField(max_length=100)
    origin = StringField(max_length=200)
    destination = StringField(max_length=200)
    consignee = StringField(max_length=200)
    transport = StringField(max_length=100)
    prices = EmbeddedDocumentListField(PriceRow)
    drafts = EmbeddedDocumentListField(DraftVersion)

    @property
    def caption(self) -> str:
        return f"{self.title}（{self.number}）"

    @property
    def is_draft(self) -> bool:
        """Whether further versions may be made of it."""
        return self.status in (ContractStatus.DRAFT, ContractStatus.REJECTED)

    @property
    def newest(self) -> DraftVersion:
        return cast(DraftVersion, self.drafts[-1])

    @property
    def prices_total(self) -> Any:
        """What the rows of the price table come to; None where a row of it is open."""
        return rules.total_of(row.amount for row in self.prices)

    def draft(self, number: int | None) -> DraftVersion:
        """Draft version *number*, or the newest.

        Raises:
            NoSuchVersion: there is none.
        """
        if number is None:
            return self.newest
        found = next((each for each in self.drafts if each.number == number), None)
        if found is None:
            raise NoSuchVersion(number=number)
        return cast(DraftVersion, found)

    @classmethod
    def customer_with(cls, number: str) -> Any:
        """The customer, by identity, whose contract has this *number*; None: there is none."""
        return cls.objects(number=number.strip().upper()).scalar("customer_id").first()

    @classmethod
    def of_customer(cls, customer: Customer) -> Any:
        """The contracts with *customer*, the newest first."""
        return cls.objects(customer_id=customer.id).order_by("-created_at")

    @classmethod
    def kept_for(cls, customers: Sequence[Any]) -> dict[Any, dict[str, Any]]:
        """Until when each of *customers* has a contract, or a draft of one."""
        counted = {
            "customer_id": {"$in": list(customers)},
            "status": {"$nin": [ContractStatus.VOID.value, ContractStatus.TERMINATED.value]},
            "ends_on": {"$type": "date"},
        }
        latest = {"_id": "$customer_id", "contract_until": {"$max": "$ends_on"}}
        found = collection_of(cls).aggregate([{"$match": counted}, {"$group": latest}])
        return {each.pop("_id"): each for each in found}
