"""Fixity and orphans: nothing wrong is served, nothing in use is removed."""

from datetime import datetime, timedelta
from io import BytesIO

from archive.actor import Actor
from archive.filing.models import BlobCheck
from archive.filing.service import blobs, checking, deciding
from archive.seams import Seams
from archive.storage import blob_key
from tests.builders import a_customer
from tests.filing.conftest import Receive, digest, facts_of
from tests.filing.test_looking import overwrite
from tests.recognition import ugly_files as ugly

DAY = timedelta(days=1)


def put_orphan(parts: Seams, content: bytes) -> str:
    """Bytes whose deposit was never written: a crash at the worst moment."""
    sha256 = digest(content)
    parts.storage.put(
        blob_key(sha256),
        BytesIO(content),
        sha256=sha256,
        size=len(content),
        content_type="image/jpeg",
    )
    return sha256


def stands(parts: Seams, sha256: str) -> bool:
    """Whether the blob is in the store."""
    return parts.storage.head(blob_key(sha256)) is not None


def test_whole_blobs_are_checked_and_dated(receive: Receive, parts: Seams, now: datetime) -> None:
    deposit = receive(ugly.a_jpeg(size=(431, 300)))
    assert deposit.file.sha256 not in checking.check_fixity(storage=parts.storage, now=now)
    assert BlobCheck.objects.get(id=deposit.file.sha256).checked_at == now


def test_a_changed_blob_is_marked_and_not_served_until_it_is_whole_again(
    receive: Receive, parts: Seams, now: datetime
) -> None:
    content = ugly.a_jpeg(size=(432, 300))
    sha256 = receive(content).file.sha256
    overwrite(parts, sha256, b"something else")
    assert sha256 in checking.check_fixity(storage=parts.storage, now=now)
    assert BlobCheck.is_damaged(sha256)
    overwrite(parts, sha256, content)
    assert sha256 not in checking.check_fixity(storage=parts.storage, now=now + DAY)
    assert not BlobCheck.is_damaged(sha256)


def test_a_lost_blob_is_damage_too(receive: Receive, parts: Seams, now: datetime) -> None:
    sha256 = receive(ugly.a_jpeg(size=(433, 300))).file.sha256
    parts.storage.delete(blob_key(sha256))
    assert sha256 in checking.check_fixity(storage=parts.storage, now=now)


def test_the_blobs_checked_longest_ago_come_first(
    receive: Receive, parts: Seams, now: datetime
) -> None:
    old = receive(ugly.a_jpeg(size=(434, 300))).file.sha256
    checking.check_fixity(storage=parts.storage, now=now)
    new = receive(ugly.a_jpeg(size=(435, 300))).file.sha256
    checking.check_fixity(storage=parts.storage, now=now + DAY, most_bytes=1)
    assert BlobCheck.objects.get(id=new).checked_at == now + DAY
    assert BlobCheck.objects.get(id=old).checked_at == now


def test_an_orphan_is_removed_after_two_weeks_and_not_before(
    empty_site: object, parts: Seams, now: datetime
) -> None:
    sha256 = put_orphan(parts, ugly.a_jpeg(size=(436, 300)))
    checking.sweep_orphans(storage=parts.storage, now=now)
    checking.sweep_orphans(storage=parts.storage, now=now + 13 * DAY)
    assert stands(parts, sha256)
    checking.sweep_orphans(storage=parts.storage, now=now + 14 * DAY)
    assert not stands(parts, sha256)


def test_bytes_that_are_uploaded_again_in_the_meantime_are_no_orphan(
    receive: Receive, parts: Seams, now: datetime
) -> None:
    content = ugly.a_jpeg(size=(437, 300))
    sha256 = put_orphan(parts, content)
    checking.sweep_orphans(storage=parts.storage, now=now)
    receive(content)
    checking.sweep_orphans(storage=parts.storage, now=now + 20 * DAY)
    assert stands(parts, sha256)


def test_a_reference_written_while_the_sweep_removes_brings_the_blob_back(
    receive: Receive, parts: Seams, now: datetime
) -> None:
    content = ugly.a_jpeg(size=(438, 300))
    sha256 = receive(content).file.sha256
    parts.storage.copy(blob_key(sha256), f"{checking.REMOVED}{sha256}")
    parts.storage.delete(blob_key(sha256))  # the sweep's last step, one moment too late
    checking.sweep_orphans(storage=parts.storage, now=now)
    assert stands(parts, sha256)


def test_what_is_filed_or_rejected_is_never_an_orphan(
    receive: Receive, parts: Seams, custodian: Actor, now: datetime
) -> None:
    filed = receive(ugly.a_jpeg(size=(439, 300)))
    deciding.file_deposit(filed, a_customer().key, facts_of(), actor=custodian, now=now)
    rejected = receive(ugly.a_jpeg(size=(440, 300)))
    deciding.reject(rejected, "重复", actor=custodian, now=now)
    for days in (0, 20, 40):
        checking.sweep_orphans(storage=parts.storage, now=now + days * DAY)
    assert stands(parts, filed.file.sha256) and stands(parts, rejected.file.sha256)


def test_local_copies_beyond_the_bound_go_the_oldest_first(receive: Receive, parts: Seams) -> None:
    sha256 = receive(ugly.a_jpeg(size=(441, 300))).file.sha256
    path = blobs.local_copy(sha256, storage=parts.storage, cache=parts.settings.cache)
    assert digest(path.read_bytes()) == sha256
    assert not list(parts.settings.cache.glob("fetch-*"))
