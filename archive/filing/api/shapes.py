"""How the API tells of deposits and attachments, and what it asks for."""

from datetime import date, datetime
from typing import Annotated, Any, List  # noqa: UP035  # APIFlask knows lists of files as this

from apiflask.fields import UploadFile
from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from archive import clock
from archive.customers.models import Customer
from archive.filing import rules
from archive.filing.models import Attachment, Deposit, StoredFile
from archive.filing.rules import AttachmentKind, Confidentiality, DepositState, Validity
from archive.filing.service import looking
from archive.recognition import FileType, Flaw
from archive.web.api import Page, Paging
from archive.web.context import actor

Identity = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{24}$")]


class DepositFiles(BaseModel):
    """The files of one request; each is taken in or refused by itself."""

    model_config = ConfigDict(arbitrary_types_allowed=True)

    files: List[UploadFile] = Field(max_length=100)  # noqa: UP006  # as above


class DepositQuery(Paging):
    """Which deposits: by default those that wait, oldest first."""

    state: DepositState | None = None


class AttachmentQuery(Paging):
    """Which attachments."""

    customer: Identity = Field(description="Identity of the customer")
    kind: AttachmentKind | None = None


class VersionQuery(BaseModel):
    """Which version; the one in force where none is named."""

    model_config = ConfigDict(extra="ignore")

    version: int | None = Field(None, ge=1, le=100_000)


class PageQuery(VersionQuery):
    """How wide a page image is drawn."""

    width: int = Field(1400, ge=100, le=2200)


class FileOut(BaseModel):
    """A file as it came, and what one look into it found."""

    name: str
    original_name: str
    size: int
    sha256: str
    media_type: str
    file_type: FileType
    pages: int
    width: int | None
    height: int | None
    flaw: Flaw | None


class TwinOut(BaseModel):
    """Where the same bytes are already."""

    attachment: str | None = None
    customer: str | None = None
    deposit: str | None = None


class DepositOut(BaseModel):
    """A file that came in."""

    id: str
    revision: int
    state: DepositState
    file: FileOut
    uploader: str
    received_at: datetime
    duplicates: list[TwinOut]
    attachment: str | None
    customer: str | None
    rejection: str | None


class DepositPage(Page[DepositOut]):
    """A page of deposits."""


class Result(BaseModel):
    """What became of one file of a request."""

    name: str
    status: int
    deposit: DepositOut | None = None
    problem: dict[str, Any] | None = None


class Results(BaseModel):
    """What became of each file, in the order in which they were sent."""

    received: int
    refused: int
    results: list[Result]


class VersionOut(FileOut):
    """One version of an attachment."""

    number: int
    filed_at: datetime
    filed_by: str


class AttachmentOut(BaseModel):
    """A paper of a customer's archive. `may_look` says whether its pages may be asked for."""

    id: str
    revision: int
    customer: str
    kind: AttachmentKind
    title: str
    confidentiality: Confidentiality
    document_on: date | None
    valid_until: date | None
    validity: Validity | None
    paper_original: bool
    copies: int | None
    place: str | None
    may_look: bool
    versions: list[VersionOut]


class AttachmentPage(Page[AttachmentOut]):
    """A page of attachments."""


def show_deposit(deposit: Deposit) -> DepositOut:
    """*deposit* as the API tells of it."""
    filing = deposit.filing
    return DepositOut(
        id=deposit.key,
        revision=deposit.revision,
        state=deposit.state,
        file=FileOut(**_file_facts(deposit.file)),
        uploader=deposit.uploader_name,
        received_at=clock.local(deposit.created_at),
        duplicates=[
            TwinOut(
                attachment=twin.attachment.key if twin.attachment else None,
                customer=twin.customer.key if twin.customer else None,
                deposit=twin.deposit.key if twin.deposit else None,
            )
            for twin in looking.twins_of([deposit])[deposit.key]
        ],
        attachment=str(filing.attachment_id) if filing else None,
        customer=str(filing.customer_id) if filing else None,
        rejection=deposit.rejection,
    )


def show(attachment: Attachment, customer: Customer) -> AttachmentOut:
    """*attachment* as the API tells of it."""
    return AttachmentOut(
        id=attachment.key,
        revision=attachment.revision,
        customer=customer.key,
        validity=attachment.validity(clock.local_day(clock.now())),
        may_look=looking.may_look(attachment, customer, actor()),
        versions=[
            VersionOut(
                number=each.number,
                filed_at=clock.local(each.filed_at),
                filed_by=each.filed_by_name,
                **_file_facts(each),
            )
            for each in attachment.versions
        ],
        **{name: attachment[name] for name in rules.PaperFacts.__dataclass_fields__},
    )


def _file_facts(file: StoredFile) -> dict[str, Any]:
    return {
        "name": file.name,
        "media_type": file.file_type.media_type,
        **{
            name: file[name]
            for name in (
                "original_name",
                "size",
                "sha256",
                "file_type",
                "pages",
                "width",
                "height",
                "flaw",
            )
        },
    }
