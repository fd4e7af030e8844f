"""The verbs of a complaint's photographs and files: what shows what happened (Art. 14.2)."""

import logging
from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path

from bson import ObjectId

from archive.actor import Actor, Right
from archive.blobs import Blobs, Infected
from archive.communication.errors import FileOfAnother, FileThere
from archive.communication.models import Complaint, Evidence
from archive.communication.service.complaints import refuse_closed
from archive.database import EditedMeanwhile
from archive.errors import ArchiveError, Unavailable
from archive.filing.errors import FileRefused
from archive.filing.models import StoredFile
from archive.filing.rules import showable_name
from archive.filing.service import images
from archive.filing.service.receiving import Incoming, examine
from archive.recognition import PageImage, PageReader
from archive.trail.looks import note_look

log = logging.getLogger(__name__)

KeptBack = tuple[str, ArchiveError]
"""The name of a file that was not added, and why."""

TRIES = 5  # when others change the complaint at the same moment


def add_file(
    complaint: Complaint,
    upload: Incoming,
    *,
    name: str,
    actor: Actor,
    now: datetime,
    blobs: Blobs,
    recognition: PageReader,
) -> Complaint:
    """Add a photograph or file; its bytes are safe before the complaint names them.

    Raises:
        NotPermitted, ComplaintClosed.
        FileRefused: its content is not taken in, or passes a limit that the error names.
        FileThere: it is with the complaint already.
        Unavailable: a store cannot be reached; nothing was added.
    """
    may_add(complaint, actor)
    file = take_in(upload, name=name, actor=actor, blobs=blobs, recognition=recognition)
    return add_taken(complaint, file, actor=actor, now=now)


def may_add(complaint: Complaint, actor: Actor) -> None:
    """Whoever may open the complaint and record one adds files, until it is closed.

    Raises:
        NotPermitted, ComplaintClosed.
    """
    actor.require(Right.OPEN_COMPLAINT, complaint)
    actor.require(Right.RECORD_COMPLAINT)
    refuse_closed(complaint)


def take_in(
    upload: Incoming, *, name: str, actor: Actor, blobs: Blobs, recognition: PageReader
) -> StoredFile:
    """A file whose bytes are safe in the store, and which no complaint names yet.

    Raises:
        NotPermitted, FileRefused, Unavailable.
        Infected: the virus scanner found something in it.
    """
    actor.require(Right.RECORD_COMPLAINT)
    file = examine(upload, name, recognition, asker=actor.id)
    blobs.keep_file(
        upload.path, sha256=file.sha256, size=file.size, media_type=file.file_type.media_type
    )
    blobs.demand_clean(file.sha256)
    return file


def take_in_each(
    given: Sequence[tuple[Incoming, str]], *, actor: Actor, blobs: Blobs, recognition: PageReader
) -> tuple[list[StoredFile], list[KeptBack]]:
    """Take in every file with its name; one that cannot be keeps no other back.

    Raises:
        NotPermitted.
    """
    taken: list[StoredFile] = []
    kept_back: list[KeptBack] = []
    for upload, name in given:
        try:
            taken.append(
                take_in(upload, name=name, actor=actor, blobs=blobs, recognition=recognition)
            )
        except (FileRefused, Infected, Unavailable) as why:
            if isinstance(why, Unavailable):
                log.warning("a file of a complaint was not taken in: %s", why)
            kept_back.append((showable_name(name), why))
    return taken, kept_back


def add_each(
    complaint: Complaint, files: Sequence[StoredFile], *, actor: Actor, now: datetime
) -> list[KeptBack]:
    """Add what was taken in before; what is with the complaint already keeps no other back.

    Raises:
        NotPermitted, ComplaintClosed.
    """
    kept_back: list[KeptBack] = []
    for file in files:
        try:
            complaint = add_taken(complaint, file, actor=actor, now=now)
        except FileThere as why:
            kept_back.append((file.name, why))
    return kept_back


