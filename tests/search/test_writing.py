"""Commits, their tokens, and what becomes of an index that breaks."""

import os
import random
import re
import signal
import stat
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from archive.config import SearchLibrary
from archive.search import IndexEntry, SearchUnavailable
from archive.search.engines import open_engine
from archive.search.folder_engine import FolderEngine
from archive.search.index_folder import RebuildRunning, UnsafeIndexFolder
from tests.search.entries import ALL, an_entry, another, ask, found

pytestmark = pytest.mark.slow  # an index is made again and again


def test_a_commit_is_found_by_another_process_and_keeps_its_token(
    engine: FolderEngine,
) -> None:
    engine.rebuild([an_entry("a", title="第一")], "t0")
    reader = another(engine)
    assert found(reader, "第一") == {"a"}
    engine.write([an_entry("b", title="第二")], [], "t1")
    assert found(reader, "第二") == {"b"}
    assert reader.token() == another(engine).token() == "t1"


def test_a_changed_record_is_found_by_its_new_words_only(engine: FolderEngine) -> None:
    engine.rebuild([an_entry("a", title="延误")], "t0")
    engine.write([an_entry("a", title="破损"), an_entry("a", title="短少")], [], "t1")
    assert found(engine, "") == found(engine, "短少") == {"a"}
    assert found(engine, "延误 OR 破损") == set()
    assert engine.state().records == 1


def test_a_removed_record_is_gone_and_removing_it_again_is_no_error(
    engine: FolderEngine,
) -> None:
    engine.rebuild([an_entry("a"), an_entry("b")], "t0")
    engine.write([], ["a", "never-there"], "t1")
    engine.write([], ["a"], "t2")
    assert found(engine, "") == {"b"}
    assert engine.token() == "t2"


def test_a_commit_that_fails_leaves_the_index_as_it_was(engine: FolderEngine) -> None:
    engine.rebuild([an_entry("a", title="延误")], "t0")
    unwritable = an_entry("b", title="破损")
    object.__setattr__(unwritable, "numbers", None)
    with pytest.raises(TypeError):
        engine.write([an_entry("c"), unwritable], ["a"], "t1")
    assert found(engine, "") == {"a"}
    assert engine.token() == "t0"
    engine.write([an_entry("c")], [], "t2")
    assert found(engine, "") == found(another(engine), "") == {"a", "c"}
    assert engine.token() == "t2"


def test_many_small_commits_stay_few_parts_and_lose_nothing(
    engine: FolderEngine,
) -> None:
    engine.rebuild([], "t")
    for number in range(150):
        engine.write([an_entry(f"r{number % 120}", title=f"编号{number}")], [], f"t{number}")
    assert len(found(engine, "编号 OR 误", ALL)) == 100  # a page
    assert ask(engine, "").total == 120
    assert engine.token() == "t149"
    assert engine.state().parts < 20


ENDLESS_WRITER = """
import sys
from pathlib import Path
from archive.config import SearchLibrary
from archive.search.engines import open_engine
from tests.search.entries import an_entry
engine = open_engine(SearchLibrary(sys.argv[2]), Path(sys.argv[1]))
number = int(engine.token())
while True:
    number += 1
    engine.write([an_entry(f"r{number}", title=f"编号{number}")], [], str(number))
    print(number, flush=True)
"""


def test_after_a_kill_the_token_names_exactly_what_is_in_the_index(
    engine: FolderEngine,
) -> None:
    engine.rebuild([], "0")
    chance = random.Random(5)
    for _ in range(4):
        writer = subprocess.Popen(
            [sys.executable, "-c", ENDLESS_WRITER, str(engine.path), engine.library],
            stdout=subprocess.PIPE,
            env={**os.environ, "PYTHONPATH": str(Path.cwd())},
        )
        assert writer.stdout is not None
        last_seen = 0
        for _ in range(chance.randrange(5, 30)):
            last_seen = int(writer.stdout.readline())
        writer.send_signal(signal.SIGKILL)
        writer.communicate()
        held = int(another(engine).token() or -1)
        assert held >= last_seen
        assert ask(engine, "").total == held
        assert found(engine, f"编号{held}") == {f"r{held}"}


