"""The verbs on notices."""

from datetime import datetime
from typing import Any

from archive.actor import Actor, Right
from archive.database import EditedMeanwhile, Taken
from archive.errors import NotPermitted
from archive.notifying.models import Arrangements, Notice, NoticeWishes


def open_notice(key: str, *, actor: Actor) -> Notice:
    """The notice *key*, for whom it is.

    Raises:
        NotFound, NotPermitted.
    """
    notice = Notice.find(key)
    if notice.person_id != actor.id:
        raise NotPermitted()
    return notice


def mark_read(notice: Notice, *, actor: Actor, now: datetime) -> Notice:
    """Note that *actor* has seen their notice; what was read before stays so.

    Raises:
        NotPermitted: it is another's.
    """
    _check_own(notice, actor)
    if notice.read_at is None:
        notice.mark(now)
    return notice


def mark_unread(notice: Notice, *, actor: Actor) -> Notice:
    """Have *actor*'s notice count as not seen.

    Raises:
        NotPermitted: it is another's.
    """
    _check_own(notice, actor)
    notice.mark(None)
    return notice


def mark_all_read(*, actor: Actor, now: datetime) -> int:
    """Note that *actor* has seen all that they were told so far; how many they had not."""
    unread = Notice.unread(actor.id).filter(created_at__lte=now)
    return int(unread.update(set__read_at=now))


def say_wishes(*, actor: Actor, now: datetime, **facts: Any) -> NoticeWishes:
    """Have *actor* be told as *facts* say, from their next notice on."""
    known = NoticeWishes.of(actor.id)
    if known is None:
        try:
            given = {"person_id": actor.id, **facts}
            return NoticeWishes.open_new(actor, now, "notices.wished", given)
        except Taken:  # the same person, twice at once
            known = NoticeWishes.objects(person_id=actor.id).get()
    assert known is not None
    return known.change(actor, now, "notices.wished", facts)


def arrange(
    arrangements: Arrangements, *, actor: Actor, now: datetime, seen: int, **facts: Any
) -> Arrangements:
    """Have notices leave the archive as *facts* say; *arrangements* may be unwritten.

    Raises:
        NotPermitted, EditedMeanwhile.
    """
    actor.require(Right.MANAGE_PEOPLE)
    if arrangements.id is not None:
        return arrangements.change(actor, now, "notices.arranged", facts, seen=seen)
    try:
        return Arrangements.open_new(actor, now, "notices.arranged", facts)
    except Taken as error:  # by whoever arranged it at the same moment
        if (written := Arrangements.written()) is None:
            raise
        raise EditedMeanwhile(written) from error


def _check_own(notice: Notice, actor: Actor) -> None:
    if notice.person_id != actor.id:
        raise NotPermitted()
