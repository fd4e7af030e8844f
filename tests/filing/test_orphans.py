"""Bytes of a deposit are in use from the moment it exists, whatever becomes of it."""

from datetime import datetime, timedelta

from archive.actor import Actor
from archive.blobs import checking
from archive.filing.service import deciding
from archive.seams import Seams
from archive.storage import blob_key
from tests.builders import a_customer
from tests.filing.conftest import Receive, facts_of
from tests.recognition import ugly_files as ugly

DAY = timedelta(days=1)


def test_what_is_filed_or_rejected_is_never_an_orphan(
    receive: Receive, parts: Seams, custodian: Actor, now: datetime
) -> None:
    filed = receive(ugly.a_jpeg(size=(439, 300)))
    deciding.file_deposit(filed, a_customer().key, facts_of(), actor=custodian, now=now)
    rejected = receive(ugly.a_jpeg(size=(440, 300)))
    deciding.reject(rejected, "重复", actor=custodian, now=now)
    for days in (0, 20, 40):
        checking.sweep_orphans(store=parts.blobs.store, now=now + days * DAY)
    for deposit in (filed, rejected):
        assert parts.blobs.store.head(blob_key(deposit.file.sha256)) is not None
