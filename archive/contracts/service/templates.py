"""The verbs on templates and on what contracts say of the company itself."""

from datetime import datetime
from typing import Any

from archive.actor import SYSTEM, Actor, Right
from archive.blobs import Blobs
from archive.contracts.errors import AlreadyInForce, NoFileChosen, TemplateHasFaults
from archive.contracts.models import OwnCompany, Template, TemplateNotice, TemplateVersion
from archive.contracts.rules import ContractKind, TemplateKind
from archive.contracts.service.clauses import texts_kept, texts_offered
from archive.database import EditedMeanwhile, Taken
from archive.docgen import DOCX, DraftWriter
from archive.docgen.clauses import CLAUSES
from archive.docgen.shipped import (
    CHANGE_AGREEMENT,
    CONTRACT_LEDGER,
    CUSTOMER_CARD,
    FEEDBACK_LETTER,
    ROUTINE_CONTRACT,
    SPECIAL_CONTRACT,
    SUPPLEMENT_AGREEMENT,
    TERMINATION_AGREEMENT,
    WAYBILL_CONTRACT,
    ShippedTemplate,
)

EXAMPLE_NUMBER = "示例"
SHIPPED: tuple[tuple[ShippedTemplate, TemplateKind, ContractKind | None], ...] = (
    (ROUTINE_CONTRACT, TemplateKind.CONTRACT, ContractKind.ROUTINE),
    (SPECIAL_CONTRACT, TemplateKind.CONTRACT, ContractKind.SPECIAL),
    (WAYBILL_CONTRACT, TemplateKind.CONTRACT, ContractKind.FORMAT),
    (CHANGE_AGREEMENT, TemplateKind.CHANGE, None),
    (SUPPLEMENT_AGREEMENT, TemplateKind.SUPPLEMENT, None),
    (TERMINATION_AGREEMENT, TemplateKind.TERMINATION, None),
    (FEEDBACK_LETTER, TemplateKind.LETTER, None),
    (CONTRACT_LEDGER, TemplateKind.LEDGER, None),
    (CUSTOMER_CARD, TemplateKind.CARD, None),
)


def upload_template(
    content: bytes,
    file_name: str,
    *,
    actor: Actor,
    now: datetime,
    blobs: Blobs,
    docgen: DraftWriter,
    note: str | None = None,
    **facts: Any,
) -> Template:
    """Keep a new template; it is used only once it is put in force.

    Raises:
        NotPermitted, Taken: the name.
        TemplateHasFaults: every fault in one answer; nothing was kept.
    """
    actor.require(Right.MANAGE_TEMPLATES)
    if earlier := Template.asked_before():
        return earlier
    version = _check_and_keep(content, file_name, note, 1, actor, now, blobs, docgen)
    return Template.open_new(actor, now, "template.uploaded", {"versions": [version], **facts})


def upload_version(
    template: Template,
    content: bytes,
    file_name: str,
    *,
    actor: Actor,
    now: datetime,
    blobs: Blobs,
    docgen: DraftWriter,
    note: str | None = None,
) -> Template:
    """Keep a new version of *template*; the one in force stays in force.

    Raises:
        NotPermitted, TemplateHasFaults, EditedMeanwhile.
    """
    actor.require(Right.MANAGE_TEMPLATES, template)
    if earlier := Template.asked_before():
        return earlier
    number = template.newest.number + 1
    version = _check_and_keep(content, file_name, note, number, actor, now, blobs, docgen)
    return template.change(
        actor, now, "template.version_uploaded", {"versions": [*template.versions, version]}
    )


def put_in_force(template: Template, number: int, *, actor: Actor, now: datetime) -> Template:
    """Make drafts of version *number* from now on; an older one may come back into force.

    Raises:
        NotPermitted, NoSuchVersion, AlreadyInForce.
    """
    actor.require(Right.MANAGE_TEMPLATES, template)
    template.version(number)
    if template.version_in_force == number:
        raise AlreadyInForce(number=number)
    return template.change(actor, now, "template.put_in_force", {"version_in_force": number})


