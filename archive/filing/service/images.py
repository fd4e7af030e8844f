"""The images made of filed papers: their pages, and the small image of the first one."""

import hashlib
from io import BytesIO

from archive.blobs import Blobs, thumbnail_key
from archive.filing.errors import NoPageImage
from archive.filing.models import StoredFile
from archive.recognition import NoSuchPage, PageImage, PageReader, PageUnreadable, ReaderGaveUp
from archive.storage import BlobMissing

THUMBNAIL_TYPE = "image/jpeg"


def page_image(
    file: StoredFile, page: int, *, width: int, blobs: Blobs, recognition: PageReader
) -> PageImage:
    """Page *page* (from 1) of *file*, at most *width* pixels across.

    Raises:
        NoPageImage: there is no such page, or it cannot be drawn.
        ContentLost: the bytes are not the ones filed.
    """
    if not 1 <= page <= file.pages:
        raise NoPageImage(page=page)
    path = blobs.copy_of(file.sha256)
    try:
        return recognition.render_page(path, page, width=width)
    except (NoSuchPage, PageUnreadable, ReaderGaveUp) as failure:
        raise NoPageImage(page=page) from failure


def make_thumbnail(sha256: str, *, blobs: Blobs, recognition: PageReader) -> bytes:
    """Draw the first page small and keep it next to the blob.

    Raises:
        PageUnreadable, ReaderGaveUp, NoSuchPage: it cannot be drawn.
    """
    image = recognition.thumbnail(blobs.copy_of(sha256))
    blobs.store.put(
        thumbnail_key(sha256),
        BytesIO(image.content),
        sha256=hashlib.sha256(image.content).hexdigest(),
        size=len(image.content),
        content_type=THUMBNAIL_TYPE,
    )
    return image.content


def thumbnail(file: StoredFile, *, blobs: Blobs, recognition: PageReader) -> bytes:
    """The first page small; made now if the worker has not come to it.

    Raises:
        NoPageImage: the file has no page that can be drawn.
    """
    if not file.has_pages:
        raise NoPageImage(page=1)
    try:
        with blobs.store.open(thumbnail_key(file.sha256)) as image:
            return image.read()
    except BlobMissing:
        pass  # not made yet, or removed: it is derived
    try:
        return make_thumbnail(file.sha256, blobs=blobs, recognition=recognition)
    except (NoSuchPage, PageUnreadable, ReaderGaveUp) as failure:
        raise NoPageImage(page=1) from failure
