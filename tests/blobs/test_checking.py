"""Fixity and orphans: nothing wrong is served, nothing in use is removed, whoever sweeps."""

import os
import subprocess
import sys
from collections.abc import Callable
from datetime import datetime, timedelta

import pytest

from archive.actor import SYSTEM
from archive.blobs import BlobCheck, Damage, checking, naming
from archive.blobs.models import BlobReference, places
from archive.config import Settings
from archive.embedded import environment_of
from archive.seams import Seams
from archive.storage import blob_key
from tests.blobs.conftest import Binder, Folder, Keep, Sheet
from tests.filing.test_looking import overwrite

DAY = timedelta(days=1)
NameIt = Callable[[str], Folder]


@pytest.fixture(autouse=True)
def _no_other_blobs(parts: Seams) -> None:
    """The store is the same for all tests: what others left is no business of these."""
    for facts in list(parts.blobs.store.listing("blobs/")):
        parts.blobs.store.delete(facts.key)


def is_stored(parts: Seams, sha256: str) -> bool:
    return parts.blobs.store.head(blob_key(sha256)) is not None


def check(parts: Seams, now: datetime, **given: int) -> list[str]:
    return checking.check_fixity(store=parts.blobs.store, now=now, **given)


def sweep(parts: Seams, now: datetime) -> int:
    return checking.sweep_orphans(store=parts.blobs.store, now=now)


def test_whole_blobs_are_checked_and_dated(
    keep: Keep, name_it: NameIt, parts: Seams, now: datetime
) -> None:
    name_it(sha256 := keep())
    assert check(parts, now) == []
    assert BlobCheck.objects.get(id=sha256).checked_at == now


def test_a_changed_blob_is_marked_until_it_is_whole_again(
    keep: Keep, name_it: NameIt, parts: Seams, now: datetime
) -> None:
    content = b"as it was filed"
    name_it(sha256 := keep(content))
    overwrite(parts, sha256, b"something else")
    assert check(parts, now) == [sha256]
    assert BlobCheck.is_damaged(sha256)
    overwrite(parts, sha256, content)
    assert check(parts, now + DAY) == []
    assert not BlobCheck.is_damaged(sha256)


def test_a_lost_blob_is_damage_where_a_record_names_it(
    keep: Keep, name_it: NameIt, parts: Seams, now: datetime
) -> None:
    name_it(named := keep())
    unnamed = keep()
    for sha256 in (named, unnamed):
        parts.blobs.store.delete(blob_key(sha256))
    assert check(parts, now) == [named]


def test_the_blobs_checked_longest_ago_come_first(
    keep: Keep, name_it: NameIt, parts: Seams, now: datetime
) -> None:
    name_it(old := keep())
    check(parts, now)
    name_it(new := keep())
    check(parts, now + DAY, most_bytes=1)
    assert BlobCheck.objects.get(id=new).checked_at == now + DAY
    assert BlobCheck.objects.get(id=old).checked_at == now


def test_an_orphan_is_removed_after_two_weeks_and_not_before(
    keep: Keep, parts: Seams, now: datetime
) -> None:
    sha256 = keep()
    sweep(parts, now)
    sweep(parts, now + 13 * DAY)
    assert is_stored(parts, sha256)
    assert sweep(parts, now + 14 * DAY) == 1
    assert not is_stored(parts, sha256)


def test_what_is_named_in_the_meantime_is_no_orphan(
    keep: Keep, name_it: NameIt, parts: Seams, now: datetime
) -> None:
    sha256 = keep()
    sweep(parts, now)
    name_it(sha256)
    sweep(parts, now + 20 * DAY)
    assert is_stored(parts, sha256)


def test_a_name_written_while_the_sweep_removes_brings_the_blob_back(
    keep: Keep, name_it: NameIt, parts: Seams, now: datetime
) -> None:
    name_it(sha256 := keep())
    parts.blobs.store.copy(blob_key(sha256), f"{checking.REMOVED}{sha256}")
    parts.blobs.store.delete(blob_key(sha256))  # the sweep's last step, one moment too late
    sweep(parts, now)
    assert is_stored(parts, sha256)


