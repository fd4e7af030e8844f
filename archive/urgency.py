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


def urgency_of(due_at: datetime | None, now: datetime) -> Urgency:
    """How much a deadline at *due_at* presses at *now*; None: there is no deadline."""
    if due_at is None:
        return Urgency.OPEN
    if due_at < now:
        return Urgency.LATE
    return Urgency.SOON if due_at - now <= SOON else Urgency.RUNNING
