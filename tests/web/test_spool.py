"""Uploads on their way: measured and hashed, never in memory, never left behind."""

import hashlib
import os
import time
from pathlib import Path

from archive.web.spool import LEFT_BEHIND_SECONDS, SpooledFile, remove_leftovers

CONTENT = os.urandom(300_000)


def spool_all(folder: Path, limit: int) -> SpooledFile:
    """CONTENT, received in pieces."""
    spooled = SpooledFile(folder, limit)
    for start in range(0, len(CONTENT), 65_536):
        spooled.write(CONTENT[start : start + 65_536])
    spooled.seek(0)
    return spooled


def test_a_file_is_measured_and_hashed_while_it_comes_in(tmp_path: Path) -> None:
    spooled = spool_all(tmp_path, limit=len(CONTENT))
    assert (spooled.size, spooled.is_too_large) == (len(CONTENT), False)
    assert spooled.sha256 == hashlib.sha256(CONTENT).hexdigest()
    assert spooled.path.read_bytes() == CONTENT
    spooled.close()
    assert list(tmp_path.iterdir()) == []


def test_beyond_the_limit_a_file_is_counted_but_no_longer_written(tmp_path: Path) -> None:
    spooled = spool_all(tmp_path, limit=100_000)
    assert (spooled.size, spooled.is_too_large) == (len(CONTENT), True)
    assert spooled.path.stat().st_size <= 100_000
    spooled.close()


def test_what_a_killed_process_left_is_removed_after_a_day(tmp_path: Path) -> None:
    old, new = tmp_path / "upload-old", tmp_path / "upload-new"
    old.touch()
    new.touch()
    past = time.time() - LEFT_BEHIND_SECONDS - 1
    os.utime(old, (past, past))
    remove_leftovers(tmp_path)
    assert list(tmp_path.iterdir()) == [new]
