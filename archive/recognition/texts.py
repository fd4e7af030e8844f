"""Plain texts as Word files, to be printed. Runs in the child process only."""

import io
import re
from itertools import islice
from pathlib import Path

import docx

from archive.recognition.tables import encoding_as_far_as_it_goes

MOST_LINES = 5_000  # make 50 pages and more
LONGEST_LINE = 4_000
NOT_IN_XML = re.compile("[^\t\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def as_document(path: Path) -> bytes:
    """The first lines of a text as a Word file: each is a paragraph, as it was written."""
    document, out = docx.Document(), io.BytesIO()
    style = document.styles["Normal"].paragraph_format
    style.space_after, style.line_spacing = 0, 1.15
    encoding, _ = encoding_as_far_as_it_goes(path)
    with path.open("r", encoding=encoding, errors="replace") as lines:
        for line in islice(lines, MOST_LINES):
            document.add_paragraph(NOT_IN_XML.sub("", line)[:LONGEST_LINE])
    document.save(out)
    return out.getvalue()
