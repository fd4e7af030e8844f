"""What a file is: decided by its bytes, said in facts."""

from collections.abc import Callable
from pathlib import Path

import pikepdf
import pytest

from archive.recognition import FileType, Flaw, PageReader, Reason
from tests.recognition import ugly_files as ugly
from tests.recognition import uneven_files as uneven
from tests.recognition.conftest import LIMITS, MIB

Keep = Callable[..., Path]
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)


@pytest.mark.parametrize(
    ("content", "file_type", "pages"),
    [
        (ugly.a_pdf(3), FileType.PDF, 3),
        (b"HTTP/1.1 200 OK\r\n\r\n" + ugly.a_pdf(2), FileType.PDF, 2),
        (ugly.a_jpeg(), FileType.JPEG, 1),
        (ugly.a_png(), FileType.PNG, 1),
        (ugly.a_tiff(4), FileType.TIFF, 4),
        (ugly.a_heic(), FileType.HEIC, 1),
        (ugly.a_docx(), FileType.DOCX, 0),
        (ugly.an_xlsx(), FileType.XLSX, 0),
        ("客户,电话\n华盛货运,138".encode("gb18030"), FileType.CSV, 0),
        ("\ufeff编号;金额\r\n007;4200\r\n".encode(), FileType.CSV, 0),
        ("车牌\t司机\r\n粤B74330\t王\r\n".encode("utf-16"), FileType.CSV, 0),
        (
            ("支付明细\n起始日期 2026-01-01\n\n" * 9 + "时间,单号,金额\n" * 3).encode("gb18030"),
            FileType.CSV,
            0,
        ),
        (b'"a, b","line\nline"\n"c","d"\n', FileType.CSV, 0),
        ("致：王经理，您好。\n货物已到，请查收。\n".encode("gb18030"), FileType.TXT, 0),
        (b"Dear Sir,\nthe goods, as agreed, came late.\nYours\nB\n", FileType.TXT, 0),
        (b'{"a": 1,\n"b": 2,\n"c": 3}\n', FileType.TXT, 0),
        ("车牌\n粤B74330\n粤B74331\n".encode(), FileType.TXT, 0),
        (uneven.a_picture_as("TIFF", big_tiff=True), FileType.TIFF, 1),
        (uneven.a_picture_as("WEBP"), FileType.WEBP, 1),
        (uneven.a_picture_as("GIF"), FileType.GIF, 1),
        (uneven.a_picture_as("BMP"), FileType.BMP, 1),
        (uneven.a_picture_as("AVIF"), FileType.AVIF, 1),
        (uneven.a_macro_workbook(), FileType.XLSM, 0),
        (OLE + "WordDocument".encode("utf-16-le"), FileType.DOC, 0),
        (OLE + "Workbook".encode("utf-16-le"), FileType.XLS, 0),
        (OLE, FileType.OLE, 0),
        (b'<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?><W/>', FileType.XLS, 0),
        (b'<html xmlns:x="urn:schemas-microsoft-com:office:excel"></html>', FileType.XLS, 0),
        (b"{\\rtf1\\ansi A}", FileType.RTF, 0),
        (b"MIME-Version: 1.0\nFrom: a@example.com\nSubject: =?gbk?B?ob?=\n\n", FileType.EML, 0),
        (b"#!AMR\n" + bytes(30), FileType.AMR, 0),
    ],
    ids=[
        "pdf", "pdf-after-junk", "jpeg", "png", "tiff", "heic", "docx", "xlsx", "csv-gb18030",
        "csv-semicolons", "csv-utf-16", "csv-below-other-lines", "csv-quoted", "letter",
        "english-letter", "json", "one-column", "big-tiff", "webp", "gif", "bmp", "avif", "xlsm",
        "doc", "xls", "old-office", "xls-as-xml", "xls-as-html", "rtf", "mail", "amr",
    ],
)  # fmt: skip
def test_the_bytes_decide_the_type_whatever_the_name_says(
    reader: PageReader, keep: Keep, content: bytes, file_type: FileType, pages: int
) -> None:
    facts = reader.inspect(keep(content, "holiday.exe"))
    assert (facts.type, facts.pages, facts.flaw, facts.refusal) == (file_type, pages, None, None)
    assert facts.size == len(content)
    assert facts.has_pages is (pages > 0)


