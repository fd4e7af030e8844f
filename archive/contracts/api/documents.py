"""How the API's description names a Word file."""

from typing import Any

from archive.contracts.service.documents import DOCX

BYTES = {"schema": {"type": "string", "format": "binary"}}
WORD_FILE: dict[int | str, dict[str, str | dict[str, dict[str, Any]]]] = {
    200: {"description": "The Word file", "content": {DOCX: BYTES}}
}
