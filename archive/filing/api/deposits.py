"""What came in, over REST."""

import hashlib
from typing import Any

from apiflask import APIBlueprint
from flask import request, url_for
from werkzeug.datastructures import FileStorage

from archive import clock
from archive.actor import Right
from archive.errors import ArchiveError
from archive.filing import rules
from archive.filing.api.shapes import (
    ApartOut,
    AttachmentOut,
    DepositFiles,
    DepositOut,
    DepositPage,
    DepositQuery,
    PageTextOut,
    Result,
    Results,
    TextOut,
)
from archive.filing.errors import NoFiles
from archive.filing.forms import (
    ArrangingInput,
    FilingInput,
    JoiningInput,
    RejectionInput,
    TurnInput,
    VersionInput,
)
from archive.filing.models import Attachment, Deposit
from archive.filing.service import arranging, deciding, joining, reading, receiving, turning
from archive.web.answers import problem_of
from archive.web.api import page_of
from archive.web.context import actor, seams
from archive.web.guard import needs
from archive.web.inputs import ReasonInput
from archive.web.repeats import once
from archive.web.shapes import Tagged, tagged
from archive.web.spool import spooled, takes_files

api = APIBlueprint("deposits_api", __name__, url_prefix="/api/v1", tag="filing")


@api.get("/deposits")
@api.input(DepositQuery, location="query")
@api.output(DepositPage)
@needs(Right.FILE_DEPOSIT)
def list_deposits(query_data: DepositQuery) -> dict[str, Any]:
    """What came in, oldest first."""
    state = query_data.state
    found = Deposit.objects(state=state).order_by("created_at", "id") if state else None
    return page_of(found or Deposit.waiting(), query_data)


@api.post("/deposits")
@api.input(DepositFiles, location="files")
@api.output(Results, status_code=201)
@api.doc(responses={207: "Some files were refused; `results` says which and why"})
@takes_files()
@needs(Right.UPLOAD_DEPOSIT)
def receive_deposits(files_data: DepositFiles) -> tuple[Results, int]:
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
    return body, 207 if refused else 201


@api.get("/deposits/<key>")
@api.output(DepositOut)
@needs(Right.FILE_DEPOSIT)
def read_deposit(key: str) -> Tagged:
    """One deposit, with its ETag."""
    deposit = Deposit.find(key)
    actor().require(Right.FILE_DEPOSIT, deposit)
    return tagged(deposit)


@api.get("/deposits/<key>/text")
@api.output(TextOut)
@needs(Right.FILE_DEPOSIT)
def read_text(key: str) -> TextOut:
    """What was read on its pages so far. Of one on file: `/attachments/{key}/text`."""
    pages = reading.text_of(Deposit.find(key), actor=actor())
    return TextOut(pages=[PageTextOut.of(each) for each in pages])


@api.post("/deposits/<key>/pages/<int:page>/turn")
@api.input(TurnInput)
@api.output(DepositOut)
@needs(Right.FILE_DEPOSIT)
def turn_page(key: str, page: int, json_data: TurnInput) -> Tagged:
    """Turn a page by a quarter: it is shown so from then on. The bytes stay as they came."""
    deposit = Deposit.find(key)
    return tagged(
        turning.turn_deposit(deposit, page, json_data.way, actor=actor(), now=clock.now())
    )


@api.post("/deposits/<key>/read-again")
@api.output(DepositOut, status_code=202)
@needs(Right.FILE_DEPOSIT)
def read_again(key: str) -> Tagged:
    """Have a file read again that could not be read, or not wholly."""
    deposit = Deposit.find(key)
    reading.read_again(deposit, actor=actor(), now=clock.now())
    return tagged(deposit)


@api.post("/deposits/<key>/file")
@api.input(FilingInput)
@api.output(AttachmentOut, status_code=201)
@needs(Right.FILE_DEPOSIT)
def file_deposit(key: str, json_data: FilingInput) -> Tagged:
    """File a deposit as a new attachment of a customer. The same request again is harmless."""
    attachment = deciding.file_deposit(
        Deposit.find(key), json_data.customer, json_data.settled(), actor=actor(), now=clock.now()
    )
    return _filed(attachment)


