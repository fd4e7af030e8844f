"""A list as a file: Excel or CSV, with just the columns and filters that the page shows."""

import csv
import io
import re
from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from typing import Any
from urllib.parse import quote

import xlsxwriter
from flask import Response, request
from flask_babel import gettext

from archive import clock
from archive.terms import Term
from archive.web.listing import Listing, Row

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def attachment_header(name: str) -> str:
    """A Content-Disposition that saves a file as *name*, Chinese letters included (RFC 6266)."""
    ascii_name = re.sub(r"[^\w .()-]", "", name, flags=re.ASCII).strip("-_ .") or "file"
    return f"attachment; filename=\"{ascii_name}\"; filename*=UTF-8''{quote(name)}"


def wanted_export() -> str:
    """The kind of file that the list is wanted as, or nothing."""
    kind = request.args.get("export", "")
    return kind if kind in ("csv", "xlsx") else ""


def export(listing: Listing[Row], name: str, kind: str) -> Response:
    """The rows of *listing* as a file called *name* and today's date; *kind* is csv or xlsx."""
    if kind == "csv":
        body: Any = _as_csv(listing)
        media = "text/csv; charset=utf-8"
    else:
        kind, body, media = "xlsx", _as_workbook(listing, name), XLSX
    response = Response(body, mimetype=media)
    day = clock.local_day(clock.now())
    response.headers["Content-Disposition"] = attachment_header(f"{name}-{day}.{kind}")
    return response


def _as_csv(listing: Listing[Row]) -> Iterator[bytes]:
    yield b"\xef\xbb\xbf"  # Excel takes the file for UTF-8 only with this mark
    for row in _table(listing):
        line = io.StringIO()
        csv.writer(line).writerow([_harmless(value) for value in row])
        yield line.getvalue().encode()


def _as_workbook(listing: Listing[Row], name: str) -> bytes:
    file = io.BytesIO()
    book = xlsxwriter.Workbook(
        file, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    )
    sheet = book.add_worksheet(name[:31])
    head = book.add_format({"bold": True, "bottom": 1})
    formats = {
        datetime: book.add_format({"num_format": "yyyy-mm-dd hh:mm"}),
        date: book.add_format({"num_format": "yyyy-mm-dd"}),
        Decimal: book.add_format({"num_format": "#,##0.00"}),
    }
    widths: dict[int, int] = {}
    for at, row in enumerate(_table(listing)):
        for place, value in enumerate(row):
            value = (
                clock.local(value).replace(tzinfo=None) if isinstance(value, datetime) else value
            )
            style = head if at == 0 else formats.get(type(value))
            shown = _plain(value) if style in (None, head) else value
            sheet.write(at, place, shown, style)
            widths[place] = max(widths.get(place, 8), min(60, _width(str(shown)) + 2))
    for place, width in widths.items():
        sheet.set_column(place, place, width)
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, max(1, len(listing.rows)), max(0, len(listing.columns) - 1))
    book.close()
    return file.getvalue()


def _table(listing: Listing[Row]) -> Iterator[list[Any]]:
    yield [gettext(column.label) for column in listing.columns]
    for row in listing.rows:
        yield [column.value(row) for column in listing.columns]


def _plain(value: Any) -> Any:
    if isinstance(value, Term):
        return gettext(value.label)
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, list | tuple):
        return "、".join(str(_plain(each)) for each in value)
    if isinstance(value, datetime):
        return clock.local(value).strftime("%Y-%m-%d %H:%M")
    if value is None:
        return ""
    return value if isinstance(value, int | float) else str(value)


def _harmless(value: Any) -> Any:
    """*value* as CSV holds it: no spreadsheet may run a text that starts like a formula."""
    plain = _plain(value)
    is_text = isinstance(plain, str) and not isinstance(value, Decimal)
    return f"'{plain}" if is_text and plain.startswith(FORMULA_STARTS) else plain


def _width(text: str) -> int:
    return sum(2 if ord(letter) > 0x2E7F else 1 for letter in text)
