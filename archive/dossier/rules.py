"""What waits for a person, and how urgent it is."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum

from archive.terms import N_, Term

SOON = timedelta(days=1)
FAR = datetime.max.replace(tzinfo=UTC)


class DutyKind(Term):
    """What has to be done."""

    FILE = "file", N_("归档扫描件")
    ACCEPT = "accept", N_("受理客户抱怨")
    REPLY = "reply", N_("答复客户抱怨")
    OVERSEE = "oversee", N_("抱怨超时未答复")
    VISIT = "visit", N_("按计划拜访")
    RECORD = "record", N_("补记拜访内容")
    RENEW = "renew", N_("更新到期证照")
    ASSIGN = "assign", N_("分配跟进销售员")
    DRAFT = "draft", N_("补齐合同草稿")


class Urgency(StrEnum):
    """How a duty stands against its clock."""

    LATE = "late"
    SOON = "soon"
    LATER = "later"
    OPEN = "open"  # no clock


ORDER = (Urgency.LATE, Urgency.SOON, Urgency.OPEN, Urgency.LATER)


@dataclass(frozen=True)
class Duty:
    """One thing that waits for a person: what, about whom, where it is done, until when."""

    kind: DutyKind
    about: str
    address: str
    due_at: datetime | None = None
    due_on: date | None = None  # where a day is promised, not an hour; `due_at` is then its end
    count: int = 1
    since: datetime | None = None

    def urgency(self, now: datetime, soon: timedelta = SOON) -> Urgency:
        """How it stands at *now*; *soon* is how long before its end a clock begins to press."""
        if self.due_at is None:
            return Urgency.OPEN
        if self.due_at < now:
            return Urgency.LATE
        return Urgency.SOON if self.due_at - now <= soon else Urgency.LATER


def most_urgent_first(duties: Iterable[Duty], now: datetime) -> list[Duty]:
    """What is late, then what presses, then what simply waits, then what has time.

    Within each the clock that runs out first, or the one that has waited longest.
    """
    return sorted(
        duties,
        key=lambda duty: (
            ORDER.index(duty.urgency(now)),
            duty.due_at or duty.since or FAR,
            duty.about,
        ),
    )
