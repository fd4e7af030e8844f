"""Blobs on the S3 API.

Blobs go out in one request each, whatever their size up to S3's limit of 5 GB: botocore streams
them from the file, so memory stays flat, and the store never holds half an object.
"""

import hashlib
import time
from base64 import b64encode
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from threading import BoundedSemaphore, get_ident
from typing import TYPE_CHECKING, BinaryIO, Self

import boto3.session
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError

from archive.config import Settings
from archive.storage.blobs import BlobFacts
from archive.storage.errors import (
    BlobDamaged,
    BlobMissing,
    BucketMissing,
    StoreRefused,
    StoreUnavailable,
)

if TYPE_CHECKING:
    from botocore.response import StreamingBody
    from types_boto3_s3.client import S3Client
    from types_boto3_s3.type_defs import GetObjectOutputTypeDef

PIECE = 256 * 1024
LARGE = 8 * 1024 * 1024
"""From this size on it pays to ask whether the blob is already there before sending it."""

WAITS_FOR_A_PLACE = 1.0  # seconds
HANGS_AFTER = 5.0  # seconds that somebody waits: then all who find no place are refused at once
ANSWERS_WITHIN = 20  # seconds, for what people wait for; a large file is on the disk by then
PROBED_WITHIN = 2  # seconds, for a question whether all is well
PROBE = "probe"  # a key that holds nothing of anybody's
PROBE_CONTENT = bytes(4096)  # a block of a disk: a full one has none

# A HEAD has no body, so the store can only answer with the number.
ABSENT = {"404", "NoSuchKey", "NotFound"}
LOCKED_OUT = {"403", "AccessDenied", "InvalidAccessKeyId", "SignatureDoesNotMatch"}


class S3Reader:
    """`BlobReader` on an S3 answer."""

    def __init__(self, answer: "GetObjectOutputTypeDef", places: "Places") -> None:
        self.size = answer["ContentLength"]
        self._body: StreamingBody = answer["Body"]
        self._places = places

    def read(self, amount: int | None = None) -> bytes:
        with self._places.taken():
            return self._body.read(amount)

    def __iter__(self) -> Iterator[bytes]:
        while piece := self.read(PIECE):
            yield piece

    def close(self) -> None:
        self._body.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *reason: object) -> None:
        self.close()


class Places:
    """So many threads may be waiting for the store; the next one is refused after a moment.

    A store that hangs takes these and no more: what does not need it goes on.
    """

    def __init__(self, most: int) -> None:
        self._free = BoundedSemaphore(most)
        self._taken_at: dict[int, float] = {}  # by thread

    @contextmanager
    def taken(self, key: str | None = None) -> Iterator[None]:
        """Do the block, which speaks to the store about *key*, in a place of its own.

        Raises:
            StoreUnavailable: all places have been taken for too long; or as `store_errors`.
        """
        longest = time.monotonic() - min(self._taken_at.copy().values(), default=time.monotonic())
        patience = 0.0 if longest > HANGS_AFTER else WAITS_FOR_A_PLACE
        if not self._free.acquire(timeout=patience):
            raise StoreUnavailable(reason="it keeps too many others waiting")
        self._taken_at[get_ident()] = time.monotonic()
        try:
            with store_errors(key=key):
                yield
        finally:
            del self._taken_at[get_ident()]
            self._free.release()


