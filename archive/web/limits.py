"""Where the rate limits count: in our own database, over the connection that exists already."""

from typing import Any

from limits.storage import MongoDBStorageBase
from mongoengine.connection import get_connection
from pymongo import MongoClient

ADDRESS = "archive://"


class CountsInOurDatabase(MongoDBStorageBase):
    """The library's MongoDB storage without a second pool of connections to open and close."""

    STORAGE_SCHEME = ["archive"]

    def _init_mongo_client(self, uri: str | None, **options: Any) -> MongoClient[dict[str, Any]]:
        return get_connection()  # type: ignore[no-any-return]  # MongoEngine is untyped

    def __del__(self) -> None:
        """Leave the connection open: it belongs to the documents."""
