"""How each way in is doing, what has come by it, and what of the folder is still being written."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any, ClassVar, Self, cast

from mongoengine import (
    DateTimeField,
    Document,
    EnumField,
    IntField,
    LongField,
    MapField,
    NotUniqueError,
    ObjectIdField,
    Q,
    StringField,
)

from archive.arriving.rules import Outcome, Way

KEPT_DAYS = 180
IN_HAND_FOR = timedelta(minutes=3)
FIRST_PAUSE, LONGEST_PAUSE = timedelta(seconds=30), timedelta(minutes=10)

Words = Mapping[str, str]
"""What is said, by language."""


class WayState(Document):
    """How one way in is doing. Not a record: no person acts on it."""

    meta: ClassVar[dict[str, Any]] = {"collection": "ways", "auto_create_index": False}

    id = StringField(primary_key=True)  # a `Way`
    in_hand_until = DateTimeField()  # one process at a time looks
    looked_at = DateTimeField()
    well_at = DateTimeField()  # the last look without a fault
    faults = IntField(default=0)  # looks in a row that met one
    fault = MapField(StringField())  # in words, by language
    try_again_at = DateTimeField()
    waiting = IntField(default=0)  # seen, and not taken in yet
    left_alone = IntField(default=0)  # mails of others
    unreadable = IntField(default=0)  # files that could not be read or moved

    @classmethod
    def of(cls, way: Way) -> Self:
        """How *way* is doing."""
        return cast(Self, cls.objects(id=way.value).first() or cls(id=way.value))

    @classmethod
    def take_in_hand(cls, way: Way, now: datetime) -> bool:
        """Be the one who looks at *way* now; False while another is, or while it rests."""
        free = Q(in_hand_until=None) | Q(in_hand_until__lte=now)
        rested = Q(try_again_at=None) | Q(try_again_at__lte=now)
        try:
            if cls.objects(id=way.value).first() is None:
                cls(id=way.value).save(force_insert=True)
        except NotUniqueError:
            pass  # another process has just done so
        until = now + IN_HAND_FOR
        return bool(cls.objects(free & rested, id=way.value).update_one(set__in_hand_until=until))

    @classmethod
    def keep_in_hand(cls, way: Way, now: datetime) -> None:
        """Go on looking."""
        cls.objects(id=way.value).update_one(set__in_hand_until=now + IN_HAND_FOR)

    @classmethod
    def note_well(cls, way: Way, now: datetime, **counts: int) -> None:
        """The look is over, and met no fault."""
        cls.objects(id=way.value).update_one(
            unset__in_hand_until=True,
            unset__try_again_at=True,
            set__looked_at=now,
            set__well_at=now,
            set__faults=0,
            set__fault={},
            **{f"set__{name}": count for name, count in counts.items()},
        )

    @classmethod
    def note_fault(cls, way: Way, now: datetime, words: Words) -> None:
        """The look met a fault: it is tried again after a rest, each longer than the last."""
        faults = cls.of(way).faults + 1
        pause = min(FIRST_PAUSE * 2 ** min(faults - 1, 10), LONGEST_PAUSE)
        cls.objects(id=way.value).update_one(
            unset__in_hand_until=True,
            set__looked_at=now,
            set__faults=faults,
            set__fault=dict(words),
            set__try_again_at=now + pause,
        )

    @classmethod
    def try_now(cls, way: Way) -> None:
        """Rest no longer: somebody has put it right."""
        cls.objects(id=way.value).update_one(unset__try_again_at=True)


class Arrival(Document):
    """What became of one file. Not a record: the deposit is; this is what the page shows."""

    meta: ClassVar[dict[str, Any]] = {
        "collection": "arrivals",
        "auto_create_index": False,
        "indexes": [
            ("way", "-at"),
            ("-at", "id"),
            {"fields": ["at"], "expireAfterSeconds": KEPT_DAYS * 24 * 3600},
        ],
    }

    way = EnumField(Way, required=True)
    at = DateTimeField(required=True)
    name = StringField(required=True)
    words = StringField()  # the folder it was in; who sent the mail, and its subject
    outcome = EnumField(Outcome, required=True)
    why = MapField(StringField())  # it was not taken in: in words, by language
    deposit_id = ObjectIdField()

    @classmethod
    def counted(cls, way: Way, since: datetime) -> dict[Outcome, int]:
        """How many came by *way* since then, by what became of them."""
        return {
            outcome: cls.objects(way=way, outcome=outcome, at__gte=since).count()
            for outcome in Outcome
        }


class SeenFile(Document):
    """A file of the watched folder as the last look found it, until it is taken in."""

    meta: ClassVar[dict[str, Any]] = {"collection": "seen_files", "auto_create_index": False}

    id = StringField(primary_key=True)  # digest of its path
    size = LongField(required=True)
    modified = LongField(required=True)  # nanoseconds, as its file system says
    since = DateTimeField(required=True)  # it has been like this
    fault = StringField()  # why it could not be read
