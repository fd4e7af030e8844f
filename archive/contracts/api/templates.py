"""The company's Word templates over REST."""

from dataclasses import asdict
from typing import Any

from apiflask import APIBlueprint
from apiflask.fields import UploadFile
from flask import Response, url_for
from flask_babel import gettext
from pydantic import ConfigDict, Field

from archive import clock
from archive.actor import Right
from archive.contracts.errors import TemplateHasFaults
from archive.contracts.forms import InForceInput, TemplateInput
from archive.contracts.models import Template
from archive.contracts.rules import ContractKind, TemplateKind
from archive.contracts.service import templates as service
from archive.contracts.serving import NO_TEMPLATE, read_upload
from archive.docgen import Fault, FaultKind
from archive.web.api import Page, Paging, page_of
from archive.web.context import actor, seams
from archive.web.documents import WORD_FILE, send_document
from archive.web.guard import needs
from archive.web.inputs import Count, InvalidInput
from archive.web.repeats import once
from archive.web.shapes import Instant, Out, RecordOut, Tagged, reads, tagged
from archive.web.spool import takes_files

api = APIBlueprint("templates_api", __name__, url_prefix="/api/v1/templates", tag="templates")


class TemplateVersionOut(Out):
    """A version of a template."""

    number: Count
    file_name: str
    size: int
    sha256: str
    placeholders: list[str]
    notices: list[str] = reads(lambda version: [words_of(each.fault) for each in version.notices])
    """What drafts are made in spite of: tracked changes, comments, no placeholders."""
    note: str | None
    uploaded_at: Instant
    uploaded_by: str = reads("uploaded_by_name")


class TemplateOut(RecordOut):
    """A Word template."""

    name: str
    kind: TemplateKind
    contract_kind: ContractKind | None
    version_in_force: int | None
    versions: list[TemplateVersionOut]


class Templates(Page[TemplateOut]):
    """A page of templates."""


class TemplateFile(TemplateInput):
    """A new template with its Word file."""

    model_config = ConfigDict(arbitrary_types_allowed=True)

    file: UploadFile = Field(description="A .docx of 10 MB at most")


@api.get("")
@api.input(Paging, location="query")
@api.output(Templates)
@needs(Right.SEE_TEMPLATES)
def list_templates(query_data: Paging) -> dict[str, Any]:
    """The company's templates."""
    return page_of(Template.objects.order_by("name", "id"), query_data)


@api.get("/<template_id>")
@api.output(TemplateOut)
@needs(Right.SEE_TEMPLATES)
def read_template(template_id: str) -> Tagged:
    """One template, with its ETag."""
    return tagged(Template.find(template_id))


@api.post("")
@once
@api.input(TemplateFile, location="form_and_files")
@api.output(TemplateOut, status_code=201)
@takes_files(NO_TEMPLATE)
@needs(Right.MANAGE_TEMPLATES)
def upload_template(form_and_files_data: TemplateFile) -> Tagged:
    """Keep a new template; it is used once a version of it is put in force.

    A template with faults answers 422; `errors` lists every one of them with its place.
    """
    content, name = read_upload(form_and_files_data.file, seams().recognition)
    try:
        template = service.upload_template(
            content,
            name,
            actor=actor(),
            now=clock.now(),
            blobs=seams().blobs,
            docgen=seams().docgen,
            **form_and_files_data.model_dump(exclude={"file"}),
        )
    except TemplateHasFaults as faults:
        raise InvalidInput({"file": [*map(words_of, faults.report.faults)]}) from faults
    address = url_for("templates_api.read_template", template_id=template.key)
    return tagged(template, address=address)


@api.put("/<template_id>/version-in-force")
@api.input(InForceInput)
@api.output(TemplateOut)
@needs(Right.MANAGE_TEMPLATES)
def put_in_force(template_id: str, json_data: InForceInput) -> Tagged:
    """Make drafts of this version from now on."""
    template = service.put_in_force(
        Template.find(template_id), json_data.number, actor=actor(), now=clock.now()
    )
    return tagged(template)


@api.get("/<template_id>/versions/<int:number>.docx")
@api.doc(responses=WORD_FILE)
@needs(Right.SEE_TEMPLATES)
def read_template_file(template_id: str, number: int) -> Response:
    """The Word file of a version."""
    template = Template.find(template_id)
    content = service.read_version(
        template,
        number,
        actor=actor(),
        blobs=seams().blobs,
    )
    return send_document(content, f"{template.name}-v{number}.docx")


def words_of(fault: Fault) -> str:
    """*fault* of a template in words: where, what, and what to do."""
    facts = asdict(fault.place) | {"region": gettext(fault.place.region.label)}
    subject = gettext(fault.subject) if fault.kind is FaultKind.PACKAGE else fault.subject
    hint = f" {fault.suggestion}" if fault.suggestion else ""
    return (
        f"{gettext(fault.place.message) % facts}{gettext('：')}"
        f"{gettext(fault.message) % {'subject': subject}} {gettext(fault.remedy)}{hint}"
    )
