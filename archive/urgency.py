"""How something that has to be done relates to its deadline."""

from datetime import datetime, timedelta

from archive.terms import N_, Term

SOON = timedelta(days=1)


class Urgency(Term):
    """How much a deadline presses."""

    LATE = "late", N_("已超时")
    SOON = "soon", N_("即将到时")
    RUNNING = "running", N_("计时中")
    OPEN = "open", N_("无时限")


class Step(Term):
    """A moment of a duty at which its person is told of it, once."""

    ARRIVED = "arrived", N_("新的待办"), "active"
    HALF = "half", N_("时间已过半"), "warn"
    DAYS_60 = "days_60", N_("60 天内到期")
    DAYS_30 = "days_30", N_("30 天内到期"), "warn"
    DAYS_7 = "days_7", N_("7 天内到期"), "warn"
    TOMORROW = "tomorrow", N_("明天到期"), "warn"
    TODAY = "today", N_("今天到期"), "warn"
    LATE = "late", N_("已逾期"), "bad"


def urgency_of(due_at: datetime | None, now: datetime) -> Urgency:
    """How much a deadline at *due_at* presses at *now*; None: there is no deadline."""
    if due_at is None:
        return Urgency.OPEN
    if due_at < now:
        return Urgency.LATE
    return Urgency.SOON if due_at - now <= SOON else Urgency.RUNNING
