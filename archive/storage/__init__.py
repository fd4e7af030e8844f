"""Where the bytes of files are kept: the promise, and its keeper on the S3 API."""

from archive.storage.blobs import BlobFacts, BlobReader, BlobStore, blob_key
from archive.storage.errors import (
    BlobDamaged,
    BlobMissing,
    BucketMissing,
    StoreRefused,
    StoreUnavailable,
)
from archive.storage.s3 import S3BlobStore

__all__ = [
    "BlobDamaged",
    "BlobFacts",
    "BlobMissing",
    "BlobReader",
    "BlobStore",
    "BucketMissing",
    "S3BlobStore",
    "StoreRefused",
    "StoreUnavailable",
    "blob_key",
]
