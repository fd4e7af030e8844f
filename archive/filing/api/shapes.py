"""How the API shows deposits and attachments, and what it asks for."""

from dataclasses import astuple
from datetime import date
from typing import Any, List  # noqa: UP035  # APIFlask knows lists of files as this

from apiflask.fields import UploadFile
from pydantic import BaseModel, ConfigDict, Field

from archive import clock
from archive.customers.forms import ANY_NAME, CustomerKey
from archive.filing.models import Attachment
from archive.filing.rules import (
    AttachmentKind,
    Confidentiality,
    DepositState,
    MatchedBy,
    Validity,
)
from archive.filing.service import looking
from archive.reading import Reading, ReadingState
from archive.recognition import FileType, Flaw, Mark
from archive.recognition.pages import TextSource
from archive.recognition.papers import FieldName
from archive.web.api import Page, Paging
from archive.web.context import actor
from archive.web.shapes import Instant, Key, Out, RecordOut, reads


class DepositFiles(BaseModel):
    """The files of one request; each is taken in or refused by itself."""

    model_config = ConfigDict(arbitrary_types_allowed=True)

    files: List[UploadFile] = Field(max_length=100)  # noqa: UP006  # as above


class DepositQuery(Paging):
    """Which deposits: by default those that wait, oldest first."""

    state: DepositState | None = None


class AttachmentQuery(Paging):
    """Which attachments."""

    customer: CustomerKey = Field(description=ANY_NAME)
    kind: AttachmentKind | None = None


class VersionQuery(BaseModel):
    """Which version; the one in force where none is named."""

    model_config = ConfigDict(extra="ignore")

    version: int | None = Field(None, ge=1, le=100_000)


class PageQuery(VersionQuery):
    """How wide a page image is drawn."""

    width: int = Field(1400, ge=100, le=2200)


class FileOut(Out):
    """A file as it came, and what one look into it found."""

    name: str
    original_name: str
    size: int
    sha256: str | None
    media_type: str = reads("file_type.media_type")
    file_type: FileType
    pages: int
    width: int | None
    height: int | None
    flaw: Flaw | None
    marks: list[Mark]
    waits_for_scan: bool
    infection: str | None
    turns: dict[str, int]


class LineOut(Out):
    """A run of characters; `box` is left, top, right, bottom, as fractions of the upright page."""

    text: str
    box: list[float] = reads(lambda line: list(astuple(line.box)))
    confidence: float


class PageTextOut(Out):
    """What one page says, from top to bottom. `turn`: how far it is turned to read upright."""

    number: int
    source: TextSource
    turn: int
    text: str
    lines: list[LineOut]


class TextOut(Out):
    """What was read in a file so far."""

    pages: list[PageTextOut]


class TwinOut(Out):
    """Where the same bytes are already."""

    attachment: Key | None = reads("attachment.id")
    customer: Key | None = reads("customer.id")
    deposit: Key | None = reads("deposit.id")


class OriginOut(Out):
    """What the way in says of a file: words, and the customer and kind that they name."""

    words: str | None
    customer: Key | None = reads("customer_id")
    kind: AttachmentKind | None


class ReadingOut(Out):
    """How far the reading of a file is."""

    state: ReadingState
    pages: int
    pages_read: int
    tries: int
    failure: str | None


class ReadFieldOut(Out):
    """A fact that was read: `box` is left, top, right, bottom, as fractions of the page."""

    name: FieldName
    value: str
    confidence: float
    page: int
    box: list[float]


class CandidateOut(Out):
    """A customer that the paper may belong to, what of it said so, and how strongly (to 1)."""

    customer: Key = reads("customer_id")
    by: MatchedBy
    score: float


class ProposalOut(Out):
    """What a paper that was read seems to be. `is_sure`: `…/confirm` files it as it is."""

    made_at: Instant
    kind: AttachmentKind | None
    kind_confidence: float
    title: str | None
    document_on: date | None
    valid_until: date | None
    fields_read: list[ReadFieldOut]
    candidates: list[CandidateOut]
    customer: Key | None = reads("customer_id")
    is_sure: bool
    first_pages: list[int]
    spare_pages: list[int]


class DepositOut(RecordOut):
    """A file that came in. `parts`: the deposits it was joined of, in the order of their pages."""

    state: DepositState
    file: FileOut
    uploader: str = reads("uploader_name")
    origin: OriginOut | None
    received_at: Instant = reads("created_at")
    reading: ReadingOut | None = reads(lambda deposit: Reading.of(deposit.file.sha256))
    proposal: ProposalOut | None
    duplicates: list[TwinOut] = reads(lambda deposit: looking.twins_of([deposit])[deposit.key])
    attachment: Key | None = reads("filing.attachment_id")
    customer: Key | None = reads("filing.customer_id")
    rejection: str | None
    parts: list[Key]
    joined_into: Key | None


class DepositPage(Page[DepositOut]):
    """A page of deposits."""


class ApartOut(Out):
    """What came back onto the stack, in the order of the pages."""

    deposits: list[DepositOut]


class ConfirmedOne(Out):
    """What became of one deposit of a request: its attachment, or why it still waits."""

    deposit: str
    status: int
    attachment: str | None = None
    problem: dict[str, Any] | None = None


class Confirmed(Out):
    """What became of each deposit, in the order in which they were named."""

    filed: int
    refused: int
    results: list[ConfirmedOne]


class Result(Out):
    """What became of one file of a request."""

    name: str
    status: int
    deposit: DepositOut | None = None
    problem: dict[str, Any] | None = None


class Results(Out):
    """What became of each file, in the order in which they were sent."""

    received: int
    refused: int
    results: list[Result]


class VersionOut(FileOut):
    """One version of an attachment."""

    number: int
    filed_at: Instant
    filed_by: str = reads("filed_by_name")


def may_look(attachment: Attachment) -> bool:
    """Whether the asker may see its pages."""
    customer = attachment.customer
    return customer is not None and looking.may_look(attachment, customer, actor())


class AttachmentOut(RecordOut):
    """A paper of a customer's archive. `may_look` says whether its pages may be asked for.

    `disposed_at`: since when its bytes are gone; then no version has a digest.
    """

    customer: Key = reads("customer_id")
    kind: AttachmentKind
    title: str
    confidentiality: Confidentiality
    document_on: date | None
    valid_until: date | None
    validity: Validity | None = reads(lambda paper: paper.validity(clock.local_day(clock.now())))
    paper_original: bool
    copies: int | None
    place: str | None
    may_look: bool = reads(may_look)
    disposed_at: Instant | None
    disposal: str | None = reads("disposal_number")
    disposed_because: str | None
    disposed_by: str | None = reads("disposed_by_name")
    versions: list[VersionOut]


class AttachmentPage(Page[AttachmentOut]):
    """A page of attachments."""
