"""One at a time, across processes: for what is looked for and then written."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

from mongoengine.connection import get_db
from pymongo.errors import DuplicateKeyError, PyMongoError

from archive import clock
from archive.database.connection import DatabaseAway

LONGEST_TURN = timedelta(seconds=10)  # whoever has it for longer has died
LONGEST_WAIT = 5.0  # seconds
BETWEEN_LOOKS = 0.02


@contextmanager
def in_turn(name: str) -> Iterator[None]:
    """Do the block while nobody else is in a block of this *name*.

    Raises:
        DatabaseAway: MongoDB is unavailable, or others have kept their turns for too long.
    """
    turns = get_db()["turns"]
    begun = clock.now()
    try:
        _wait(name, begun)
    except PyMongoError as error:
        raise DatabaseAway() from error
    try:
        yield
    finally:
        turns.delete_one({"_id": name, "since": begun})


def _wait(name: str, begun: object) -> None:
    turns = get_db()["turns"]
    give_up = time.monotonic() + LONGEST_WAIT
    while True:
        try:
            turns.insert_one({"_id": name, "since": begun})
        except DuplicateKeyError:
            turns.delete_one({"_id": name, "since": {"$lt": clock.now() - LONGEST_TURN}})
            if time.monotonic() > give_up:
                raise
            time.sleep(BETWEEN_LOOKS)
        else:
            return
