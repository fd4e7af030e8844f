"""One file becomes several papers, or has its pages in another order or fewer of them.

The original leaves the stack and is kept, byte for byte; what was made of it goes back into it as
long as none of it was decided about.
"""

import tempfile
from collections.abc import Sequence
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path

from bson import ObjectId

from archive.actor import SYSTEM, Actor, Right
from archive.blobs import Blobs
from archive.database import following_up
from archive.filing.errors import (
    AlreadyDecided,
    NotArrangeable,
    NotArranged,
    PagesBusy,
    PieceDecided,
)
from archive.filing.models import Deposit, Piece
from archive.filing.rules import DepositState
from archive.filing.service import page_numbers, receiving
from archive.filing.service.carrying import carry_over, origin_of
from archive.filing.service.deciding import check_clean, decided_by, wait_again, while_waiting
from archive.filing.service.joining import Made
from archive.reading import pages_of
from archive.recognition import PageReader, PageUnreadable, ReaderBusy, ReaderGaveUp

SETTLED_WITHIN = timedelta(minutes=2)


def arrange(
    deposit: Deposit,
    papers: Sequence[Sequence[int]],
    *,
    actor: Actor,
    now: datetime,
    blobs: Blobs,
    recognition: PageReader,
) -> list[Deposit]:
    """Make a deposit, a PDF, of each of *papers*: page numbers of *deposit* in their order.

    Pages that none of them names are taken out: they are in the original alone. The turns of the
    pages are those that they are shown with. A crash in between is completed by `settle_all`.

    Raises:
        NotPermitted: *actor* is no custodian.
        NotClean: the virus scanner has not passed it.
        NotArrangeable: it has no pages of its own, or they cannot be read.
        NothingArranged, NoSuchPages: *papers* change nothing, or name pages that there are not.
        AlreadyDecided: it was filed or rejected before.
    """
    actor.require(Right.FILE_DEPOSIT, deposit)
    if earlier := Deposit.asked_before():
        return earlier.piece_deposits
    return cut_up(deposit, papers, actor=actor, now=now, blobs=blobs, recognition=recognition)


def cut_up(
    deposit: Deposit,
    papers: Sequence[Sequence[int]],
    *,
    actor: Actor,
    now: datetime,
    blobs: Blobs,
    recognition: PageReader,
) -> list[Deposit]:
    """As `arrange`, for a person or for a sheet that a person has put between the pages.

    Raises:
        NotClean, NotArrangeable, NothingArranged, NoSuchPages, AlreadyDecided: as `arrange`.
        PagesBusy: *actor* has too many files looked into already.
    """
    if not deposit.is_waiting:
        raise AlreadyDecided(by=deposit.decided_by_name or "", state=deposit.state)
    check_clean(deposit)
    if not deposit.file.has_own_pages:
        raise NotArrangeable(name=deposit.file.name)
    page_numbers.check_papers(papers, deposit.file.pages)
    contents = _cut(deposit, papers, actor, blobs, recognition)
    pieces = [Piece(deposit_id=ObjectId(), pages=list(pages)) for pages in papers]
    facts = {"state": DepositState.CUT, "pieces": pieces, "is_half_cut": True}

    def cut(waiting: Deposit) -> Deposit:
        said = " | ".join(page_numbers.pages_in_words(each.pages) for each in pieces)
        facts_now = {**facts, **decided_by(actor, now)}
        return waiting.change(actor, now, "deposit.cut", facts_now, reason=said)

    return _lay_out(while_waiting(deposit, cut), contents, actor, now, blobs, recognition)


def put_back(deposit: Deposit, *, actor: Actor, now: datetime) -> Deposit:
    """Put the original that *deposit* was cut out of back onto the stack, in place of its pieces.

    Raises:
        NotPermitted: *actor* is no custodian.
        NotArranged: it was not cut out of another, or that one is back already.
        PieceDecided: one of the pieces is filed, rejected, or part of something else.
    """
    actor.require(Right.FILE_DEPOSIT, deposit)
    if deposit.cut_from is None:
        raise NotArranged()
    original = Deposit.find(str(deposit.cut_from))
    if original.state is not DepositState.CUT:
        raise NotArranged()
    for piece in original.piece_deposits:
        if not piece.is_waiting:
            raise PieceDecided(name=piece.file.name, state=piece.state)
    original.is_half_cut = True
    back = wait_again(original, "deposit.put_together", "", actor, now)
    for piece in back.piece_deposits:
        try:
            _gather(piece, back, actor, now)
        except AlreadyDecided:  # in this very moment: then it stays in pieces
            _stay_cut(back, actor, now)
            raise PieceDecided(name=piece.file.name, state=Deposit.find(piece.key).state) from None
    return _whole(back)