def add_taken(complaint: Complaint, file: StoredFile, *, actor: Actor, now: datetime) -> Complaint:
    """Add what was taken in before.

    Raises:
        NotPermitted, ComplaintClosed, FileThere.
    """
    may_add(complaint, actor)
    added = Evidence(
        id=ObjectId(),
        added_at=now,
        added_by_id=actor.id,
        added_by_name=actor.name,
        **{each: file[each] for each in file if each != "_cls" and file[each] is not None},
    )

    def with_it(present: Complaint) -> list[Evidence]:
        if twins := [each for each in present.files if each.sha256 == added.sha256]:
            raise FileThere(name=twins[0].name)
        return [*present.evidence, added]

    return _change(complaint, with_it, "complaint.file_added", actor, now, reason=added.name)


def remove_file(
    complaint: Complaint, key: str, reason: str, *, actor: Actor, now: datetime
) -> Complaint:
    """Take a file away from the complaint, and say why; it is kept and may be put back.

    Raises:
        NotFound, NotPermitted, FileOfAnother, ComplaintClosed, EditedMeanwhile.
    """
    may_remove(complaint, complaint.file(key), actor)
    return _mark(complaint, key, now, "complaint.file_removed", actor, now, reason)


def restore_file(complaint: Complaint, key: str, *, actor: Actor, now: datetime) -> Complaint:
    """Put a file that was taken away back to the complaint.

    Raises:
        NotFound, NotPermitted, FileOfAnother, ComplaintClosed, EditedMeanwhile.
    """
    file = complaint.file(key)
    may_remove(complaint, file, actor)
    return _mark(complaint, key, None, "complaint.file_restored", actor, now, file.name)


def may_remove(complaint: Complaint, file: Evidence, actor: Actor) -> None:
    """The desk, and whoever added it.

    Raises:
        NotPermitted, FileOfAnother.
    """
    actor.require(Right.OPEN_COMPLAINT, complaint)
    if not is_theirs(complaint, file, actor):
        raise FileOfAnother()


def thumbnail(file: Evidence, *, actor: Actor, blobs: Blobs, recognition: PageReader) -> bytes:
    """The small image of its first page; whoever may open the complaint sees it."""
    return images.thumbnail(file, asker=actor.id, blobs=blobs, recognition=recognition)


def page(
    file: Evidence,
    number: int,
    *,
    width: int,
    actor: Actor,
    blobs: Blobs,
    recognition: PageReader,
    again: bool = False,
) -> PageImage:
    """The image of one page; whoever may open the complaint sees it."""
    return images.page_image(
        file,
        number,
        width=width,
        asker=actor.id,
        blobs=blobs,
        recognition=recognition,
        again=again,
    )


def take_original(
    complaint: Complaint, key: str, *, actor: Actor, now: datetime, blobs: Blobs
) -> tuple[Evidence, Path]:
    """The bytes as they came, for the desk; each time is written down.

    Raises:
        NotFound, NotPermitted, ContentLost.
    """
    actor.require(Right.EDIT_COMPLAINT, complaint)
    file = complaint.file(key)
    path = blobs.copy_of(file.sha256)
    note_look(complaint, actor=actor, now=now, action="complaint.file_taken", reason=file.name)
    return file, path


def is_theirs(complaint: Complaint, file: Evidence, actor: Actor) -> bool:
    """Whether *file* is of *actor*: the desk's, or added by them."""
    return file.added_by_id == actor.id or actor.may(Right.EDIT_COMPLAINT, complaint)


def _mark(
    complaint: Complaint,
    key: str,
    removed_at: datetime | None,
    action: str,
    actor: Actor,
    now: datetime,
    reason: str,
) -> Complaint:
    refuse_closed(complaint)

    def marked(present: Complaint) -> list[Evidence]:
        present.file(key).removed_at = removed_at
        return list(present.evidence)

    return _change(complaint, marked, action, actor, now, reason)


def _change(
    complaint: Complaint,
    evidence: Callable[[Complaint], list[Evidence]],
    action: str,
    actor: Actor,
    now: datetime,
    reason: str,
) -> Complaint:
    """Change the files and nothing else: who changes something else meanwhile is not in the way."""
    for _ in range(TRIES - 1):
        try:
            return complaint.change(
                actor, now, action, {"evidence": evidence(complaint)}, reason=reason
            )
        except EditedMeanwhile:
            complaint = Complaint.numbered(complaint.number)
            refuse_closed(complaint)
    return complaint.change(actor, now, action, {"evidence": evidence(complaint)}, reason=reason)
