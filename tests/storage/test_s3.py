"""The promise of `BlobStore`, kept on a real S3 server."""

import hashlib
import io
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from archive.config import MIB, Settings
from archive.embedded import free_port
from archive.storage import (
    BlobDamaged,
    BlobMissing,
    BucketMissing,
    S3BlobStore,
    StoreRefused,
    StoreUnavailable,
    blob_key,
)
from archive.storage.s3 import LARGE

SCAN = b"%PDF-1.7 " + bytes(range(256)) * 40


@pytest.fixture
def store(settings: Settings) -> Iterator[S3BlobStore]:
    """An empty bucket of its own."""
    store = S3BlobStore.from_settings(replace(settings, s3_bucket="archive-storage-test"))
    store.make_bucket()
    yield store
    for blob in list(store.listing()):
        store.delete(blob.key)


def put(store: S3BlobStore, content: bytes) -> str:
    """Store *content* under its own key, which is returned."""
    sha256 = hashlib.sha256(content).hexdigest()
    key = blob_key(sha256)
    store.put(
        key,
        io.BytesIO(content),
        sha256=sha256,
        size=len(content),
        content_type="application/pdf",
    )
    return key


class CountingStream(io.BytesIO):
    """A stream that knows how many bytes were read from it."""

    taken = 0

    def read(self, size: int | None = -1) -> bytes:
        piece = super().read(size)
        self.taken += len(piece)
        return piece


class LyingStream(io.BytesIO):
    """A disk that gives out other bytes than those that were digested."""

    def read(self, size: int | None = -1) -> bytes:
        return b"\0" * len(super().read(size))


def test_what_was_put_is_read_back_byte_for_byte(store: S3BlobStore) -> None:
    key = put(store, SCAN)
    with store.open(key) as blob:
        assert blob.size == len(SCAN)
        assert b"".join(blob) == SCAN


def test_a_range_runs_from_its_start_up_to_but_without_its_end(store: S3BlobStore) -> None:
    key = put(store, SCAN)
    with store.open(key, 5, 12) as blob:
        assert (blob.size, blob.read()) == (7, SCAN[5:12])
    with store.open(key, len(SCAN) - 3) as blob:
        assert blob.read() == SCAN[-3:]


def test_an_empty_file_is_kept_too(store: S3BlobStore) -> None:
    key = put(store, b"")
    with store.open(key) as blob:
        assert blob.read() == b""


def test_the_facts_of_a_blob_are_its_size_and_digest(store: S3BlobStore) -> None:
    key = put(store, SCAN)
    facts = store.head(key)
    assert facts is not None
    assert (facts.size, facts.sha256) == (len(SCAN), hashlib.sha256(SCAN).hexdigest())
    assert facts.stored_at.tzinfo is not None


def test_a_key_without_a_blob_has_no_facts_and_cannot_be_opened(store: S3BlobStore) -> None:
    key = blob_key("0" * 64)
    assert store.head(key) is None
    with pytest.raises(BlobMissing):
        store.open(key)


def test_putting_the_same_blob_again_is_harmless(store: S3BlobStore) -> None:
    assert put(store, SCAN) == put(store, SCAN)
    assert len(list(store.listing("blobs/"))) == 1


