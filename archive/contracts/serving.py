"""Word files as answers, and the parts that the verbs of drafting work with."""

from flask import Response
from werkzeug.datastructures import FileStorage

from archive.contracts.service.documents import DOCX
from archive.contracts.service.drafting import Desk
from archive.docgen.package import MAX_BYTES
from archive.web.context import seams
from archive.web.export import attachment_header


def desk() -> Desk:
    """The parts in use, as drafting takes them."""
    parts = seams()
    return Desk(
        storage=parts.storage,
        docgen=parts.docgen,
        cache=parts.settings.cache,
        company=parts.settings.company,
    )


def send_document(content: bytes, name: str) -> Response:
    """*content*, a .docx, to be saved as *name*."""
    response = Response(content, mimetype=DOCX)
    response.headers["Content-Disposition"] = attachment_header(name)
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response


def read_upload(upload: FileStorage | None) -> tuple[bytes, str]:
    """The bytes and the name of an uploaded template; no more than one byte over the limit."""
    if upload is None or not upload.filename:
        return b"", ""
    upload.stream.seek(0)
    return upload.stream.read(MAX_BYTES + 1), upload.filename
