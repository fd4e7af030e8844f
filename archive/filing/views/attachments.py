"""One attachment: its pages, its facts, its versions, who filed it."""

from flask import Blueprint, Response, flash, jsonify, redirect, render_template, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response as BaseResponse

from archive import clock
from archive.actor import Right
from archive.customers.models import Customer
from archive.filing.errors import NoFiles
from archive.filing.forms import CorrectionInput, MoveInput, RenewalInput, TurnInput
from archive.filing.lists import PAPERS
from archive.filing.models import Attachment, Deposit
from archive.filing.service import (
    comparing,
    deciding,
    images,
    joining,
    looking,
    receiving,
    searchable,
    turning,
)
from archive.filing.serving import take_original, take_searchable_copy
from archive.filing.views.intake import asked_width, late_viewer
from archive.terms import N_
from archive.trail.history import history_of
from archive.web.chapter import cautions_about
from archive.web.context import actor, seams
from archive.web.editing import Answer, Editing
from archive.web.forms import CORRECTABLE, Form, read_form
from archive.web.guard import needs
from archive.web.inputs import ReasonInput
from archive.web.reasons import reasoned
from archive.web.repeats import FORM_KEY
from archive.web.serving import send_image
from archive.web.spool import spooled, takes_files
from archive.web.wording import action_words

blueprint = Blueprint("attachments", __name__, template_folder="../templates")


def address_of(attachment: Attachment) -> str:
    """The page of the attachment."""
    return url_for("attachments.page", key=attachment.key)


def crumbs_of(attachment: Attachment) -> list[tuple[str, str]]:
    """The way to the attachment: its customer's file, its page."""
    customer = Customer.find(str(attachment.customer_id))
    return [
        (customer.name, url_for("dossier.customer", archive_number=customer.archive_number)),
        (attachment.title, address_of(attachment)),
    ]


EDITING = Editing[Attachment](
    model=CorrectionInput,
    right=Right.FILE_DEPOSIT,
    verb=deciding.correct,
    title=N_("修改信息"),
    name=lambda attachment: attachment.title,
    lead=lambda _: gettext("修改前的内容会保留在变更记录中。"),
    address=address_of,
    crumbs=crumbs_of,
    arguments=lambda typed: {"facts": typed.settled(), "reason": typed.reason},
    tell=lambda _: flash(gettext("已修改。"), "success"),
)


@blueprint.get("/attachments")
@needs(Right.LIST_ATTACHMENTS)
def list_page() -> str | BaseResponse:
    return PAPERS.answer(Attachment.listed_for(actor()))


@blueprint.get("/attachments/<key>")
@needs(Right.LIST_ATTACHMENTS)
def page(key: str) -> str:
    attachment, customer = looking.open_attachment(key, actor=actor())
    return _page(attachment, customer, Form(ReasonInput))


def _page(
    attachment: Attachment, customer: Customer, reason: Form, renewal: Form | None = None
) -> str:
    who = actor()
    version = attachment.version(request.args.get("version", type=int)) or attachment.current
    may_take = who.may(Right.DOWNLOAD_ORIGINAL, customer) and not attachment.disposed_at
    may_compare = looking.may_look(attachment, customer, who) and all(
        who.may(right, customer) for right in (Right.FILE_DEPOSIT, Right.EDIT_CUSTOMER)
    )
    return render_template(
        "filing/attachment.html",
        attachment=attachment,
        customer=customer,
        version=version,
        may_look=looking.may_look(attachment, customer, who),
        may_take=may_take,
        searchable=searchable.searchable_state(version) if may_take else None,
        may_correct=who.may(Right.FILE_DEPOSIT, attachment),
        cautions=cautions_about(attachment, who),
        validity=attachment.validity(clock.local_day(clock.now())),
        is_joined=who.may(Right.FILE_DEPOSIT, attachment) and joining.comes_apart(attachment),
        reason=reason,
        renewal=renewal or Form(RenewalInput),
        comparison=comparing.of_attachment(attachment, customer) if may_compare else None,
        compare_at=url_for("facts.of_attachment", key=attachment.key),
        history=[(each, action_words(each.action)) for each in history_of(attachment)[:8]],
    )


@blueprint.get("/attachments/<key>/pages/<int:number>")
@needs(Right.VIEW_INTERNAL, Right.VIEW_CONFIDENTIAL)
def page_image(key: str, number: int) -> Response:
    attachment, customer = looking.open_attachment(key, actor=actor())
    image = looking.look_at_page(
        attachment,
        customer,
        number,
        number=request.args.get("version", type=int),
        width=asked_width(),
        again="again" in request.args,
        actor=actor(),
        now=clock.now(),
        blobs=seams().blobs,
        recognition=seams().recognition,
    )
    return send_image(image.content, image.media_type)


@blueprint.get("/attachments/<key>/pages")
@needs(Right.VIEW_INTERNAL, Right.VIEW_CONFIDENTIAL)
def pages(key: str) -> str:
    """The viewer of a Word or Excel paper, which is printed now where it was not before."""
    attachment, customer = looking.open_attachment(key, actor=actor())
    version = request.args.get("version", type=int)
    return late_viewer(
        lambda again: looking.pages_of(
            attachment,
            customer,
            number=version,
            actor=actor(),
            blobs=seams().blobs,
            recognition=seams().recognition,
            again=again,
        ),
        address=url_for("attachments.page_image", key=key, number=0, version=version),
        retry=url_for("attachments.pages", key=key, version=version, again="yes"),
    )


