"""Looking at attachments: who may see what, written down before anything is shown (Art. 10)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from archive import reading
from archive.actor import Actor, Right
from archive.blobs import Blobs
from archive.customers.models import Customer
from archive.errors import NotFound
from archive.filing.errors import (
    NeedsYes,
    NoPageImage,
    OriginalHeldBack,
    PagesHidden,
    PaperDisposed,
)
from archive.filing.models import Attachment, Deposit, StoredFile, Version
from archive.filing.rules import AttachmentKind, Validity
from archive.filing.service import images, printing
from archive.recognition import PageImage, PageReader
from archive.recognition.pages import PageText
from archive.trail.looks import note_look


@dataclass(frozen=True)
class Shown:
    """An attachment as one person sees it: the facts always, the pages if they may look."""

    attachment: Attachment
    may_look: bool
    validity: Validity | None


@dataclass(frozen=True)
class Shelf:
    """A customer's attachments of one kind."""

    kind: AttachmentKind
    papers: list[Shown]


@dataclass(frozen=True)
class Twin:
    """Where the same bytes are already: in an attachment, or in another deposit that waits."""

    attachment: Attachment | None = None
    customer: Customer | None = None
    deposit: Deposit | None = None


def may_look(attachment: Attachment, customer: Customer, actor: Actor) -> bool:
    """Whether *actor* may see the pages: confidential ones only the custodian (Art. 10).

    Of a paper that was destroyed there are none.
    """
    if attachment.disposed_at:
        return False
    return actor.may(attachment.looked_at_by, customer)


def open_attachment(key: str, *, actor: Actor) -> tuple[Attachment, Customer]:
    """An attachment's facts, and the customer it belongs to.

    Raises:
        NotFound: there is none, or its filing was undone.
        NotPermitted: *actor* may not see the attachments of this customer.
    """
    attachment = Attachment.find(key)
    if attachment.withdrawn_at:
        raise NotFound()
    customer = Customer.find(str(attachment.customer_id))
    actor.require(Right.LIST_ATTACHMENTS, customer)
    return attachment, customer


def shelves_of(customer: Customer, *, actor: Actor, today: date) -> list[Shelf]:
    """All attachments of *customer* by kind, in the order of the kinds; empty kinds left out.

    Raises:
        NotPermitted: *actor* may not see the attachments of this customer.
    """
    actor.require(Right.LIST_ATTACHMENTS, customer)
    by_kind: dict[AttachmentKind, list[Shown]] = {}
    for attachment in Attachment.of_customer(customer.id):
        shown = Shown(attachment, may_look(attachment, customer, actor), attachment.validity(today))
        by_kind.setdefault(attachment.kind, []).append(shown)
    return [Shelf(kind, by_kind[kind]) for kind in AttachmentKind if kind in by_kind]


def look_at_page(
    attachment: Attachment,
    customer: Customer,
    page: int,
    *,
    number: int | None,
    width: int,
    actor: Actor,
    now: datetime,
    blobs: Blobs,
    recognition: PageReader,
    again: bool = False,
) -> PageImage:
    """The image of one page of version *number* (None: the one in force).

    Raises:
        PagesHidden: the paper is confidential and *actor* no custodian (Art. 10).
        NoPageImage: there is no such page.
        PageTooDemanding, PagesBusy: as `images.page_image`.
        DatabaseAway: the look could not be written down, so nothing is shown.
    """
    version = admit(attachment, customer, number, actor)
    image = images.page_image(
        version,
        page,
        width=width,
        asker=actor.id,
        blobs=blobs,
        recognition=recognition,
        again=again,
    )
    _note(attachment, version, "attachment.page_seen", actor, now, page=page)
    return image


def pages_of(
    attachment: Attachment,
    customer: Customer,
    *,
    number: int | None,
    actor: Actor,
    blobs: Blobs,
    recognition: PageReader,
    again: bool = False,
) -> int:
    """How many pages version *number* shows: for those who may look at them.

    Raises:
        PagesHidden: as `look_at_page`.
        NoPageImage, NoPrinter, PageTooDemanding, PagesBusy: as `printing.count_pages`.
    """
    version = admit(attachment, customer, number, actor)
    return printing.count_pages(
        version, asker=actor.id, blobs=blobs, recognition=recognition, again=again
    )


