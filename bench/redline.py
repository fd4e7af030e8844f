"""Two versions of a contract of 30 pages compared: 500 clauses and 500 rows of prices.

Sixty clauses and fifty prices were changed, thirty clauses moved, two rows taken out.
"""

import random
from copy import deepcopy
from io import BytesIO

import docx
from docx.document import Document
from docx.text.paragraph import Paragraph

from archive.contracts.placeholders import CATALOGUE
from archive.docgen import DraftWriter
from archive.docgen.shipped import ROUTINE_CONTRACT
from archive.redline import compare, find_obstacles
from bench.draft import fill_ours, values_of
from bench.frame import Bench, Figure, median_of, seconds

ROUNDS = 5
ROWS = 500
COPIES = 20  # of each clause


def measure(bench: Bench) -> list[Figure]:  # noqa: ARG001  # every measurement has this shape
    """The medians, of a first comparison as of a later one: nothing is kept between two."""
    old, new = two_versions()
    compared = [seconds(lambda: compare(old, new)) for _ in range(ROUNDS)]
    looked = [seconds(lambda: find_obstacles(new)) for _ in range(ROUNDS)]
    return [
        Figure.below("two versions of 30 pages compared", median_of(compared), "s", 2),
        Figure.below("what is in the way found in 30 pages", median_of(looked), "s", 2),
    ]


def two_versions() -> tuple[bytes, bytes]:
    """The same contract before and after it was edited."""
    writer = DraftWriter(CATALOGUE)
    document = opened(fill_ours(writer, ROUTINE_CONTRACT.read(), values_of(writer, ROWS)))
    clauses = [each for each in document.paragraphs if len(each.text) > 20]
    for copy in range(COPIES):
        for each in clauses:
            made = deepcopy(each._p)  # noqa: SLF001  # python-docx gives elements under such names only
            clauses[-1]._p.addprevious(made)  # noqa: SLF001
            Paragraph(made, each._parent).runs[0].text = f"{copy}：{each.text}"  # noqa: SLF001
    old = saved(document)
    return old, edited(old)


def edited(content: bytes) -> bytes:
    """*content* as somebody in a hurry hands it back."""
    document, choice = opened(content), random.Random(1)
    paragraphs, rows = document.paragraphs, document.tables[-1].rows
    for each in choice.sample(paragraphs[50:], 60):
        each.add_run("（另行约定）")
    for number in choice.sample(range(1, ROWS), 50):
        rows[number].cells[6].text = "888.00"
    for number in (100, 200):
        document.tables[-1]._tbl.remove(rows[number]._tr)  # noqa: SLF001
    for each in paragraphs[100:130]:
        paragraphs[300]._p.addprevious(each._p)  # noqa: SLF001
    return saved(document)


def opened(content: bytes) -> Document:
    """The Word file in *content*."""
    return docx.Document(BytesIO(content))


def saved(document: Document) -> bytes:
    """*document* as a file."""
    content = BytesIO()
    document.save(content)
    return content.getvalue()
