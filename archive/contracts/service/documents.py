"""Word files in the blob store: kept under their digest, compared with it when they come back."""

import hashlib
from io import BytesIO
from pathlib import Path

from archive.contracts.models import Contract, Template
from archive.filing.models import BlobCheck
from archive.filing.service.blobs import local_copy
from archive.filing.service.checking import refers_to_blobs
from archive.storage import BlobStore, blob_key

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"

refers_to_blobs(Template, "versions.sha256")
refers_to_blobs(Contract, "drafts.sha256")


def keep_document(content: bytes, *, storage: BlobStore) -> str:
    """Store *content*, a .docx; its digest. It is safe on return.

    Raises:
        Unavailable: the store is away, or holds other bytes than were sent.
    """
    sha256 = hashlib.sha256(content).hexdigest()
    # A blob that waits to be removed as an orphan is wanted again.
    BlobCheck.objects(id=sha256, unused_since__exists=True).update(unset__unused_since=True)
    storage.put(
        blob_key(sha256), BytesIO(content), sha256=sha256, size=len(content), content_type=DOCX
    )
    return sha256


def read_document(sha256: str, *, storage: BlobStore, cache: Path) -> bytes:
    """The .docx kept under *sha256*.

    Raises:
        ContentLost: the store has other bytes, or none.
        Unavailable: the store is away.
    """
    return local_copy(sha256, storage=storage, cache=cache).read_bytes()
