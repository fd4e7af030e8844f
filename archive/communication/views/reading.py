"""What the pages of visits and of complaints share in reading a request."""

from datetime import date
from typing import Any

from flask import request

from archive.accounts.models import User
from archive.actor import Role
from archive.audit.models import History
from archive.audit.service import history_of
from archive.communication.forms import check_day
from archive.database import Record
from archive.errors import Conflict, Refused
from archive.web.inputs import InvalidInput
from archive.web.wording import action_words

CHANGES_SHOWN = 12
MENDABLE = (InvalidInput, Refused, Conflict)  # what the person can mend on the form itself


def day_of(text: str) -> date | None:
    """The day that a filter holds; None where it holds no day of ours."""
    try:
        return check_day(date.fromisoformat(text))
    except ValueError:
        return None


def wanted_export() -> str:
    """The kind of file that the list is wanted as, or nothing."""
    kind = request.args.get("export", "")
    return kind if kind in ("csv", "xlsx") else ""


def callers() -> list[tuple[str, str]]:
    """The people who visit customers, as choices."""
    people: dict[Any, str] = {}
    for role in (Role.SALESPERSON, Role.SALES_MANAGER):
        people |= {user.key: user.name for user in User.with_role(role)}
    return list(people.items())


def recent_changes(record: Record) -> list[tuple[History, str]]:
    """The newest changes of *record*, each with what was done, in words."""
    return [(event, action_words(event.action)) for event in history_of(record)[:CHANGES_SHOWN]]