@blueprint.post("/attachments/<key>/pages/<int:number>/turn")
@needs(Right.FILE_DEPOSIT)
def turn(key: str, number: int) -> Response:
    """Turn a page of the version that the address names by a quarter, for good."""
    attachment, _ = looking.open_attachment(key, actor=actor())
    way = read_form(TurnInput, request.form).way
    version = request.args.get("version", type=int)
    turned = turning.turn_attachment(
        attachment, number, way, number=version, actor=actor(), now=clock.now()
    ).version(version)
    assert turned is not None
    return jsonify(turn=turned.turn_of(number))


@blueprint.get("/attachments/<key>/thumbnail")
@needs(Right.VIEW_INTERNAL, Right.VIEW_CONFIDENTIAL)
def thumbnail(key: str) -> Response:
    attachment, customer = looking.open_attachment(key, actor=actor())
    image = looking.look_at_thumbnail(
        attachment,
        customer,
        actor=actor(),
        now=clock.now(),
        blobs=seams().blobs,
        recognition=seams().recognition,
    )
    return send_image(image, images.THUMBNAIL_TYPE)


@blueprint.get("/attachments/<key>/original")
@needs(Right.DOWNLOAD_ORIGINAL)
def original(key: str) -> Response:
    return take_original(key, request.args.get("version", type=int))


@blueprint.get("/attachments/<key>/searchable")
@needs(Right.DOWNLOAD_ORIGINAL)
def searchable_copy(key: str) -> Response:
    """A scan as a PDF that can be searched."""
    return take_searchable_copy(key, request.args.get("version", type=int))


@blueprint.get("/attachments/<key>/edit")
@needs(Right.FILE_DEPOSIT)
def edit(key: str) -> str:
    attachment, _ = looking.open_attachment(key, actor=actor())
    return EDITING.show(attachment)


@blueprint.post("/attachments/<key>/edit")
@needs(Right.FILE_DEPOSIT)
def save(key: str) -> Answer:
    attachment, _ = looking.open_attachment(key, actor=actor())
    return EDITING.save(attachment)


@blueprint.get("/attachments/<key>/move")
@needs(Right.FILE_DEPOSIT)
def move(key: str) -> str:
    attachment, _ = looking.open_attachment(key, actor=actor())
    return _move_page(attachment, Form(MoveInput))


@blueprint.post("/attachments/<key>/move")
@needs(Right.FILE_DEPOSIT)
def move_to(key: str) -> Answer:
    attachment, _ = looking.open_attachment(key, actor=actor())
    try:
        typed = read_form(MoveInput, request.form)
        deciding.move(attachment, typed.customer, typed.reason, actor=actor(), now=clock.now())
    except CORRECTABLE as fault:
        return _move_page(attachment, Form(MoveInput, request.form, fault=fault)), 422
    customer = Customer.find(typed.customer)
    flash(gettext("已移到 %(customer)s。", customer=customer.caption), "success")
    return redirect(address_of(attachment))


@blueprint.post("/attachments/<key>/take-apart")
@needs(Right.FILE_DEPOSIT)
def take_apart(key: str) -> Answer:
    """Put the files that a paper was joined of back into the intake; it is no paper any more."""
    attachment, customer = looking.open_attachment(key, actor=actor())
    deposit = Deposit.find(str(attachment.current.deposit_id))
    return reasoned(
        lambda reason: joining.take_apart(deposit, reason, actor=actor(), now=clock.now()),
        page=lambda reason: _page(attachment, customer, reason),
        said=gettext("已拆开，%(count)d 份文件回到收件箱。", count=len(deposit.parts)),
        address=url_for("intake.list_page"),
    )


@blueprint.post("/attachments/<key>/versions")
@takes_files()
@needs(Right.FILE_DEPOSIT)
def add_version(key: str) -> Answer:
    """A new version from an uploaded file; it passes through the same intake as any other."""
    given = request.files.get("file")
    if given is None or not given.filename:
        raise NoFiles()
    try:
        renewal = read_form(RenewalInput, request.form)
    except CORRECTABLE as fault:
        attachment, customer = looking.open_attachment(key, actor=actor())
        form = Form(RenewalInput, request.form, fault=fault)
        return _page(attachment, customer, Form(ReasonInput), form), 422
    deposit = receiving.receive(
        spooled(given),
        name=given.filename,
        upload_key=request.form.get(FORM_KEY, "")[:64] or None,
        actor=actor(),
        now=clock.now(),
        blobs=seams().blobs,
        recognition=seams().recognition,
    )
    attachment = deciding.file_as_version(
        deposit,
        key,
        document_on=renewal.document_on,
        valid_until=renewal.valid_until,
        actor=actor(),
        now=clock.now(),
    )
    flash(gettext("第 %(number)d 版已归档。", number=attachment.current.number), "success")
    return redirect(url_for("attachments.page", key=key))


def _move_page(attachment: Attachment, form: Form) -> str:
    return render_template(
        "filing/move.html", attachment=attachment, form=form, crumbs=crumbs_of(attachment)
    )
