"""What the company has arranged for notices that leave the archive."""

from datetime import time
from typing import Any, ClassVar, cast

from mongoengine import EnumField, IntField, ListField, StringField

from archive.database import Record
from archive.notifying.rules import MORNING
from archive.urgency import Step

THE_ONE = "notices"


class Arrangements(Record):
    """通知安排: when mails are sent, and what the company's group is told. There is one."""

    meta: ClassVar[dict[str, Any]] = {
        "collection": "notice_arrangements",
        "indexes": [{"fields": ["slug"], "unique": True}],
    }

    slug = StringField(required=True, default=THE_ONE)
    morning_at = StringField(required=True, default=f"{MORNING:%H:%M}")  # of the company's clock
    group_steps = ListField(EnumField(Step))  # none: the group is told nothing
    quiet_from = IntField(min_value=0, max_value=23)
    quiet_until = IntField(min_value=0, max_value=23)

    @classmethod
    def in_force(cls) -> "Arrangements":
        """What is arranged; before anybody has, what is usual, unwritten."""
        return cls.written() or cls(revision=0, group_steps=[Step.LATE])

    @classmethod
    def written(cls) -> "Arrangements | None":
        """The record, once somebody has arranged something."""
        return cast("Arrangements | None", cls.objects(slug=THE_ONE).first())

    @property
    def morning(self) -> time:
        """When the morning's mail is sent, on working days."""
        return time.fromisoformat(self.morning_at)
