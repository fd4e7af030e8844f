"""Rows of a spreadsheet or a CSV file, as texts; a CSV file as a book. Runs in the child process.

Every cell becomes the text that a person would type for it, so that what reads a form reads a
sheet too. A number of 16 digits and more has lost digits in Excel; it is shown as Excel shows it,
``9.13E+17``, and never as digits that nobody wrote.
"""

import csv
import io
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from itertools import groupby, islice
from pathlib import Path
from typing import Any
from unicodedata import east_asian_width

import python_calamine
import xlsxwriter

from archive.recognition.errors import TableLocked, TableUnreadable
from archive.recognition.facts import FileFacts, FileType, Flaw, SheetFacts
from archive.recognition.sniffing import HEAD, UTF_16, text_encoding

EXACT_BELOW = 10**15  # what a cell keeps of a number without losing a digit
ENCODINGS = ("utf-8-sig", "gb18030")
DELIMITERS = ",;\t|"
SNIFFED = 64 * 1024
MOST_COLUMNS = 200
LONGEST_CELL = 4000
MOST_PRINTED_ROWS, MOST_PRINTED_CELLS = 4200, 160_000  # make 50 pages and more, however wide
LONGEST_PRINTED_CELL = 500
NARROWEST, WIDEST = 6, 48  # columns, in letters
LETTERS_ACROSS, SMALL = 84, 65  # of a sheet of paper; per cent where there are more
A4 = 9
CSV_SHEET = "CSV"

Rows = list[list[str]]


def sheets(path: Path) -> list[SheetFacts]:
    """The sheets of the file that can be seen and hold something, with their number of rows."""
    if is_text(path):
        return [SheetFacts(CSV_SHEET, sum(1 for _ in csv_rows(path)))]
    book = open_book(path)
    visible = [
        each.name
        for each in book.sheets_metadata
        if each.visible == python_calamine.SheetVisibleEnum.Visible
    ]
    ends = [(name, book.get_sheet_by_name(name).end) for name in visible]
    return [SheetFacts(name, end[0] + 1) for name, end in ends if end]


def rows(path: Path, sheet: str, start: int, count: int) -> Rows:
    """*count* rows of *sheet* from the row *start* (from 0, empty rows above included)."""
    if is_text(path):
        return list(islice(csv_rows(path), start, start + count))
    table = open_book(path).get_sheet_by_name(sheet)
    found = table.to_python(skip_empty_area=False, nrows=start + count)
    return [[as_text(cell) for cell in row[:MOST_COLUMNS]] for row in found[start:]]


def open_book(path: Path) -> python_calamine.CalamineWorkbook:
    """The workbook at *path*: .xlsx, .xlsm, .xlsb, .xls or .ods, by what it is.

    Raises:
        TableLocked, TableUnreadable.
    """
    try:
        return python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(path.read_bytes()))
    except python_calamine.PasswordError as error:
        raise TableLocked(str(error)) from error
    except python_calamine.CalamineError as error:
        raise TableUnreadable(str(error)) from error


def inspect(path: Path) -> FileFacts:
    """What a text is: a CSV file, or no more than a text."""
    encoding, flaw = encoding_as_far_as_it_goes(path)
    with path.open("r", encoding=encoding, errors="replace", newline="") as file:
        is_csv = is_table(file.read(SNIFFED))
    return FileFacts(FileType.CSV if is_csv else FileType.TXT, path.stat().st_size, flaw=flaw)


def encoding_as_far_as_it_goes(path: Path) -> tuple[str, Flaw | None]:
    """How a text is written; DAMAGED where it begins so, and has bytes that are no letters."""
    try:
        return encoding_of(path), None
    except TableUnreadable:
        with path.open("rb") as head:
            return text_encoding(head.read(HEAD)) or "gb18030", Flaw.DAMAGED


def is_table(sample: str) -> bool:
    """Whether lines that follow each other have equally many cells, more than one.

    A bank's list has lines above the table, and another may have them below.
    """
    if sample.lstrip("\ufeff \r\n").startswith(("{", "[")):  # JSON
        return False
    lines = csv.reader(io.StringIO(sample, newline=""), delimiter=delimiter_of(sample))
    try:
        widths = [len(row) for row in lines if any(row)]
    except csv.Error:
        return False
    runs = [(width, len(list(run))) for width, run in groupby(widths)]
    return any(
        (width >= 2 and length >= 2 and length >= len(widths) * 0.8) or (width >= 3 and length >= 3)
        for width, length in runs
    )


