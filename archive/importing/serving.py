"""What pages and API share: the lists that can be brought in, template files, refused rows."""

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import IO, Any

import xlsxwriter
from flask import Response
from flask_babel import gettext
from werkzeug.datastructures import FileStorage

from archive import clock
from archive.actor import Actor
from archive.errors import NotFound
from archive.importable import ImportKind, Verdict
from archive.importing import service
from archive.importing.errors import NoTable
from archive.importing.models import Import, ImportRow
from archive.web.chapter import mounted
from archive.web.context import actor, seams
from archive.web.export import as_answer, attachment_header, workbook
from archive.web.language import language
from archive.web.spool import spooled

WIDEST = 30  # characters of a column


def all_kinds() -> list[ImportKind[Any]]:
    """Every list that can be brought in, in the order of the chapters."""
    return [kind for chapter in mounted() for kind in chapter.imports]


def kinds_for(who: Actor) -> list[ImportKind[Any]]:
    """Those that *who* may bring in."""
    return [kind for kind in all_kinds() if who.may(kind.right)]


def kind_called(key: str) -> ImportKind[Any]:
    """The list with this key.

    Raises:
        NotFound: no chapter declares it.
    """
    for kind in all_kinds():
        if kind.key == key:
            return kind
    raise NotFound()


def open_import(number: str) -> Import:
    """The import *number*, for those who may bring in lists of its kind.

    Raises:
        NotFound, NotPermitted.
    """
    given = Import.numbered(number)
    actor().require(kind_called(given.kind).right, given)
    return given


def receive_upload(upload: FileStorage | None, kind: ImportKind[Any]) -> Import:
    """Take in an uploaded file as a list of *kind*.

    Raises:
        NoTable: none was chosen, or it holds no table.
    """
    if upload is None or not upload.filename:
        raise NoTable(name=gettext("（没有选择文件）"))
    file = spooled(upload)
    file.seek(0)
    return service.receive(
        file.path,
        kind=kind,
        name=upload.filename,
        sha256=file.sha256,
        size=file.size,
        language=language(),
        actor=actor(),
        now=clock.now(),
        blobs=seams().blobs,
        recognition=seams().recognition,
    )


def template_file(kind: ImportKind[Any]) -> Response:
    """An empty list of *kind* to fill in: the columns, and an example of each."""

    def fill(book: xlsxwriter.Workbook, sheet: Any, as_text: Any) -> None:
        needed = book.add_format({"bold": True, "bottom": 1, "font_color": "#b42318"})
        usual = book.add_format({"bold": True, "bottom": 1})
        for place, column in enumerate(kind.columns):
            label = gettext(column.label)
            sheet.set_column(place, place, min(WIDEST, max(12, len(label) * 2 + 4)), as_text)
            sheet.write_string(0, place, label, needed if column.is_needed else usual)
        for place, column in enumerate(kind.columns):  # a row is written out when the next begins
            sheet.write_string(1, place, column.example, as_text)
        sheet.freeze_panes(1, 0)

    title, what = gettext(kind.label), gettext("导入模板")
    return _send(_workbook(title, fill), f"{title}-{what}.xlsx")


def refused_file(given: Import) -> Response:
    """The rows that were not brought in, as they came, each with its reason, to be mended."""
    rows = given.rows(Verdict.REFUSED, Verdict.ALIKE).order_by("number")
    name = f"{Path(given.file_name).stem}-{gettext('未导入的行')}.xlsx"
    return _send(rows_as_workbook(given, rows), name)


def rows_as_workbook(given: Import, rows: Iterable[ImportRow]) -> IO[bytes]:
    """*rows* under the head of the file they came from, the reason in the last column."""
    last = len(given.head)

    def fill(book: xlsxwriter.Workbook, sheet: Any, as_text: Any) -> None:
        bold = book.add_format({"bold": True})
        for place, label in enumerate([*given.head, gettext("未导入的原因")]):
            sheet.write_string(0, place, label, bold)
        for at, row in enumerate(rows, 1):
            for place, cell in enumerate(row.cells[:last]):
                sheet.write_string(at, place, cell, as_text)
            sheet.write_string(at, last, row.why or "", as_text)

    return _workbook(gettext("未导入的行"), fill)


def _workbook(title: str, fill: Callable[[xlsxwriter.Workbook, Any, Any], None]) -> IO[bytes]:
    """A workbook of one sheet; *fill* gets the book, the sheet, and a format of texts."""
    return workbook(
        lambda book: fill(book, book.add_worksheet(title), book.add_format({"num_format": "@"}))
    )


def _send(file: IO[bytes], name: str) -> Response:
    response = as_answer(file)
    response.headers["Content-Disposition"] = attachment_header(name)
    return response
