"""Word files as answers and as uploads."""

from typing import Any

from flask import Response
from werkzeug.datastructures import FileStorage

from archive.docgen import DOCX
from archive.docgen.package import MAX_BYTES
from archive.web.export import attachment_header

NO_TEMPLATE = 4 * MAX_BYTES
"""What is larger than this is refused unread; what is smaller is told why it is too large."""


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


WORD_FILE: dict[int | str, dict[str, str | dict[str, dict[str, Any]]]] = {
    200: {
        "description": "The Word file",
        "content": {DOCX: {"schema": {"type": "string", "format": "binary"}}},
    }
}
"""An answer that is a Word file, as the API describes it."""