def as_book(path: Path) -> bytes:
    """The first rows of a CSV file as a workbook of texts: each cell as it was written.

    Raises:
        TableUnreadable: as `csv_rows`.
    """
    taken = list(islice(csv_rows(path), MOST_PRINTED_ROWS))
    across = max(map(len, taken), default=1) or 1
    taken = taken[: MOST_PRINTED_CELLS // across]
    out = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(out, options) as book:
        cell = book.add_format({"font_name": "DengXian", "text_wrap": True, "valign": "top"})
        sheet = book.add_worksheet(CSV_SHEET)
        widths = [NARROWEST] * across
        for number, row in enumerate(taken):
            for place, text in enumerate(row):
                shown = text[:LONGEST_PRINTED_CELL].strip()
                sheet.write_string(number, place, shown, cell)
                widths[place] = min(WIDEST, max(widths[place], breadth(shown) + 1))
        for place, width in enumerate(widths):
            sheet.set_column(place, place, width)
        sheet.set_paper(A4)
        sheet.hide_gridlines(0)
        sheet.print_across()
        if sum(widths) > LETTERS_ACROSS:
            sheet.set_landscape()
            sheet.set_print_scale(SMALL)
    return out.getvalue()


def breadth(text: str) -> int:
    """How much room *text* takes, in letters; a Chinese one takes two."""
    return sum(2 if east_asian_width(each) in "WF" else 1 for each in text)


def as_text(cell: Any) -> str:
    """The text that a person would type for *cell*."""
    if isinstance(cell, bool):
        return "是" if cell else "否"
    if isinstance(cell, int | float):
        return number_as_text(cell)
    if isinstance(cell, datetime):
        is_day = cell.time() == time()
        return cell.strftime("%Y-%m-%d" if is_day else "%Y-%m-%d %H:%M")
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, time):
        return cell.strftime("%H:%M")
    if isinstance(cell, timedelta):
        return str(cell)
    return str(cell)[:LONGEST_CELL]


def number_as_text(number: float) -> str:
    """*number* in digits, or as Excel shows one whose last digits it no longer has."""
    if abs(number) >= EXACT_BELOW:
        return f"{number:.2E}"
    if number == int(number):
        return str(int(number))
    return f"{Decimal(repr(round(number, 10))):f}"


def is_text(path: Path) -> bool:
    """Whether the file is no workbook: those are packed, or OLE containers."""
    with path.open("rb") as file:
        return not file.read(8).startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0"))


def csv_rows(path: Path) -> Iterator[list[str]]:
    """The lines of a CSV file in UTF-8, UTF-16 or GB18030, whatever parts its cells.

    Raises:
        TableUnreadable: it is in none of these.
    """
    with path.open("r", encoding=encoding_of(path), newline="") as file:
        sample = file.read(SNIFFED)
        if "\0" in sample:
            raise TableUnreadable("binary")
        file.seek(0)
        csv.field_size_limit(10**7)
        for row in csv.reader(file, delimiter=delimiter_of(sample)):
            yield [unguarded(cell)[:LONGEST_CELL] for cell in row[:MOST_COLUMNS]]


def unguarded(cell: str) -> str:
    """*cell* without what keeps a spreadsheet from running or shortening it: ``="007"``."""
    if cell.startswith('="') and cell.endswith('"') and len(cell) > 2:
        return cell[2:-1]
    return cell[1:] if cell.startswith(("'=", "'+", "'-", "'@")) else cell


def delimiter_of(sample: str) -> str:
    """What parts the cells: the mark that each of the first lines has, or that they have most."""
    lines = [line for line in sample.splitlines()[:20] if line.strip()]
    if not lines:
        return ","

    def weight(mark: str) -> tuple[int, int]:
        counts = [line.count(mark) for line in lines]
        return min(counts), sum(counts)

    return max(DELIMITERS, key=weight)


def encoding_of(path: Path) -> str:
    """In which encoding all of *path* can be read.

    Raises:
        TableUnreadable: in none that offices use.
    """
    with path.open("rb") as file:
        if file.read(2) in UTF_16:
            return "utf-16"
    for encoding in ENCODINGS:
        try:
            with path.open("r", encoding=encoding, newline="") as file:
                while file.read(1024 * 1024):
                    pass
        except UnicodeDecodeError:
            continue
        return encoding
    raise TableUnreadable("encoding")
