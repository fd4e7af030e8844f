"""Word files for the tests, made by python-docx as a company's clerk would by hand."""

import zipfile
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from io import BytesIO

import docx
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.oxml.xmlchemy import BaseOxmlElement

from archive.docgen import DraftWriter

MADE_AT = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)


def a_template(*paragraphs: str) -> bytes:
    """A template whose body has these paragraphs."""
    document = docx.Document()
    for text in paragraphs:
        document.add_paragraph(text)
    return saved(document)


def a_table_template(*rows: tuple[str, ...]) -> bytes:
    """A template whose body is one table."""
    document = docx.Document()
    table = document.add_table(len(rows), len(rows[0]))
    for row, texts in zip(table.rows, rows, strict=True):
        for cell, text in zip(row.cells, texts, strict=True):
            cell.text = text
    return saved(document)


def a_field(instruction: str) -> BaseOxmlElement:
    """A field of Word's, as it is written in one element."""
    field = parse_xml(f'<w:fldSimple {nsdecls("w")} w:instr=" {instruction} "/>')
    field.append(parse_xml(f"<w:r {nsdecls('w')}><w:t>1</w:t></w:r>"))
    return field


def run(text: str) -> str:
    return f'<w:r><w:t xml:space="preserve">{text}</w:t></w:r>'


def tracked(kind: str, inner: str) -> str:
    return f'<w:{kind} w:id="9" w:author="x" w:date="2026-01-01T00:00:00Z">{inner}</w:{kind}>'


def holding(inner: str, title: str = "") -> bytes:
    """A template with a paragraph of this XML."""
    document = docx.Document()
    document.core_properties.title = title
    document.element.body[-1].addprevious(parse_xml(f"<w:p {nsdecls('w', 'r')}>{inner}</w:p>"))
    return saved(document)


def saved(document) -> bytes:
    content = BytesIO()
    document.save(content)
    return content.getvalue()


def with_parts(template: bytes, parts: Mapping[str, bytes | Callable[[bytes], bytes]]) -> bytes:
    """*template* with these parts of its zip put in or changed."""
    changed = BytesIO()
    with zipfile.ZipFile(BytesIO(template)) as old, zipfile.ZipFile(changed, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            change = parts.get(name)
            new.writestr(name, change(content) if callable(change) else change or content)
        for name, added in parts.items():
            if name not in old.namelist():
                assert isinstance(added, bytes)
                new.writestr(name, added, zipfile.ZIP_DEFLATED)
    return changed.getvalue()


def fill(writer: DraftWriter, template: bytes, values: Mapping[str, object]) -> bytes:
    return writer.fill(
        template, values, number="HT-2026-00007", version=3, made_at=MADE_AT, made_by="王某"
    ).content
