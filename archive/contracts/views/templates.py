"""The pages of the company's templates."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from archive import clock
from archive.actor import Right
from archive.contracts.errors import TemplateHasFaults
from archive.contracts.forms import OwnCompanyInput, TemplateInput, VersionInput
from archive.contracts.lists import TEMPLATES
from archive.contracts.models import OwnCompany, Template, TemplateVersion
from archive.contracts.service import templates as service
from archive.contracts.service.previewing import contracts_made_of, uses_of
from archive.contracts.serving import NO_TEMPLATE, read_upload
from archive.contracts.views.template_looks import shown_for
from archive.docgen import Fault, FaultKind, Place
from archive.docgen.filters import FILTERS
from archive.docgen.places import Region
from archive.errors import ArchiveError
from archive.terms import N_
from archive.web.context import actor, seams
from archive.web.documents import send_document
from archive.web.editing import Answer, Editing
from archive.web.forms import CORRECTABLE, Form, read_form
from archive.web.guard import needs
from archive.web.inputs import ReasonInput
from archive.web.reasons import reasoned
from archive.web.repeats import once
from archive.web.spool import takes_files

blueprint = Blueprint("templates", __name__, template_folder="../templates")

EDITING = Editing[OwnCompany](
    model=OwnCompanyInput,
    right=Right.MANAGE_TEMPLATES,
    verb=service.describe_company,
    title=N_("本公司资料"),
    name=lambda _: gettext("本公司资料"),
    lead=lambda _: gettext("合同中承运人一方的内容和常用条款：所有草稿共用，起草时可以改写。"),
    address=lambda _: url_for("templates.list_page"),
    crumbs=lambda _: [(gettext("合同模板"), url_for("templates.list_page"))],
    tell=lambda _: flash(gettext("本公司资料已保存，以后的草稿会用到。"), "success"),
)


@blueprint.get("/templates")
@needs(Right.SEE_TEMPLATES)
def list_page() -> str | Response:
    return TEMPLATES.answer(Template.objects)


@blueprint.get("/templates/placeholders")
@needs(Right.SEE_TEMPLATES)
def placeholders() -> str:
    """All that a template may name, to copy."""
    return render_template(
        "contracts/placeholders.html",
        groups=seams().docgen.catalogue.groups,
        lists=seams().docgen.catalogue.lists(),
        filters=FILTERS,
    )


@blueprint.get("/templates/new")
@needs(Right.MANAGE_TEMPLATES)
def new() -> str:
    return render_template("contracts/template_new.html", form=Form(TemplateInput))


@blueprint.post("/templates/new")
@once
@takes_files(NO_TEMPLATE)
@needs(Right.MANAGE_TEMPLATES)
def create() -> Response | tuple[str, int]:
    try:
        typed = read_form(TemplateInput, request.form)
        content, name = read_upload(request.files.get("file"), seams().recognition)
        template = service.upload_template(
            content,
            name,
            actor=actor(),
            now=clock.now(),
            blobs=seams().blobs,
            docgen=seams().docgen,
            **typed.model_dump(),
        )
    except CORRECTABLE as fault:
        form = Form(TemplateInput, request.form, fault=fault)
        return render_template("contracts/template_new.html", form=form, fault=fault,
                               report=_report(fault)), 422  # fmt: skip
    _tell_saved(template, gettext("模板已保存。检查无误后请启用它。"))
    return redirect(url_for("templates.page", key=template.key))


def _tell_saved(template: Template, words: str) -> None:
    if notices_of(template.newest):
        flash(gettext("模板已保存，但有需要您知道的情况，见下方。"), "warning")
    else:
        flash(words, "success")


@blueprint.get("/templates/<key>")
@needs(Right.SEE_TEMPLATES)
def page(key: str) -> str:
    return _page(Template.find(key))


@blueprint.post("/templates/<key>/versions")
@once
@takes_files(NO_TEMPLATE)
@needs(Right.MANAGE_TEMPLATES)
def add_version(key: str) -> Response | tuple[str, int]:
    template = Template.find(key)
    try:
        typed = read_form(VersionInput, request.form)
        content, name = read_upload(request.files.get("file"), seams().recognition)
        template = service.upload_version(
            template,
            content,
            name,
            actor=actor(),
            now=clock.now(),
            blobs=seams().blobs,
            docgen=seams().docgen,
            note=typed.note,
        )
    except CORRECTABLE as fault:
        return _page(Template.find(key), fault), 422
    _tell_saved(template, gettext("新版本已保存。检查无误后请启用它。"))
    return redirect(url_for("templates.page", key=key, version=template.newest.number))


@blueprint.post("/templates/<key>/force")
@needs(Right.MANAGE_TEMPLATES)
def put_in_force(key: str) -> Response:
    number = request.form.get("number", 0, type=int)
    service.put_in_force(Template.find(key), number, actor=actor(), now=clock.now())
    flash(gettext("第 %(number)s 版已启用，以后的草稿用它生成。", number=number), "success")
    return redirect(url_for("templates.page", key=key))


@blueprint.post("/templates/<key>/rest")
@needs(Right.MANAGE_TEMPLATES)
def take_out_of_use(key: str) -> Answer:
    template = Template.find(key)
    return reasoned(
        lambda reason: service.take_out_of_use(
            template, actor=actor(), now=clock.now(), reason=reason
        ),
        page=lambda reason: _page(template, reason=reason),
        said=gettext("模板已停用，已生成的草稿不受影响。"),
        address=url_for("templates.page", key=key),
    )


@blueprint.get("/templates/<key>/versions/<int:number>.docx")
@needs(Right.SEE_TEMPLATES)
def version_file(key: str, number: int) -> Response:
    template = Template.find(key)
    content = service.read_version(
        template,
        number,
        actor=actor(),
        blobs=seams().blobs,
    )
    return send_document(content, f"{template.name}-v{number}.docx")


@blueprint.get("/templates/<key>/versions/<int:number>/preview.docx")
@needs(Right.SEE_TEMPLATES)
def version_preview(key: str, number: int) -> Response:
    """A version filled with examples, for the page to show."""
    template = Template.find(key)
    content = service.preview_version(
        template,
        number,
        actor=actor(),
        now=clock.now(),
        blobs=seams().blobs,
        docgen=seams().docgen,
    )
    return send_document(content, f"{template.name}-v{number}.docx")


@blueprint.get("/templates/company")
@needs(Right.MANAGE_TEMPLATES)
def company() -> str:
    """What contracts say of the company itself."""
    return EDITING.show(service.own_company(seams().settings.company))


@blueprint.post("/templates/company")
@needs(Right.MANAGE_TEMPLATES)
def save_company() -> Answer:
    return EDITING.save(service.own_company(seams().settings.company))


def _page(template: Template, fault: ArchiveError | None = None, reason: Form | None = None) -> str:
    catalogue = seams().docgen.catalogue
    number = request.args.get("version", type=int) or template.version_in_force
    shown = template.version(number) if number else template.newest
    return render_template(
        "contracts/template.html",
        template=template,
        shown=shown,
        shown_notices=notices_of(shown),
        form=Form(VersionInput, request.form if fault else None, fault=fault),
        fault=fault,
        report=_report(fault),
        reason=reason or Form(ReasonInput),
        shown_for=shown_for(),
        uses=uses_of(template),
        contracts=contracts_made_of(template, actor=actor()),
        used=[found for name in template.newest.placeholders if (found := catalogue.find(name))],
    )


def notices_of(version: TemplateVersion) -> list[Fault]:
    """What *version* passed the check with, also where it was kept before notices were."""
    kept = [each.fault for each in version.notices]
    if version.placeholders or kept:
        return kept
    return [Fault(FaultKind.NO_PLACEHOLDERS, "", Place(Region.PACKAGE))]


def _report(fault: ArchiveError | None) -> object:
    return fault.report if isinstance(fault, TemplateHasFaults) else None
