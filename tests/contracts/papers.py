"""What a contract needs to be submitted: papers on file, without their bytes, and a template."""

from datetime import date, datetime
from io import BytesIO

import docx

from archive.actor import SYSTEM, Role
from archive.contracts.models import Template
from archive.contracts.rules import TemplateKind
from archive.contracts.service.templates import put_in_force, upload_template
from archive.filing.models import Attachment, Version
from archive.filing.rules import AttachmentKind, default_confidentiality
from archive.recognition import FileType
from archive.seams import Seams
from tests.builders import a_user
from tests.conftest import NOW


def on_file(customer, kind: AttachmentKind, valid_until: date | None) -> Attachment:
    version = Version(
        sha256="0" * 64, size=1, original_name="x.pdf", file_type=FileType.PDF, number=1,
        deposit_id=customer.id, filed_at=NOW, filed_by_id="1", filed_by_name="x",
    )  # fmt: skip
    facts = {
        "customer_id": customer.id, "kind": kind, "title": kind.label, "valid_until": valid_until,
        "confidentiality": default_confidentiality(kind), "versions": [version],
    }  # fmt: skip
    return Attachment.open_new(SYSTEM, NOW, "attachment.filed", facts)


def a_short_template(now: datetime, parts: Seams) -> Template:
    """A template in force that asks for little, so that drafts of it are complete."""
    document = docx.Document()
    document.add_paragraph("{{ 合同.名称 }}，{{ 客户.名称 }}，合计 {{ 合同.金额 }} 元。")
    written = BytesIO()
    document.save(written)
    administrator = a_user(Role.ADMINISTRATOR).as_actor()
    made = upload_template(
        written.getvalue(),
        "短合同.docx",
        actor=administrator,
        now=now,
        blobs=parts.blobs,
        docgen=parts.docgen,
        name="短合同",
        kind=TemplateKind.CONTRACT,
    )
    return put_in_force(made, 1, actor=administrator, now=now)
