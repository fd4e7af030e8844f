"""Searches go on while the index is written and made anew."""

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from archive.config import SearchLibrary
from archive.search.folder_engine import FolderEngine
from tests.search.entries import an_entry, another, ask

pytestmark = pytest.mark.slow  # an index is made again and again


def test_searches_beside_commits_see_whole_commits_only(engine: FolderEngine) -> None:
    engine.rebuild([], "t")
    reader = another(engine)
    done = threading.Event()

    def search() -> list[int]:
        totals = []
        while not done.is_set():
            results = ask(reader, "延误 OR 华")
            assert results.total == len(results.hits)
            totals.append(results.total)
        return totals

    with ThreadPoolExecutor(4) as pool:
        searches = [pool.submit(search) for _ in range(4)]
        try:
            for number in range(45):  # two records in each commit: never an odd total
                pair = [an_entry(f"r{number}-{half}", body="华盛延误") for half in (0, 1)]
                engine.write(pair, [], str(number))
            for records in range(90, 100, 2):
                engine.rebuild([an_entry(f"new{n}", body="华盛") for n in range(records)], "anew")
        finally:
            done.set()
        for each in searches:
            totals = each.result()
            assert totals == sorted(totals)
            assert not [total for total in totals if total % 2]
    assert ask(reader, "华").total == 98


class Meanwhile:
    """Something whose method *named* lets *happen* take place after its call number *at*."""

    def __init__(self, thing: Any, named: str, happen: Callable[[], None], at: int) -> None:
        self._thing, self._named, self._happen, self._left = thing, named, happen, at

    def __getattr__(self, name: str) -> Any:
        found = getattr(self._thing, name)
        if name != self._named:
            return found

        def after_it(*given: object, **options: object) -> object:
            given_back = found(*given, **options)
            self._left -= 1
            if self._left == -1:
                self._happen()
            return given_back

        return after_it

    def __iter__(self) -> Iterator[str]:
        return iter(self._thing)  # of a storage: its files


def reader_held_up(engine: FolderEngine, happen: Callable[[], None], at: int) -> FolderEngine:
    """Another process that lets *happen* take place while it opens the files of a new commit."""
    reader = another(engine)
    assert ask(reader, "").total
    engine.write([an_entry("q", body="延误")], [], "a new commit")
    index: Any = reader._open
    place, method = {
        SearchLibrary.WHOOSH: ("_storage", "open_file"),
        SearchLibrary.TANTIVY: ("_index", "reload"),
    }[engine.library]
    setattr(index, place, Meanwhile(getattr(index, place), method, happen, at))
    return reader


@pytest.mark.parametrize("at", range(10))
def test_files_that_are_merged_away_while_they_are_opened_are_no_damage(
    engine: FolderEngine, at: int
) -> None:
    engine.rebuild([an_entry("r", body="延误")], "t")

    def merge() -> None:
        for number in range(10):
            engine.write([an_entry(f"s{number}", body="延误")], [], f"t{number}")

    reader = reader_held_up(engine, merge, at)
    assert ask(reader, '"货物延误"').total in (2, 12)  # as before, or as after
    assert ask(reader, '"货物延误"').total == ask(engine, '"货物延误"').total
    assert reader.state().usable
