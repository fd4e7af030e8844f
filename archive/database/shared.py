"""What several kinds of records share: a number, and work that one worker at a time does."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from enum import Enum
from typing import Any, ClassVar, Self, TypeVar

from mongoengine import DateTimeField

from archive.database.record import Record
from archive.errors import NotFound

SILENT_FOR = timedelta(seconds=60)  # a worker that has said nothing for so long has died
MOST_FORGOTTEN = 100  # records that are asked for again at once

Value = TypeVar("Value", bound=Enum)


class Numbered:
    """A record that people know by its `number`, in whatever case they write it."""

    @classmethod
    def numbered(cls, number: str) -> Self:
        """The record with this number.

        Raises:
            NotFound: there is none.
        """
        found = cls.objects(number=number.strip().upper()).first()  # type: ignore[attr-defined]
        if found is None:
            raise NotFound()
        return found  # type: ignore[no-any-return]  # MongoEngine is untyped


class Working(Record):
    """A record on which, in some of its states, one worker at a time works.

    The worker gives a sign of life now and then. Of one that has died, another takes over.
    """

    meta: ClassVar[dict[str, Any]] = {"abstract": True}

    working: ClassVar[Sequence[Enum]]  # the states in which there is something to do
    derived = frozenset({"worked_at"})

    worked_at = DateTimeField()  # the last sign of life

    state: Any

    @property
    def is_working(self) -> bool:
        """Whether there is something to do for it."""
        return self.state in self.working

    @classmethod
    def take(cls, key: str, state: Enum, now: datetime, **facts: Any) -> Self | None:
        """The record *key* for the one worker that may work on it now; None for any other.

        It must be in *state*, and hold *facts*.
        """
        taken = cls.objects(id=key, state=state, __raw__=_silent(now), **facts)
        return taken.modify(set__worked_at=now, new=True)  # type: ignore[no-any-return]  # as above

    def give_sign(self, now: datetime) -> bool:
        """Say that the worker is alive; whether the record is still in the state it was in."""
        same = {"id": self.id, "state": self.state}
        return bool(type(self).objects(**same).update_one(set__worked_at=now))

    @classmethod
    def forgotten(cls, now: datetime) -> list[Self]:
        """Those whose worker has died, or was never asked."""
        waiting = cls.objects(state__in=cls.working, updated_at__lt=now, __raw__=_silent(now))
        return list(waiting.limit(MOST_FORGOTTEN))


def _silent(now: datetime) -> dict[str, Any]:
    """The condition that no living worker has it."""
    return {"$or": [{"worked_at": None}, {"worked_at": {"$lt": now - SILENT_FOR}}]}


def counts_by(field: str, values: type[Value], found: Any) -> dict[Value, int]:
    """How many documents of the query *found* have each of *values* in *field*."""
    grouped = found.aggregate([{"$group": {"_id": f"${field}", "number": {"$sum": 1}}}])
    known = {each["_id"]: int(each["number"]) for each in grouped}
    return {value: known.get(value.value, 0) for value in values}
