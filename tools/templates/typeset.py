"""Chinese typesetting for the shipped templates: A4, 宋体 and 黑体, running footer with the stamp.

Fonts are named, never shipped: Word takes them from the reader's machine.
"""

from collections.abc import Mapping, Sequence
from typing import cast

import docx
from docx.document import Document
from docx.enum.table import (
    WD_CELL_VERTICAL_ALIGNMENT,
    WD_ROW_HEIGHT_RULE,
    WD_TABLE_ALIGNMENT,
)
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING, WD_TAB_ALIGNMENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.shared import Mm, Pt, RGBColor
from docx.styles.style import ParagraphStyle
from docx.table import Table, _Cell, _Row
from docx.text.paragraph import Paragraph
from docx.text.run import Run

SONG, HEI, LATIN = "宋体", "黑体", "Times New Roman"

LEFT, CENTRE, RIGHT = (
    WD_ALIGN_PARAGRAPH.LEFT,
    WD_ALIGN_PARAGRAPH.CENTER,
    WD_ALIGN_PARAGRAPH.RIGHT,
)


def new_document(title: str, *, margins: tuple[float, float, float, float]) -> Document:
    """An empty A4 document; *margins* are top, right, bottom, left in millimetres."""
    document = docx.Document()
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.right_margin = Mm(margins[0]), Mm(margins[1])
    section.bottom_margin, section.left_margin = Mm(margins[2]), Mm(margins[3])
    section.header_distance, section.footer_distance = Mm(12), Mm(8)
    properties = document.core_properties
    properties.title, properties.language = title, "zh-CN"
    properties.author = properties.comments = ""
    _drop_thumbnail(document)
    style_text(document.styles["Normal"], SONG, 12)
    for name in ("Header", "Footer"):
        style_text(document.styles[name], SONG, 9)
        # Word's own stops are for Letter paper; left in, a tab stops at its middle.
        document.styles[name].paragraph_format.tab_stops.clear_all()
    _style_headings(document)
    language = OxmlElement("w:lang")
    language.set(qn("w:val"), "en-US")
    language.set(qn("w:eastAsia"), "zh-CN")
    document.styles["Normal"].element.get_or_add_rPr().append(language)
    return document


def _drop_thumbnail(document: Document) -> None:
    """python-docx's empty document carries a picture of itself."""
    relationships = document.part.package.rels
    for key in [k for k, rel in relationships.items() if rel.reltype.endswith("/thumbnail")]:
        del relationships[key]


def _unlink(document: Document, style: ParagraphStyle) -> None:
    """Remove the character style tied to *style*: it keeps Word's colours and theme fonts."""
    for link in style.element.findall(qn("w:link")):
        for other in document.styles.element.findall(qn("w:style")):
            if other.get(qn("w:styleId")) == link.get(qn("w:val")):
                document.styles.element.remove(other)
        style.element.remove(link)


def _style_headings(document: Document) -> None:
    for name in ("Title", "Heading 1"):
        _unlink(document, document.styles[name])
    title = document.styles["Title"]
    style_text(title, SONG, 22, bold=True)
    title.paragraph_format.alignment = CENTRE
    title.paragraph_format.space_before, title.paragraph_format.space_after = Pt(0), Pt(8)
    for border in title.element.pPr.findall(qn("w:pBdr")):
        title.element.pPr.remove(border)
    heading = document.styles["Heading 1"]
    style_text(heading, HEI, 12)
    heading.paragraph_format.space_before, heading.paragraph_format.space_after = Pt(4), Pt(0)
    heading.paragraph_format.keep_with_next = True


def style_text(style: ParagraphStyle, font: str, size: float, *, bold: bool = False) -> None:
    """Set font and size for Chinese and Latin alike, without the theme fonts of Word's defaults."""
    style.font.size, style.font.bold = Pt(size), bold
    style.font.italic = False
    for colour in style.element.get_or_add_rPr().findall(qn("w:color")):
        style.element.rPr.remove(colour)  # a theme colour would win over any other
    style.font.color.rgb = RGBColor(0, 0, 0)
    _name_fonts(style.element.get_or_add_rPr().get_or_add_rFonts(), font)
    style.paragraph_format.space_before = style.paragraph_format.space_after = Pt(0)


def make_element(name: str) -> BaseOxmlElement:
    """An empty element of WordprocessingML."""
    return cast(BaseOxmlElement, OxmlElement(name))


def _name_fonts(fonts: BaseOxmlElement, font: str) -> None:
    fonts.attrib.clear()
    for script, name in (("ascii", LATIN), ("hAnsi", LATIN), ("cs", LATIN), ("eastAsia", font)):
        fonts.set(qn(f"w:{script}"), name)


def add_text(
    paragraph: Paragraph, text: str, *, font: str | None = None, size: float | None = None
) -> Run:
    """Append *text*; `font` and `size` where they differ from the paragraph's style."""
    run = paragraph.add_run(text)
    if font:
        _name_fonts(run._element.get_or_add_rPr().get_or_add_rFonts(), font)
    if size:
        run.font.size = Pt(size)
    return run


def set_lines(paragraph: Paragraph, points: float) -> None:
    """Exact line pitch, as Chinese office documents have it."""
    paragraph.paragraph_format.line_spacing_rule = WD_LINE_SPACING.EXACTLY
    paragraph.paragraph_format.line_spacing = Pt(points)


def add_clause(document: Document, text: str, *, lines: float) -> Paragraph:
    """A paragraph of body text: justified, first line indented by two characters."""
    paragraph = document.add_paragraph()
    paragraph.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY
    indent = paragraph._element.get_or_add_pPr().get_or_add_ind()
    indent.set(qn("w:firstLineChars"), "200")
    indent.set(qn("w:firstLine"), "480")
    paragraph.paragraph_format.widow_control = True
    set_lines(paragraph, lines)
    add_text(paragraph, text)
    return paragraph


