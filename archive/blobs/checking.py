"""Keeping the store honest: fixity, and blobs that nothing names."""

import hashlib
import logging
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from itertools import islice

from pymongo import UpdateOne

from archive.blobs.keeping import TURNS, thumbnail_key
from archive.blobs.models import BlobCheck, BlobReference, Damage
from archive.database import collection_of
from archive.storage import BlobMissing, BlobStore, StoreUnavailable, blob_key

log = logging.getLogger(__name__)

PREFIX = "blobs/sha256/"
REMOVED = "removed/"
UNUSED_FOR = timedelta(days=14)
REGRET_FOR = timedelta(days=1)
AT_ONCE = 500


def named(digests: Iterable[str]) -> set[str]:
    """Those of *digests* that any document names."""
    wanted = list(digests)
    return {sha256 for place in BlobReference.all() for sha256 in place.named(wanted)}


def check_fixity(*, store: BlobStore, now: datetime, most_bytes: int = 2 * 1024**3) -> list[str]:
    """Hash the blobs checked longest ago, up to *most_bytes*; the digests that do not match.

    A mismatch is marked, logged as an error and never served until it is found whole. Each blob is
    checked by itself: one that cannot be read is marked too, and the round goes on.

    Raises:
        StoreUnavailable: the store itself does not answer.
    """
    _enrol(store)
    damaged, read = [], 0
    for check in BlobCheck.objects.order_by("checked_at", "id").timeout(False):
        if read >= most_bytes:
            break
        damage, size = read_through(check.id, store)
        read += size
        if damage is None:
            BlobCheck.note_whole(check.id)
        elif named([check.id]):
            damaged.append(check.id)
            BlobCheck.note_damage(check.id, damage, now)
            log.error("fixity: blob %s is not what was filed (%s)", check.id, damage)
        else:
            check.delete()  # gone, and nothing names it
            continue
        BlobCheck.objects(id=check.id).update_one(set__checked_at=now)
    return damaged


def check_again(*, store: BlobStore, now: datetime) -> list[str]:
    """Look once more at what is marked as damaged; the digests that still are.

    Raises:
        StoreUnavailable: the store itself does not answer.
    """
    still = []
    for check in BlobCheck.all_damaged():
        damage, _ = read_through(check.id, store)
        if damage is None:
            BlobCheck.note_whole(check.id)
        else:
            BlobCheck.note_damage(check.id, damage, now)
            still.append(check.id)
        BlobCheck.objects(id=check.id).update_one(set__checked_at=now)
    return still


def read_through(sha256: str, store: BlobStore) -> tuple[Damage | None, int]:
    """What is wrong with the blob, if anything, and how many bytes of it were read.

    Raises:
        StoreUnavailable: the store itself does not answer.
    """
    digest, size = hashlib.sha256(), 0
    try:
        with store.open(blob_key(sha256)) as blob:
            for piece in blob:
                digest.update(piece)
                size += len(piece)
    except BlobMissing:
        return Damage.MISSING, size
    except StoreUnavailable:
        store.ping()  # where it is the store that is unavailable, nothing is said of the blob
        return Damage.UNREADABLE, size
    return (None if digest.hexdigest() == sha256 else Damage.ALTERED), size


def sweep_orphans(*, store: BlobStore, now: datetime) -> int:
    """Mark blobs that nothing names; remove those that stayed so for 14 days.

    A removed blob first moves to ``removed/``, from where it comes back within a day if an upload
    of the same bytes was under way at that moment. Returns how many were moved.

    Raises:
        StoreUnavailable: the store itself does not answer.
    """
    _settle_removed(store, now)
    moved = 0
    for digests in _in_parts(_stored(store)):
        in_use = named(digests)
        BlobCheck.wanted_again(in_use)
        unused = [sha256 for sha256 in digests if sha256 not in in_use]
        marked = {check.id: check.unused_since for check in BlobCheck.objects(id__in=unused)}
        new = [sha256 for sha256 in unused if marked.get(sha256) is None]
        _write([UpdateOne({"_id": each}, {"$set": {"unused_since": now}}, True) for each in new])
        for sha256, since in marked.items():
            if since and since <= now - UNUSED_FOR:
                moved += _could_remove(sha256, store)
    return moved


def set_aside(sha256: str, *, store: BlobStore) -> None:
    """Move a blob that nothing names out of its place, small images and all, to be forgotten.

    Raises:
        StoreUnavailable: the store does not answer.
    """
    if not named([sha256]) and store.head(blob_key(sha256)) is not None:
        _remove(sha256, store)


def forget(sha256: str, *, store: BlobStore) -> None:
    """Remove for good what was set aside; put it back where something names it by now.

    Raises:
        StoreUnavailable: the store does not answer.
    """
    aside = f"{REMOVED}{sha256}"
    if named([sha256]):
        if store.head(blob_key(sha256)) is None and store.head(aside) is not None:
            store.copy(aside, blob_key(sha256))
        return
    set_aside(sha256, store=store)
    store.delete(aside)


def _could_remove(sha256: str, store: BlobStore) -> bool:
    """Remove a blob; one that the store cannot move keeps no other from being removed.

    Raises:
        StoreUnavailable: the store itself does not answer.
    """
    try:
        _remove(sha256, store)
    except StoreUnavailable:
        store.ping()  # as in `read_through`
        log.warning("an unused blob cannot be moved: %s", sha256)
        return False
    return True


def _remove(sha256: str, store: BlobStore) -> None:
    store.copy(blob_key(sha256), f"{REMOVED}{sha256}")
    store.delete(blob_key(sha256))
    for turn in TURNS:
        store.delete(thumbnail_key(sha256, turn))
    BlobCheck.objects(id=sha256).delete()
    if named([sha256]):
        store.copy(f"{REMOVED}{sha256}", blob_key(sha256))


def _settle_removed(store: BlobStore, now: datetime) -> None:
    for facts in store.listing(REMOVED):
        sha256 = facts.key.removeprefix(REMOVED)
        if named([sha256]) and store.head(blob_key(sha256)) is None:
            store.copy(facts.key, blob_key(sha256))
        if facts.stored_at <= now - REGRET_FOR:
            store.delete(facts.key)


def _enrol(store: BlobStore) -> None:
    """See that every stored blob, and every one that is named, is on the list of checks."""
    for digests in _in_parts(_stored(store)):
        _put_on_list(digests)
    for place in BlobReference.all():
        for digests in _in_parts(place.all_named()):
            _put_on_list(digests)


def _put_on_list(digests: list[str]) -> None:
    known = {check.id for check in BlobCheck.objects(id__in=digests).only("id")}
    missing = sorted(set(digests) - known)
    _write([UpdateOne({"_id": each}, {"$setOnInsert": {"_id": each}}, True) for each in missing])


def _write(updates: list[UpdateOne]) -> None:
    if updates:
        collection_of(BlobCheck).bulk_write(updates, ordered=False)


def _stored(store: BlobStore) -> Iterator[str]:
    """The digest of every blob in the store, in order."""
    for facts in store.listing(PREFIX):
        yield facts.key.removeprefix(PREFIX).replace("/", "")


def _in_parts(digests: Iterator[str]) -> Iterator[list[str]]:
    while part := list(islice(digests, AT_ONCE)):
        yield part