class S3BlobStore:
    """`BlobStore` in one bucket of an S3 server. One instance serves many threads."""

    def __init__(
        self,
        *,
        endpoint: str,
        region: str,
        bucket: str,
        access_key: str,
        secret_key: str,
        read_back: bool = True,
        connections: int = 16,
        waiting: int = 4,
    ) -> None:
        """*waiting*: how many threads may wait for the store at a time."""
        self.bucket = bucket
        self.read_back = read_back
        self._places = Places(waiting)

        def client(config: Config) -> "S3Client":
            return boto3.session.Session().client(
                "s3",
                endpoint_url=endpoint,
                region_name=region,
                aws_access_key_id=access_key,
                aws_secret_access_key=secret_key,
                config=config,
            )

        self._s3 = client(client_config(connections))
        self._probing = client(client_config(1, patience=PROBED_WITHIN, attempts=1))

    @classmethod
    def from_settings(cls, settings: Settings) -> Self:
        """The store that *settings* name."""
        return cls(
            endpoint=settings.s3_endpoint,
            region=settings.s3_region,
            bucket=settings.s3_bucket,
            access_key=settings.s3_access_key,
            secret_key=settings.s3_secret_key,
            read_back=settings.read_back,
            connections=2 * settings.web_threads,
            waiting=max(2, settings.web_threads // 2),
        )

    def put(self, key: str, stream: BinaryIO, *, sha256: str, size: int, content_type: str) -> None:
        if size >= LARGE and self._holds(key, sha256, size):
            return
        checks = {"ChecksumSHA256": b64encode(bytes.fromhex(sha256)).decode()}
        if not self.read_back:
            # Not every server compares the SHA-256; all compare Content-MD5.
            checks["ContentMD5"] = md5_of(stream)
        stream.seek(0)
        with self._places.taken(key):
            self._s3.put_object(
                Bucket=self.bucket,
                Key=key,
                Body=stream,
                ContentLength=size,
                ContentType=content_type,
                Metadata={"sha256": sha256},
                **checks,  # type: ignore[arg-type]  # the stub cannot see which keys are in it
            )
        if self.read_back and self._digest(key) != (sha256, size):
            raise BlobDamaged(key=key)

    def open(self, key: str, start: int | None = None, end: int | None = None) -> S3Reader:
        if start is None and end is None:
            with self._places.taken(key):
                return S3Reader(self._s3.get_object(Bucket=self.bucket, Key=key), self._places)
        last = "" if end is None else end - 1
        with self._places.taken(key):
            return S3Reader(
                self._s3.get_object(
                    Bucket=self.bucket, Key=key, Range=f"bytes={start or 0}-{last}"
                ),
                self._places,
            )

    def head(self, key: str) -> BlobFacts | None:
        try:
            with self._places.taken(key):
                answer = self._s3.head_object(Bucket=self.bucket, Key=key)
        except BlobMissing:
            return None
        return BlobFacts(
            key=key,
            size=answer["ContentLength"],
            stored_at=answer["LastModified"],
            # Some servers give the names of metadata back in other letters: "Sha256".
            sha256={name.lower(): text for name, text in answer["Metadata"].items()}.get("sha256"),
        )

    def listing(self, prefix: str = "", after: str = "") -> Iterator[BlobFacts]:
        pages = self._s3.get_paginator("list_objects_v2").paginate(
            Bucket=self.bucket, Prefix=prefix, StartAfter=after
        )
        with store_errors():
            for page in pages:
                for each in page.get("Contents", ()):
                    yield BlobFacts(each["Key"], each["Size"], each["LastModified"])

    def copy(self, source: str, target: str) -> None:
        with self._places.taken(source):
            self._s3.copy_object(
                Bucket=self.bucket,
                Key=target,
                CopySource={"Bucket": self.bucket, "Key": source},
            )

    def delete(self, key: str) -> None:
        with self._places.taken(key):
            self._s3.delete_object(Bucket=self.bucket, Key=key)

    def ping(self) -> None:
        try:
            with store_errors(key=self.bucket):
                self._probing.head_bucket(Bucket=self.bucket)
        except BlobMissing as error:
            raise BucketMissing(bucket=self.bucket) from error

    def try_writing(self) -> None:
        """Find out whether the store still takes in what is sent: it may be full, or read only.

        Raises: as `ping`.
        """
        with store_errors(key=self.bucket):
            self._probing.put_object(Bucket=self.bucket, Key=PROBE, Body=BytesIO(PROBE_CONTENT))

    def make_bucket(self) -> None:
        """Make the bucket where it is missing."""
        try:
            self.ping()
        except BucketMissing:
            with store_errors(key=self.bucket):
                self._s3.create_bucket(Bucket=self.bucket)

    def _holds(self, key: str, sha256: str, size: int) -> bool:
        """Whether the blob is already there, as sure as the setting `read_back` asks."""
        facts = self.head(key)
        if facts is None or facts.size != size:
            return False
        if self.read_back:
            return self._digest(key) == (sha256, size)
        return facts.sha256 == sha256

    def _digest(self, key: str) -> tuple[str, int]:
        """SHA-256 and size of what the store gives out for *key*."""
        digest, size = hashlib.sha256(), 0
        with self.open(key) as blob:
            for piece in blob:
                digest.update(piece)
                size += len(piece)
        return digest.hexdigest(), size


def client_config(connections: int, *, patience: int = ANSWERS_WITHIN, attempts: int = 2) -> Config:
    """How we speak S3: bounded waiting, few retries, every byte digested once.

    The blob's SHA-256 is known before it is sent and is itself signed as a header, so botocore
    need neither digest the payload for the signature nor add a checksum of its own. Our few calls
    are checked by mypy, and need not be by botocore each time; nor need it describe this machine
    to the server.
    """
    return Config(
        signature_version="s3v4",
        connect_timeout=2,
        read_timeout=patience,
        retries={"mode": "standard", "total_max_attempts": attempts},
        max_pool_connections=connections,
        parameter_validation=False,
        user_agent="customer-archive",
        request_checksum_calculation="when_required",
        response_checksum_validation="when_required",
        s3={"addressing_style": "path", "payload_signing_enabled": False},
    )


def md5_of(stream: BinaryIO) -> str:
    """MD5 of the whole *stream* as the Content-MD5 header wants it. A checksum, not a secret."""
    stream.seek(0)
    digest = hashlib.md5(usedforsecurity=False)
    while piece := stream.read(PIECE):
        digest.update(piece)
    return b64encode(digest.digest()).decode()


@contextmanager
def store_errors(key: str | None = None) -> Iterator[None]:
    """Tell botocore's many errors apart as the few that a caller can do something about."""
    try:
        yield
    except ClientError as error:
        code = error.response.get("Error", {}).get("Code", "")
        if code in ABSENT:
            raise BlobMissing(key=key) from error
        if code == "NoSuchBucket":
            raise BucketMissing(bucket=key) from error
        if code in LOCKED_OUT:
            raise StoreRefused(code=code) from error
        if code == "BadDigest":
            raise BlobDamaged(key=key) from error
        raise StoreUnavailable(reason=str(error)) from error
    except BotoCoreError as error:
        raise StoreUnavailable(reason=str(error)) from error
