"""The stamp of a generated document: number, version and QR code at the foot of every page."""

from functools import lru_cache
from io import BytesIO

import segno
from docx.document import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.section import _Footer, _Header
from docx.shared import Pt

from archive.docgen.pages import shows_page, write_page_of_pages
from archive.docgen.places import texts_of

QR_MILLIMETRES = 18
STAMP_TAGS = ("{{ 文件.编号 }}", "{{ 文件.版本 }}", "{{ 文件.二维码 }}")


def write_payload(number: str, version: int) -> str:
    """What the QR code says: see `archive.recognition.codes`.

    Capitals, digits, ``-`` and ``/`` only: the densest QR alphabet.
    """
    return f"{number}/{version}"


@lru_cache(maxsize=64)
def draw_qr(payload: str) -> bytes:
    """*payload* as a PNG with its quiet zone; readable from a 150 dpi scan at `QR_MILLIMETRES`."""
    image = BytesIO()
    segno.make(payload, error="m", micro=False).save(image, kind="png", scale=8, border=4)
    return image.getvalue()


def stamp_footers(document: Document) -> None:
    """Add what is missing of page, number, version and QR code to each footer that is shown."""
    odd_and_even = document.settings.odd_and_even_pages_header_footer
    for index, section in enumerate(document.sections):
        shown: list[tuple[_Header, _Footer]] = [(section.header, section.footer)]
        if section.different_first_page_header_footer:
            shown.append((section.first_page_header, section.first_page_footer))
        if odd_and_even:
            shown.append((section.even_page_header, section.even_page_footer))
        for header, footer in shown:
            # A linked footer shows that of the section before, which has been stamped.
            if index == 0 or not footer.is_linked_to_previous:
                head = "" if header.is_linked_to_previous else _text_of(header)
                _stamp(footer, head, is_numbered=_shows_page(header) or _shows_page(footer))


def _shows_page(story: _Header | _Footer) -> bool:
    return not story.is_linked_to_previous and shows_page(story._element)


def _stamp(footer: _Footer, head: str, *, is_numbered: bool) -> None:
    """Add to *footer* what neither it nor the *head* of the page says."""
    written = "" if footer.is_linked_to_previous else _text_of(footer)
    compact = (head + written).replace(" ", "")
    lacking = [tag for tag in STAMP_TAGS if tag.replace(" ", "") not in compact]
    if not lacking and is_numbered:
        return
    footer.is_linked_to_previous = False
    paragraph = footer.paragraphs[0] if not written.strip() else footer.add_paragraph()
    paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    runs = [] if is_numbered else write_page_of_pages(paragraph)
    for tag, words in zip(STAMP_TAGS, ("编号 {}　", "第 {} 版　", "{}"), strict=True):
        if tag in lacking:
            runs.append(paragraph.add_run(words.format(tag)))
    for run in runs:
        run.font.size = Pt(9)
        run._r.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), "宋体")


def _text_of(story: _Header | _Footer) -> str:
    return "\n".join(texts_of(story._element).values())