def settle_all(now: datetime) -> int:
    """Put back together what a crash left half cut, so that no page is in neither place."""
    settled = 0
    for original in Deposit.half_cut(now - SETTLED_WITHIN):
        back = original
        if original.state is DepositState.CUT:
            back = wait_again(original, "deposit.put_together", "", SYSTEM, now)
        for piece in back.piece_deposits:
            with suppress(AlreadyDecided):
                _gather(piece, back, SYSTEM, now)
        _whole(back)
        settled += 1
    return settled


def _cut(
    deposit: Deposit,
    papers: Sequence[Sequence[int]],
    actor: Actor,
    blobs: Blobs,
    recognition: PageReader,
) -> list[bytes]:
    path, turns = blobs.copy_of(deposit.file.sha256), deposit.file.turns
    try:
        return recognition.cut(path, papers, turns=turns, asker=actor.id)
    except ReaderBusy as busy:
        raise PagesBusy() from busy
    except (PageUnreadable, ReaderGaveUp) as failure:
        raise NotArrangeable(name=deposit.file.name) from failure


def _lay_out(
    original: Deposit,
    contents: Sequence[bytes],
    actor: Actor,
    now: datetime,
    blobs: Blobs,
    recognition: PageReader,
) -> list[Deposit]:
    """Put each of the pieces onto the stack, where the original was.

    Only the original carries the key of the request. What was read of a page counts for the piece
    that has it, and what a separator sheet says for the piece that follows.
    """
    made, read = [], pages_of(original.file.sha256)
    with following_up(), tempfile.TemporaryDirectory() as folder:
        for number, (piece, content) in enumerate(zip(original.pieces, contents, strict=True)):
            upload = Made(Path(folder) / f"{number}.pdf", content, recognition.limits.bytes)
            name = page_numbers.piece_name(original.file.name, piece.pages)
            more = {
                "id": piece.deposit_id,
                "cut_from": original.id,
                "cut_pages": piece.pages,
                "uploader_id": original.uploader_id,
                "uploader_name": original.uploader_name,
            }
            carry_over(original.file, piece.pages, read, to=upload.sha256, now=now)
            made.append(
                receiving.receive(
                    upload,
                    name=name,
                    upload_key=None,
                    origin=origin_of(original.origin, piece.pages, read),
                    more=more,
                    actor=actor,
                    now=now,
                    blobs=blobs,
                    recognition=recognition,
                )
            )
    # Beside the record: a paper has waited since its stack came in, and keeps its place.
    keys = [piece.deposit_id for piece in original.pieces]
    Deposit.objects(id__in=keys).update(set__created_at=original.created_at)
    _whole(original)
    return [Deposit.find(each.key) for each in made]


def _gather(piece: Deposit, original: Deposit, actor: Actor, now: datetime) -> None:
    """Take *piece* off the stack: its pages are in *original*, which is there again."""
    facts = {
        "state": DepositState.JOINED,
        "joined_into": original.id,
        **decided_by(actor, now),
    }
    while_waiting(piece, lambda waiting: waiting.change(actor, now, "deposit.taken_back", facts))


def _stay_cut(original: Deposit, actor: Actor, now: datetime) -> None:
    facts = {"state": DepositState.CUT, **decided_by(actor, now)}
    while_waiting(original, lambda waiting: waiting.change(actor, now, "deposit.cut", facts))
    for piece in original.piece_deposits:
        if piece.joined_into == original.id:
            wait_again(piece, "deposit.taken_out", "", actor, now)
    _whole(original)


def _whole(original: Deposit) -> Deposit:
    Deposit.objects(id=original.id).update_one(unset__is_half_cut=True)
    return original
