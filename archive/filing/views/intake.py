"""收件箱: is today's stack done? Files come in, are looked at, and find their place."""

from base64 import b64encode
from collections.abc import Callable
from itertools import zip_longest

from flask import Blueprint, Response, jsonify, render_template, request, url_for
from flask_babel import gettext
from werkzeug.datastructures import FileStorage
from werkzeug.wrappers import Response as BaseResponse

from archive import clock
from archive.actor import Right
from archive.customers.models import Customer
from archive.filing.errors import (
    AlreadyDecided,
    NeedsYes,
    NoFiles,
)
from archive.filing.forms import DeskInput, RejectionInput, TurnInput
from archive.filing.lists import REJECTED
from archive.filing.models import Deposit
from archive.filing.service import (
    deciding,
    holding,
    images,
    looking,
    photographing,
    printing,
    receiving,
    stack,
    turning,
)
from archive.filing.views.desks import (
    SHOWN,
    count_left,
    customer_named,
    desk_facts,
    desk_of,
    filing_form,
    first_free,
    kinds_for_page,
    rows_of,
    taken_up,
)
from archive.recognition import MOST_PRINTED
from archive.web.answers import words_of
from archive.web.context import actor, seams
from archive.web.editing import Answer
from archive.web.forms import Form, read_form
from archive.web.guard import needs
from archive.web.inputs import InvalidInput, ReasonInput
from archive.web.reasons import reasoned
from archive.web.repeats import once
from archive.web.serving import send_image
from archive.web.spool import spooled, takes_files

blueprint = Blueprint("intake", __name__, template_folder="../templates")

WIDTHS = (240, 900, 1400, 2200)


@blueprint.get("/intake")
@needs(Right.UPLOAD_DEPOSIT)
def list_page() -> str:
    queue = list(Deposit.waiting().limit(SHOWN))
    asked = request.args.get("deposit", "")
    chosen = next((each for each in queue if each.key == asked), None) or first_free(queue)
    named = customer_named(request.args.get("customer", ""))
    opened = "opened" in request.args and chosen is not None and chosen.key == asked
    if chosen and actor().may(Right.FILE_DEPOSIT):
        chosen = taken_up(chosen)
    lines = stack.lines_of(queue, actor=actor(), now=clock.now())
    return render_template(
        "filing/intake.html",
        queue=queue,
        left=Deposit.waiting().count(),
        lines=lines,
        marks=stack.marks_of(queue, actor=actor(), now=clock.now()),
        form=filing_form(chosen, customer=named if opened else ""),
        offered=named,
        rejection=Form(RejectionInput),
        settings=seams().settings,
        kinds=kinds_for_page(),
        **desk_facts(chosen),
    )


@blueprint.get("/intake/<key>/desk")
@needs(Right.FILE_DEPOSIT)
def desk(key: str) -> str:
    """One deposit with its pages and its form, as a fragment; with `next` it or the next free one.

    It is on the desk of whoever asks then, unless somebody else has it there.
    """
    deposit = Deposit.find(key)
    actor().require(Right.FILE_DEPOSIT, deposit)
    if "next" in request.args:
        free = holding.take_next(deposit, actor=actor(), now=clock.now())
        if free is None:
            return render_template("filing/all_held.html")
        deposit = free
    if not deposit.is_waiting:
        raise AlreadyDecided(by=deposit.decided_by_name or "", state=deposit.state)
    return desk_of(taken_up(deposit), filing_form(deposit))


@blueprint.post("/intake/upload")
@takes_files()
@needs(Right.UPLOAD_DEPOSIT)
def upload() -> tuple[Response, int]:
    """One file; `upload_key` names the try, so that a retry finds what got through."""
    given = request.files.get("file")
    if given is None:
        raise NoFiles()
    deposit = receiving.receive(
        spooled(given),
        name=given.filename or "",
        upload_key=request.form.get("upload_key", "")[:64] or None,
        actor=actor(),
        now=clock.now(),
        blobs=seams().blobs,
        recognition=seams().recognition,
    )
    return _received(deposit)


def _received(deposit: Deposit) -> tuple[Response, int]:
    """What came in, with its line of the stack."""
    [row] = rows_of([deposit])
    return jsonify(key=deposit.key, waiting=deposit.is_waiting, row=row, left=count_left()), 201


@blueprint.post("/intake/edges")
@takes_files()
@needs(Right.UPLOAD_DEPOSIT)
def edges() -> Response:
    """Where the paper is on a photograph, and how it looks made straight; nothing is kept."""
    given = request.files.get("file")
    if given is None:
        raise NoFiles()
    corners, picture = photographing.look_for_edges(
        spooled(given), actor=actor(), recognition=seams().recognition
    )
    shown = f"data:image/jpeg;base64,{b64encode(picture).decode()}" if corners else ""
    return jsonify(corners=corners, picture=shown)


@blueprint.post("/intake/photographs")
@takes_files()
@once
@needs(Right.UPLOAD_DEPOSIT)
def photographs() -> tuple[Response, int]:
    """Photographs of one paper: of each its file, its key, and corners if it is made straight."""
    given = request.files.getlist("file")
    keys, corners = request.form.getlist("photograph"), request.form.getlist("corners")
    deposit = photographing.take_in(
        [
            photographing.Photograph(
                upload=spooled(each),
                name=each.filename or "",
                key=key[:64],
                corners=photographing.corners_from(where),
            )
            for each, key, where in zip_longest(given, keys, corners, fillvalue="")
            if isinstance(each, FileStorage)
        ],
        actor=actor(),
        now=clock.now(),
        blobs=seams().blobs,
        recognition=seams().recognition,
    )
    return _received(deposit)


