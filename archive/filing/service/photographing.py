"""Photographs of one paper, taken with a phone, come in as one file; each is kept as it was taken.

Where the edges of the paper are beyond doubt, the page shows the paper made straight; taken apart,
the photographs come back as they were.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from archive.actor import Actor, Right
from archive.blobs import Blobs
from archive.database import following_up
from archive.filing.errors import CornersUnclear, NoFiles, NotAPicture, PagesBusy
from archive.filing.models import Deposit
from archive.filing.service import joining, receiving
from archive.filing.service.receiving import Incoming
from archive.recognition import (
    IMAGES,
    Corners,
    NoSuchPage,
    PageReader,
    PageUnreadable,
    ReaderBusy,
    ReaderGaveUp,
)

LEAST_PAPER = 0.05  # of a photograph


@dataclass(frozen=True, slots=True)
class Photograph:
    """One page as it was taken; *corners* of the paper on it where it is to be made straight."""

    upload: Incoming
    name: str
    key: str
    corners: Corners | None = None


def corners_from(text: str) -> Corners | None:
    """The corners of a paper as a page sends them: eight shares of the photograph, or nothing.

    Raises:
        CornersUnclear: they are not those of an area on it, clockwise from top left.
    """
    if not text.strip():
        return None
    try:
        numbers = [float(each) for each in text.split()]
    except ValueError as no_number:
        raise CornersUnclear() from no_number
    corners = [numbers[at : at + 2] for at in range(0, len(numbers), 2)]
    if len(numbers) != 8 or not all(0 <= each <= 1 for each in numbers):
        raise CornersUnclear()
    turns, area = [], 0.0
    for at, (x, y) in enumerate(corners):
        (x1, y1), (x2, y2) = corners[(at + 1) % 4], corners[(at + 2) % 4]
        turns.append((x1 - x) * (y2 - y1) - (y1 - y) * (x2 - x1))
        area += (x * y1 - x1 * y) / 2
    if min(turns) <= 0 or area < LEAST_PAPER:
        raise CornersUnclear()
    return corners


def look_for_edges(
    upload: Incoming, *, actor: Actor, recognition: PageReader
) -> tuple[Corners | None, bytes]:
    """Where the paper is on a photograph, and how it looks made straight; None where in doubt.

    Nothing is kept.

    Raises:
        NotPermitted: *actor* may not upload.
        PagesBusy: *actor* has too many files looked into already.
    """
    actor.require(Right.UPLOAD_DEPOSIT)
    try:
        return recognition.edges(upload.path, asker=actor.id)
    except ReaderBusy as busy:
        raise PagesBusy() from busy
    except (NoSuchPage, PageUnreadable, ReaderGaveUp):
        return None, b""


def take_in(
    photographs: Sequence[Photograph],
    *,
    actor: Actor,
    now: datetime,
    blobs: Blobs,
    recognition: PageReader,
) -> Deposit:
    """One deposit of all *photographs*, in their order: a PDF, or the one picture as it is.

    A try that repeats an earlier one takes nothing in twice.

    Raises:
        NotPermitted: *actor* may not upload.
        NoFiles: there is none.
        NotAPicture: one of them is something else.
        FileRefused, UploadKeyReused, Unavailable: as `receiving.receive`.
        NotJoinable, FileRefused: as `joining.join`.
    """
    actor.require(Right.UPLOAD_DEPOSIT)
    if earlier := Deposit.asked_before():
        return joining.gather_after(earlier, actor, now)
    if not photographs:
        raise NoFiles()
    for each in photographs:
        facts = receiving.examine(each.upload, each.name, recognition, asker=actor.id)
        if facts.file_type not in IMAGES or not facts.pages:
            raise NotAPicture(name=facts.name)
    with following_up():
        taken = [
            receiving.receive(
                each.upload,
                name=each.name,
                upload_key=each.key or None,
                actor=actor,
                now=now,
                blobs=blobs,
                recognition=recognition,
            )
            for each in photographs
        ]
    corners = [each.corners for each in photographs]
    if len(taken) == 1 and corners == [None]:
        return taken[0]
    return joining.join_photographs(
        taken, corners, actor=actor, now=now, blobs=blobs, recognition=recognition
    )
