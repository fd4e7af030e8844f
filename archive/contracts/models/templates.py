"""Templates of the company's, and their versions."""

from dataclasses import asdict, fields
from typing import Any, ClassVar, Self, cast

from mongoengine import (
    DateTimeField,
    EmbeddedDocument,
    EmbeddedDocumentListField,
    EnumField,
    IntField,
    ListField,
    StringField,
)

from archive.blobs import BlobField
from archive.contracts.errors import NoSuchVersion
from archive.contracts.rules import ContractKind, TemplateKind
from archive.database import Record
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
