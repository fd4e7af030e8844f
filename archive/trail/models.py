"""The trail's entries, and the values that changed.

A `TrailEntry` holds digests only, so that it can be sealed for ever without holding personal data;
the values themselves are next to it in `History`, which may be restricted or erased.
"""

from typing import Any, ClassVar

from mongoengine import DateTimeField, Document, IntField, ListField, ObjectIdField, StringField


class TrailEntry(Document):
    """One event of the trail. `sequence` is given when the trail is sealed; until then None."""

    meta: ClassVar[dict[str, Any]] = {
        "collection": "trail",
        "auto_create_index": False,
        "strict": False,
        "indexes": [
            ("-at", "-id"),
            ("actor_id", "-at"),
            ("actor_name", "-at", "-id"),
            ("subject_kind", "subject_id", "-at"),
            ("subject_kind", "-at", "-id"),
            ("customer_id", "-at"),
            ("action", "-at", "-id"),
            ("caption", "-at", "-id"),
            {"fields": ["sequence"], "sparse": True, "unique": True},
            {"fields": ["bucket"], "sparse": True, "unique": True},
        ],
    }

    id = ObjectIdField(primary_key=True)
    at = DateTimeField(required=True)
    actor_id = StringField(required=True)
    actor_name = StringField(required=True)
    action = StringField(required=True)
    subject_kind = StringField(required=True)
    subject_id = StringField(required=True)
    caption = StringField()
    customer_id = StringField()
    reason = StringField()
    fields = ListField()  # of {"field", "before", "after"}: keyed SHA-256 digests of the values
    sequence = IntField()
    times = IntField()  # how often it happened within the hour, of what is counted
    last_at = DateTimeField()  # the last time of these
    reasons = ListField(StringField())  # of looks that are counted: every page that was seen
    bucket = StringField()  # what is counted together; gone once the entry is sealed

    @property
    def subject(self) -> str:
        """Kind and identity of what the event is about."""
        return f"{self.subject_kind}/{self.subject_id}"


class History(Document):
    """The values of the fields that an event changed, under the event's own identity."""

    meta: ClassVar[dict[str, Any]] = {
        "collection": "history",
        "auto_create_index": False,
        "strict": False,
        "indexes": [("subject_kind", "subject_id", "-revision")],
    }

    id = ObjectIdField(primary_key=True)
    at = DateTimeField(required=True)
    actor_name = StringField(required=True)
    action = StringField(required=True)
    reason = StringField()
    subject_kind = StringField(required=True)
    subject_id = StringField(required=True)
    revision = IntField(required=True)
    salt = StringField(required=True)
    changes = ListField()  # of {"field", "before", "after"}

    @classmethod
    def of(cls, subject_kind: str, subject_id: str, *, limit: int = 200) -> list["History"]:
        """What changed in one record, newest first."""
        found = cls.objects(subject_kind=subject_kind, subject_id=subject_id)
        return list(found.order_by("-revision").limit(limit))
