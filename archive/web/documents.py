"""Word files and PDFs as answers."""

from typing import Any

from flask import Response

from archive.docgen import DOCX
from archive.web.export import attachment_header

PDF = "application/pdf"


def send_document(content: bytes, name: str) -> Response:
    """*content*, a .docx or a PDF by the ending of *name*, to be saved under it."""
    response = Response(content, mimetype=PDF if name.endswith(".pdf") else DOCX)
    response.headers["Content-Disposition"] = attachment_header(name)
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response


WORD_FILE: dict[int | str, dict[str, str | dict[str, dict[str, Any]]]] = {
    200: {
        "description": "The Word file",
        "content": {DOCX: {"schema": {"type": "string", "format": "binary"}}},
    }
}
"""An answer that is a Word file, as the API describes it."""

PDF_FILE: dict[int | str, dict[str, str | dict[str, dict[str, Any]]]] = {
    200: {
        "description": "The PDF",
        "content": {PDF: {"schema": {"type": "string", "format": "binary"}}},
    }
}
"""An answer that is a PDF."""