def test_a_large_blob_that_is_there_is_not_sent_again(store: S3BlobStore) -> None:
    content = b"scan" * (LARGE // 4)
    key = put(store, content)
    stream = CountingStream(content)
    store.put(
        key,
        stream,
        sha256=hashlib.sha256(content).hexdigest(),
        size=len(content),
        content_type="application/pdf",
    )
    assert stream.taken == 0


def test_a_large_blob_that_went_bad_in_the_store_is_sent_again(store: S3BlobStore) -> None:
    content = b"scan" * (LARGE // 4)
    sha256 = hashlib.sha256(content).hexdigest()
    key = blob_key(sha256)
    rotten = replace_first_byte(content)
    store._s3.put_object(Bucket=store.bucket, Key=key, Body=rotten, Metadata={"sha256": sha256})
    put(store, content)
    with store.open(key) as blob:
        assert blob.read() == content


@pytest.mark.parametrize("read_back", [True, False])
def test_bytes_that_changed_on_the_way_are_noticed(
    settings: Settings, store: S3BlobStore, read_back: bool
) -> None:
    wary = S3BlobStore.from_settings(replace(settings, s3_bucket=store.bucket, read_back=read_back))
    with pytest.raises(BlobDamaged):
        wary.put(
            blob_key(hashlib.sha256(SCAN).hexdigest()),
            LyingStream(SCAN) if read_back else LyingLater(SCAN),
            sha256=hashlib.sha256(SCAN).hexdigest(),
            size=len(SCAN),
            content_type="application/pdf",
        )


def test_a_listing_goes_by_prefix_and_resumes_behind_a_key(store: S3BlobStore) -> None:
    keys = sorted(put(store, bytes([number])) for number in range(5))
    assert [blob.key for blob in store.listing("blobs/sha256/")] == keys
    assert [blob.key for blob in store.listing("blobs/sha256/", after=keys[2])] == keys[3:]
    assert list(store.listing("orphans/")) == []


def test_a_blob_can_be_copied_aside_and_removed(store: S3BlobStore) -> None:
    key = put(store, SCAN)
    store.copy(key, f"orphans/{key}")
    store.delete(key)
    store.delete(key)
    assert [blob.key for blob in store.listing()] == [f"orphans/{key}"]
    with pytest.raises(BlobMissing):
        store.copy(key, "elsewhere")


def test_a_missing_bucket_is_named_and_can_be_made(settings: Settings) -> None:
    store = S3BlobStore.from_settings(replace(settings, s3_bucket="archive-not-yet"))
    with pytest.raises(BucketMissing) as missing:
        store.ping()
    assert missing.value.facts == {"bucket": "archive-not-yet"}
    store.make_bucket()
    store.make_bucket()
    store.ping()


def test_wrong_keys_are_a_refusal(settings: Settings) -> None:
    store = S3BlobStore.from_settings(replace(settings, s3_secret_key="wrong" * 8))
    with pytest.raises(StoreRefused):
        store.open("blobs/any")


def test_a_store_that_is_away_is_unavailable(settings: Settings) -> None:
    store = S3BlobStore.from_settings(
        replace(settings, s3_endpoint=f"http://127.0.0.1:{free_port()}")
    )
    for attempt in (store.ping, lambda: store.open("any"), lambda: list(store.listing())):
        with pytest.raises(StoreUnavailable):
            attempt()


def test_sending_a_large_file_takes_no_memory_to_speak_of(
    store: S3BlobStore, tmp_path: Path
) -> None:
    path = tmp_path / "large.tiff"
    size = 200 * MIB
    with path.open("wb") as file:
        file.truncate(size)
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while piece := file.read(MIB):
            digest.update(piece)
        before = resident()
        store.put(
            blob_key(digest.hexdigest()),
            file,
            sha256=digest.hexdigest(),
            size=size,
            content_type="image/tiff",
        )
    assert resident() - before < 20 * MIB


def replace_first_byte(content: bytes) -> bytes:
    """*content* with one wrong byte."""
    return bytes([content[0] ^ 1]) + content[1:]


class LyingLater(io.BytesIO):
    """A disk that begins to lie after the first reading."""

    readings = 0

    def seek(self, offset: int, whence: int = 0) -> int:
        self.readings += offset == 0 and whence == 0
        return super().seek(offset, whence)

    def read(self, size: int | None = -1) -> bytes:
        piece = super().read(size)
        return piece if self.readings <= 1 else b"\0" * len(piece)


def resident() -> int:
    """The peak of memory that this process has held, in bytes."""
    for line in Path("/proc/self/status").read_text().splitlines():
        if line.startswith("VmHWM:"):
            return int(line.split()[1]) * 1024
    raise AssertionError("no VmHWM")
