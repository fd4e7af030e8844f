"""What waits for a person, and the few figures of their roles: what a chapter gives to home."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

from archive import clock
from archive.actor import Right
from archive.urgency import Step, Urgency, urgency_of

FAR = datetime.max.replace(tzinfo=UTC)
LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)
ORDER = (Urgency.LATE, Urgency.SOON, Urgency.OPEN, Urgency.RUNNING)
MOST_SHOWN = 40  # more than anyone does in a day


DAYS_AHEAD = {Step.DAYS_60: 60, Step.DAYS_30: 30, Step.DAYS_7: 7}
USUAL_STEPS = (Step.TOMORROW, Step.TODAY, Step.LATE)
"""Of a duty with a deadline that declares none."""


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
    tells: tuple[Step, ...] | None = None
    """At which moments its person is told; None: `USUAL_STEPS` of a deadline, else none."""

    @property
    def key(self) -> str:
        """Tells this duty from a person's others: what has to be done, and where."""
        return hashlib.sha256(f"{self.label}\n{self.address}".encode()).hexdigest()[:24]

    def urgency(self, now: datetime) -> Urgency:
        """How much it presses at *now*."""
        return urgency_of(self.due_at, now)

    def step_at(self, now: datetime) -> Step | None:
        """The latest of its moments that has come at *now*; those before it are past."""
        usual = USUAL_STEPS if self.due_at and not self.is_appointment else ()
        come = [
            (instant, step)
            for step in (usual if self.tells is None else self.tells)
            if (instant := self._instant_of(step)) is not None and instant <= now
        ]
        return max(come, key=lambda each: each[0])[1] if come else None

    def told_as(self, step: Step) -> str:
        """Tells one moment of one deadline of this duty from all others."""
        of = self.since if step is Step.ARRIVED else self.due_at
        return f"{self.key}:{of.isoformat() if of else ''}:{step}"

    def _instant_of(self, step: Step) -> datetime | None:
        if step is Step.ARRIVED:
            return self.since or LONG_AGO
        if self.due_at is None:
            return None
        if step is Step.HALF:
            return self.since + (self.due_at - self.since) / 2 if self.since else None
        if step in DAYS_AHEAD:
            return self.due_at - timedelta(days=DAYS_AHEAD[step])
        day = clock.local_day(self.due_at)
        if step is Step.TOMORROW:
            return clock.start_of(day - timedelta(days=1))
        return clock.start_of(day) if step is Step.TODAY else self.due_at


@dataclass(frozen=True)
class News:
    """Something that happened and that a person is told once: what, about what, where to look."""

    key: str
    """Tells it from all that the person is told."""
    label: str
    """What happened: a msgid."""
    address: str
    about: str = ""


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
