"""Damage that leaves the files readable is noticed: never are silently fewer records found."""

from pathlib import Path

import pytest

from archive.config import SearchLibrary
from archive.search import SearchUnavailable
from archive.search.engines import open_engine
from archive.search.folder_engine import FolderEngine
from tests.search.entries import an_entry, another, ask

pytestmark = pytest.mark.slow  # an index is made again and again

PAGE = 512  # bytes


@pytest.fixture
def filled(engine: FolderEngine) -> FolderEngine:
    """An index of two commits, from which a record is gone again."""
    texts = ("货物延误司机态度", "包装破损短少", "发票金额不符")
    entries = (
        an_entry(f"complaint:{n}", body=texts[n % 3] * (n % 7), numbers=(f"KS-2026-{n:05d}",))
        for n in range(300)
    )
    engine.rebuild(entries, "t0")
    engine.write([an_entry("complaint:new", body="后来的")], ["complaint:7"], "t1")
    return engine


def files_of(engine: FolderEngine) -> list[Path]:
    """The files that hold records, or say which there are."""
    is_list = {SearchLibrary.WHOOSH: ".toc", SearchLibrary.TANTIVY: "meta.json"}[engine.library]
    others = (".lock", "LOCK", ".managed.json", "_stored.col", "" if is_list == ".toc" else is_list)
    return [
        each
        for each in engine.path.glob("*-*/*")
        if each.is_file() and not each.name.endswith(tuple(filter(None, others)))
    ]


def overwrite(file: Path, start: int, content: bytes) -> None:
    """Write within the file that is mapped: one cut short under its readers would end them."""
    with file.open("r+b") as opened:
        opened.seek(start)
        opened.write(content)


def test_a_page_of_zeros_in_any_file_is_noticed(filled: FolderEngine) -> None:
    for file in files_of(filled):
        whole = file.read_bytes()
        start = max(0, len(whole) // 2 - PAGE)
        harmed = bytes(min(PAGE, len(whole) - start))
        if whole[start : start + len(harmed)] == harmed:
            continue
        overwrite(file, start, harmed)
        reader = another(filled)
        with pytest.raises(SearchUnavailable):
            ask(reader, '"货物延误"')
        assert not reader.state().usable
        overwrite(file, 0, whole)
        (file.parent / "damaged").unlink()
    assert ask(another(filled), "").total == 300


def test_a_file_that_is_missing_is_noticed(filled: FolderEngine) -> None:
    for file in files_of(filled):
        whole = file.read_bytes()
        file.unlink()
        with pytest.raises(SearchUnavailable):
            ask(another(filled), '"货物延误"')
        file.write_bytes(whole)
        (file.parent / "damaged").unlink()
    assert ask(another(filled), "").total == 300


def test_damage_under_an_index_in_use_is_noticed_by_its_writer(filled: FolderEngine) -> None:
    filled.verify()
    file = max(files_of(filled), key=lambda each: each.stat().st_size)
    content = bytearray(file.read_bytes())
    content[len(content) // 2] ^= 1
    with file.open("r+b") as opened:  # the file that is mapped, not another of its name
        opened.write(content)
    with pytest.raises(SearchUnavailable):
        filled.verify()
    assert filled.token() is None
    assert not filled.state().usable


def test_an_index_knows_the_ids_that_it_holds(filled: FolderEngine) -> None:
    expected = {f"complaint:{n}" for n in range(300) if n != 7} | {"complaint:new"}
    assert filled.ids() == expected
    empty = open_engine(filled.library, filled.path.parent / "none")
    with pytest.raises(SearchUnavailable):
        empty.ids()
    with pytest.raises(SearchUnavailable):
        empty.verify()
