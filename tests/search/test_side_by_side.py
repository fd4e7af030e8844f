"""Searches go on while the index is written and made anew."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

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
