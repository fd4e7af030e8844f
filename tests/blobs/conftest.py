"""A kind of record of the tests' own that names bytes in every way a document can."""

import hashlib
import secrets
from collections.abc import Callable
from datetime import datetime
from typing import Any, ClassVar

import pytest
from mongoengine import (
    EmbeddedDocument,
    EmbeddedDocumentField,
    EmbeddedDocumentListField,
    ListField,
)

from archive.actor import SYSTEM
from archive.blobs import BlobField
from archive.database import Record
from archive.seams import Seams

MEDIA_TYPE = "application/octet-stream"


class Sheet(EmbeddedDocument):
    meta: ClassVar[dict[str, Any]] = {"allow_inheritance": True}

    sha256 = BlobField()


class Binder(EmbeddedDocument):
    cover = EmbeddedDocumentField(Sheet)
    sheets = EmbeddedDocumentListField(Sheet)


class Folder(Record):
    """A record of the tests: bytes at the top, in a list, inside a part, inside a list of parts."""

    meta: ClassVar[dict[str, Any]] = {"collection": "folders_of_a_test"}

    seal = BlobField(db_field="s")
    copies = ListField(BlobField())
    binder = EmbeddedDocumentField(Binder)


Keep = Callable[..., str]


@pytest.fixture
def keep(empty_site: object, parts: Seams) -> Keep:
    """Bytes in the store, by default of random content; their digest."""

    def make(content: bytes | None = None) -> str:
        made = content if content is not None else secrets.token_bytes(400)
        return parts.blobs.keep_bytes(made, media_type=MEDIA_TYPE)

    return make


@pytest.fixture
def name_it(empty_site: object, now: datetime) -> Callable[[str], Folder]:
    """A record that names the bytes."""

    def make(sha256: str) -> Folder:
        return Folder.open_new(SYSTEM, now, "sample.opened", {"seal": sha256})

    return make


def digest(content: bytes) -> str:
    """SHA-256 in hexadecimal."""
    return hashlib.sha256(content).hexdigest()


def forget_copy(parts: Seams, sha256: str) -> None:
    """Remove this machine's copy, so that the store is asked."""
    (parts.settings.cache / sha256).unlink(missing_ok=True)
