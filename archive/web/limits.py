"""Where the rate limits count: in our own database, over the connection that exists already.

A limit of requests asked from a view or before it raises what Flask-Limiter raises: 429, with
the seconds after which the next one is let in.
"""

import math
import time
from typing import Any

from flask_limiter import Limiter
from limits import RateLimitItemPerMinute
from limits.storage import MongoDBStorageBase
from mongoengine.connection import get_connection
from pymongo import MongoClient
from werkzeug.exceptions import TooManyRequests

ADDRESS = "archive://"


class CountsInOurDatabase(MongoDBStorageBase):
    """The library's MongoDB storage without a second pool of connections to open and close."""

    STORAGE_SCHEME = ["archive"]

    def _init_mongo_client(self, uri: str | None, **options: Any) -> MongoClient[dict[str, Any]]:
        return get_connection()  # type: ignore[no-any-return]  # MongoEngine is untyped

    def __del__(self) -> None:
        """Leave the connection open: it belongs to the documents."""


def count_request(limiter: Limiter, *names: str, per_minute: int) -> None:
    """Count a request for *names*, of which so many are let in within a minute.

    Raises:
        TooManyRequests: this is one more.
    """
    most = RateLimitItemPerMinute(per_minute)
    if limiter.limiter.hit(most, *names):
        return
    ends_at = limiter.limiter.get_window_stats(most, *names).reset_time
    raise TooManyRequests(retry_after=max(1, math.ceil(ends_at - time.time())))
