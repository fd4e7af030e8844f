"""The promise of a blob store, in plain data: keys, bytes, sizes, digests."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import BinaryIO, Protocol, Self

SHA256 = re.compile(r"[0-9a-f]{64}")


def blob_key(sha256: str) -> str:
    """The key of the blob whose SHA-256 is *sha256* (64 lower-case hex digits).

    The digest is the name: storing the same bytes twice is storing them once, and a retry
    cannot leave a second copy.
    """
    if not SHA256.fullmatch(sha256):
        raise ValueError(f"not a SHA-256 in lower-case hex: {sha256!r}")
    return f"blobs/sha256/{sha256[:2]}/{sha256[2:]}"


@dataclass(frozen=True)
class BlobFacts:
    """What the store itself knows of a blob, without reading it."""

    key: str
    size: int
    stored_at: datetime
    sha256: str | None = None
    """As the store kept it when the blob was put; None where a store forgets or only lists."""


class BlobReader(Protocol):
    """The bytes of one blob, or of one range of it, as they arrive. Close it, or use ``with``."""

    size: int
    """Bytes that will come: of the range, not of the blob."""

    def read(self, amount: int | None = None) -> bytes:
        """The next *amount* bytes, or all that is left. Empty at the end."""
        ...

    def __iter__(self) -> Iterator[bytes]:
        """The bytes in pieces of at most 256 KiB."""
        ...

    def close(self) -> None:
        """Give the connection back."""
        ...

    def __enter__(self) -> Self: ...

    def __exit__(self, *reason: object) -> None: ...


class BlobStore(Protocol):
    """Keeps blobs by key. Every method may raise `StoreUnavailable`; none fails in silence.

    What has been put is there whole or not at all. Nothing is ever changed in place.
    """

    def put(self, key: str, stream: BinaryIO, *, sha256: str, size: int, content_type: str) -> None:
        """Store the *size* bytes of *stream* (seekable, taken from its start) under *key*.

        On return the blob is stored and, where the setting asks for it, has been read back
        and compared with *sha256* (hex). Putting the same blob again is harmless; a large
        one that is already there is not sent again.

        Raises:
            BlobDamaged: what the store holds is not what was sent.
        """
        ...

    def open(self, key: str, start: int | None = None, end: int | None = None) -> BlobReader:
        """Read the blob from byte *start* up to but without byte *end*.

        Raises:
            BlobMissing: no blob under *key*.
        """
        ...

    def head(self, key: str) -> BlobFacts | None:
        """The facts of the blob under *key*, or None when there is none."""
        ...

    def listing(self, prefix: str = "", after: str = "") -> Iterator[BlobFacts]:
        """The blobs whose key begins with *prefix*, in the order of keys, from behind *after*."""
        ...

    def copy(self, source: str, target: str) -> None:
        """Store the blob of key *source* under key *target* too.

        Raises:
            BlobMissing: no blob under *source*.
        """
        ...

    def delete(self, key: str) -> None:
        """Remove the blob under *key*; nothing happens when there is none."""
        ...

    def ping(self) -> None:
        """Return when the store answers and the bucket is there.

        Raises:
            BucketMissing: the store answers, the bucket is not there.
            StoreRefused: the store does not accept our keys.
        """
        ...

    def try_writing(self) -> None:
        """Return when the store takes in what is sent. Raises as `ping`."""
        ...
