"""What both lists do: compare, write and take back one row so that it sinks no other."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from flask_babel import gettext

from archive.accounts.models import User
from archive.actor import Actor
from archive.customers.models import Customer, followed_together
from archive.database import EditedMeanwhile, collection_of
from archive.errors import ArchiveError
from archive.importable import Judgement, Kept, Planned, Verdict, Written
from archive.terms import N_
from archive.web.answers import words_of
from archive.web.wording import hide_numbers, words_of_field

NOT_YOURS = N_("您不能更新客户“%(name)s”的档案。")
STALE = N_("检查之后有人修改过这份档案，请重新检查这张表。")
CHANGED_SINCE = N_("导入之后有人修改过，已保留。")


def differs(kept: Any, given: Any) -> bool:
    """Whether the archive says otherwise; the order of a list says nothing."""
    if isinstance(given, list) and isinstance(kept, list | tuple):
        return sorted(map(str, kept)) != sorted(map(str, given))
    return bool((kept or None) != (given or None))


def in_words(model: Any, name: str, value: Any) -> str:
    """*value*, human-readable, with telephone numbers masked."""
    if name == "salesperson":
        return str(User.find(value).name)
    return words_of_field(model, name, hide_numbers(model, name, value))


def refused(message: str, **facts: Any) -> Judgement:
    """A row that cannot be brought in, and why."""
    return Judgement(Verdict.REFUSED, why=gettext(message, **facts))


def attempt_all(
    write: Any, planned: Sequence[Planned[Any]], actor: Actor, now: datetime
) -> list[Written]:
    """*write* each row; a rule that forbids it is a reason, and sinks no other row."""
    with followed_together(collection_of(Customer)):
        return [_attempt(write, each, actor, now) for each in planned]


def _attempt(write: Any, planned: Planned[Any], actor: Actor, now: datetime) -> Written:
    try:
        return write(planned, actor, now)  # type: ignore[no-any-return]  # *write* is one of this folder's verbs
    except EditedMeanwhile:
        return Written(refused=gettext(STALE))
    except ArchiveError as error:
        return Written(refused=words_of(error)[0])


def attempt_all_back(
    take_back: Any, rows: Sequence[Kept], actor: Actor, now: datetime, reason: str
) -> list[str]:
    """*take_back* each row; whoever changes it in this very moment keeps it."""
    with followed_together(collection_of(Customer)):
        return [_attempt_back(take_back, each, actor, now, reason) for each in rows]


def _attempt_back(take_back: Any, row: Kept, actor: Actor, now: datetime, reason: str) -> str:
    try:
        return str(take_back(row, actor, now, reason))
    except EditedMeanwhile:
        return gettext(CHANGED_SINCE)