@pytest.mark.parametrize(
    ("content", "found"),
    [
        (ugly.a_zip({"a.txt": b"a"}), "application/zip"),
        (ugly.a_fake_docx(), "application/zip"),
        (b'<svg xmlns="http://www.w3.org/2000/svg"><script>1</script></svg>', "image/svg+xml"),
        (b'<?xml version="1.0"?>\n<svg onload="1"/>', "image/svg+xml"),
        (b"\xef\xbb\xbf  <!DOCTYPE html><script>alert(1)</script>", "text/html"),
        (b"<b>%PDF-1.4", "text/html"),
        (b"MZ" + bytes(600), "application/x-msdownload"),
        (b"\0\0\0\x0cjP  \r\n\x87\n\0\0\0\x14ftypjp2 " + bytes(300), "image/jpx"),
        (b"\0\0\1\0\1\0\x10\x10" + bytes(300), "image/x-icon"),
        (b"AC1032" + bytes(300), "image/vnd.dwg"),
        (bytes(range(128, 256)) + bytes(300), "application/octet-stream"),
    ],
    ids=[
        "zip", "fake-docx", "svg", "svg-after-prolog", "html", "html-with-pdf-mark", "exe", "jp2",
        "icon", "dwg", "noise",
    ],
)  # fmt: skip
def test_anything_else_is_refused_and_called_by_its_name(
    reader: PageReader, keep: Keep, content: bytes, found: str
) -> None:
    facts = reader.inspect(keep(content, "licence.jpg"))
    assert facts.type is None
    assert facts.refusal is not None
    assert (facts.refusal.reason, facts.refusal.found) == (Reason.UNKNOWN_TYPE, found)


