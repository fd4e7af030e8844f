"""Word and Excel papers are printed, and have pages under the same rights as every other."""

import subprocess
from datetime import datetime
from io import BytesIO
from typing import Any

import docx
import openpyxl
import pypdfium2
import pytest
from PIL import Image

from archive.actor import Actor, Role
from archive.blobs import BlobCheck
from archive.customers.models import Customer
from archive.docgen import PdfMaker
from archive.filing.errors import NoPrinter, PagesHidden, PageTooDemanding
from archive.filing.models import Attachment, Deposit
from archive.filing.rules import Confidentiality, DepositState
from archive.filing.service import deciding, images, looking, printing, receiving
from archive.recognition import MOST_PRINTED, PageReader
from archive.seams import Seams
from archive.trail.models import TrailEntry
from tests.builders import a_customer, a_user
from tests.filing.conftest import Receive, facts_of
from tests.recognition import ugly_files as ugly
from tests.recognition import uneven_files as uneven

pytestmark = pytest.mark.slow


def a_letter() -> bytes:
    """A Word file of two pages, the first of them blue in its middle."""
    document, body = docx.Document(), BytesIO()
    picture = BytesIO()
    Image.new("RGB", (400, 400), (20, 60, 200)).save(picture, "PNG")
    picture.seek(0)
    document.add_paragraph("运价说明")
    document.add_picture(picture)
    document.add_page_break()
    document.add_paragraph("第二页")
    document.save(body)
    return body.getvalue()


def a_sheet(rows: int) -> bytes:
    """An Excel file of some 50 rows to a page."""
    book, body = openpyxl.Workbook(), BytesIO()
    sheet = book.create_sheet("报价", 0)
    for row in range(rows):
        sheet.append([f"深圳—上海 {row}", 4200 + row])
    book.save(body)
    return body.getvalue()


def is_blue(content: bytes) -> bool:
    """Whether a good part of the image is blue."""
    with Image.open(BytesIO(content)) as image:
        dots = image.convert("RGB").resize((60, 80)).tobytes()
    return (
        sum(blue > 150 and red < 80 for red, blue in zip(dots[::3], dots[2::3], strict=True)) > 300
    )


def filed(deposit: Deposit, custodian: Actor, now: datetime) -> tuple[Attachment, Customer]:
    customer = a_customer()
    facts = facts_of(confidentiality=Confidentiality.CONFIDENTIAL)
    return (
        deciding.file_deposit(deposit, customer.key, facts, actor=custodian, now=now),
        customer,
    )


def test_a_word_paper_has_pages_a_thumbnail_and_recorded_looks(
    receive: Receive, parts: Seams, custodian: Actor, now: datetime
) -> None:
    deposit = receive(a_letter(), name="说明.docx")
    tools: dict[str, Any] = {"blobs": parts.blobs, "recognition": parts.recognition}
    receiving.prepare(deposit, now=now, **tools)
    deposit = Deposit.find(deposit.key)
    assert (deposit.state, deposit.file.pages) == (DepositState.READY, 2)
    assert is_blue(images.thumbnail(deposit.file, asker="somebody", **tools))

    paper, customer = filed(deposit, custodian, now)
    assert paper.current.pages == 2
    asked: dict[str, Any] = {"number": None, "width": 900, "now": now, **tools}
    first = looking.look_at_page(paper, customer, 1, actor=custodian, **asked)
    second = looking.look_at_page(paper, customer, 2, actor=custodian, **asked)
    assert (is_blue(first.content), is_blue(second.content)) == (True, False)
    looks = TrailEntry.objects(action="attachment.page_seen", subject_id=paper.key)
    assert sorted(reason for each in looks for reason in each.reasons) == ["v1 p1", "v1 p2"]

    staff = a_user(Role.STAFF).as_actor()
    with pytest.raises(PagesHidden):
        looking.look_at_page(paper, customer, 1, actor=staff, **asked)
    with pytest.raises(PagesHidden):
        looking.pages_of(paper, customer, number=None, actor=staff, **tools)


