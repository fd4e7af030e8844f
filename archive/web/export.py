"""A list as a file: Excel or CSV, with just the columns and filters that the page shows.

Rows are written as they are read, so that a file of any length takes the same memory.
"""

import csv
import io
import re
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import IO, Any
from urllib.parse import quote

import xlsxwriter
from flask import Response, request, stream_with_context
from flask_babel import gettext

from archive import clock
from archive.terms import N_
from archive.web.columns import USUAL_WIDTH, WIDTHS, Column, Row, Show, as_cell, write

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
FORMULA_START = re.compile(r"\s*[=+\-@＝＋－＠]")
# What numbers, days, times and truths are made of, for a spreadsheet that guesses: by itself such a
# text is made into a value, and 0012, a long code of digits, 3-1 or MAR1 are lost.
GUESSED = re.compile(
    r"(?:jan(uary)?|feb(ruary)?|mar(ch)?|apr(il)?|may|june?|july?|aug(ust)?|sept?(ember)?"
    r"|oct(ober)?|nov(ember)?|dec(ember)?|true|false|[ap]m?|e"
    r"|[年月日号时時分秒上下午星期周一二三四五六七八九十〇零]|[\d\W_])*+",
    re.IGNORECASE,
)
KEPT_AS_TEXT = "\t"  # in front of a text: it is kept as text, and nothing is seen of the mark
PIECE = 64 * 1024
MOST_ROWS = 1_048_575  # that a sheet of Excel holds below its head
CUT = N_("还有更多记录：Excel 的一张表只能容纳这么多，请缩小筛选范围或导出 CSV。")


def attachment_header(name: str) -> str:
    """A Content-Disposition that saves a file as *name*, Chinese letters included (RFC 6266)."""
    ascii_name = re.sub(r"[^\w .()-]", "", name, flags=re.ASCII).strip("-_ .") or "file"
    return f"attachment; filename=\"{ascii_name}\"; filename*=UTF-8''{quote(name)}"


def wanted_export() -> str:
    """The kind of file that the list is wanted as, or nothing."""
    kind = request.args.get("export", "")
    return kind if kind in ("csv", "xlsx") else ""


def export(columns: Sequence[Column[Row]], rows: Iterable[Row], name: str, kind: str) -> Response:
    """*rows* as a file called *name* and today's date; *kind* is csv or xlsx."""
    if kind == "csv":
        head = [gettext(column.label) for column in columns]
        lines = stream_with_context(as_csv(head, columns, rows))
        response = Response(lines, mimetype="text/csv; charset=utf-8")
    else:
        response = as_answer(as_workbook(columns, rows, name))
    day = clock.local_day(clock.now())
    response.headers["Content-Disposition"] = attachment_header(f"{name}-{day}.{kind}")
    return response


def as_answer(file: IO[bytes]) -> Response:
    """The workbook in *file* as an answer; the file is gone once it was sent, or is not wanted."""
    response = Response(_pieces_of(file), mimetype=XLSX)
    response.call_on_close(file.close)  # also when not one piece was asked for
    return response


def _pieces_of(file: IO[bytes]) -> Iterator[bytes]:
    with file:
        while piece := file.read(PIECE):
            yield piece


def workbook(fill: Callable[[xlsxwriter.Workbook], None]) -> IO[bytes]:
    """What *fill* writes, in a file of its own, which is gone once it is closed.

    Rows have to be written from top to bottom: each is written out when the next begins.
    """
    file = tempfile.TemporaryFile()  # noqa: SIM115  # closed by the answer that sends it
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    try:
        book = xlsxwriter.Workbook(file, options)
        fill(book)
        book.close()
        file.seek(0)
    except BaseException:
        file.close()
        raise
    return file


def as_csv(head: list[str], columns: Sequence[Column[Row]], rows: Iterable[Row]) -> Iterator[bytes]:
    """The file line by line, marked as UTF-8 for Excel."""
    yield b"\xef\xbb\xbf"
    yield csv_line(head)
    for row in rows:
        yield csv_line([csv_cell(column.value(row), column.show) for column in columns])


def csv_line(cells: Sequence[str | int | Decimal]) -> bytes:
    """One line of a CSV file; texts are in quotation marks."""
    line = io.StringIO()
    csv.writer(line, quoting=csv.QUOTE_NONNUMERIC).writerow(cells)
    return line.getvalue().encode()


def csv_cell(value: Any, show: Show) -> str | int | Decimal:
    """*value* as CSV holds it: what a spreadsheet shows is what is there, and nothing is run.

    A text that a spreadsheet would take for a formula, a number or a day is marked as text.
    """
    if isinstance(value, Decimal) or type(value) is int:
        return value
    text = write(value, show)
    if isinstance(value, date):
        return text
    is_taken_for_more = FORMULA_START.match(text) or GUESSED.fullmatch(text)
    return f"{KEPT_AS_TEXT}{text}" if text and is_taken_for_more else text


def as_workbook(columns: Sequence[Column[Row]], rows: Iterable[Row], name: str) -> IO[bytes]:
    """The workbook in a file of its own, which is gone once it is closed."""

    def fill(book: xlsxwriter.Workbook) -> None:
        sheet = book.add_worksheet(re.sub(r"[\[\]:*?/\\]", "", name)[:31])
        head = book.add_format({"bold": True, "bottom": 1})
        formats = {
            datetime: book.add_format({"num_format": "yyyy-mm-dd hh:mm"}),
            date: book.add_format({"num_format": "yyyy-mm-dd"}),
            Decimal: book.add_format({"num_format": "#,##0.00"}),
        }
        for place, column in enumerate(columns):
            sheet.set_column(place, place, WIDTHS.get(column.show, USUAL_WIDTH))
            sheet.write_string(0, place, gettext(column.label), head)
        sheet.freeze_panes(1, 0)
        last = 0
        for last, row in enumerate(rows, 1):
            if last > MOST_ROWS - 1:
                sheet.write_string(last, 0, gettext(CUT), head)
                break
            for place, column in enumerate(columns):
                value = as_cell(column.value(row), column.show)
                sheet.write(last, place, value, formats.get(type(value)))
        sheet.autofilter(0, 0, max(1, last), max(0, len(columns) - 1))

    return workbook(fill)