@api.post("/deposits/join")
@once
@api.input(JoiningInput)
@api.output(DepositOut, status_code=201)
@needs(Right.FILE_DEPOSIT)
def join_deposits(json_data: JoiningInput) -> Tagged:
    """Make one PDF of the pages of several deposits, in their order; the originals are kept."""
    joined = joining.join(
        [Deposit.find(each) for each in dict.fromkeys(json_data.deposits)],
        actor=actor(),
        now=clock.now(),
        blobs=seams().blobs,
        recognition=seams().recognition,
    )
    return tagged(joined, address=url_for("deposits_api.read_deposit", key=joined.key))


@api.post("/deposits/<key>/take-apart")
@api.output(ApartOut)
@needs(Right.FILE_DEPOSIT)
def take_apart(key: str) -> ApartOut:
    """Put what a waiting deposit was joined of back onto the stack. One on file: `/attachments`."""
    back = joining.take_apart(Deposit.find(key), "", actor=actor(), now=clock.now())
    return ApartOut(deposits=[DepositOut.of(each) for each in back])


@api.post("/deposits/<key>/arrange")
@once
@api.input(ArrangingInput)
@api.output(ApartOut, status_code=201)
@needs(Right.FILE_DEPOSIT)
def arrange_pages(key: str, json_data: ArrangingInput) -> ApartOut:
    """Make papers of the pages of a deposit: for each its pages, as `1-3,7`, in their order.

    Pages that no paper names are taken out. The original is kept, and `put-back` restores it.
    """
    pieces = arranging.arrange(
        Deposit.find(key),
        json_data.numbers,
        actor=actor(),
        now=clock.now(),
        blobs=seams().blobs,
        recognition=seams().recognition,
    )
    return ApartOut(deposits=[DepositOut.of(each) for each in pieces])


@api.post("/deposits/<key>/put-back")
@api.output(DepositOut)
@needs(Right.FILE_DEPOSIT)
def put_back(key: str) -> Tagged:
    """Put the deposit that this one was cut out of back onto the stack, in place of its pieces."""
    return tagged(arranging.put_back(Deposit.find(key), actor=actor(), now=clock.now()))


@api.post("/deposits/<key>/version")
@api.input(VersionInput)
@api.output(AttachmentOut, status_code=201)
@needs(Right.FILE_DEPOSIT)
def file_as_version(key: str, json_data: VersionInput) -> Tagged:
    """File a deposit as the next version of an attachment. The same request again is harmless."""
    attachment = deciding.file_as_version(
        Deposit.find(key),
        json_data.attachment,
        document_on=json_data.document_on,
        valid_until=json_data.valid_until,
        actor=actor(),
        now=clock.now(),
    )
    return _filed(attachment)


@api.post("/deposits/<key>/reject")
@api.input(RejectionInput)
@api.output(DepositOut)
@needs(Right.FILE_DEPOSIT)
def reject_deposit(key: str, json_data: RejectionInput) -> Tagged:
    """Take a deposit off the stack, with the reason; its file stays."""
    deposit = deciding.reject(Deposit.find(key), json_data.reason, actor=actor(), now=clock.now())
    return tagged(deposit)


@api.post("/deposits/<key>/bring-back")
@api.input(ReasonInput)
@api.output(DepositOut)
@needs(Right.FILE_DEPOSIT)
def bring_back(key: str, json_data: ReasonInput) -> Tagged:
    """Put a rejected deposit back onto the stack, and say why."""
    deposit = Deposit.find(key)
    return tagged(deciding.bring_back(deposit, json_data.reason, actor=actor(), now=clock.now()))


@api.post("/deposits/<key>/undo")
@api.output(DepositOut)
@needs(Right.FILE_DEPOSIT)
def undo_filing(key: str) -> Tagged:
    """Take a filing back within ten minutes: the deposit waits again."""
    return tagged(deciding.undo_filing(Deposit.find(key), actor=actor(), now=clock.now()))


def upload_key(idempotency_key: str, place: int) -> str | None:
    """The identity of one file's upload within a request that may be repeated."""
    if not idempotency_key:
        return None
    return hashlib.sha256(f"{place} {idempotency_key}".encode()).hexdigest()


def _receive(given: FileStorage, key: str | None) -> Result:
    deposit = receiving.receive(
        spooled(given),
        name=given.filename or "",
        upload_key=key,
        actor=actor(),
        now=clock.now(),
        blobs=seams().blobs,
        recognition=seams().recognition,
    )
    return Result(name=deposit.file.name, status=201, deposit=DepositOut.of(deposit))


def _filed(attachment: Attachment) -> Tagged:
    address = url_for("attachments_api.read_attachment", key=attachment.key)
    return tagged(attachment, address=address)