def test_a_rebuild_leaves_the_old_index_in_use_until_it_is_done(
    engine: FolderEngine,
) -> None:
    engine.rebuild([an_entry("old", title="旧的")], "t0")
    reader = another(engine)

    def entries() -> Iterator[IndexEntry]:
        yield an_entry("new", title="新的")
        meanwhile = ask(reader, "")
        assert [hit.id for hit in meanwhile.hits] == ["old"]
        assert meanwhile.rebuilding
        with pytest.raises(RebuildRunning):
            another(engine).rebuild([], "t9")
        engine.write([an_entry("old", title="改过的")], [], "t1")

    engine.rebuild(entries(), "t2")
    after = ask(reader, "")
    assert [hit.id for hit in after.hits] == ["new"]
    assert not after.rebuilding
    assert reader.token() == "t2"
    assert len([each for each in engine.path.iterdir() if each.is_dir()]) == 1


def test_a_rebuild_that_fails_changes_nothing(engine: FolderEngine) -> None:
    engine.rebuild([an_entry("old")], "t0")

    def entries() -> Iterator[IndexEntry]:
        yield an_entry("new")
        raise ConnectionError

    with pytest.raises(ConnectionError):
        engine.rebuild(entries(), "t1")
    assert found(engine, "") == {"old"}
    assert not ask(engine, "").rebuilding
    engine.rebuild([an_entry("new")], "t2")
    assert found(engine, "") == {"new"}


def test_a_missing_index_gives_empty_results_that_say_so(engine: FolderEngine) -> None:
    results = ask(engine, "延误")
    assert (results.total, results.rebuilding) == (0, True)
    assert engine.suggest("延", access=ALL) == ()
    assert engine.token() is None
    assert not engine.state().usable
    with pytest.raises(SearchUnavailable):
        engine.write([an_entry()], [], "t1")


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")  # Whoosh leaves
# the files open that it fails to read
@pytest.mark.parametrize("damage", ["garbage", "truncated", "empty", "removed"])
@pytest.mark.parametrize("are_contents", [True, False])
def test_a_broken_index_says_so_and_is_whole_again_after_a_rebuild(
    engine: FolderEngine, damage: str, are_contents: bool
) -> None:
    engine.rebuild([an_entry(f"r{n}", body="延误" * n) for n in range(50)], "t0")
    chance = random.Random(3)
    table_of_contents = re.compile(r"\.toc$|^meta\.json$")
    files = [file for file in engine.path.glob("*/*") if not file.name.startswith(".")]
    for file in files:
        if bool(table_of_contents.search(file.name)) is not are_contents:
            continue
        size = file.stat().st_size
        if damage == "removed":
            file.unlink()
        else:
            kept = {
                "garbage": chance.randbytes(size),
                "truncated": file.read_bytes()[: size // 3],
            }
            file.write_bytes(kept.get(damage, b""))
    broken = another(engine)
    with pytest.raises(SearchUnavailable):
        ask(broken, "延误")
    results = ask(broken, "延误")
    assert (results.total, results.rebuilding) == (0, True)
    assert broken.token() is None
    assert not broken.state().usable

    broken.rebuild([an_entry("r1", body="延误")], "t1")
    assert found(broken, "延误") == {"r1"}


def test_an_index_of_another_version_is_not_used(engine: FolderEngine) -> None:
    engine.rebuild([an_entry()], "t0")
    folder = next(each for each in engine.path.iterdir() if each.is_dir())
    older = folder.rename(folder.with_name("old-" + folder.name.partition("-")[2]))
    (engine.path / "current").write_text(older.name)
    assert engine.token() is None
    assert ask(engine, "").rebuilding
    engine.rebuild([an_entry("a")], "t1")
    assert found(engine, "") == {"a"}
    assert not older.exists()


@pytest.mark.parametrize(
    "name", ["../../etc", "/etc", "v1-no-such-folder", "t1-no-such-folder", "", "\xff"]
)
def test_a_pointer_to_anywhere_else_is_no_index(engine: FolderEngine, name: str) -> None:
    engine.rebuild([an_entry()], "t0")
    (engine.path / "current").write_text(name, "latin-1")
    assert engine.token() is None


def test_the_folder_is_private(engine: FolderEngine) -> None:
    engine.rebuild([an_entry()], "t0")
    for folder in (engine.path, *filter(Path.is_dir, engine.path.iterdir())):
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700


def test_a_folder_that_others_may_write_to_is_refused(engine: FolderEngine) -> None:
    engine.rebuild([an_entry()], "t0")
    engine.path.chmod(0o770)
    with pytest.raises(UnsafeIndexFolder):
        another(engine)


def test_a_folder_behind_a_link_is_refused(library: SearchLibrary, tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "index").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(UnsafeIndexFolder):
        open_engine(library, tmp_path / "index").rebuild([], "t0")
