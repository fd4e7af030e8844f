"""The shipped templates, filled and read back from the page that LibreOffice makes of them."""

import re
import subprocess
import zipfile
from datetime import date
from decimal import Decimal
from io import BytesIO

import docx
import pytest
import zxingcpp
from docx.oxml.ns import qn
from lxml import etree
from PIL import Image

from archive.chinese.numbers import write_date, write_money, write_number
from archive.docgen.places import story_parts
from archive.docgen.shipped import (
    CUSTOMER_CARD,
    FOLDER,
    REPORTS,
    ROUTINE_CONTRACT,
    SHIPPED,
    WAYBILL_CONTRACT,
)
from tests.docgen.word_files import fill
from tests.office import convert
from tools.templates import WRITERS


def full_values(writer, rows=30):
    values = writer.catalogue.examples()
    values["价格表"] = [
        {
            "起运地": f"起{n}市",
            "到达地": f"到{n}市",
            "货物名称": f"货物{n}",
            "计价单位": "吨",
            "数量": Decimal(n) / 2,
            "单价": Decimal("320.10") + n,
            "金额": Decimal("4000.55") * n,
            "时限": f"{n} 小时",
        }
        for n in range(1, rows + 1)
    ]
    return values


def written(value):
    if isinstance(value, Decimal):
        return {write_money(value), write_number(value)}
    return {write_date(value) if isinstance(value, date) else str(value)}


def pressed(text):
    """Without blanks and line ends, which the layout puts where it likes."""
    return re.sub(r"\s", "", text)


@pytest.mark.timeout(180)
@pytest.mark.parametrize(
    ("template", "rows", "pages"),
    [
        (ROUTINE_CONTRACT, 30, 4),
        (ROUTINE_CONTRACT, 3, 3),
        (WAYBILL_CONTRACT, 3, 1),
        (CUSTOMER_CARD, 0, 1),
    ],
    ids=lambda each: getattr(each, "slug", str(each)),
)
def test_every_value_and_the_stamp_stand_on_the_printed_page(
    writer, template, rows, pages, tmp_path
):
    values = full_values(writer, rows or 1)
    pdf = convert(fill(writer, template.read(), values), "pdf", tmp_path)
    text = subprocess.run(
        ["pdftotext", "-layout", str(pdf), "-"], check=True, capture_output=True, text=True
    ).stdout
    page_texts = text.split("\f")[:-1]
    assert len(page_texts) == pages
    used = set(writer.check(template.read()).placeholders)
    for placeholder in writer.catalogue.top:
        if placeholder.name in used and placeholder.group in values and placeholder.key != "价格表":
            given = values[placeholder.group]
            if isinstance(given, dict):
                found = any(pressed(w) in pressed(text) for w in written(given[placeholder.key]))
                assert found, placeholder.name
    if rows:
        for row in values["价格表"]:
            gone = [
                v for v in row.values() if not any(pressed(w) in pressed(text) for w in written(v))
            ]
            assert gone == []
    assert "待填" not in text
    assert all("编号HT-2026-00007第3版" in pressed(page) for page in page_texts)
    subprocess.run(["pdftoppm", "-r", "150", "-png", str(pdf), str(tmp_path / "p")], check=True)
    for image in sorted(tmp_path.glob("p-*.png")):
        codes = zxingcpp.read_barcodes(Image.open(image).rotate(2, fillcolor="white"))
        assert [code.text for code in codes] == ["HT-2026-00007/3"], image.name


@pytest.mark.timeout(180)
def test_a_template_that_another_program_has_saved_still_works(writer, tmp_path):
    edited = convert(ROUTINE_CONTRACT.read(), "docx", tmp_path).read_bytes()
    report = writer.check(edited)
    assert report.faults == ()
    assert set(report.placeholders) == set(writer.check(ROUTINE_CONTRACT.read()).placeholders)
    text = writer.text_of(fill(writer, edited, full_values(writer)))
    assert "到30市" in text
    assert "示例货主有限公司" in text


def parts_of(file):
    """Every part of a Word file; the package around them says when it was written."""
    with zipfile.ZipFile(file) as package:
        return {name: package.read(name) for name in package.namelist()}


