"""What waits for a person, and the few figures of their roles: what a chapter gives to home."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from archive.actor import Right
from archive.urgency import Urgency, urgency_of

FAR = datetime.max.replace(tzinfo=UTC)
ORDER = (Urgency.LATE, Urgency.SOON, Urgency.OPEN, Urgency.RUNNING)
MOST_SHOWN = 40  # more than anyone does in a day


@dataclass(frozen=True)
class Duty:
    """One thing that waits for a person: what, about whom, where it is done, until when."""

    label: str
    """What has to be done: a msgid."""
    icon: str
    address: str
    about: str = ""
    due_at: datetime | None = None
    due_on: date | None = None
    """Where a day is promised, not an hour; `due_at` is then its end."""
    is_appointment: bool = False
    """`due_at` is when it takes place, and no deadline."""
    remark: str = ""
    """What is wrong with it, in place of what its deadline says: a msgid."""
    count: int = 1
    since: datetime | None = None
    right: Right | None = None
    """What doing it needs, on `subject` where one is named. Without it nobody else can be given
    the duty."""
    subject: Any = None
    is_movable: bool = True
    """Whether home offers to put it off or to hand it over; False where its own page does."""
    handed_by: str = ""
    """The name of the colleague whose duty it is, where it was handed over."""

    @property
    def key(self) -> str:
        """Tells this duty from a person's others: what has to be done, and where."""
        return hashlib.sha256(f"{self.label}\n{self.address}".encode()).hexdigest()[:24]

    def urgency(self, now: datetime) -> Urgency:
        """How much it presses at *now*."""
        return urgency_of(self.due_at, now)


@dataclass(frozen=True)
class Shortcut:
    """Something that a role begins with: what, what for (msgids), and the page where."""

    label: str
    text: str
    icon: str
    endpoint: str
    right: Right
    """Whoever holds it may do it."""
    order: int = 500
    """Its place among the shortcuts of all chapters."""


@dataclass(frozen=True)
class Figure:
    """A number with its label (a msgid) and the page where it comes from."""

    label: str
    number: int
    address: str = ""
    order: int = 500
    """Its place among the figures of all chapters."""


def most_urgent_first(duties: Iterable[Duty], now: datetime) -> list[Duty]:
    """What is late, then what presses, then what simply waits, then what has time.

    Within each the deadline that comes first, or what has waited longest.
    """
    return sorted(
        duties,
        key=lambda duty: (
            ORDER.index(duty.urgency(now)),
            duty.due_at or duty.since or FAR,
            duty.about,
        ),
    )