@pytest.mark.parametrize("form", ["JPEG", "PNG", "TIFF", "GIF", "BMP"])
def test_a_picture_of_which_the_end_is_missing_says_so_and_is_shown_as_far_as_it_goes(
    reader: PageReader, keep: Keep, form: str
) -> None:
    whole = uneven.a_picture_as(form, size=(300, 400))
    assert reader.inspect(keep(whole + bytes(50))).flaw is None
    cut = keep(whole[: len(whole) // 2])
    facts = reader.inspect(cut)
    assert (facts.pages, facts.width, facts.height) == (1, 300, 400)
    assert facts.flaw is Flaw.CUT_OFF
    assert reader.render_page(cut, 1, width=150).height == 200


@pytest.mark.parametrize("missing", [2, 12])
def test_a_png_that_lacks_its_end_mark_alone_has_no_flaw(
    reader: PageReader, keep: Keep, missing: int
) -> None:
    facts = reader.inspect(keep(ugly.a_png()[:-missing]))
    assert (facts.pages, facts.flaw) == (1, None)


def test_a_png_with_damage_in_the_middle_says_so(reader: PageReader, keep: Keep) -> None:
    content = uneven.a_picture_as("PNG", size=(300, 400))
    middle = len(content) // 2
    facts = reader.inspect(keep(content[:middle] + b"\x55" * 8 + content[middle + 8 :]))
    assert (facts.pages, facts.flaw) == (1, Flaw.DAMAGED)


def test_a_locked_office_file_is_kept_and_marked(reader: PageReader, keep: Keep) -> None:
    facts = reader.inspect(keep(ugly.a_locked_office_file()))
    assert (facts.type, facts.flaw, facts.refusal) == (FileType.OLE, Flaw.LOCKED, None)


def test_a_csv_with_bytes_that_are_no_letters_is_kept_and_marked(
    reader: PageReader, keep: Keep
) -> None:
    content = "客户,电话,备注\n".encode() * 500 + b"\xff\xff,140,\n"
    facts = reader.inspect(keep(content))
    assert (facts.type, facts.flaw, facts.refusal) == (FileType.CSV, Flaw.DAMAGED, None)


def test_an_empty_file_is_refused(reader: PageReader, keep: Keep) -> None:
    refusal = reader.inspect(keep(b"")).refusal
    assert refusal is not None and refusal.reason is Reason.EMPTY


@pytest.mark.parametrize(
    ("content", "reason", "found", "limit"),
    [
        (ugly.a_jpeg() + bytes(20 * MIB), Reason.TOO_LARGE, None, LIMITS.bytes),
        (ugly.a_pdf(1001), Reason.TOO_MANY_PAGES, 1001, LIMITS.pages),
        (ugly.a_pixel_bomb(), Reason.TOO_MANY_PIXELS, 900_000_000, LIMITS.pixels),
        (ugly.a_docx_bomb(40 * MIB), Reason.TOO_LARGE_UNPACKED, None, LIMITS.unpacked),
    ],
    ids=["bytes", "pages", "pixels", "unpacked"],
)
def test_a_limit_is_named_with_what_was_found(
    reader: PageReader, keep: Keep, content: bytes, reason: Reason, found: int | None, limit: int
) -> None:
    refusal = reader.inspect(keep(content)).refusal
    assert refusal is not None
    assert (refusal.reason, refusal.limit) == (reason, limit)
    assert isinstance(refusal.found, int) and refusal.found > limit
    assert found is None or refusal.found == found


def test_a_bomb_with_a_forged_directory_is_damaged_not_unpacked(
    reader: PageReader, keep: Keep
) -> None:
    assert reader.inspect(keep(ugly.a_docx_that_lies(40 * MIB))).flaw is Flaw.DAMAGED


@pytest.mark.parametrize("share", [0.7, 0.3])
def test_a_pdf_that_was_cut_off_is_kept_and_marked(
    reader: PageReader, keep: Keep, share: float
) -> None:
    whole = ugly.a_scanned_pdf(10)
    facts = reader.inspect(keep(whole[: int(len(whole) * share)]))
    assert (facts.type, facts.flaw, facts.refusal) == (FileType.PDF, Flaw.CUT_OFF, None)


def test_a_pdf_with_a_users_password_is_locked(reader: PageReader, keep: Keep) -> None:
    locked = ugly.a_pdf(encryption=pikepdf.Encryption(owner="o", user="u"))
    facts = reader.inspect(keep(locked))
    assert (facts.flaw, facts.has_pages) == (Flaw.LOCKED, False)


def test_an_owners_password_locks_nothing(reader: PageReader, keep: Keep) -> None:
    facts = reader.inspect(keep(ugly.a_pdf(encryption=pikepdf.Encryption(owner="o", user=""))))
    assert (facts.pages, facts.flaw) == (3, None)


@pytest.mark.parametrize("make", [ugly.a_jpeg, ugly.a_png, ugly.a_heic])
def test_half_a_picture_is_marked_as_cut_off(
    reader: PageReader, keep: Keep, make: Callable[[], bytes]
) -> None:
    whole = make()
    assert reader.inspect(keep(whole[: len(whole) // 2])).flaw is Flaw.CUT_OFF


def test_a_jpeg_without_its_last_byte_is_still_a_jpeg(reader: PageReader, keep: Keep) -> None:
    facts = reader.inspect(keep(ugly.a_jpeg()[:-1]))
    assert facts.type is FileType.JPEG and facts.pages == 1
    assert facts.flaw in (None, Flaw.CUT_OFF)


def test_a_picture_is_measured_as_it_is_shown(reader: PageReader, keep: Keep) -> None:
    facts = reader.inspect(keep(ugly.a_jpeg(orientation=6)))
    assert (facts.width, facts.height) == (400, 300)


def test_the_largest_page_of_a_tiff_is_measured(reader: PageReader, keep: Keep) -> None:
    facts = reader.inspect(keep(ugly.a_tiff(3)))
    assert (facts.pages, facts.width, facts.height) == (3, 420, 300)


@pytest.mark.parametrize("scan", sorted(ugly.SCANS.glob("*.jpg")), ids=lambda scan: scan.name)
def test_real_scans_are_whole_one_page_pictures(reader: PageReader, scan: Path) -> None:
    facts = reader.inspect(scan)
    assert (facts.type, facts.pages, facts.flaw, facts.refusal) == (FileType.JPEG, 1, None, None)
