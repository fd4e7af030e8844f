"""Uploads without a browser, and the parts that the verbs of filing take."""

import dataclasses
import hashlib
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from archive.actor import Actor, Role
from archive.blobs import Blobs
from archive.docgen import PdfMaker
from archive.docgen.pdf import NO_PROGRAM
from archive.filing.models import Deposit
from archive.filing.rules import AttachmentKind, PaperFacts, default_confidentiality
from archive.filing.service import receiving
from archive.recognition import PageReader
from archive.seams import Seams
from archive.storage import S3BlobStore
from archive.web.spool import SpooledFile
from tests.builders import a_user
from tests.recognition import ugly_files as ugly

Receive = Callable[..., Deposit]


@pytest.fixture
def custodian(empty_site: Flask) -> Actor:
    """Art. 10: the archive has its own keeper."""
    return a_user(Role.CUSTODIAN).as_actor()


@pytest.fixture
def spool(tmp_path: Path) -> Iterator[Callable[..., SpooledFile]]:
    """An upload as the web server receives it."""
    received: list[SpooledFile] = []

    def receive_bytes(content: bytes, limit: int = 50 * 1024 * 1024) -> SpooledFile:
        upload = SpooledFile(tmp_path, limit)
        received.append(upload)
        for start in range(0, len(content), 65536):
            upload.write(content[start : start + 65536])
        upload.seek(0)
        return upload

    yield receive_bytes
    for upload in received:
        upload.close()


@pytest.fixture
def receive(
    empty_site: Flask,
    parts: Seams,
    custodian: Actor,
    now: datetime,
    spool: Callable[..., SpooledFile],
) -> Receive:
    """Take bytes in through the verb: ``receive(content, name="scan.jpg")``."""

    def receive_file(content: bytes | None = None, **given: Any) -> Deposit:
        call: dict[str, Any] = {
            "name": "scan.jpg",
            "upload_key": None,
            "actor": custodian,
            "now": now,
            "blobs": parts.blobs,
            "recognition": parts.recognition,
            **given,
        }
        return receiving.receive(spool(ugly.a_jpeg() if content is None else content), **call)

    return receive_file


@pytest.fixture
def unprinting(parts: Seams) -> Iterator[PageReader]:
    """A reader as it is where LibreOffice is missing."""
    reader = PageReader(parts.recognition.limits, printer=PdfMaker(NO_PROGRAM), children=1)
    yield reader
    reader.close()


def facts_of(kind: AttachmentKind = AttachmentKind.LICENCE, **given: Any) -> PaperFacts:
    """What a custodian says of a paper; only what the test is about needs saying."""
    decided: dict[str, Any] = {
        "title": kind.label,
        "confidentiality": default_confidentiality(kind),
        **given,
    }
    return PaperFacts(kind=kind, **decided)


def digest(content: bytes) -> str:
    """SHA-256 in hexadecimal."""
    return hashlib.sha256(content).hexdigest()


@pytest.fixture
def settings_without_store(parts: Seams) -> Seams:
    """The same parts, with a file store that nobody answers for."""
    nowhere = dataclasses.replace(parts.settings, s3_endpoint="http://127.0.0.1:9")
    return dataclasses.replace(
        parts, blobs=Blobs(S3BlobStore.from_settings(nowhere), parts.settings.cache)
    )
