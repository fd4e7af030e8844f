"""What is filed, over REST."""

from typing import Any

from apiflask import APIBlueprint
from flask import Response

from archive import clock
from archive.actor import Right
from archive.customers.models import Customer
from archive.filing.api.shapes import (
    ApartOut,
    AttachmentOut,
    AttachmentPage,
    AttachmentQuery,
    DepositOut,
    PageQuery,
    PageTextOut,
    TextOut,
    VersionQuery,
)
from archive.filing.forms import CorrectionInput, MoveInput, TurnInput
from archive.filing.models import Attachment, Deposit
from archive.filing.service import deciding, joining, looking, turning
from archive.filing.serving import take_original, take_searchable_copy
from archive.web.api import page_of, seen_revision
from archive.web.context import actor, seams
from archive.web.documents import PDF_FILE
from archive.web.guard import needs
from archive.web.inputs import ReasonInput
from archive.web.serving import send_image
from archive.web.shapes import Tagged, tagged

api = APIBlueprint("attachments_api", __name__, url_prefix="/api/v1", tag="filing")

Answers = dict[int | str, dict[str, str | dict[str, dict[str, Any]]]]
BYTES = {"schema": {"type": "string", "format": "binary"}}
ORIGINAL: Answers = {200: {"description": "The bytes", "content": {"*/*": BYTES}}}
PAGE_IMAGE: Answers = {200: {"description": "The page", "content": {"image/jpeg": BYTES}}}


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
    return page_of(found, query_data, Attachment.with_customers)


@api.get("/attachments/<key>")
@api.output(AttachmentOut)
@needs(Right.LIST_ATTACHMENTS)
def read_attachment(key: str) -> Tagged:
    """One attachment's facts, with its ETag."""
    attachment, _ = looking.open_attachment(key, actor=actor())
    return tagged(attachment)


@api.put("/attachments/<key>")
@api.input(CorrectionInput)
@api.output(AttachmentOut)
@needs(Right.FILE_DEPOSIT)
def correct_attachment(key: str, json_data: CorrectionInput) -> Tagged:
    """Correct the facts, with a reason where fewer secrets remain; `If-Match` as read."""
    attachment, _ = looking.open_attachment(key, actor=actor())
    attachment = deciding.correct(
        attachment,
        json_data.settled(),
        json_data.reason,
        seen=seen_revision(),
        actor=actor(),
        now=clock.now(),
    )
    return tagged(attachment)


@api.get("/attachments/<key>/content")
@api.input(VersionQuery, location="query")
@api.doc(responses=ORIGINAL)
@needs(Right.DOWNLOAD_ORIGINAL)
def read_content(key: str, query_data: VersionQuery) -> Response:
    """The bytes as they came; ranges are answered, and every time is recorded."""
    return take_original(key, query_data.version)


@api.get("/attachments/<key>/searchable")
@api.input(VersionQuery, location="query")
@api.doc(responses=PDF_FILE)
@needs(Right.DOWNLOAD_ORIGINAL)
def read_searchable(key: str, query_data: VersionQuery) -> Response:
    """A scan as a PDF with what was read on its pages, unseen; every time is recorded.

    A PDF whose own text is good comes as it is. 409 while the file is not read yet.
    """
    return take_searchable_copy(key, query_data.version)


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
        blobs=seams().blobs,
        recognition=seams().recognition,
    )
    return send_image(image.content, image.media_type)


@api.get("/attachments/<key>/text")
@api.input(VersionQuery, location="query")
@api.output(TextOut)
@needs(Right.VIEW_INTERNAL, Right.VIEW_CONFIDENTIAL)
def read_text(key: str, query_data: VersionQuery) -> TextOut:
    """What was read on its pages; of a confidential paper every look is recorded."""
    attachment, customer = looking.open_attachment(key, actor=actor())
    pages = looking.look_at_text(
        attachment, customer, number=query_data.version, actor=actor(), now=clock.now()
    )
    return TextOut(pages=[PageTextOut.of(each) for each in pages])


@api.post("/attachments/<key>/pages/<int:number>/turn")
@api.input(TurnInput)
@api.output(AttachmentOut)
@needs(Right.FILE_DEPOSIT)
def turn_page(key: str, number: int, json_data: TurnInput) -> Tagged:
    """Turn a page of the version in force by a quarter: it is shown so from then on."""
    attachment, _ = looking.open_attachment(key, actor=actor())
    return tagged(
        turning.turn_attachment(attachment, number, json_data.way, actor=actor(), now=clock.now())
    )


@api.post("/attachments/<key>/move")
@api.input(MoveInput)
@api.output(AttachmentOut)
@needs(Right.FILE_DEPOSIT)
def move_attachment(key: str, json_data: MoveInput) -> Tagged:
    """Move a paper to the customer it belongs to; both archives' histories say so."""
    attachment, _ = looking.open_attachment(key, actor=actor())
    return tagged(
        deciding.move(
            attachment, json_data.customer, json_data.reason, actor=actor(), now=clock.now()
        )
    )


@api.post("/attachments/<key>/take-apart")
@api.input(ReasonInput)
@api.output(ApartOut)
@needs(Right.FILE_DEPOSIT)
def take_apart(key: str, json_data: ReasonInput) -> ApartOut:
    """Put what a paper was joined of back onto the stack; it is no paper any more."""
    attachment, _ = looking.open_attachment(key, actor=actor())
    deposit = Deposit.find(str(attachment.current.deposit_id))
    back = joining.take_apart(deposit, json_data.reason, actor=actor(), now=clock.now())
    return ApartOut(deposits=[DepositOut.of(each) for each in back])
