"""`Blobs`: bytes kept in the store under their digest, and read from a copy on this machine.

What is shown or sent comes from a local copy that is hashed when it is fetched and each time it is
used: bytes that are not the ones filed never reach anybody. Copies are disposable; one that a disk
has damaged is thrown away, and the oldest go when there are many.
"""

import hashlib
import logging
import os
import tempfile
import time
from collections.abc import Iterator
from contextlib import suppress
from io import BytesIO
from pathlib import Path
from typing import IO, BinaryIO

from archive import clock
from archive.blobs.errors import ContentLost, Infected, NotScannedYet
from archive.blobs.models import BlobCheck, Damage
from archive.malware import ScannerAway, VirusScanner
from archive.storage import BlobMissing, BlobStore, blob_key

log = logging.getLogger(__name__)

DIGEST_BYTES = hashlib.sha256().digest_size
CACHE_BYTES = 2 * 1024**3
IN_USE_SECONDS = 600
TRIM_EVERY_SECONDS = 60


TURNS = (0, 90, 180, 270)


def thumbnail_key(sha256: str, turn: int = 0) -> str:
    """Where the small image of a blob is stored, turned by *turn* degrees.

    It can be made again at any time.
    """
    return f"thumbnails/sha256/{sha256[:2]}/{sha256[2:]}" + (f"-{turn}" if turn else "")