def add_table(document: Document, widths: Sequence[float], rows: int) -> Table:
    """A ruled table of *rows* rows; *widths* in millimetres, fixed."""
    table: Table = document.add_table(rows, len(widths), style="Table Grid")
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    set_widths(table, widths)
    return table


def set_widths(table: Table, widths: Sequence[float]) -> None:
    """Fix the columns at *widths* millimetres, in the grid and in every cell."""
    table.autofit = False
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Mm(width)
        for cell in column.cells:
            cell.width = Mm(width)


def write_cell(
    cell: _Cell,
    text: str,
    *,
    size: float = 10.5,
    font: str | None = None,
    align: WD_ALIGN_PARAGRAPH = LEFT,
) -> Paragraph:
    paragraph: Paragraph = cell.paragraphs[0]
    paragraph.alignment = align
    cell.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.CENTER
    if text:
        add_text(paragraph, text, font=font, size=size)
    return paragraph


def keep_row(row: _Row, *, height: float, with_next: bool = False) -> None:
    """A row at least *height* millimetres high that no page break divides."""
    row.height, row.height_rule = Mm(height), WD_ROW_HEIGHT_RULE.AT_LEAST
    row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
    if with_next:
        for cell in row.cells:
            for paragraph in cell.paragraphs:
                paragraph.paragraph_format.keep_with_next = True


def repeat_header(row: _Row) -> None:
    """Show this row again at the top of every page that the table reaches."""
    row._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))


def shade(cell: _Cell, colour: str = "F2F2F2") -> None:
    shading = make_element("w:shd")
    shading.set(qn("w:val"), "clear")
    shading.set(qn("w:color"), "auto")
    shading.set(qn("w:fill"), colour)
    cell._tc.get_or_add_tcPr().insert_element_before(shading, "w:vAlign")


def draw_table_rules(table: Table, **edges: str) -> None:
    """Set the rules of *table*: ``top="single"``, ``insideH="nil"`` …"""
    after = ("w:shd", "w:tblLayout", "w:tblCellMar", "w:tblLook")
    table._tbl.tblPr.insert_element_before(_borders("w:tblBorders", edges), *after)


def _borders(name: str, edges: Mapping[str, str]) -> BaseOxmlElement:
    borders = make_element(name)
    for edge in ("top", "left", "bottom", "right", "insideH", "insideV"):
        if edge in edges:
            line = OxmlElement(f"w:{edge}")
            line.set(qn("w:val"), edges[edge])
            line.set(qn("w:sz"), "4")
            line.set(qn("w:space"), "1")
            line.set(qn("w:color"), "808080")
            borders.append(line)
    return borders


def add_running_header(document: Document, text: str, width: float) -> None:
    """*text* at the left of every page's head, number and version at the right, over a rule."""
    paragraph = document.sections[0].header.paragraphs[0]
    paragraph.paragraph_format.tab_stops.add_tab_stop(Mm(width), WD_TAB_ALIGNMENT.RIGHT)
    add_text(paragraph, f"{text}\t编号 {{{{ 文件.编号 }}}}　第 {{{{ 文件.版本 }}}} 版")
    rule = _borders("w:pBdr", {"bottom": "single"})
    after = ("w:shd", "w:tabs", "w:spacing", "w:ind", "w:jc")
    paragraph._p.get_or_add_pPr().insert_element_before(rule, *after)


def add_page_footer(document: Document, width: float) -> None:
    """The page, of all the pages of the document, in the middle; the QR code at the right."""
    _add_footer(document, width, "")


def add_stamp_footer(document: Document, width: float) -> None:
    """Number and version at the left, the page in the middle, the QR code at the right."""
    _add_footer(document, width, "编号 {{ 文件.编号 }}　第 {{ 文件.版本 }} 版")


def _add_footer(document: Document, width: float, said: str) -> None:
    footer = document.sections[0].footer
    table = footer.add_table(1, 3, Mm(width))
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    set_widths(table, (width * 0.37, width * 0.26, width * 0.37))
    draw_table_rules(table, top="single")
    left, middle, right = table.rows[0].cells
    write_cell(left, said, size=9)
    pages = write_cell(middle, "第 ", size=9, align=CENTRE)
    add_field(pages, "PAGE", 9)
    add_text(pages, " 页　共 ", size=9)
    add_field(pages, "NUMPAGES", 9)
    add_text(pages, " 页", size=9)
    code = write_cell(right, "{{ 文件.二维码 }}", size=9, align=RIGHT)
    code.paragraph_format.space_before = Pt(3)
    # A footer must end with a paragraph; the one that was there shrinks to nothing.
    last = footer.paragraphs[0]
    footer._element.append(last._element)
    last.paragraph_format.line_spacing_rule = WD_LINE_SPACING.EXACTLY
    last.paragraph_format.line_spacing = Pt(1)


def add_field(paragraph: Paragraph, instruction: str, size: float) -> None:
    for kind, text in (("begin", ""), ("", instruction), ("separate", ""), ("", "1"), ("end", "")):
        run = add_text(paragraph, "", size=size)
        if kind:
            mark = OxmlElement("w:fldChar")
            mark.set(qn("w:fldCharType"), kind)
            run._r.append(mark)
        elif text == instruction:
            code = OxmlElement("w:instrText")
            code.set(qn("xml:space"), "preserve")
            code.text = f" {instruction} "
            run._element.append(code)
        else:
            run.text = text
