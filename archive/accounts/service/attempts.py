"""Wrong passwords make the next try wait: ever longer, and only where they came from.

Three things are counted: a name from one address, a name from anywhere, and an address whatever
the names. A device on which the person signed in before counts by itself, so that nobody is shut
out by a stranger's guesses. Names that nobody has count alike.
"""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from pymongo.errors import DuplicateKeyError

from archive.accounts.errors import TooManyAttempts
from archive.accounts.models import Attempts
from archive.config import Settings
from archive.database import durable

FIRST_WAIT = 30  # seconds, doubled with each wrong password
SHARED = 10  # times as many where many people may be behind one count
REMEMBERED = timedelta(days=1)


@dataclass(frozen=True)
class Origin:
    """Who is trying: the name typed, the address, and the device if it is known to the person."""

    username: str
    address: str = ""
    device: str = ""

    def counts(self, settings: Settings) -> Iterator[tuple[str, int]]:
        """What an attempt counts for, and how many wrong ones are free."""
        few = settings.sign_in_attempts
        if self.device:
            yield _key("device", self.device, self.username), few
            return
        yield _key("pair", self.username, self.address), few
        yield _key("name", self.username), few * SHARED
        yield _key("address", self.address), few * SHARED


def count_attempt(origin: Origin, *, now: datetime, settings: Settings) -> bool:
    """Count an attempt before its password is looked at, so that parallel guesses all count.

    Returns whether the next one from there, should this be wrong, has to wait.

    Raises:
        TooManyAttempts: this one came too soon.
    """
    waits = False
    for key, free in origin.counts(settings):
        try:
            counted = durable(Attempts).find_one_and_update(
                {"_id": key, "blocked_until": {"$not": {"$gt": now}}},
                _one_more(_key(origin.username), free, now, settings),
                upsert=True,
                return_document=True,
            )
        except DuplicateKeyError:
            held = Attempts.objects(id=key).first()
            until = (held and held.blocked_until) or now
            seconds = max(1, int((until - now).total_seconds()))
            raise TooManyAttempts(minutes=-(-seconds // 60)) from None
        waits = waits or counted["blocked_until"] is not None
    return waits


def forget_attempts(origin: Origin, *, settings: Settings) -> None:
    """The password was right: what counts for this person begins again."""
    keys = [key for key, _ in origin.counts(settings)]
    own, shared = keys[:2], keys[2:]
    Attempts.objects(id__in=own).delete()
    Attempts.objects(id__in=shared).update(inc__failures=-1, unset__blocked_until=1)


def forget_name(username: str) -> None:
    """A new password was set: nothing that was tried before it counts for the name."""
    Attempts.objects(name=_key(username)).delete()


def _one_more(name: str, free: int, now: datetime, settings: Settings) -> list[dict[str, Any]]:
    doubled = {"$pow": [2, {"$min": [20, {"$subtract": ["$failures", free]}]}]}
    longest = settings.lock_minutes * 60
    seconds = {"$min": [longest, {"$multiply": [FIRST_WAIT, doubled]}]}
    until = {"$add": [now, {"$multiply": [1000, seconds]}]}
    return [
        {"$set": {"failures": {"$add": [{"$ifNull": ["$failures", 0]}, 1]}}},
        {
            "$set": {
                "blocked_until": {"$cond": [{"$gte": ["$failures", free]}, until, None]},
                "forget_at": now + REMEMBERED,
                "name": name,
            }
        },
    ]


def _key(*parts: str) -> str:
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()