class Blobs:
    """Keeps bytes in *store* and copies of them in the folder *cache*. Serves many threads."""

    def __init__(
        self, store: BlobStore, cache: Path, *, scanner: VirusScanner | None = None
    ) -> None:
        self.store = store
        self._scanner = scanner
        self._cache = cache
        self._trimmed_at = 0.0

    def keep_file(self, path: Path, *, sha256: str, size: int, media_type: str) -> None:
        """Put the bytes at *path* into the store under their digest; they are safe on return.

        The file becomes the local copy too, so that nothing that follows fetches it.

        Raises:
            Unavailable: the store is unavailable, or holds other bytes than were sent.
        """
        with path.open("rb") as stream:
            self._keep(stream, sha256, size, media_type)
        with suppress(OSError):  # another file system, or the copy exists: it will be fetched
            self._cache.mkdir(parents=True, exist_ok=True, mode=0o700)
            os.link(path, self._cache / sha256)
        self._trim()

    def keep_bytes(self, content: bytes, *, media_type: str) -> str:
        """Put *content* into the store; its digest. Raises as `keep_file`."""
        sha256 = hashlib.sha256(content).hexdigest()
        self._keep(BytesIO(content), sha256, len(content), media_type)
        return sha256

    def copy_of(self, sha256: str) -> Path:
        """A file on this machine with the blob's bytes, compared with their digest.

        Where there is a virus scanner, nothing reads bytes that it has not found clean: this is
        the one way to them.

        Raises:
            Infected: the virus scanner found something in them.
            NotScannedYet: it has not seen them, and is unavailable.
            ContentLost: the store has other bytes, or none; that is marked for the fixity report.
            Unavailable: the store is unavailable.
        """
        path = self._cache / sha256
        if not is_copy(path, sha256):
            self._fetch(sha256, path)
            self._trim()
        if self._scanner:
            self._demand_clean(self._scanner, sha256, path)
        return path

    @property
    def are_scanned(self) -> bool:
        """Whether there is a virus scanner."""
        return self._scanner is not None

    def demand_clean(self, sha256: str) -> None:
        """Have the virus scanner look at bytes that it has not seen. Raises as `copy_of`."""
        if self._scanner:
            self.copy_of(sha256)

    def read(self, sha256: str) -> bytes:
        """The blob's bytes, all at once: for files that are small. Raises as `copy_of`."""
        return self.copy_of(sha256).read_bytes()

    def drawn(self, name: str) -> bytes | None:
        """What was kept on this machine as `keep_drawn`; None where it is gone or damaged."""
        try:
            kept = (self._cache / f"drawn-{name}").read_bytes()
        except OSError:
            return None
        digest, content = kept[:DIGEST_BYTES], kept[DIGEST_BYTES:]
        return content if hashlib.sha256(content).digest() == digest else None

    def keep_drawn(self, name: str, content: bytes) -> None:
        """Keep on this machine what cost much to draw; it is disposable, like every copy."""
        self._cache.mkdir(parents=True, exist_ok=True, mode=0o700)
        with suppress(OSError):  # a full disk: it will be drawn again
            with tempfile.NamedTemporaryFile(dir=self._cache, prefix="draw-", delete=False) as part:
                part.write(hashlib.sha256(content).digest() + content)
            Path(part.name).rename(self._cache / f"drawn-{name}")
        self._trim()

    def _demand_clean(self, scanner: VirusScanner, sha256: str, path: Path) -> None:
        scanned_at, infection = BlobCheck.scan_of(sha256)
        if scanned_at is None:
            try:
                infection = scanner.find_in(path)
            except ScannerAway as away:
                log.warning("the virus scanner gave no verdict: %s", away)
                raise NotScannedYet() from away
            BlobCheck.note_scan(sha256, infection, clock.now())
        if infection:
            raise Infected(name=infection)

    def forget_copies(self, sha256: str) -> None:
        """Remove what this machine keeps of the blob, and what was drawn or printed of it."""
        (self._cache / sha256).unlink(missing_ok=True)
        for drawn in self._cache.glob(f"drawn-*{sha256}*"):
            drawn.unlink(missing_ok=True)

    def _keep(self, stream: BinaryIO, sha256: str, size: int, media_type: str) -> None:
        BlobCheck.wanted_again([sha256])
        self.store.put(blob_key(sha256), stream, sha256=sha256, size=size, content_type=media_type)
        BlobCheck.note_whole(sha256)

    def _fetch(self, sha256: str, path: Path) -> None:
        """Fetch the blob to *path*, which appears whole and compared or not at all."""
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        with tempfile.NamedTemporaryFile(dir=path.parent, prefix="fetch-", delete=False) as part:
            fetched = Path(part.name)
            try:
                found = self._copy(sha256, part)
                part.flush()
                os.fsync(part.fileno())
            except BaseException:
                fetched.unlink()
                raise
        if found != sha256:
            fetched.unlink()
            BlobCheck.note_damage(sha256, Damage.ALTERED if found else Damage.MISSING, clock.now())
            raise ContentLost(sha256=sha256)
        BlobCheck.note_whole(sha256)
        fetched.rename(path)

    def _copy(self, sha256: str, target: IO[bytes]) -> str | None:
        """Write the blob's bytes to *target*; the digest of what came, None for none."""
        digest = hashlib.sha256()
        try:
            with self.store.open(blob_key(sha256)) as blob:
                for piece in blob:
                    digest.update(piece)
                    target.write(piece)
        except BlobMissing:
            return None
        return digest.hexdigest()

    def _trim(self) -> None:
        """Now and then remove the copies used longest ago until the rest is within bounds."""
        if time.monotonic() - self._trimmed_at < TRIM_EVERY_SECONDS:
            return
        self._trimmed_at = time.monotonic()
        trim(self._cache)


def is_copy(path: Path, sha256: str) -> bool:
    """Whether *path* holds the bytes with this digest; what holds others is thrown away."""
    try:
        with path.open("rb") as copy:
            is_whole = hashlib.file_digest(copy, "sha256").hexdigest() == sha256
        os.utime(path)  # used now: the last to be trimmed
    except FileNotFoundError:
        return False
    except OSError:  # the disk does not give it out
        is_whole = False
    if not is_whole:
        log.warning("a copy of blob %s on this machine was damaged and is thrown away", sha256)
        path.unlink(missing_ok=True)
    return is_whole


def trim(cache: Path) -> None:
    """Remove the copies used longest ago until the rest is within bounds."""
    copies = sorted(_copies_in(cache))
    surplus = sum(size for _, size, _ in copies) - CACHE_BYTES
    for used_at, size, path in copies:
        if surplus <= 0 or used_at > time.time() - IN_USE_SECONDS:
            return
        path.unlink(missing_ok=True)
        surplus -= size


def _copies_in(cache: Path) -> Iterator[tuple[float, int, Path]]:
    """When each copy was last used, its size and its path."""
    for path in cache.iterdir():
        try:
            facts = path.stat()
        except FileNotFoundError:  # another thread has just finished with it
            continue
        yield facts.st_mtime, facts.st_size, path
