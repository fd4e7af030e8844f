"""A file as it came, and the versions of a paper."""

from typing import Any, ClassVar

from mongoengine import (
    BooleanField,
    DateTimeField,
    EmbeddedDocument,
    EnumField,
    IntField,
    ListField,
    MapField,
    ObjectIdField,
    StringField,
)

from archive.blobs import BlobField
from archive.filing.rules import Called, called, showable_name
from archive.recognition import MOST_PRINTED, OFFICE, FileType, Flaw, Mark


class StoredFile(EmbeddedDocument):
    """A file as it came: where its bytes are and what one look into them found."""

    meta: ClassVar[dict[str, Any]] = {"allow_inheritance": True}

    sha256 = BlobField()  # none once the paper was destroyed
    size = IntField(required=True)
    original_name = StringField(required=True)
    file_type = EnumField(FileType, required=True)
    pages = IntField(required=True, default=0)
    width = IntField()
    height = IntField()
    flaw = EnumField(Flaw)
    waits_for_scan = BooleanField(default=False)  # the virus scanner has not seen it yet
    infection = StringField()  # what it found
    marks = ListField(EnumField(Mark))
    turns = MapField(IntField())  # page -> degrees to the right, where somebody turned it

    def turn_of(self, page: int) -> int:
        """How far *page* (from 1) is turned when it is shown, in degrees to the right."""
        return int(self.turns.get(str(page), 0))

    @property
    def name(self) -> str:
        """The name as it may be shown."""
        return showable_name(self.original_name)

    @property
    def called(self) -> Called:
        """What people call such a file."""
        return called(self.file_type, self.flaw, self.original_name)

    @property
    def has_bytes(self) -> bool:
        """Whether its bytes are kept: not once its paper was destroyed."""
        return self.sha256 is not None

    @property
    def has_pages(self) -> bool:
        """Whether page images can be made."""
        return bool(self.pages) and not self.infection and self.has_bytes

    @property
    def has_own_pages(self) -> bool:
        """Whether its pages are those of the file itself: they can become files of their own."""
        return self.has_pages and not self.is_office

    @property
    def is_office(self) -> bool:
        """Whether its pages are those that LibreOffice prints of it."""
        return self.file_type in OFFICE

    @property
    def awaits_print(self) -> bool:
        """Whether its pages are known once it was printed."""
        return self.has_bytes and self.is_office and not self.pages and not self.flaw

    @property
    def may_go_on(self) -> bool:
        """Whether only its first pages are printed, and there may be more."""
        return self.is_office and int(self.pages) >= MOST_PRINTED


class Version(StoredFile):
    """One version of an attachment; a later one supersedes it, nothing replaces it."""

    number = IntField(required=True)
    deposit_id = ObjectIdField(required=True)
    filed_at = DateTimeField(required=True)
    filed_by_id = StringField(required=True)
    filed_by_name = StringField(required=True)