def test_every_shipped_template_has_its_tool():
    shipped = [*SHIPPED, *REPORTS]
    assert [*WRITERS] == shipped
    assert {path.name for path in FOLDER.glob("*.docx")} == {each.path.name for each in shipped}


@pytest.mark.parametrize("template", [*SHIPPED, *REPORTS], ids=lambda t: t.slug)
def test_the_file_in_the_repository_is_what_the_tool_makes(template, tmp_path):
    WRITERS[template]().save(str(tmp_path / "made.docx"))
    assert parts_of(tmp_path / "made.docx") == parts_of(template.path)


@pytest.mark.parametrize("template", SHIPPED, ids=lambda t: t.slug)
def test_chinese_text_names_its_fonts_for_chinese(template):
    document = WRITERS[template]()
    for style in ("Normal", "Title", "Heading 1"):
        fonts = document.styles[style].element.rPr.rFonts
        names = {key.rpartition("}")[2]: value for key, value in fonts.attrib.items()}
        assert names["eastAsia"] in ("宋体", "黑体")
        colour = document.styles[style].element.rPr.find(qn("w:color"))
        assert colour is None or not any("theme" in name for name in colour.attrib)
        assert not any("Theme" in key for key in names)


# The order in which the schema of WordprocessingML wants these children; Word calls a file
# damaged that has them otherwise, LibreOffice does not mind.
ORDERS = {
    "w:tblPr": "tblStyle tblW jc tblInd tblBorders shd tblLayout tblCellMar tblLook",
    "w:tcPr": "tcW gridSpan vMerge tcBorders shd noWrap vAlign",
    "w:numPr": "ilvl numId",
    "w:pPr": "pStyle keepNext keepLines pageBreakBefore widowControl numPr pBdr shd tabs"
    " spacing ind contextualSpacing jc outlineLvl rPr",
    "w:rPr": "rStyle rFonts b bCs i iCs color spacing kern sz szCs highlight u lang",
}


@pytest.mark.parametrize("template", SHIPPED, ids=lambda t: t.slug)
def test_properties_stand_in_the_order_that_word_demands(writer, template):
    for content in (template.read(), fill(writer, template.read(), {})):
        for _, part in story_parts(docx.Document(BytesIO(content))):
            for name, order in ORDERS.items():
                for properties in part.element.iter(qn(name)):
                    places = [order.split().index(etree.QName(c).localname) for c in properties]
                    assert places == sorted(places), etree.tostring(properties)


def test_articles_and_clauses_are_numbered_by_word(writer):
    document = docx.Document(BytesIO(ROUTINE_CONTRACT.read()))
    numbered = [each for each in document.paragraphs if [*each._p.iter(qn("w:numPr"))]]
    assert len(numbered) > 30
    assert not [
        each.text for each in document.paragraphs if re.match(r"第.+条|\d+[.．]", each.text)
    ]


def test_a_contract_says_its_number_and_version_at_the_head_of_every_page_and_only_there(writer):
    made = docx.Document(BytesIO(fill(writer, ROUTINE_CONTRACT.read(), full_values(writer, 1))))
    (section,) = made.sections
    assert "编号 HT-2026-00007　第 3 版" in section.header.paragraphs[0].text
    assert "编号" not in "".join(
        each.text or "" for each in section.footer._element.iter(qn("w:t"))
    )


def test_the_seals_are_never_divided_nor_without_a_word_that_the_text_has_ended(writer):
    document = docx.Document(BytesIO(ROUTINE_CONTRACT.read()))
    seals = next(table for table in document.tables if "盖章" in table.cell(0, 0).text)
    before = next(seals._tbl.itersiblings(preceding=True))
    assert "以下无正文" in "".join(each.text or "" for each in before.iter(qn("w:t")))
    rows = [row.cells[0].paragraphs[0].paragraph_format for row in seals.rows]
    assert [each.keep_with_next for each in rows] == [True, True, None]
    assert all(row._tr.trPr.find(qn("w:cantSplit")) is not None for row in seals.rows)
