"""Deposits and attachments over REST."""

import hashlib
from datetime import date, datetime
from typing import Annotated, Any, List  # noqa: UP035  # APIFlask knows lists of files as this

from apiflask import APIBlueprint
from apiflask.fields import UploadFile
from flask import Response, jsonify, request, url_for
from pydantic import BaseModel, ConfigDict, Field, StringConstraints
from werkzeug.datastructures import FileStorage

from archive import clock
from archive.actor import Right
from archive.customers.models import Customer
from archive.errors import ArchiveError
from archive.filing import rules
from archive.filing.errors import NoFiles
from archive.filing.forms import FactsInput, FilingInput, RejectionInput, VersionInput
from archive.filing.models import Attachment, Deposit, StoredFile
from archive.filing.rules import AttachmentKind, Confidentiality, DepositState, Validity
from archive.filing.service import deciding, looking, receiving
from archive.recognition import FileType, Flaw
from archive.web.api import Page, Paging, once, page_of, seen_revision, with_etag
from archive.web.context import actor, seams
from archive.web.errors import problem_of
from archive.web.guard import needs
from archive.web.serving import send_image, send_original
from archive.web.spool import spooled

api = APIBlueprint("filing_api", __name__, url_prefix="/api/v1", tag="filing")

Identity = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{24}$")]
Answers = dict[int | str, dict[str, str | dict[str, dict[str, Any]]]]
BYTES = {"schema": {"type": "string", "format": "binary"}}
ORIGINAL: Answers = {200: {"description": "The bytes", "content": {"*/*": BYTES}}}
PAGE_IMAGE: Answers = {200: {"description": "The page", "content": {"image/jpeg": BYTES}}}


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


@api.get("/deposits")
@api.input(DepositQuery, location="query")
@api.output(DepositPage)
@needs(Right.FILE_DEPOSIT)
def list_deposits(query_data: DepositQuery) -> dict[str, Any]:
    """What came in, oldest first."""
    state = query_data.state
    found = Deposit.objects(state=state).order_by("created_at", "id") if state else None
    return page_of(found or Deposit.waiting(), query_data, show_deposit)


@api.post("/deposits")
@api.input(DepositFiles, location="files")
@api.output(Results, status_code=201)
@api.doc(responses={207: "Some files were refused; `results` says which and why"})
@needs(Right.UPLOAD_DEPOSIT)
def receive_deposits(files_data: DepositFiles) -> Response:
    """Take files in: 201 when all were received, 207 when some were refused.

    With an `Idempotency-Key` a repeated request finds what its first try brought in. A single
    file that is refused answers with the problem itself.
    """
    if not files_data.files:
        raise NoFiles()
    key = request.headers.get("Idempotency-Key", "")
    results = []
    for place, given in enumerate(files_data.files):
        try:
            results.append(_receive(given, upload_key(key, place)))
        except ArchiveError as error:
            if len(files_data.files) == 1:
                raise
            problem = problem_of(error)
            name = rules.showable_name(given.filename or "")
            results.append(Result(name=name, status=problem.status, problem=problem.as_json()))
    refused = sum(each.problem is not None for each in results)
    body = Results(received=len(results) - refused, refused=refused, results=results)
    response = jsonify(body.model_dump(mode="json"))
    response.status_code = 207 if refused else 201
    return response


@api.get("/deposits/<key>")
@api.output(DepositOut)
@needs(Right.FILE_DEPOSIT)
def read_deposit(key: str) -> Response:
    """One deposit, with its ETag."""
    deposit = Deposit.find(key)
    actor().require(Right.FILE_DEPOSIT, deposit)
    return with_etag(show_deposit(deposit), deposit)


@api.post("/deposits/<key>/file")
@api.input(FilingInput)
@api.output(AttachmentOut, status_code=201)
@needs(Right.FILE_DEPOSIT)
def file_deposit(key: str, json_data: FilingInput) -> Response:
    """File a deposit as a new attachment of a customer. The same request again is harmless."""
    attachment = deciding.file_deposit(
        Deposit.find(key), json_data.customer, json_data.settled(), actor=actor(), now=clock.now()
    )
    return _filed(attachment)


@api.post("/deposits/<key>/version")
@api.input(VersionInput)
@api.output(AttachmentOut, status_code=201)
@needs(Right.FILE_DEPOSIT)
def file_as_version(key: str, json_data: VersionInput) -> Response:
    """File a deposit as the next version of an attachment. The same request again is harmless."""
    attachment = deciding.file_as_version(
        Deposit.find(key), json_data.attachment, actor=actor(), now=clock.now()
    )
    return _filed(attachment)