@blueprint.post("/intake/<key>/file")
@needs(Right.FILE_DEPOSIT)
def file_one(key: str) -> Response | tuple[str, int]:
    deposit = Deposit.find(key)
    holding.check_free(deposit, actor=actor(), now=clock.now())
    try:
        typed = read_form(DeskInput, request.form)
        looking.ask_about([deposit], is_sure=typed.despite)
        attachment = deciding.file_deposit(
            deposit, typed.customer, typed.settled(), actor=actor(), now=clock.now()
        )
    except (InvalidInput, NeedsYes) as fault:
        return desk_of(deposit, filing_form(deposit, request.form, fault=fault)), 422
    customer = Customer.find(str(attachment.customer_id))
    said = gettext(
        "“%(title)s”已归入 %(customer)s。", title=attachment.title, customer=customer.caption
    )
    link = url_for("attachments.page", key=attachment.key)
    undo = url_for("several.undo", deposit=key)
    return jsonify(done=[key], said=said, link=link, undo=undo, left=count_left())


@blueprint.get("/intake/rejected")
@needs(Right.FILE_DEPOSIT)
def rejected() -> str | BaseResponse:
    """What was rejected, by whom and why, with its way back."""
    return _rejected(Form(ReasonInput))


@blueprint.post("/intake/<key>/bring-back")
@needs(Right.FILE_DEPOSIT)
def bring_back(key: str) -> Answer:
    deposit = Deposit.find(key)
    return reasoned(
        lambda reason: deciding.bring_back(deposit, reason, actor=actor(), now=clock.now()),
        page=lambda reason: str(_rejected(reason, key)),
        said=gettext("“%(name)s”已放回收件箱。", name=deposit.file.name),
        address=url_for("intake.rejected"),
    )


@blueprint.post("/intake/<key>/reject")
@needs(Right.FILE_DEPOSIT)
def reject(key: str) -> Response:
    typed = read_form(RejectionInput, request.form)
    deposit = Deposit.find(key)
    holding.check_free(deposit, actor=actor(), now=clock.now())
    deposit = deciding.reject(deposit, typed.reason, actor=actor(), now=clock.now())
    said = gettext("“%(name)s”已退回。", name=deposit.file.name)
    return jsonify(done=[key], said=said, left=count_left())


@blueprint.get("/intake/<key>/pages/<int:page>")
@needs(Right.UPLOAD_DEPOSIT)
def page_image(key: str, page: int) -> Response:
    deposit = undecided(key)
    image = images.page_image(
        deposit.file,
        page,
        width=asked_width(),
        again="again" in request.args,
        asker=actor().id,
        blobs=seams().blobs,
        recognition=seams().recognition,
    )
    return send_image(image.content, image.media_type)


@blueprint.get("/intake/<key>/pages")
@needs(Right.UPLOAD_DEPOSIT)
def pages(key: str) -> str:
    """The viewer of a Word or Excel file, which is printed now where it was not before."""
    deposit = undecided(key)
    return late_viewer(
        lambda again: printing.count_pages(
            deposit.file,
            asker=actor().id,
            blobs=seams().blobs,
            recognition=seams().recognition,
            again=again,
        ),
        address=url_for("intake.page_image", key=key, page=0),
        retry=url_for("intake.pages", key=key, again="yes"),
    )


@blueprint.post("/intake/<key>/pages/<int:page>/turn")
@needs(Right.FILE_DEPOSIT)
def turn(key: str, page: int) -> Response:
    """Turn a page by a quarter, for good."""
    way = read_form(TurnInput, request.form).way
    deposit = turning.turn_deposit(Deposit.find(key), page, way, actor=actor(), now=clock.now())
    return jsonify(turn=deposit.file.turn_of(page))


@blueprint.get("/intake/<key>/thumbnail")
@needs(Right.UPLOAD_DEPOSIT)
def thumbnail(key: str) -> Response:
    deposit = undecided(key)
    image = images.thumbnail(
        deposit.file,
        asker=actor().id,
        blobs=seams().blobs,
        recognition=seams().recognition,
    )
    return send_image(image, images.THUMBNAIL_TYPE)


def _rejected(reason: Form, opened: str = "") -> str | BaseResponse:
    """The list of what was rejected; *reason* is in the dialog of the deposit *opened*."""
    blank = Form(ReasonInput)
    return REJECTED.answer(Deposit.rejected(), reason=reason, opened=opened, blank=blank)


def undecided(key: str) -> Deposit:
    """The deposit whose pages may be shown here: a filed one is looked at as an attachment.

    There the looks at confidential papers are written down (Art. 10).
    """
    deposit = Deposit.find(key)
    actor().require(Right.UPLOAD_DEPOSIT, deposit)
    if deposit.filing:
        raise AlreadyDecided(by=deposit.decided_by_name, state=deposit.state)
    return deposit


def late_viewer(count: Callable[[bool], int], *, address: str, retry: str) -> str:
    """The viewer of a file whose pages *count* finds, as a fragment; or the words why not."""
    pages, fault = printing.count_or_tell(lambda: count("again" in request.args))
    return render_template(
        "filing/late_viewer.html",
        pages=pages,
        may_go_on=pages >= MOST_PRINTED,
        why=" ".join(words_of(fault)) if fault else "",
        address=address,
        retry=retry,
    )


def asked_width() -> int:
    """The width that the page asks for: one of a few, so that nobody makes us draw hundreds."""
    asked = request.args.get("width", WIDTHS[1], type=int)
    return min(WIDTHS, key=lambda width: abs(width - asked))