def test_more_blobs_than_are_looked_at_at_once_are_all_swept(
    keep: Keep, parts: Seams, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(checking, "AT_ONCE", 2)
    orphans = [keep() for _ in range(5)]
    check(parts, now)
    assert BlobCheck.objects.count() == len(orphans)
    sweep(parts, now)
    assert sweep(parts, now + 20 * DAY) == len(orphans)


def test_bytes_are_found_wherever_a_document_names_them(
    keep: Keep, parts: Seams, now: datetime
) -> None:
    seal, copy, cover, sheet = (keep() for _ in range(4))
    Folder.open_new(
        SYSTEM,
        now,
        "sample.opened",
        {
            "seal": seal,
            "copies": [copy],
            "binder": Binder(cover=Sheet(sha256=cover), sheets=[Sheet(sha256=sheet)]),
        },
    )
    assert checking.named([seal, copy, cover, sheet]) == {seal, copy, cover, sheet}
    check(parts, now)
    assert {seal, copy, cover, sheet} <= {each.id for each in BlobCheck.objects}


def test_the_places_are_those_of_every_chapter(empty_site: object) -> None:
    known = {f"{collection}:{path}" for collection, path in places()}
    assert {
        "attachments:versions.sha256",
        "complaints:evidence.sha256",
        "contracts:approved_sha256",
        "contracts:drafts.sha256",
        "contracts:reviews.sha256",
        "deposits:file.sha256",
        "folders_of_a_test:binder.cover.sha256",
        "folders_of_a_test:binder.sheets.sha256",
        "folders_of_a_test:copies",
        "folders_of_a_test:s",
        "imports:sha256",
        "templates:versions.sha256",
        "withheld:digests",
    } == known


SWEEP_ALONE = """
import sys
from datetime import datetime, timedelta

from archive import database
from archive.blobs import checking
from archive.config import Settings
from archive.storage import S3BlobStore

settings = Settings.from_environment()
database.connect(settings)
store = S3BlobStore.from_settings(settings)
now = datetime.fromisoformat(sys.argv[1])
for days in (0, 15, 30):
    checking.sweep_orphans(store=store, now=now + timedelta(days=days))
assert not any(name.startswith("archive.filing") for name in sys.modules)
"""


def test_a_process_that_loads_no_chapter_removes_no_file_of_one(
    keep: Keep, name_it: NameIt, parts: Seams, settings: Settings, now: datetime
) -> None:
    name_it(named := keep())
    orphan = keep()
    BlobReference.all()  # as every sweep of the worker writes them down
    subprocess.run(
        [sys.executable, "-c", SWEEP_ALONE, now.isoformat()],
        env={**os.environ, **environment_of(settings)},
        check=True,
    )
    assert is_stored(parts, named)
    assert not is_stored(parts, orphan)


def test_a_blob_that_cannot_be_read_does_not_keep_others_from_being_checked(
    keep: Keep, name_it: NameIt, parts: Seams, now: datetime
) -> None:
    """The store answers, and gives an error for this one: a sector of its disk is gone."""
    digests = sorted(keep() for _ in range(4))
    for sha256 in digests:
        name_it(sha256)
    overwrite(parts, digests[3], b"something else")
    path = parts.settings.var / "s3" / parts.settings.s3_bucket / blob_key(digests[1])
    path.unlink()
    path.symlink_to("/proc/self/mem")  # can be opened, and not be read
    try:
        assert check(parts, now) == [digests[1], digests[3]]
    finally:
        path.unlink()
    found = {each.id: each.damage for each in BlobCheck.all_damaged()}
    assert found[digests[3]] is Damage.ALTERED
    assert set(found) == {digests[1], digests[3]}
    assert BlobCheck.objects.get(id=digests[2]).checked_at == now


def test_a_blob_that_cannot_be_moved_does_not_keep_others_from_being_swept(
    keep: Keep, parts: Seams, now: datetime
) -> None:
    digests = sorted(keep() for _ in range(3))
    sweep(parts, now)
    path = parts.settings.var / "s3" / parts.settings.s3_bucket / blob_key(digests[0])
    path.unlink()
    path.symlink_to("/proc/self/mem")
    try:
        assert sweep(parts, now + 20 * DAY) == 2
    finally:
        path.unlink()
    assert not any(is_stored(parts, sha256) for sha256 in digests[1:])


def test_what_was_restored_is_found_whole_by_another_look(
    keep: Keep, name_it: NameIt, parts: Seams, now: datetime
) -> None:
    content = b"as it was filed"
    name_it(sha256 := keep(content))
    overwrite(parts, sha256, b"something else")
    check(parts, now)
    assert checking.check_again(store=parts.blobs.store, now=now + DAY) == [sha256]
    assert BlobCheck.objects.get(id=sha256).damaged_since == now
    overwrite(parts, sha256, content)
    assert checking.check_again(store=parts.blobs.store, now=now + DAY) == []
    assert BlobCheck.damaged() == 0


def test_the_records_that_name_a_damaged_blob_are_told(
    keep: Keep, name_it: NameIt, parts: Seams
) -> None:
    folder = name_it(sha256 := keep())
    assert [record.id for record in naming(sha256)] == [folder.id]
