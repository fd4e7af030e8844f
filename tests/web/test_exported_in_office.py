"""A list as a file, opened by a spreadsheet: every cell shows what is in the archive."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from flask import Flask

from archive.web.columns import Column, Show
from archive.web.export import export
from tests.office import SHEET, convert

pytestmark = pytest.mark.slow

TEXTS = (
    "0012", "914403001234567890", "440301199001011234", "13800001234", "3-1", "1/2", "12:30",
    "MAR1", "1e5", "1E10", "TRUE", "50%", "(5)", "1,234.50", "2026-03-01", "2026年3月1日", "￥12",
    "=1+1", "=cmd|' /C calc'!A0", "+86 138 0000 1234", "-18℃", "@SUM(1)", "＝1+1", " =1+1",
    "{=1+1}", "=HYPERLINK(\"http://127.0.0.1\",\"a\")", "KH-2026-00001", "91440300MA5EX4T72Q",
    "粤B12345", "逗号,引号\"和\n两行", "三一",
)  # fmt: skip


@dataclass(frozen=True)
class Thing:
    """A row of this test."""

    text: str


COLUMNS: tuple[Column[Thing], ...] = (
    Column("text", "文字", lambda t: t.text),
    Column("price", "价格", lambda _: Decimal("-1234.50"), show=Show.MONEY),
    Column("day", "日期", lambda _: date(2026, 3, 1), show=Show.DAY),
    Column("count", "次数", lambda _: 1200, show=Show.COUNT),
)


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_a_spreadsheet_shows_what_is_there_and_runs_nothing(
    in_app: Flask, tmp_path: Path, kind: str
) -> None:
    with in_app.test_request_context():
        body = export(COLUMNS, [Thing(text) for text in TEXTS], "表", kind).get_data()
    read_as = SHEET if kind == "csv" else ""
    opened = convert(body, "xlsx", tmp_path, name=f"list.{kind}", read_as=read_as)
    head, *rows = openpyxl.load_workbook(opened).worksheets[0].iter_rows()
    assert [cell.value for cell in head] == ["文字", "价格", "日期", "次数"]
    assert [str(row[0].value).removeprefix("\t") for row in rows] == list(TEXTS)
    assert {row[0].data_type for row in rows} == {"s"}
    figures = {tuple(cell.value for cell in row[1:]) for row in rows}
    assert figures == {(-1234.5, datetime(2026, 3, 1), 1200)}  # noqa: DTZ001  # as sheets keep days
