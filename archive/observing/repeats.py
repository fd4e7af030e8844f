"""A cause that comes again and again is one line a minute, with how often it came."""

import logging
from collections.abc import Callable, Hashable, Iterator
from threading import Lock
from time import monotonic

from pymongo.errors import ConnectionFailure

from archive.errors import Unavailable

EVERY = 60.0  # seconds between two lines of one cause
MOST_CAUSES = 1000
NO_ANSWER = (ConnectionFailure, ConnectionError, TimeoutError)
"""What a store that does not answer is met as, by each request and each task in the same minute."""


class OncePerMinute(logging.Filter):
    """Lets the first line of a cause through, then one a minute that says how many were left out.

    A cause is a store that does not answer, as one logger reports it, or the same warning in the
    same words. Any other error is a line each time.
    """

    def __init__(self, now: Callable[[], float] = monotonic) -> None:
        """*now* counts seconds."""
        super().__init__()
        self._now = now
        self._lock = Lock()
        self._said: dict[Hashable, tuple[float, int]] = {}

    def filter(self, record: logging.LogRecord) -> bool:
        """See `logging.Filter`."""
        cause = cause_of(record)
        if cause is None:
            return True
        with self._lock:
            now = self._now()
            said_at, left_out = self._said.get(cause, (-EVERY, 0))
            if now - said_at < EVERY:
                self._said[cause] = said_at, left_out + 1
                return False
            if len(self._said) >= MOST_CAUSES:
                self._said.clear()
            self._said[cause] = now, 0
        if left_out:
            record.repeated = left_out
        return True


def cause_of(record: logging.LogRecord) -> Hashable | None:
    """What *record* comes from, where that may come again; None where every line counts."""
    if record.levelno < logging.WARNING:
        return None
    for error in _errors_of(record):
        if isinstance(error, NO_ANSWER):
            return record.name, type(error)
    for error in _errors_of(record):
        if isinstance(error, Unavailable):
            return record.name, repr(error)
    return None if record.exc_info else (record.name, record.getMessage())


def _errors_of(record: logging.LogRecord) -> Iterator[BaseException]:
    """The errors that *record* speaks of, each with what it was raised from."""
    given = record.args if isinstance(record.args, tuple) else ()
    for error in (record.exc_info[1] if record.exc_info else None, *given):
        while isinstance(error, BaseException):
            yield error
            error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
