"""The counts next to the lines of the navigation, which is on every page.

Counting is not done for each page view: a count is kept for some seconds in each process. What
somebody does changes their counts at once, in every process: the session notes when they last did
something, and a count from before that is made again.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from threading import Lock
from time import time

from flask import Flask, Response, current_app, g, request, session

from archive.actor import Actor

KEPT_FOR = 15.0  # seconds
MOST_KEPT = 5_000  # counts, of all people together
BADGES = "archive.badges"
ACTED = "acted"
CHANGING = frozenset({"POST", "PUT", "PATCH", "DELETE"})

Count = Callable[[Actor], int]


@dataclass
class Badges:
    """The counts of this process, by what is counted and for whom."""

    clock: Callable[[], float] = time
    _kept: dict[tuple[str, str], tuple[float, int]] = field(default_factory=dict)
    _lock: Lock = field(default_factory=Lock)

    def of(self, name: str, who: Actor, count: Count, *, acted_at: float = 0.0) -> int:
        """What *count* says of *who*, not older than some seconds nor than what they did last."""
        now = self.clock()
        with self._lock:
            counted_at, number = self._kept.get((name, who.id), (0.0, 0))
        if now - counted_at < KEPT_FOR and counted_at > acted_at:
            return number
        number = count(who)
        with self._lock:
            if len(self._kept) >= MOST_KEPT:
                self._kept.clear()
            self._kept[name, who.id] = (now, number)
        return number

    def keep(self, name: str, who: Actor, number: int) -> None:
        """Take *number*, which was just counted, for the count called *name*."""
        with self._lock:
            self._kept[name, who.id] = (self.clock(), number)

    def forget(self, who: Actor) -> None:
        """*who* has done something: count again for them."""
        with self._lock:
            for key in [key for key in self._kept if key[1] == who.id]:
                del self._kept[key]


def badge(name: str, who: Actor, count: Count) -> int:
    """The count called *name* for *who*, whose page is being made."""
    kept: Badges = current_app.extensions[BADGES]
    return kept.of(name, who, count, acted_at=session.get(ACTED, 0.0))


def keep(name: str, who: Actor, number: int) -> None:
    """Take *number* for the count called *name* of *who*."""
    current_app.extensions[BADGES].keep(name, who, number)


def note_act(response: Response) -> Response:
    """After each request: one that may have changed something changes the person's counts."""
    if request.method in CHANGING and (who := g.get("actor")) is not None:
        current_app.extensions[BADGES].forget(who)
        if "_user_id" in session:  # a browser's that is still signed in
            session[ACTED] = time()
    return response


def install(app: Flask) -> None:
    """Let *app* keep counts."""
    app.extensions[BADGES] = Badges()
    app.after_request(note_act)
