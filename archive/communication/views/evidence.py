"""The photographs and files of a complaint: added, looked at, taken away and put back."""

from collections.abc import Sequence

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from flask_babel import gettext
from werkzeug.datastructures import FileStorage
from werkzeug.wrappers import Response as BaseResponse

from archive import clock
from archive.actor import Right
from archive.communication.models import Complaint
from archive.communication.service import evidence
from archive.communication.views.held import held, ticket_of
from archive.filing.errors import NoFiles
from archive.filing.models import StoredFile
from archive.filing.service import images
from archive.filing.views.intake import asked_width
from archive.web.answers import words_of
from archive.web.context import actor, seams
from archive.web.editing import Answer
from archive.web.forms import Form
from archive.web.guard import needs
from archive.web.inputs import ReasonInput
from archive.web.reasons import reasoned
from archive.web.serving import send_image, send_original
from archive.web.spool import spooled, takes_files

blueprint = Blueprint("evidence", __name__, template_folder="../templates")


@blueprint.post("/complaints/<number>/files")
@takes_files()
@needs(Right.OPEN_COMPLAINT, of=Complaint.numbered)
def add(number: str) -> BaseResponse:
    """Add every file that was sent; one that is refused keeps no other back."""
    given = sent_files()
    if not given:
        raise NoFiles()
    complaint = Complaint.numbered(number)
    evidence.may_add(complaint, actor())
    keep(complaint, given, ())
    return redirect(url_for("complaints.page", number=number, _anchor="files"))


def keep(complaint: Complaint, given: Sequence[FileStorage], before: Sequence[StoredFile]) -> None:
    """Add the files *given*, and those taken in *before*; say what became of them."""
    taken, faults = take_in(given)
    files = [*before, *taken]
    there = evidence.add_each(complaint, files, actor=actor(), now=clock.now())
    for each in (*faults, *there):
        flash(in_words(each), "warning")
    if added := len(files) - len(there):
        flash(gettext("已添加 %(count)d 份照片或文件。", count=added), "success")


def keep_recorded(complaint: Complaint) -> None:
    """Add what came with the form that recorded the complaint; sent twice, it is there already."""
    there = {each.sha256 for each in complaint.files}
    sent = [each for each in sent_files() if spooled(each).sha256 not in there]
    keep(complaint, sent, [each for each in held_files() if each.sha256 not in there])


def hold() -> tuple[list[tuple[str, StoredFile]], list[str]]:
    """Keep what came with a form that has to be corrected: tickets, and what was refused."""
    taken, faults = take_in(sent_files())
    kept = [*held_files(), *taken]
    return [(ticket_of(each, actor()), each) for each in kept], [in_words(each) for each in faults]


def sent_files() -> list[FileStorage]:
    """The files that were sent with the form."""
    return [each for each in request.files.getlist("files") if each.filename]


def held_files() -> list[StoredFile]:
    """Those that were sent with it before, and are still wanted."""
    found = [held(ticket, actor()) for ticket in request.form.getlist("held")]
    return [each for each in found if each]


def take_in(given: Sequence[FileStorage]) -> tuple[list[StoredFile], list[evidence.KeptBack]]:
    """What was sent, its bytes in the store; and what could not be taken in."""
    return evidence.take_in_each(
        [(spooled(each), each.filename or "") for each in given],
        actor=actor(),
        blobs=seams().blobs,
        recognition=seams().recognition,
    )


def in_words(kept_back: evidence.KeptBack) -> str:
    """Why a file was not added, for a person."""
    name, why = kept_back
    return gettext("“%(name)s”：%(why)s", name=name, why=" ".join(words_of(why)))


@blueprint.get("/complaints/<number>/files/<key>")
@needs(Right.OPEN_COMPLAINT, of=Complaint.numbered)
def page(number: str, key: str) -> str:
    return _page(Complaint.numbered(number), key, Form(ReasonInput))


@blueprint.get("/complaints/<number>/files/<key>/thumbnail")
@needs(Right.OPEN_COMPLAINT, of=Complaint.numbered)
def thumbnail(number: str, key: str) -> Response:
    parts = seams()
    file = Complaint.numbered(number).file(key)
    image = evidence.thumbnail(
        file, actor=actor(), blobs=parts.blobs, recognition=parts.recognition
    )
    return send_image(image, images.THUMBNAIL_TYPE)


@blueprint.get("/complaints/<number>/files/<key>/pages/<int:leaf>")
@needs(Right.OPEN_COMPLAINT, of=Complaint.numbered)
def page_image(number: str, key: str, leaf: int) -> Response:
    parts = seams()
    file = Complaint.numbered(number).file(key)
    image = evidence.page(
        file,
        leaf,
        width=asked_width(),
        actor=actor(),
        blobs=parts.blobs,
        recognition=parts.recognition,
        again="again" in request.args,
    )
    return send_image(image.content, image.media_type)


@blueprint.get("/complaints/<number>/files/<key>/original")
@needs(Right.EDIT_COMPLAINT, of=Complaint.numbered)
def original(number: str, key: str) -> Response:
    file, path = evidence.take_original(
        Complaint.numbered(number), key, actor=actor(), now=clock.now(), blobs=seams().blobs
    )
    return send_original(path, file.file_type.media_type, file.name)


@blueprint.post("/complaints/<number>/files/<key>/remove")
@needs(Right.OPEN_COMPLAINT, of=Complaint.numbered)
def remove(number: str, key: str) -> Answer:
    complaint = Complaint.numbered(number)
    return reasoned(
        lambda reason: evidence.remove_file(complaint, key, reason, actor=actor(), now=clock.now()),
        page=lambda reason: _page(complaint, key, reason),
        said=gettext("已移除，可以在这件抱怨中恢复。"),
        address=url_for("complaints.page", number=number, _anchor="files"),
    )


@blueprint.post("/complaints/<number>/files/<key>/restore")
@needs(Right.OPEN_COMPLAINT, of=Complaint.numbered)
def restore(number: str, key: str) -> BaseResponse:
    evidence.restore_file(Complaint.numbered(number), key, actor=actor(), now=clock.now())
    flash(gettext("已恢复。"), "success")
    return redirect(url_for("complaints.page", number=number, _anchor="files"))


def _page(complaint: Complaint, key: str, removal: Form) -> str:
    file, who = complaint.file(key), actor()
    return render_template(
        "communication/complaints/file.html",
        complaint=complaint,
        file=file,
        may_take=who.may(Right.EDIT_COMPLAINT, complaint),
        may_remove=evidence.is_theirs(complaint, file, who),
        removal=removal,
    )
