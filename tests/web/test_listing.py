"""Lists as files and in the address; how things are written."""

import csv
import io
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import openpyxl
import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st

from archive import clock
from archive.actor import Role
from archive.masking import masked
from archive.web import formatting
from archive.web.export import attachment_header, export
from archive.web.listing import Column, Listing, read_listing


@dataclass(frozen=True)
class Thing:
    """A row of this test."""

    name: str
    price: Decimal
    made_on: date
    sold_at: datetime
    role: Role = Role.STAFF


THINGS = (
    Thing("甲", Decimal("-12.50"), date(2026, 3, 1), datetime(2026, 3, 1, 18, tzinfo=UTC)),
    Thing("=1+1", Decimal(1000000), date(2026, 3, 2), datetime(2026, 3, 2, 1, tzinfo=UTC)),
)
COLUMNS: tuple[Column[Thing], ...] = (
    Column("name", "名称", lambda t: t.name, sort="name"),
    Column("price", "价格", lambda t: t.price, sort="price"),
    Column("made", "日期", lambda t: t.made_on),
    Column("sold", "时间", lambda t: t.sold_at),
    Column("role", "角色", lambda t: t.role, default=False),
)


def listing_of(*rows: Thing) -> Listing[Thing]:
    return Listing(columns=list(COLUMNS), all_columns=list(COLUMNS), rows=list(rows))


def test_a_workbook_holds_numbers_days_and_the_companys_time(in_app: Flask) -> None:
    with in_app.test_request_context():
        body = export(listing_of(*THINGS), "价目", "xlsx").data
    sheet = openpyxl.load_workbook(io.BytesIO(body)).worksheets[0]
    assert sheet.title == "价目"
    rows = list(sheet.values)
    assert rows[0] == ("名称", "价格", "日期", "时间", "角色")
    assert rows[1] == ("甲", -12.5, datetime(2026, 3, 1), datetime(2026, 3, 2, 2), "员工")  # noqa: DTZ001  # as Excel keeps them
    assert sheet["A3"].value == "=1+1"
    assert sheet["A3"].data_type == "s"


def test_a_csv_file_opens_in_excel_and_runs_nothing(in_app: Flask) -> None:
    with in_app.test_request_context():
        body = export(listing_of(*THINGS), "价目", "csv").data
    assert body.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(body.decode("utf-8-sig"))))
    assert rows[1] == ["甲", "-12.50", "2026-03-01", "2026-03-02 02:00", "员工"]
    assert rows[2][0] == "'=1+1"


@given(st.text(max_size=60))
def test_any_name_makes_a_header_of_one_line(name: str) -> None:
    header = attachment_header(name)
    assert header.isascii()
    assert "\n" not in header
    assert "\r" not in header
    assert header.count('"') == 2


def test_the_address_chooses_columns_sort_page_and_filters(site: Flask) -> None:
    address = "/?columns=price&columns=name&sort=-price&page=3&per_page=50&q=%20甲%00%20"
    with site.test_request_context(address):
        listing = read_listing(COLUMNS, sort="name", filters=("q",))
    assert [column.key for column in listing.columns] == ["name", "price"]
    assert (listing.order_by, listing.page, listing.per_page) == ("-price", 3, 50)
    assert listing.filters == {"q": "甲"}


def test_what_the_address_does_not_know_is_left_aside(site: Flask) -> None:
    with site.test_request_context("/?columns=x&sort=password&page=-1&per_page=9999&y=z"):
        listing = read_listing(COLUMNS, sort="name")
    assert [column.key for column in listing.columns] == ["name", "price", "made", "sold"]
    assert (listing.order_by, listing.page, listing.per_page) == ("name", 1, 100)


def test_the_page_numbers_on_offer_leave_gaps() -> None:
    listing = listing_of()
    listing.total, listing.per_page, listing.page = 1000, 25, 20
    assert listing.pages_shown() == [1, None, 18, 19, 20, 21, 22, None, 40]


@pytest.mark.parametrize(
    ("phone", "shown"),
    [
        ("13800001234", "138****1234"),
        ("0755-12345678", "075*-****5678"),
        ("12345678", "12****78"),
        ("+86 138 0000 1234", "+86 1** **** 1234"),
        ("10086", "1***6"),
        ("", ""),
        (None, ""),
    ],
)
def test_a_masked_number_can_be_recognised_and_not_called(phone: str | None, shown: str) -> None:
    assert masked(phone) == shown


@given(st.text(alphabet="0123456789-+ ()", max_size=25))
def test_a_mask_hides_at_least_a_third_of_the_digits_of_a_number(phone: str) -> None:
    digits = [letter for letter in phone if letter.isdigit()]
    hidden = masked(phone).count("*")
    assert len(masked(phone)) == len(phone)
    if len(digits) >= 5:
        assert hidden * 3 >= len(digits) - 2


def test_dates_money_and_sizes_are_written_alike_everywhere() -> None:
    moment = datetime(2026, 3, 1, 18, 5, tzinfo=UTC)
    assert formatting.day(moment) == "2026-03-02"
    assert formatting.day(date(2026, 3, 1)) == "2026-03-01"
    assert formatting.instant(moment) == "2026-03-02 02:05"
    assert formatting.money(Decimal("-1234567.5")) == "-1,234,567.50"
    assert [formatting.size(n) for n in (0, 1536, 3_500_000, 5 * 1024**3)] == [
        "0 B",
        "2 KB",
        "3.3 MB",
        "5.0 GB",
    ]
    assert formatting.day(None) == formatting.money(None) == formatting.size(None) == ""


@pytest.mark.parametrize(
    ("passed", "words"),
    [
        (timedelta(seconds=5), "刚刚"),
        (timedelta(minutes=59), "59 分钟前"),
        (timedelta(hours=23, minutes=59), "23 小时前"),
        (timedelta(days=400), "400 天前"),
    ],
)
def test_a_distance_in_time_is_rough(in_app: Flask, passed: timedelta, words: str) -> None:
    with in_app.test_request_context():
        assert formatting.ago(clock.now() - passed) == words
