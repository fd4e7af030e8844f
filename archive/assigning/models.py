"""The documents of tasks, and of duties that are set aside."""

from datetime import datetime, timedelta
from typing import Any, ClassVar, cast

from mongoengine import DateField, DateTimeField, EnumField, ListField, Q, StringField

from archive import clock
from archive.actor import Actor, Scope
from archive.assigning.rules import AsideState, TaskStatus
from archive.database import Numbered, Record

LATELY = timedelta(days=14)


class Task(Numbered, Record):
    """Something that one person asks another, or themselves, to do until a day."""

    meta: ClassVar[dict[str, Any]] = {
        "collection": "tasks",
        "indexes": [
            {"fields": ["number"], "unique": True},
            ("owner_id", "status", "due_on"),
            ("giver_id", "status", "due_on"),
            ("member_ids", "updated_at"),
            ("due_on", "id"),
            ("created_at", "id"),
        ],
    }

    number = StringField(required=True)
    title = StringField(required=True, max_length=120)
    note = StringField(max_length=2000)
    due_on = DateField(required=True)
    status = EnumField(TaskStatus, required=True, default=TaskStatus.OPEN)
    owner_id = StringField(required=True)
    owner_name = StringField(required=True)
    giver_id = StringField(required=True)
    giver_name = StringField(required=True)
    member_ids = ListField(StringField())  # who gave it, and all who ever had it
    about_kind = StringField()
    about_key = StringField()
    outcome = StringField(max_length=2000)
    given_at = DateTimeField(required=True)  # to whoever has it now
    closed_at = DateTimeField()

    @property
    def caption(self) -> str:
        return cast(str, self.number)

    def is_within(self, scope: Scope, actor_id: str) -> bool:
        return scope is Scope.RECORDED and actor_id in self.member_ids

    @property
    def is_open(self) -> bool:
        """Whether it is still to be done."""
        return self.status is TaskStatus.OPEN

    @property
    def due_at(self) -> datetime:
        """The end of the day on which it is due."""
        return clock.last_minute_of(self.due_on)

    @classmethod
    def visible_to(cls, actor: Actor) -> Any:
        """The tasks that *actor* gave, has or had, as a query."""
        return cls.objects(member_ids=actor.id)

    @classmethod
    def open_of(cls, actor: Actor) -> Any:
        """The tasks that *actor* has to do, the first due first, as a query."""
        return cls.objects(owner_id=actor.id, status=TaskStatus.OPEN).order_by("due_on", "id")

    @classmethod
    def closed_lately(cls, actor: Actor, now: datetime) -> Any:
        """The tasks that *actor* gave and another has done, or had and another took back."""
        others = Q(giver_id=actor.id, owner_id__ne=actor.id, status=TaskStatus.DONE)
        others |= Q(owner_id=actor.id, giver_id__ne=actor.id, status=TaskStatus.TAKEN_BACK)
        return cls.objects(others, closed_at__gt=now - LATELY)


class SetAside(Record):
    """A duty that a person has put off, or handed to a colleague.

    The chapter goes on computing the duty; this only says whose list it is on, and from when. A
    person and a duty share one such record, whatever happens to it.
    """

    meta: ClassVar[dict[str, Any]] = {
        "collection": "duties_set_aside",
        "indexes": [
            {"fields": ["person_id", "duty_key"], "unique": True},
            ("person_id", "state"),
            ("to_id", "state"),
            "state",
        ],
    }

    person_id = StringField(required=True)
    person_name = StringField(required=True)
    duty_key = StringField(required=True)
    label = StringField(required=True)  # what has to be done: a msgid
    state = EnumField(AsideState, required=True, default=AsideState.ACTIVE)
    until = DateField()
    to_id = StringField()
    to_name = StringField()
    reason = StringField(required=True)
    set_at = DateTimeField(required=True)

    @property
    def caption(self) -> str:
        return cast(str, self.label)

    def is_within(self, scope: Scope, actor_id: str) -> bool:
        return scope is Scope.RECORDED and actor_id in (self.person_id, self.to_id)

    @classmethod
    def of(cls, person_id: str) -> dict[str, "SetAside"]:
        """What *person_id* has set aside, by the duty's key."""
        return {each.duty_key: each for each in cls.objects(person_id=person_id, state="active")}

    @classmethod
    def handed_to(cls, person_id: str) -> list["SetAside"]:
        """What colleagues have handed to *person_id*."""
        return list(cls.objects(to_id=person_id, state="active"))

    @classmethod
    def all_active(cls) -> list["SetAside"]:
        """Everything that is set aside."""
        return list(cls.objects(state="active"))
