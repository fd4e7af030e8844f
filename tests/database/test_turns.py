"""One at a time: for what is looked for and then written."""

from concurrent.futures import ThreadPoolExecutor
from threading import Lock

import pytest
from flask import Flask
from mongoengine.connection import get_db

from archive import clock
from archive.database import in_turn, turns


@pytest.mark.usefixtures("empty_site")
def test_blocks_of_one_name_never_overlap() -> None:
    inside = Lock()

    def work(_: int) -> bool:
        with in_turn("opening"):
            was_free = inside.acquire(blocking=False)
            inside.release()
        return was_free

    with ThreadPoolExecutor(8) as pool:
        assert all(pool.map(work, range(40)))
    assert get_db()["turns"].count_documents({}) == 0


def test_the_turn_of_one_who_died_passes_on(empty_site: Flask) -> None:
    get_db()["turns"].insert_one({"_id": "opening", "since": clock.now() - 2 * turns.LONGEST_TURN})
    with in_turn("opening"):
        assert get_db()["turns"].count_documents({}) == 1


def test_a_block_that_fails_gives_its_turn_back(empty_site: Flask) -> None:
    with pytest.raises(ValueError, match="within"), in_turn("opening"):
        raise ValueError("within")
    assert get_db()["turns"].count_documents({}) == 0
