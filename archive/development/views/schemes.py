"""The pages of cooperation schemes: list, a new one, one scheme with its versions."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from archive import clock
from archive.actor import Right
from archive.customers.models import Customer
from archive.development.forms import RevisionInput, SchemeInput
from archive.development.lists import SCHEMES
from archive.development.models import CooperationScheme, SchemeVersion
from archive.development.models.schemes import TERMS
from archive.development.service import schemes as service
from archive.development.service.reports import write_scheme
from archive.development.views.reading import recent_changes
from archive.errors import NotFound
from archive.terms import N_
from archive.web.context import actor
from archive.web.documents import send_document
from archive.web.editing import Answer, Editing
from archive.web.forms import CORRECTABLE, Form, initial_of, read_form
from archive.web.guard import needs
from archive.web.inputs import ReasonInput
from archive.web.reasons import Acts
from archive.web.repeats import once
from archive.web.wording import label_of, words_of_field

blueprint = Blueprint("schemes", __name__, template_folder="../templates")

Change = tuple[str, str, str]


def address_of(scheme: CooperationScheme) -> str:
    """The page of the scheme."""
    return url_for("schemes.page", number=scheme.number)


EDITING = Editing[CooperationScheme](
    model=RevisionInput,
    right=Right.WRITE_DEVELOPMENT,
    verb=service.revise_scheme,
    title=N_("修订合作方案"),
    name=lambda scheme: scheme.caption,
    lead=lambda scheme: scheme.customer.name if scheme.customer else "",
    address=address_of,
    crumbs=lambda scheme: [
        (gettext("合作方案"), url_for("schemes.list_page")),
        (scheme.number, address_of(scheme)),
    ],
    held=lambda scheme: initial_of(SchemeInput, scheme),
)


@blueprint.get("/schemes")
@needs(Right.OPEN_DEVELOPMENT)
def list_page() -> str | Response:
    return SCHEMES.answer(CooperationScheme.visible_to(actor()), today=clock.local_day(clock.now()))


@blueprint.get("/customers/<archive_number>/schemes/new")
@needs(Right.WRITE_DEVELOPMENT, of=Customer.numbered)
def new_for(archive_number: str) -> str | Response:
    """A form for a new scheme; where there is one, its page, for that is revised."""
    customer = Customer.numbered(archive_number)
    if standing := CooperationScheme.standing_for(customer):
        flash(gettext("该客户已有有效的合作方案，可在这里修订。"), "info")
        return redirect(address_of(standing))
    return _new(Form(SchemeInput, initial={"agreed_by": actor().name}), customer)


@blueprint.post("/customers/<archive_number>/schemes/new")
@once
@needs(Right.WRITE_DEVELOPMENT, of=Customer.numbered)
def create_for(archive_number: str) -> Response | tuple[str, int]:
    customer = Customer.numbered(archive_number)
    try:
        terms = read_form(SchemeInput, request.form).model_dump()
        scheme = service.open_scheme(customer, actor=actor(), now=clock.now(), **terms)
    except CORRECTABLE as fault:
        return _new(Form(SchemeInput, request.form, fault=fault), customer), 422
    flash(gettext("合作方案 %(number)s 已制定。", number=scheme.number), "success")
    return redirect(address_of(scheme))


@blueprint.get("/schemes/<number>")
@needs(Right.OPEN_DEVELOPMENT)
def page(number: str) -> str:
    return _page(service.read_scheme(number, actor=actor()))


@blueprint.get("/schemes/<number>.docx")
@needs(Right.OPEN_DEVELOPMENT)
def document(number: str) -> Response:
    """The version that counts, as a Word file."""
    scheme = service.read_scheme(number, actor=actor())
    content = write_scheme(scheme, actor=actor(), now=clock.now())
    return send_document(content, f"{gettext('合作方案')}-{scheme.caption}.docx")


@blueprint.get("/schemes/<number>/edit")
@needs(Right.WRITE_DEVELOPMENT, of=CooperationScheme.numbered)
def edit(number: str) -> str:
    return EDITING.show(CooperationScheme.numbered(number))


@blueprint.post("/schemes/<number>/edit")
@needs(Right.WRITE_DEVELOPMENT, of=CooperationScheme.numbered)
def save(number: str) -> Answer:
    return EDITING.save(CooperationScheme.numbered(number))


@blueprint.post("/schemes/<number>/void")
@needs(Right.WRITE_DEVELOPMENT, of=CooperationScheme.numbered)
def void(number: str) -> Answer:
    return ACTS.do(
        number, service.void_scheme, dialog="voiding", said=gettext("方案已作废，各版本保留。")
    )


@blueprint.post("/schemes/<number>/restore")
@needs(Right.WRITE_DEVELOPMENT, of=CooperationScheme.numbered)
def restore(number: str) -> Answer:
    return ACTS.do(number, service.restore_scheme, dialog="restoring", said=gettext("方案已恢复。"))


def _page(scheme: CooperationScheme, **dialogs: Form) -> str:
    asked: dict[str, Any] = {
        name: dialogs.get(name) or Form(ReasonInput) for name in ("voiding", "restoring")
    }
    shown = scheme.version_numbered(request.args.get("version", type=int))
    if shown is None:
        raise NotFound()
    return render_template(
        "development/schemes/page.html",
        scheme=scheme,
        shown=shown,
        changes_of=lambda version: _changes(scheme, version),
        today=clock.local_day(clock.now()),
        history=recent_changes(scheme),
        **asked,
    )


ACTS = Acts[CooperationScheme](find=CooperationScheme.numbered, page=_page, address=address_of)


def _changes(scheme: CooperationScheme, version: SchemeVersion) -> list[Change]:
    """What *version* says otherwise than the one before it: label, before, now."""
    before = scheme.version_numbered(version.number - 1) if version.number > 1 else None
    if before is None:
        return []
    return [
        (label_of(SchemeInput, name, {}), _said(before, name), _said(version, name))
        for name in TERMS
        if getattr(before, name) != getattr(version, name)
    ]


def _said(version: SchemeVersion, name: str) -> str:
    return words_of_field(SchemeInput, name, getattr(version, name))


def _new(form: Form, customer: Customer) -> str:
    return render_template("development/schemes/new.html", form=form, customer=customer)
