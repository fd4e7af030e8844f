"""Keeping the store honest: fixity, and blobs that nothing refers to."""

import hashlib
import logging
from collections.abc import Iterator
from datetime import datetime, timedelta

from archive.database import durable
from archive.filing.models import Attachment, BlobCheck, Deposit
from archive.filing.service.blobs import mark_damaged, thumbnail_key
from archive.storage import BlobMissing, BlobStore, blob_key

log = logging.getLogger(__name__)

PREFIX = "blobs/sha256/"
REMOVED = "removed/"
UNUSED_FOR = timedelta(days=14)
REGRET_FOR = timedelta(days=1)

# Where documents name blobs. A chapter that keeps blobs of its own adds its fields here at import
# (`refers_to_blobs`); the sweep removes only what no field of any of them names.
_REFERENCES: list[tuple[type, str]] = [(Deposit, "file.sha256"), (Attachment, "versions.sha256")]


def refers_to_blobs(model: type, field: str) -> None:
    """Declare that *field* (a dotted path) of *model*'s documents holds digests of blobs."""
    _REFERENCES.append((model, field))


def is_referred_to(sha256: str) -> bool:
    """Whether any document names the blob."""
    return any(
        durable(model).find_one({field: sha256}, {"_id": 1}) is not None
        for model, field in _REFERENCES
    )


def check_fixity(*, storage: BlobStore, now: datetime, most_bytes: int = 2 * 1024**3) -> list[str]:
    """Hash the blobs checked longest ago, up to *most_bytes*; the digests that do not match.

    A mismatch is marked, logged as an error and never served until a later check finds it whole.
    """
    _enrol(storage)
    damaged, read = [], 0
    for check in BlobCheck.objects.order_by("checked_at", "id").timeout(False):
        if read >= most_bytes:
            break
        size = read_through(check.id, storage)
        read += abs(size)
        if size >= 0:
            BlobCheck.objects(id=check.id).update_one(
                set__checked_at=now, unset__damaged_since=True
            )
        elif is_referred_to(check.id):
            damaged.append(check.id)
            BlobCheck.objects(id=check.id).update_one(set__checked_at=now)
            if check.damaged_since is None:
                mark_damaged(check.id, now)
            log.error("fixity: blob %s is not what was filed; restore it", check.id)
        else:
            check.delete()  # gone, and nothing refers to it
    return damaged


def read_through(sha256: str, storage: BlobStore) -> int:
    """The blob's size, or that size negated (at least -1) where its bytes do not match."""
    digest, size = hashlib.sha256(), 0
    try:
        with storage.open(blob_key(sha256)) as blob:
            for piece in blob:
                digest.update(piece)
                size += len(piece)
    except BlobMissing:
        return -1
    return size if digest.hexdigest() == sha256 else -max(1, size)


def sweep_orphans(*, storage: BlobStore, now: datetime) -> int:
    """Mark blobs that nothing refers to; remove those that stayed so for 14 days.

    A removed blob first moves to ``removed/``, from where it comes back within a day if an upload
    of the same bytes was under way at that moment. Returns how many were moved.
    """
    _settle_removed(storage, now)
    moved = 0
    for facts in storage.listing(PREFIX):
        sha256 = facts.key.removeprefix(PREFIX).replace("/", "")
        if is_referred_to(sha256):
            BlobCheck.objects(id=sha256, unused_since__exists=True).update(unset__unused_since=True)
            continue
        check = BlobCheck.objects(id=sha256).first()
        if check is None or check.unused_since is None:
            BlobCheck.objects(id=sha256).update_one(set__unused_since=now, upsert=True)
        elif check.unused_since <= now - UNUSED_FOR:
            _remove(sha256, storage)
            moved += 1
    return moved


def _remove(sha256: str, storage: BlobStore) -> None:
    storage.copy(blob_key(sha256), f"{REMOVED}{sha256}")
    storage.delete(blob_key(sha256))
    storage.delete(thumbnail_key(sha256))
    BlobCheck.objects(id=sha256).delete()
    if is_referred_to(sha256):
        storage.copy(f"{REMOVED}{sha256}", blob_key(sha256))


def _settle_removed(storage: BlobStore, now: datetime) -> None:
    for facts in storage.listing(REMOVED):
        sha256 = facts.key.removeprefix(REMOVED)
        if is_referred_to(sha256) and storage.head(blob_key(sha256)) is None:
            storage.copy(facts.key, blob_key(sha256))
        if facts.stored_at <= now - REGRET_FOR:
            storage.delete(facts.key)


def _enrol(storage: BlobStore) -> None:
    """See that every stored blob, and every one referred to, is on the list of checks."""
    known = {check.id for check in BlobCheck.objects.only("id")}
    stored = {facts.key.removeprefix(PREFIX).replace("/", "") for facts in storage.listing(PREFIX)}
    referred = {sha256 for model, field in _REFERENCES for sha256 in _named_in(model, field)}
    missing = sorted((stored | referred) - known)
    for start in range(0, len(missing), 500):
        BlobCheck.objects.insert(
            [BlobCheck(id=sha256) for sha256 in missing[start : start + 500]], load_bulk=False
        )


def _named_in(model: type, field: str) -> Iterator[str]:
    """Every digest that *field* holds in any document."""
    for group in durable(model).aggregate([{"$group": {"_id": f"${field}"}}]):
        named = group["_id"]
        yield from named if isinstance(named, list) else [named] if named else []