def test_a_sheet_filed_without_pages_gets_its_first_ones_when_it_is_looked_at(
    receive: Receive, parts: Seams, custodian: Actor, now: datetime
) -> None:
    deposit = receive(a_sheet(4000), name="报价.xlsx")
    paper, customer = filed(deposit, custodian, now)
    assert paper.current.pages == 0
    tools: dict[str, Any] = {"blobs": parts.blobs, "recognition": parts.recognition}
    found = looking.pages_of(paper, customer, number=None, actor=custodian, **tools)
    assert found == MOST_PRINTED
    image = looking.look_at_page(
        paper, customer, MOST_PRINTED, number=None, width=900, actor=custodian, now=now, **tools
    )
    assert image.content.startswith(b"\xff\xd8")


OPEN = "urn:oasis:names:tc:opendocument:xmlns"
ODP = "application/vnd.oasis.opendocument.presentation"
SLIDES = uneven.a_package(
    mimetype=ODP,
    **{
        "META-INF__manifest.xml": f'<m:manifest xmlns:m="{OPEN}:manifest:1.0"><m:file-entry '
        f'm:full-path="/" m:media-type="{ODP}"/><m:file-entry m:full-path="content.xml" '
        'm:media-type="text/xml"/></m:manifest>',
        "content.xml": f'<o:document-content xmlns:o="{OPEN}:office:1.0" o:version="1.2" '
        f'xmlns:d="{OPEN}:drawing:1.0" xmlns:t="{OPEN}:text:1.0" '
        f'xmlns:s="{OPEN}:svg-compatible:1.0"><o:body><o:presentation><d:page d:name="1">'
        '<d:frame s:width="9cm" s:height="2cm" s:x="2cm" s:y="2cm"><d:text-box>'
        "<t:p>运价说明</t:p></d:text-box></d:frame></d:page></o:presentation></o:body>"
        "</o:document-content>",
    },
)
INVOICE = uneven.an_ofd(
    '<o:TextObject Boundary="20 30 80 10" Font="1" Size="4"><o:TextCode X="0" Y="4" '
    'DeltaX="4">运价说明</o:TextCode></o:TextObject><o:PathObject Boundary="20 60 80 20" '
    'Fill="true"><o:FillColor Value="20 60 200"/><o:AbbreviatedData>M 0 0 L 80 0 L 80 20 L 0 20 C'
    "</o:AbbreviatedData></o:PathObject>"
)
FOR_BROWSERS_AND_EXCEL = (
    '<html xmlns:x="urn:schemas-microsoft-com:office:excel"><meta charset="utf-8">'
    "<table><tr><td>运价说明</td></tr></table></html>"
)


