"""Contracts with 30 and with 500 rows of prices: our filling against bare docxtpl, in the same run.

Ours is all that a draft costs but the stores: it also says what is missing and gives the text for
the index. Both fill the shipped contract with the same values and write it out. Bare docxtpl gets
what it needs to come to the same result: autoescape, our four filters and its own inline image.
"""

from datetime import UTC, datetime
from decimal import Decimal
from io import BytesIO
from typing import Any

from docx.shared import Mm
from docxtpl import DocxTemplate, InlineImage
from jinja2 import Environment

from archive.contracts.placeholders import CATALOGUE
from archive.docgen import DraftWriter
from archive.docgen.filters import FILTERS, write_plain
from archive.docgen.shipped import ROUTINE_CONTRACT
from archive.docgen.stamp import QR_MILLIMETRES, draw_qr, write_payload
from bench.frame import Bench, Figure, median_of, seconds

ROUNDS = 15
NUMBER, VERSION, MAKER = "HT-2026-00001", 1, "王某"
MADE_AT = datetime(2026, 11, 23, tzinfo=UTC)


def measure(bench: Bench) -> list[Figure]:  # noqa: ARG001  # every measurement has this shape
    """The ratios of medians; the three take turns, so that a busy machine slows all alike.

    "First use" makes a draft with a writer that has not seen the template before: the package is
    looked over and every tag compiled.
    """
    writer, template = DraftWriter(CATALOGUE), ROUTINE_CONTRACT.read()
    found = []
    for rows, rounds in ((30, ROUNDS), (500, ROUNDS // 3)):
        values = values_of(writer, rows)
        ours, first, bare = [], [], []
        for _ in range(rounds):
            bare.append(seconds(lambda: fill_bare(template, values)))  # noqa: B023  # called here
            ours.append(seconds(lambda: fill_ours(writer, template, values)))  # noqa: B023
            new = DraftWriter(CATALOGUE)
            first.append(seconds(lambda: fill_ours(new, template, values)))  # noqa: B023
        own, anew, other = (median_of(samples[1:]) for samples in (ours, first, bare))
        name = f"contract of {rows} rows / bare docxtpl"
        found += [
            Figure.below(name, own / other, "ratio", 1.3),
            Figure.below(f"{name}, first use of the template", anew / other, "ratio", 1.5),
        ]
    return found


def values_of(writer: DraftWriter, rows: int) -> dict[str, Any]:
    """The catalogue's examples, with so many *rows* of prices."""
    values: dict[str, Any] = writer.catalogue.examples()
    row = values["价格表"][0]
    values["价格表"] = [{**row, "序号": n, "单价": Decimal(300 + n)} for n in range(1, rows + 1)]
    return values


def fill_ours(writer: DraftWriter, template: bytes, values: dict[str, Any]) -> bytes:
    """As the archive makes a draft, the package looked over and the grammar guarded."""
    return writer.fill(
        template, values, number=NUMBER, version=VERSION, made_at=MADE_AT, made_by=MAKER
    ).content


def fill_bare(template: bytes, values: dict[str, Any]) -> bytes:
    """With docxtpl alone."""
    environment = Environment(autoescape=True, finalize=write_plain)
    environment.filters.update({name: known.write for name, known in FILTERS.items()})
    document = DocxTemplate(BytesIO(template))
    document.init_docx()
    size = Mm(QR_MILLIMETRES)
    code = InlineImage(document, BytesIO(draw_qr(write_payload(NUMBER, VERSION))), size, size)
    stamp = {"编号": NUMBER, "版本": VERSION, "日期": MADE_AT.date(), "起草人": MAKER}
    document.render({**values, "文件": {**stamp, "二维码": code}}, environment)
    made = BytesIO()
    document.save(made)
    return made.getvalue()