def take_out_of_use(template: Template, *, actor: Actor, now: datetime, reason: str) -> Template:
    """Make no more drafts of *template*; its versions and the drafts made of them stay.

    Raises:
        NotPermitted.
    """
    actor.require(Right.MANAGE_TEMPLATES, template)
    return template.change(
        actor, now, "template.taken_out_of_use", {"version_in_force": None}, reason=reason
    )


def read_version(
    template: Template,
    number: int,
    *,
    actor: Actor,
    blobs: Blobs,
) -> bytes:
    """The Word file of version *number*.

    Raises:
        NotPermitted, NoSuchVersion, ContentLost.
    """
    actor.require(Right.SEE_TEMPLATES, template)
    return blobs.read(template.version(number).sha256)


def preview_version(
    template: Template,
    number: int,
    *,
    actor: Actor,
    now: datetime,
    blobs: Blobs,
    docgen: DraftWriter,
) -> bytes:
    """Version *number* filled with the catalogue's examples: no customer's facts are in it.

    Raises:
        NotPermitted, NoSuchVersion, ContentLost.
    """
    content = read_version(template, number, actor=actor, blobs=blobs)
    return docgen.fill(
        content,
        docgen.catalogue.examples() | {CLAUSES: texts_kept()},
        number=EXAMPLE_NUMBER,
        version=1,
        made_at=now,
        made_by=actor.name,
    ).content


def own_company(named: str) -> OwnCompany:
    """The company's facts; before anyone has filled them in, *named* as the settings have it."""
    return OwnCompany.written() or OwnCompany(name=named, revision=0)


def describe_company(
    company: OwnCompany, *, actor: Actor, now: datetime, seen: int, **facts: Any
) -> OwnCompany:
    """Write down what contracts say of the company itself; *company* may be new.

    Raises:
        NotPermitted, EditedMeanwhile.
    """
    actor.require(Right.MANAGE_TEMPLATES)
    if company.id is not None:
        return company.change(actor, now, "company.described", facts, seen=seen)
    try:
        return OwnCompany.open_new(actor, now, "company.described", {"slug": "own", **facts})
    except Taken as error:  # by whoever filled it in at the same moment
        if (written := OwnCompany.written()) is None:
            raise
        raise EditedMeanwhile(written) from error


def install_shipped_templates(
    *, now: datetime, blobs: Blobs, docgen: DraftWriter
) -> list[Template]:
    """Put the templates that come with the product in force where they have not been installed.

    May run at every start: what a company has changed or put out of use is left alone. Returns
    the templates that are new.
    """
    installed = []
    for shipped, kind, contract_kind in SHIPPED:
        if Template.shipped_as(shipped.slug):
            continue
        version = _check_and_keep(
            shipped.read(), shipped.path.name, None, 1, SYSTEM, now, blobs, docgen
        )
        try:
            installed.append(
                Template.open_new(
                    SYSTEM,
                    now,
                    "template.installed",
                    {
                        "slug": shipped.slug,
                        "name": shipped.name,
                        "kind": kind,
                        "contract_kind": contract_kind,
                        "versions": [version],
                        "version_in_force": 1,
                    },
                )
            )
        except Taken:
            continue  # another process was faster, or the company has one of that name
    return installed


def _check_and_keep(
    content: bytes,
    file_name: str,
    note: str | None,
    number: int,
    actor: Actor,
    now: datetime,
    blobs: Blobs,
    docgen: DraftWriter,
) -> TemplateVersion:
    if not content:
        raise NoFileChosen()
    report = docgen.check(content, texts_offered())
    if not report.passed:
        raise TemplateHasFaults(report)
    return TemplateVersion(
        number=number,
        sha256=blobs.keep_bytes(content, media_type=DOCX),
        size=len(content),
        file_name=file_name[-200:] or "template.docx",
        placeholders=list(report.placeholders),
        notices=[TemplateNotice.of(each) for each in report.notices],
        note=note,
        uploaded_at=now,
        uploaded_by_id=actor.id,
        uploaded_by_name=actor.name,
    )
