"""Bytes are kept in one way, and read from a copy that was compared."""

from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from archive.blobs import BlobCheck, Blobs, ContentLost, checking
from archive.blobs import keeping as keeping_module
from archive.seams import Seams
from archive.storage import blob_key
from tests.blobs.conftest import Folder, Keep, digest, forget_copy
from tests.filing.test_looking import overwrite

CONTENT = b"%PDF-1.7 what a scanner wrote"


@pytest.fixture
def scan(tmp_path: Path, parts: Seams) -> Path:
    forget_copy(parts, digest(CONTENT))
    path = tmp_path / "scan.pdf"
    path.write_bytes(CONTENT)
    return path


def keep_scan(blobs: Blobs, scan: Path) -> str:
    blobs.keep_file(scan, sha256=digest(CONTENT), size=len(CONTENT), media_type="application/pdf")
    return digest(CONTENT)


def test_what_was_kept_is_read_back(empty_site: object, parts: Seams, scan: Path) -> None:
    sha256 = keep_scan(parts.blobs, scan)
    with parts.blobs.store.open(blob_key(sha256)) as stored:
        assert stored.read() == CONTENT
    scan.unlink()  # as the upload's own file goes when the request ends
    assert parts.blobs.read(sha256) == CONTENT


def test_a_file_that_came_to_this_machine_is_not_fetched_again(
    empty_site: object, parts: Seams, scan: Path
) -> None:
    sha256 = keep_scan(parts.blobs, scan)
    parts.blobs.store.delete(blob_key(sha256))
    assert parts.blobs.copy_of(sha256).read_bytes() == CONTENT


def test_without_a_copy_the_bytes_are_fetched_and_compared(keep: Keep, parts: Seams) -> None:
    sha256 = keep(CONTENT)
    forget_copy(parts, sha256)
    assert parts.blobs.read(sha256) == CONTENT
    assert not list(parts.settings.cache.glob("fetch-*"))


def test_other_bytes_in_the_store_are_marked_and_never_given(keep: Keep, parts: Seams) -> None:
    sha256 = keep(CONTENT)
    forget_copy(parts, sha256)
    overwrite(parts, sha256, b"something else")
    for _ in range(2):
        with pytest.raises(ContentLost):
            parts.blobs.read(sha256)
    assert BlobCheck.is_damaged(sha256)


def test_keeping_bytes_takes_back_the_mark_of_an_orphan(
    keep: Keep, parts: Seams, scan: Path, now: datetime
) -> None:
    sha256 = keep(CONTENT)
    checking.sweep_orphans(store=parts.blobs.store, now=now)
    assert BlobCheck.objects.get(id=sha256).unused_since == now
    keep_scan(parts.blobs, scan)
    assert BlobCheck.objects.get(id=sha256).unused_since is None


def test_copies_beyond_the_bound_go_the_oldest_first(
    keep: Keep, parts: Seams, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(keeping_module, "CACHE_BYTES", 1_000)
    monkeypatch.setattr(keeping_module, "IN_USE_SECONDS", -timedelta(days=1).total_seconds())
    blobs = Blobs(parts.blobs.store, tmp_path / "cache")
    first, second, third = (keep() for _ in range(3))
    for sha256 in (first, second, third):
        blobs.copy_of(sha256)
    keeping_module.trim(tmp_path / "cache")
    assert {path.name for path in (tmp_path / "cache").iterdir()} == {second, third}


def test_bytes_named_nowhere_may_be_named_later(
    keep: Keep, name_it: Callable[[str], Folder]
) -> None:
    sha256 = keep()
    assert checking.named([sha256]) == set()
    name_it(sha256)
    assert checking.named([sha256]) == {sha256}


@pytest.mark.parametrize("harm", [b"", CONTENT[:-1], CONTENT[:5] + b"#" + CONTENT[6:]])
def test_a_copy_that_a_disk_has_damaged_is_thrown_away_and_fetched_again(
    keep: Keep, parts: Seams, harm: bytes
) -> None:
    sha256 = keep(CONTENT)
    parts.blobs.read(sha256)
    (parts.settings.cache / sha256).write_bytes(harm)
    assert parts.blobs.copy_of(sha256).read_bytes() == CONTENT


def test_a_damaged_copy_is_not_served_where_the_store_has_lost_it_too(
    keep: Keep, parts: Seams
) -> None:
    sha256 = keep(CONTENT)
    parts.blobs.read(sha256)
    (parts.settings.cache / sha256).write_bytes(b"something else")
    parts.blobs.store.delete(blob_key(sha256))
    with pytest.raises(ContentLost):
        parts.blobs.copy_of(sha256)


def test_once_the_right_bytes_are_back_they_are_given_at_once(keep: Keep, parts: Seams) -> None:
    sha256 = keep(CONTENT)
    forget_copy(parts, sha256)
    overwrite(parts, sha256, b"something else")
    with pytest.raises(ContentLost):
        parts.blobs.read(sha256)
    overwrite(parts, sha256, CONTENT)
    assert parts.blobs.read(sha256) == CONTENT
    assert not BlobCheck.is_damaged(sha256)
