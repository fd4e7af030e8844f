"""How each person wants to be told."""

from datetime import datetime
from typing import Any, ClassVar

from mongoengine import EnumField, IntField, ListField, StringField

from archive.actor import Scope
from archive.channels.workdays import is_workday
from archive.database import Record
from archive.notifying.models.arrangements import Arrangements
from archive.notifying.rules import How, after_quiet, next_morning
from archive.urgency import Step


class NoticeWishes(Record):
    """How one person wants to be told outside of the product; who has none is told in it alone."""

    meta: ClassVar[dict[str, Any]] = {
        "collection": "notice_wishes",
        "indexes": [{"fields": ["person_id"], "unique": True}],
    }
    unrecorded = frozenset({"email"})

    person_id = StringField(required=True)
    how = EnumField(How, required=True, default=How.NOT)
    email = StringField(max_length=200)
    steps = ListField(EnumField(Step))  # none: every step
    quiet_from = IntField(min_value=0, max_value=23)
    quiet_until = IntField(min_value=0, max_value=23)

    def is_within(self, scope: Scope, actor_id: str) -> bool:
        return scope is Scope.RECORDED and actor_id == self.person_id

    @classmethod
    def of(cls, person_id: str) -> "NoticeWishes | None":
        """The wishes of *person_id*, if they have said any."""
        found: NoticeWishes | None = cls.objects(person_id=person_id).first()
        return found

    @property
    def wants_mail(self) -> bool:
        """Whether notices go to the person's mailbox, too."""
        return self.how is not How.NOT and bool(self.email)

    def send_at(self, step: Step | None, now: datetime, arranged: Arrangements) -> datetime | None:
        """When a notice of *step* that is made at *now* is sent; None: it stays in the product.

        Who has named no quiet hours has those that the company has *arranged*.
        """
        if not self.wants_mail or (self.steps and step not in self.steps):
            return None
        if self.how is How.MORNING:
            return next_morning(now, is_workday, arranged.morning)
        own = self.quiet_from is not None
        hours = self if own else arranged
        return after_quiet(now, hours.quiet_from, hours.quiet_until)
