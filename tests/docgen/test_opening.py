"""Templates as Word really writes them: filled, not refused in a parser's English."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from archive.docgen import DraftWriter
from tests.docgen.word_files import fill, holding, run, tracked, with_parts
from tests.office import convert

CORE = "http://schemas.openxmlformats.org/package/2006/metadata/core-properties"
VALUES = {"客户": {"名称": "华盛货运示例有限公司"}}
TAG = "{{ 客户.名称 }}"


def a_bound_control() -> bytes:
    """The tag in a content control that is bound to the document's title."""
    return holding(
        run("甲方：") + f"<w:sdt><w:sdtPr><w:dataBinding w:prefixMappings=\"xmlns:c='{CORE}' "
        "xmlns:d='http://purl.org/dc/elements/1.1/'\" "
        'w:xpath="/c:coreProperties[1]/d:title[1]" '
        'w:storeItemID="{6C3C8BC8-F283-45AE-878A-BAB7291924A1}"/><w:text/></w:sdtPr>'
        f"<w:sdtContent>{run(TAG)}</w:sdtContent></w:sdt>",
        title="上一位客户",
    )


def strict(content: bytes) -> bytes:
    """ISO/IEC 29500 Strict, as Word saves it on request."""

    def change(part: bytes) -> bytes:
        part = re.sub(
            rb"http://schemas\.openxmlformats\.org/officeDocument/2006/relationships",
            rb"http://purl.oclc.org/ooxml/officeDocument/relationships",
            part,
        )
        return part.replace(
            b"http://schemas.openxmlformats.org/wordprocessingml/2006/main",
            b"http://purl.oclc.org/ooxml/wordprocessingml/main",
        )

    names = ["_rels/.rels", "word/_rels/document.xml.rels", "word/document.xml", "word/styles.xml"]
    return with_parts(content, dict.fromkeys(names, change))


def dangling(content: bytes) -> bytes:
    kind = b"http://schemas.openxmlformats.org/officeDocument/2006/relationships/image"
    lost = b'<Relationship Id="rId77" Type="%s" Target="NULL"/></Relationships>' % kind
    return with_parts(
        content,
        {"word/_rels/document.xml.rels": lambda part: part.replace(b"</Relationships>", lost)},
    )


TEMPLATES: dict[str, Callable[[], bytes]] = {
    "strict": lambda: strict(holding(run(TAG))),
    "dangling": lambda: dangling(holding(run(TAG))),
    "half inserted": lambda: holding(run("{{ 客户.") + tracked("ins", run("名称 }}"))),
    "deleted tag": lambda: holding(
        tracked("del", "<w:r><w:delText>{{ 客户.旧名 }}</w:delText></w:r>") + run(TAG)
    ),
    "zero width": lambda: holding(run("{{ 客户.\u200b名称 }}")),
    "bound control": a_bound_control,
}


@pytest.mark.parametrize("name", TEMPLATES)
def test_it_passes_the_check_and_is_filled(writer: DraftWriter, name: str) -> None:
    template = TEMPLATES[name]()
    assert writer.check(template).faults == ()
    assert "华盛货运示例有限公司" in writer.text_of(fill(writer, template, VALUES))


def test_an_office_program_shows_the_value_and_not_the_bound_property(
    writer: DraftWriter, tmp_path: Path
) -> None:
    document = fill(writer, a_bound_control(), VALUES)
    shown = convert(document, "txt", tmp_path).read_text(encoding="utf-8-sig")
    assert "甲方：华盛货运示例有限公司" in shown
    assert "上一位客户" not in shown