@api.post("/deposits/<key>/reject")
@api.input(RejectionInput)
@api.output(DepositOut)
@needs(Right.FILE_DEPOSIT)
@once
def reject_deposit(key: str, json_data: RejectionInput) -> Response:
    """Take a deposit off the stack, with the reason; its file stays."""
    deposit = deciding.reject(Deposit.find(key), json_data.reason, actor=actor(), now=clock.now())
    return with_etag(show_deposit(deposit), deposit)


@api.get("/attachments")
@api.input(AttachmentQuery, location="query")
@api.output(AttachmentPage)
@needs(Right.LIST_ATTACHMENTS)
def list_attachments(query_data: AttachmentQuery) -> dict[str, Any]:
    """A customer's attachments, by kind."""
    customer = Customer.find(query_data.customer)
    actor().require(Right.LIST_ATTACHMENTS, customer)
    found = Attachment.of_customer(customer.id)
    if query_data.kind:
        found = found.filter(kind=query_data.kind)
    return page_of(found, query_data, lambda each: show(each, customer))


@api.get("/attachments/<key>")
@api.output(AttachmentOut)
@needs(Right.LIST_ATTACHMENTS)
def read_attachment(key: str) -> Response:
    """One attachment's facts, with its ETag."""
    attachment, customer = looking.open_attachment(key, actor=actor())
    return with_etag(show(attachment, customer), attachment)


@api.put("/attachments/<key>")
@api.input(FactsInput)
@api.output(AttachmentOut)
@needs(Right.FILE_DEPOSIT)
def correct_attachment(key: str, json_data: FactsInput) -> Response:
    """Correct the facts; `If-Match` names the revision that was read."""
    attachment, customer = looking.open_attachment(key, actor=actor())
    attachment = deciding.correct(
        attachment, json_data.settled(), seen=seen_revision(), actor=actor(), now=clock.now()
    )
    return with_etag(show(attachment, customer), attachment)


@api.get("/attachments/<key>/content")
@api.input(VersionQuery, location="query")
@api.doc(responses=ORIGINAL)
@needs(Right.DOWNLOAD_ORIGINAL)
def read_content(key: str, query_data: VersionQuery) -> Response:
    """The bytes as they came; ranges are answered, and every time is recorded."""
    attachment, customer = looking.open_attachment(key, actor=actor())
    version, path = looking.take_original(
        attachment,
        customer,
        number=query_data.version,
        actor=actor(),
        now=clock.now(),
        storage=seams().storage,
        cache=seams().settings.cache,
    )
    name = rules.saved_name(attachment.title, version.file_type)
    return send_original(path, version.file_type.media_type, name)


@api.get("/attachments/<key>/pages/<int:number>")
@api.input(PageQuery, location="query")
@api.doc(responses=PAGE_IMAGE)
@needs(Right.VIEW_INTERNAL, Right.VIEW_CONFIDENTIAL)
def read_page(key: str, number: int, query_data: PageQuery) -> Response:
    """One page as an image; of a confidential paper every look is recorded."""
    attachment, customer = looking.open_attachment(key, actor=actor())
    image = looking.look_at_page(
        attachment,
        customer,
        number,
        number=query_data.version,
        width=query_data.width,
        actor=actor(),
        now=clock.now(),
        storage=seams().storage,
        recognition=seams().recognition,
        cache=seams().settings.cache,
    )
    return send_image(image.content, image.media_type)


def upload_key(idempotency_key: str, place: int) -> str | None:
    """The identity of one file's upload within a request that may be repeated."""
    if not idempotency_key:
        return None
    return hashlib.sha256(f"{place} {idempotency_key}".encode()).hexdigest()


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


def _receive(given: FileStorage, key: str | None) -> Result:
    deposit = receiving.receive(
        spooled(given),
        name=given.filename or "",
        upload_key=key,
        actor=actor(),
        now=clock.now(),
        storage=seams().storage,
        recognition=seams().recognition,
    )
    return Result(name=deposit.file.name, status=201, deposit=show_deposit(deposit))


def _filed(attachment: Attachment) -> Response:
    customer = Customer.find(str(attachment.customer_id))
    response = with_etag(show(attachment, customer), attachment, 201)
    response.headers["Location"] = url_for("filing_api.read_attachment", key=attachment.key)
    return response
