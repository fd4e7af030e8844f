"""Taking files in."""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path
from typing import Protocol

from bson import ObjectId

from archive import jobs
from archive.actor import SYSTEM, Actor, Right
from archive.blobs import Blobs, Infected, NotScannedYet
from archive.database import EditedMeanwhile, Taken
from archive.filing import rules
from archive.filing.errors import (
    FileTooLarge,
    NoPageImage,
    NoPrinter,
    PagesBusy,
    PageTooDemanding,
    UploadKeyReused,
)
from archive.filing.models import Deposit, Origin, StoredFile
from archive.filing.rules import DepositState
from archive.filing.service import images, printing
from archive.recognition import Flaw, PageReader, PageUnreadable, ReaderBusy, ReaderGaveUp

PREPARED_WITHIN = timedelta(minutes=2)


class Incoming(Protocol):
    """An upload that has been received whole: see `archive.web.spool`."""

    limit: int
    size: int

    @property
    def path(self) -> Path:
        """Where it is stored for the moment."""

    @property
    def sha256(self) -> str:
        """Its digest, taken while it was received."""

    @property
    def is_too_large(self) -> bool:
        """Whether it was cut off at the limit."""


def receive(
    upload: Incoming,
    *,
    name: str,
    upload_key: str | None,
    parts: Sequence[ObjectId] = (),
    origin: Origin | None = None,
    more: Mapping[str, object] | None = None,
    actor: Actor,
    now: datetime,
    blobs: Blobs,
    recognition: PageReader,
) -> Deposit:
    """Take a file in: its bytes are safe in the store before the deposit exists.

    *parts* are the deposits that it was joined of (`archive.filing.service.joining`), *origin*
    what the way says that it came in by, *more* what else is known of it.

    A try that repeats an earlier one (same person, same *upload_key*, same bytes) gives the
    deposit of the earlier one. A crash leaves at worst bytes that nothing refers to.

    Raises:
        NotPermitted: *actor* may not upload.
        FileRefused: its content is not taken in, or passes a limit that the error names.
        UploadKeyReused: *upload_key* belongs to other bytes already.
        Unavailable: a store cannot be reached, or did not keep the bytes; nothing was taken in.
    """
    actor.require(Right.UPLOAD_DEPOSIT)
    if upload_key and (earlier := Deposit.by_upload(actor.id, upload_key)):
        return same_upload(earlier, upload)
    file = examine(upload, name, recognition, asker=actor.id)
    file.waits_for_scan = blobs.are_scanned
    blobs.keep_file(
        upload.path, sha256=file.sha256, size=file.size, media_type=file.file_type.media_type
    )
    try:
        deposit = Deposit.open_new(
            actor,
            now,
            "deposit.received",
            {
                "file": file,
                "uploader_id": actor.id,
                "uploader_name": actor.name,
                "upload_key": upload_key,
                "origin": origin,
                "parts": list(parts),
                "is_half_joined": True if parts else None,
                **(more or {}),
            },
        )
    except Taken:  # the same upload, tried twice at once
        earlier = Deposit.by_upload(actor.id, upload_key or "")
        if earlier is None:
            raise
        return same_upload(earlier, upload)
    if not (origin and origin.is_old):  # the sweep takes some of them at a time
        jobs.enqueue("filing.prepare_deposit", deposit.key)
    return deposit


def same_upload(earlier: Deposit, upload: Incoming) -> Deposit:
    """The deposit of an earlier try, if its bytes are these."""
    if earlier.file.sha256 != upload.sha256:
        raise UploadKeyReused()
    return earlier


def examine(upload: Incoming, name: str, recognition: PageReader, *, asker: str) -> StoredFile:
    """What the upload is, by its content.

    Raises:
        FileRefused: it is not taken in.
        PagesBusy: *asker* has too many files looked into already.
    """
    if upload.is_too_large:
        raise FileTooLarge(
            found=rules.bytes_in_words(upload.size), limit=rules.bytes_in_words(upload.limit)
        )
    try:
        facts = recognition.inspect(upload.path, asker=asker)
    except ReaderBusy as busy:
        raise PagesBusy() from busy
    rules.check_taken_in(facts)
    return StoredFile(
        sha256=upload.sha256,
        size=upload.size,
        original_name=name or "file",
        file_type=facts.type,
        pages=facts.pages,
        width=facts.width,
        height=facts.height,
        flaw=facts.flaw,
    )


def prepare(
    deposit: Deposit,
    *,
    now: datetime,
    blobs: Blobs,
    recognition: PageReader,
) -> Deposit:
    """Make the thumbnail and let the deposit wait to be filed. May run twice without harm.

    A file that cannot be drawn is `FAILED`: it can still be filed, and says what is wrong. One in
    which the virus scanner found something is `FAILED` too, and cannot; while the scanner is
    unavailable it waits, and says so.

    Raises:
        PagesBusy: others' Word and Excel files are being printed.
    """
    file = deposit.file
    try:
        blobs.demand_clean(file.sha256)
    except NotScannedYet:
        return deposit  # it says that it waits; the sweep asks again
    except Infected as found:
        file.infection = found.facts["name"]
    file.waits_for_scan = False
    if deposit.state is not DepositState.RECEIVED:
        return deposit  # filed or rejected before the worker came to it
    state = DepositState.FAILED if file.infection else look_inside(file, blobs, recognition)
    try:
        return deposit.change(SYSTEM, now, "deposit.prepared", {"state": state, "file": file})
    except EditedMeanwhile as meanwhile:  # decided or turned by a person in this very moment
        fresh = meanwhile.record
        assert isinstance(fresh, Deposit)
        return prepare(fresh, now=now, blobs=blobs, recognition=recognition)


def look_inside(file: StoredFile, blobs: Blobs, recognition: PageReader) -> DepositState:
    """Make the thumbnail of *file*, and note on it what is to be known; the state that follows."""
    state = DepositState.READY
    with suppress(ReaderGaveUp):  # it says so when it is drawn
        file.marks = recognition.marks(blobs.copy_of(file.sha256))
    if file.awaits_print:
        with suppress(NoPrinter, NoPageImage, PageTooDemanding):  # said where it is looked at
            file.pages = printing.count_pages(file, blobs=blobs, recognition=recognition)
    if file.has_pages:
        try:
            images.make_thumbnail(file, blobs=blobs, recognition=recognition)
        except (PageUnreadable, ReaderGaveUp) as failure:
            state = DepositState.FAILED
            file.flaw = file.flaw or flaw_of(failure)
    elif file.flaw:
        state = DepositState.FAILED
    return state


def flaw_of(failure: Exception) -> Flaw:
    """What a page that could not be drawn says about the file."""
    return Flaw.TOO_DEMANDING if isinstance(failure, ReaderGaveUp) else Flaw.DAMAGED


def ask_again(now: datetime, *, limit: int = 200) -> int:
    """Ask once more for the preparation of deposits that have waited too long."""
    late = Deposit.without_preview(now - PREPARED_WITHIN, limit)
    for deposit in late:
        jobs.enqueue("filing.prepare_deposit", deposit.key)
    return len(late)
