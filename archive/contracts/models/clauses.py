"""Clauses that the company keeps by name, in their versions."""

from typing import Any, ClassVar, Self, cast

from mongoengine import (
    DateTimeField,
    EmbeddedDocument,
    EmbeddedDocumentListField,
    IntField,
    StringField,
)

from archive.contracts.errors import NoSuchVersion
from archive.database import Record


class ClauseVersion(EmbeddedDocument):
    """One wording of a clause. Never changed, never removed."""

    number = IntField(required=True)
    text = StringField(required=True, max_length=4000)
    note = StringField(max_length=300)
    written_at = DateTimeField(required=True)
    written_by_id = StringField(required=True)
    written_by_name = StringField(required=True)


class Clause(Record):
    """A clause with a name, in all its wordings; one of them is in force."""

    meta: ClassVar[dict[str, Any]] = {
        "collection": "clauses",
        "indexes": [{"fields": ["name"], "unique": True}, ("updated_at", "id")],
    }

    name = StringField(required=True, max_length=40)
    versions = EmbeddedDocumentListField(ClauseVersion, required=True)
    version_in_force = IntField()  # None while it is out of use

    @property
    def caption(self) -> str:
        return cast(str, self.name)

    @property
    def tag(self) -> str:
        """What is typed into a template."""
        return f"{{{{ 条款.{self.name} }}}}"

    @property
    def newest(self) -> ClauseVersion:
        return cast(ClauseVersion, self.versions[-1])

    @property
    def text(self) -> str:
        """The wording in force; of a clause out of use, the last one."""
        number = self.version_in_force
        return cast(str, (self.version(number) if number else self.newest).text)

    def version(self, number: int) -> ClauseVersion:
        """Version *number*.

        Raises:
            NoSuchVersion: there is none.
        """
        found = next((each for each in self.versions if each.number == number), None)
        if found is None:
            raise NoSuchVersion(number=number)
        return cast(ClauseVersion, found)

    @classmethod
    def usable(cls) -> list[Self]:
        """Those in force, by name."""
        return list(cls.objects(version_in_force__ne=None).order_by("name"))
