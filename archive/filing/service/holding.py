"""Whose desk a paper is on: two custodians at one stack never get the same one.

A hold is a courtesy with an end, no lock: it lapses when nobody renews it, and can be taken over.
That a paper is decided about once is seen to where it is decided (`deciding.while_waiting`).
"""

from datetime import datetime, timedelta
from typing import cast

from mongoengine import Q

from archive.actor import Actor, Right
from archive.filing.errors import HeldByOther
from archive.filing.models import Deposit, Hold

HELD_FOR = timedelta(minutes=3)
TRIED = 50  # of those that were free when it was asked


def take_up(deposit: Deposit, *, actor: Actor, now: datetime, over: bool = False) -> bool:
    """Put *deposit* on the desk of *actor*, and what was there back onto the stack.

    False where it is on somebody else's; *over* takes it from them.

    Raises:
        NotPermitted: *actor* is no custodian.
    """
    actor.require(Right.FILE_DEPOSIT, deposit)
    if not keep(deposit.key, actor=actor, now=now, over=over):
        return False
    Deposit.objects(hold__who_id=actor.id, id__ne=deposit.id).update(unset__hold=True)
    return True


def keep(key: str, *, actor: Actor, now: datetime, over: bool = False) -> bool:
    """Hold the deposit *key* for `HELD_FOR` more; False where somebody else holds it."""
    mine = Deposit.objects(id=key, hold__who_id=actor.id)
    if mine.update_one(set__hold__until=now + HELD_FOR):
        return True
    hold = Hold(who_id=actor.id, who_name=actor.name, since=now, until=now + HELD_FOR)
    wanted = Deposit.objects(id=key) if over else Deposit.objects(Q(id=key) & _is_free(now))
    return bool(wanted.update_one(set__hold=hold))


def take_next(after: Deposit | None, *, actor: Actor, now: datetime) -> Deposit | None:
    """The next waiting deposit that is on nobody's desk, now on that of *actor*.

    It begins with *after* itself and goes round; None where none is free.
    """
    free = Deposit.waiting().filter(_is_free(now) | Q(hold__who_id=actor.id))
    later = free.filter(created_at__gte=after.created_at) if after else free.none()
    for stack in (later, free):
        for deposit in stack.limit(TRIED):
            if take_up(deposit, actor=actor, now=now):
                return cast(Deposit, deposit)
    return None


def check_free(deposit: Deposit, *, actor: Actor, now: datetime) -> None:
    """Let only whoever has it on the desk decide there about *deposit*.

    Raises:
        HeldByOther: somebody else took it over.
    """
    if hold := deposit.held_by_other(actor.id, now):
        raise HeldByOther(who=hold.who_name)


def _is_free(now: datetime) -> Q:
    return Q(hold=None) | Q(hold__until__lte=now)