@pytest.fixture(scope="module")
def older(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """The same words as files of other programs, written by LibreOffice."""
    folder = tmp_path_factory.mktemp("older")
    sources = {
        "doc": ("a.docx", a_letter()),
        "xls": ("b.csv", "运价说明".encode()),
    }
    made = {}
    for ending, (name, content) in sources.items():
        (folder / name).write_bytes(content)
        command = [
            "soffice", f"-env:UserInstallation=file://{folder}/profile", "--headless",
            "--convert-to", ending, "--outdir", str(folder), str(folder / name),
        ]  # fmt: skip
        if name.endswith(".csv"):
            command.insert(-3, "--infilter=CSV:44,34,76")
        subprocess.run(command, check=True, capture_output=True)
        made[ending] = (folder / name).with_suffix(f".{ending}").read_bytes()
    return made


@pytest.mark.parametrize("kind", ["doc", "xls", "odp", "ofd", "rtf", "txt", "html"])
def test_papers_of_older_and_other_office_programs_are_shown(
    receive: Receive, parts: Seams, older: dict[str, bytes], kind: str
) -> None:
    contents = older | {
        "odp": SLIDES,
        "ofd": INVOICE,
        "rtf": rb"{\rtf1\ansi {\u-28720?\u20215?\u-29708?\u26126?}}",
        "txt": "运价说明\x00\x08\n第二行\n".encode().replace(b"\0", b""),
        "html": FOR_BROWSERS_AND_EXCEL.encode(),
    }
    deposit = receive(contents[kind], name="运价")
    tools: dict[str, Any] = {"blobs": parts.blobs, "recognition": parts.recognition}
    assert printing.count_pages(deposit.file, **tools) >= 1
    with (
        printing.drawn_from(deposit.file, **tools) as path,
        pypdfium2.PdfDocument(path) as document,
    ):
        assert "运价说明" in document[0].get_textpage().get_text_range()


def test_an_ofd_is_shown_in_its_size_with_its_text_and_shapes_in_their_places(
    receive: Receive, parts: Seams
) -> None:
    deposit = receive(INVOICE, name="发票.ofd")
    with (
        printing.drawn_from(deposit.file, blobs=parts.blobs, recognition=parts.recognition) as path,
        pypdfium2.PdfDocument(path) as document,
    ):
        page = document[0]
        across, down = (round(side / 72 * 25.4) for side in page.get_size())
        left, bottom, right, top = page.get_textpage().get_charbox(0)
        picture = page.render(scale=1).to_pil().convert("RGB")
    assert (across, down) == (210, 140)
    assert abs(left / 72 * 25.4 - 20) < 1 and abs((140 - bottom / 72 * 25.4) - 34) < 1.5
    assert right - left < 4 / 25.4 * 72 and top > bottom
    dot = picture.getpixel((int(60 / 25.4 * 72), int(70 / 25.4 * 72)))
    assert isinstance(dot, tuple) and dot[2] > 150 > dot[0]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030", "utf-16"])
def test_a_csv_is_shown_as_a_table_of_what_stands_in_it(
    receive: Receive, parts: Seams, now: datetime, encoding: str
) -> None:
    content = "编号,运价说明,式\r\n0012,深圳—上海,=1+1\r\n44010619900101123X,惠州,3-1\r\n"
    deposit = receive(content.encode(encoding), name="运价.csv")
    tools: dict[str, Any] = {"blobs": parts.blobs, "recognition": parts.recognition}
    receiving.prepare(deposit, now=now, **tools)
    deposit = Deposit.find(deposit.key)
    assert (deposit.state, deposit.file.pages) == (DepositState.READY, 1)
    with (
        printing.drawn_from(deposit.file, **tools) as path,
        pypdfium2.PdfDocument(path) as document,
    ):
        text = document[0].get_textpage().get_text_range()
    for cell in ("0012", "运价说明", "深圳—上海", "=1+1", "44010619900101123X", "3-1"):
        assert cell in text
    assert images.thumbnail(deposit.file, asker="somebody", **tools).startswith(b"\xff\xd8")


def test_of_a_long_and_wide_csv_the_first_pages_are_shown_in_whole_rows(
    receive: Receive, parts: Seams
) -> None:
    rows = "\n".join(",".join(f"格{row}-{place}" for place in range(60)) for row in range(9000))
    deposit = receive(rows.encode("gb18030"), name="明细.csv")
    tools: dict[str, Any] = {"blobs": parts.blobs, "recognition": parts.recognition}
    assert printing.count_pages(deposit.file, **tools) == MOST_PRINTED
    with (
        printing.drawn_from(deposit.file, **tools) as path,
        pypdfium2.PdfDocument(path) as document,
    ):
        second = document[1].get_textpage().get_text_range()
    assert "格0-59" in second or "格0-30" in second


def test_where_nothing_prints_that_is_said(
    receive: Receive, parts: Seams, unprinting: PageReader
) -> None:
    deposit = receive(ugly.a_docx(), name="方案.docx")
    with pytest.raises(NoPrinter):
        printing.count_pages(deposit.file, blobs=parts.blobs, recognition=unprinting)


def test_what_could_not_be_printed_is_tried_again_only_where_somebody_asks(
    receive: Receive, parts: Seams
) -> None:
    deposit = receive(a_sheet(3), name="报价.xlsx")
    failing = PageReader(parts.recognition.limits, printer=PdfMaker("/bin/false"), children=1)
    with pytest.raises(PageTooDemanding):
        printing.count_pages(deposit.file, blobs=parts.blobs, recognition=failing)
    failing.close()
    assert BlobCheck.is_hard_page(deposit.file.sha256, 1)
    tools: dict[str, Any] = {"blobs": parts.blobs, "recognition": parts.recognition}
    with pytest.raises(PageTooDemanding):
        printing.count_pages(deposit.file, **tools)
    assert printing.count_pages(deposit.file, again=True, **tools) == 1