def look_at_thumbnail(
    attachment: Attachment,
    customer: Customer,
    *,
    actor: Actor,
    now: datetime,
    blobs: Blobs,
    recognition: PageReader,
) -> bytes:
    """The small image of the first page in force. Raises as `look_at_page`."""
    version = admit(attachment, customer, None, actor)
    image = images.thumbnail(version, asker=actor.id, blobs=blobs, recognition=recognition)
    _note(attachment, version, "attachment.thumbnail_seen", actor, now)
    return image


def look_at_text(
    attachment: Attachment,
    customer: Customer,
    *,
    number: int | None,
    actor: Actor,
    now: datetime,
) -> list[PageText]:
    """What was read on the pages of version *number* so far. Raises as `look_at_page`."""
    version = admit(attachment, customer, number, actor)
    pages = reading.pages_of(version.sha256)
    _note(attachment, version, "attachment.text_seen", actor, now)
    return pages


def take_original(
    attachment: Attachment,
    customer: Customer,
    *,
    number: int | None,
    actor: Actor,
    now: datetime,
    blobs: Blobs,
) -> tuple[Version, Path]:
    """The bytes as they came, for the custodian; every time is written down (Art. 10: a copy).

    Raises:
        OriginalHeldBack: *actor* is no custodian.
        ContentLost: the bytes are not the ones filed.
    """
    if not actor.may(Right.DOWNLOAD_ORIGINAL, customer):
        raise OriginalHeldBack()
    version = admit(attachment, customer, number, actor)
    path = blobs.copy_of(version.sha256)
    note_look(
        attachment,
        actor=actor,
        now=now,
        action="attachment.original_taken",
        reason=f"v{version.number}",
    )
    return version, path


def twins_of(deposits: Iterable[Deposit]) -> dict[str, list[Twin]]:
    """For each deposit (by identity) where the same bytes are already."""
    found: dict[str, list[Twin]] = {}
    for deposit in deposits:
        sha256 = deposit.file.sha256
        if not sha256:  # destroyed with its paper
            found[deposit.key] = []
            continue
        others = Deposit.others_with(sha256, deposit.id)
        filed = [each for each in Attachment.with_bytes(sha256) if each.id != deposit.id]
        filed += Attachment.made_of(others)
        customers = Customer.by_key(str(each.customer_id) for each in filed) if filed else {}
        found[deposit.key] = [
            Twin(attachment=each, customer=customers.get(str(each.customer_id))) for each in filed
        ] + [Twin(deposit=other) for other in others if other.is_waiting and other.id < deposit.id]
    return found


def ask_about(deposits: Sequence[Deposit], *, is_sure: bool) -> None:
    """Let *deposits* be filed that are whole and new, or of which a person *is_sure*.

    Raises:
        NeedsYes: some are damaged, cannot be drawn, or are on file already.
    """
    twins = twins_of(deposits)
    doubtful = [each.file.name for each in deposits if each.has_failed or twins[each.key]]
    if doubtful and not is_sure:
        raise NeedsYes(names="、".join(doubtful[:5]), count=len(doubtful))


def admit(attachment: Attachment, customer: Customer, number: int | None, actor: Actor) -> Version:
    """Version *number* (None: the one in force) for somebody who may look at it.

    Raises:
        PaperDisposed: its bytes are gone.
        PagesHidden: the paper is confidential and *actor* no custodian (Art. 10).
        NoPageImage: there is no such version.
    """
    if attachment.disposed_at:
        raise PaperDisposed(number=attachment.disposal_number)
    if not may_look(attachment, customer, actor):
        raise PagesHidden()
    version = attachment.version(number)
    if version is None:
        raise NoPageImage()
    return version


def _note(
    attachment: Attachment,
    version: StoredFile,
    action: str,
    actor: Actor,
    now: datetime,
    *,
    page: int | None = None,
) -> None:
    """Write a look at a confidential paper down; looks at internal ones are not recorded.

    Leafing through a paper is one entry an hour, which names every page that was seen.
    """
    if attachment.is_confidential:
        where = f"v{version.number}" + (f" p{page}" if page else "")
        note_look(attachment, actor=actor, now=now, action=action, reason=where, counted=True)
