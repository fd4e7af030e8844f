"""What the reading of a deposit proposes."""

from bson import ObjectId
from mongoengine import (
    BooleanField,
    DateField,
    DateTimeField,
    EmbeddedDocument,
    EmbeddedDocumentListField,
    EnumField,
    FloatField,
    IntField,
    ListField,
    ObjectIdField,
    StringField,
)

from archive.filing.rules import AttachmentKind, MatchedBy
from archive.recognition.papers import FieldName


class ReadField(EmbeddedDocument):
    """One fact that was read on the paper, and where it is written (fractions of the page)."""

    name = EnumField(FieldName, required=True)
    value = StringField(required=True)
    confidence = FloatField(required=True)
    page = IntField(required=True)
    box = ListField(FloatField())  # left, top, right, bottom


class Candidate(EmbeddedDocument):
    """A customer that the paper may belong to, and why."""

    customer_id = ObjectIdField(required=True)
    by = EnumField(MatchedBy, required=True)
    score = FloatField(required=True)  # 0 to 1


class Proposal(EmbeddedDocument):
    """What the reading of a deposit proposes; a person confirms, corrects or rejects it."""

    made_at = DateTimeField(required=True)
    kind = EnumField(AttachmentKind)
    kind_confidence = FloatField(default=0.0)
    title = StringField(max_length=120)
    document_on = DateField()
    valid_until = DateField()
    fields_read = EmbeddedDocumentListField(ReadField)
    candidates = EmbeddedDocumentListField(Candidate)  # the best first
    is_sure = BooleanField(default=False)  # one key files it: kind and customer are beyond doubt
    first_pages = ListField(IntField())  # of the papers that it holds, where it seems a stack
    spare_pages = ListField(IntField())  # separator sheets, and blank pages at the ends of papers

    @property
    def customer_id(self) -> ObjectId | None:
        """The customer that is proposed; None where a person has to say."""
        return self.candidates[0].customer_id if self.is_sure and self.candidates else None
