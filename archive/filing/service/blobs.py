"""The bytes behind deposits and attachments, and the images made of them.

What is shown or sent comes from a local copy that was hashed while it was fetched: bytes that are
not the ones filed never reach anybody. Copies are disposable; the oldest go when there are many.
"""

import hashlib
import os
import tempfile
import time
from collections.abc import Iterator
from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import IO

from archive import clock
from archive.filing.errors import ContentLost, NoPageImage
from archive.filing.models import BlobCheck, StoredFile
from archive.recognition import NoSuchPage, PageImage, PageReader, PageUnreadable, ReaderGaveUp
from archive.storage import BlobMissing, BlobStore, blob_key

CACHE_BYTES = 2 * 1024**3
IN_USE_SECONDS = 600
THUMBNAIL_TYPE = "image/jpeg"


def keep(path: Path, file: StoredFile, *, storage: BlobStore) -> None:
    """Put the bytes at *path* into the store under their digest; they are safe on return.

    Raises:
        Unavailable: the store is away, or holds other bytes than were sent.
    """
    with path.open("rb") as stream:
        storage.put(
            blob_key(file.sha256),
            stream,
            sha256=file.sha256,
            size=file.size,
            content_type=file.file_type.media_type,
        )


def local_copy(sha256: str, *, storage: BlobStore, cache: Path) -> Path:
    """A file on this machine with the blob's bytes, compared with their digest.

    Raises:
        ContentLost: the store has other bytes, or none; that is marked for the fixity report.
        Unavailable: the store is away.
    """
    path = cache / sha256
    try:
        os.utime(path)  # used now: the last to be trimmed
    except FileNotFoundError:
        fetch_copy(sha256, path, storage)
        trim(cache)
    return path


def fetch_copy(sha256: str, path: Path, storage: BlobStore) -> None:
    """Fetch the blob to *path*, which appears whole and compared or not at all."""
    if BlobCheck.is_damaged(sha256):
        raise ContentLost(sha256=sha256)
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    with tempfile.NamedTemporaryFile(dir=path.parent, prefix="fetch-", delete=False) as part:
        fetched = Path(part.name)
        try:
            is_whole = copy_blob(sha256, storage, part) == sha256
        except BaseException:
            fetched.unlink()
            raise
    if not is_whole:
        fetched.unlink()
        mark_damaged(sha256, clock.now())
        raise ContentLost(sha256=sha256)
    fetched.rename(path)


def copy_blob(sha256: str, storage: BlobStore, target: IO[bytes]) -> str | None:
    """Write the blob's bytes to *target*; the digest of what came, None where nothing is stored."""
    digest = hashlib.sha256()
    try:
        with storage.open(blob_key(sha256)) as blob:
            for piece in blob:
                digest.update(piece)
                target.write(piece)
    except BlobMissing:
        return None
    return digest.hexdigest()


def mark_damaged(sha256: str, now: datetime) -> None:
    """Note that a blob is not what was filed; it is not served until a check finds it whole."""
    BlobCheck.objects(id=sha256).update_one(set__damaged_since=now, upsert=True)


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


def page_image(
    file: StoredFile,
    page: int,
    *,
    width: int,
    storage: BlobStore,
    recognition: PageReader,
    cache: Path,
) -> PageImage:
    """Page *page* (from 1) of *file*, at most *width* pixels across.

    Raises:
        NoPageImage: there is no such page, or it cannot be drawn.
        ContentLost: the bytes are not the ones filed.
    """
    if not 1 <= page <= file.pages:
        raise NoPageImage(page=page)
    path = local_copy(file.sha256, storage=storage, cache=cache)
    try:
        return recognition.render_page(path, page, width=width)
    except (NoSuchPage, PageUnreadable, ReaderGaveUp) as failure:
        raise NoPageImage(page=page) from failure


def thumbnail_key(sha256: str) -> str:
    """Where the thumbnail of a blob lies; it can be made again at any time."""
    return f"thumbnails/sha256/{sha256[:2]}/{sha256[2:]}"


def make_thumbnail(
    sha256: str, *, storage: BlobStore, recognition: PageReader, cache: Path
) -> bytes:
    """Draw the first page small and keep it beside the blob.

    Raises:
        PageUnreadable, ReaderGaveUp, NoSuchPage: it cannot be drawn.
    """
    image = recognition.thumbnail(local_copy(sha256, storage=storage, cache=cache))
    storage.put(
        thumbnail_key(sha256),
        BytesIO(image.content),
        sha256=hashlib.sha256(image.content).hexdigest(),
        size=len(image.content),
        content_type=THUMBNAIL_TYPE,
    )
    return image.content


def thumbnail(
    file: StoredFile, *, storage: BlobStore, recognition: PageReader, cache: Path
) -> bytes:
    """The first page small; made now if the worker has not come to it.

    Raises:
        NoPageImage: the file has no page that can be drawn.
    """
    if not file.has_pages:
        raise NoPageImage(page=1)
    try:
        with storage.open(thumbnail_key(file.sha256)) as image:
            return image.read()
    except BlobMissing:
        pass  # not made yet, or removed with a cache: it is derived
    try:
        return make_thumbnail(file.sha256, storage=storage, recognition=recognition, cache=cache)
    except (NoSuchPage, PageUnreadable, ReaderGaveUp) as failure:
        raise NoPageImage(page=1) from failure
