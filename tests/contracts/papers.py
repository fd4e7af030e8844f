"""Papers of a customer's that are on file, without their bytes."""

from datetime import date

from archive.actor import SYSTEM
from archive.filing.models import Attachment, Version
from archive.filing.rules import AttachmentKind, default_confidentiality
from archive.recognition import FileType
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
