"""Lists as files and in the address; how things are written."""

import csv
import io
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import openpyxl
import pytest
from bson import ObjectId
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st
from mongoengine import Q

from archive import clock
from archive.actor import Role
from archive.customers.models import Customer
from archive.database import durable
from archive.masking import masked
from archive.trail.models import TrailEntry
from archive.web import formatting
from archive.web.chosen import Chosen
from archive.web.columns import Column, Show, write
from archive.web.export import attachment_header, export
from archive.web.filters import Choice, Days, Text
from archive.web.listing import ListPage
from archive.web.shown import Listing
from tests.builders import a_customer, a_user
from tests.conftest import ClientAs


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
    Column("price", "价格", lambda t: t.price, sort="price", show=Show.MONEY),
    Column("made", "日期", lambda t: t.made_on, show=Show.DAY),
    Column("sold", "时间", lambda t: t.sold_at, show=Show.INSTANT),
    Column("role", "角色", lambda t: t.role, default=False, show=Show.TERM),
)
THINGS_PAGE = ListPage[Thing](
    title="价目",
    model=Customer,  # never asked here
    template="",
    columns=COLUMNS,
    sort="name",
    filters=(
        Text("q", "名称", lambda typed: Q(name=typed)),
        Choice("role", "角色", Role),
        Days("sold_at"),
    ),
)


def test_a_workbook_holds_numbers_days_and_the_companys_time(in_app: Flask) -> None:
    with in_app.test_request_context(), export(COLUMNS, THINGS, "价目", "xlsx") as answer:
        body = io.BytesIO(answer.get_data())
    sheet = openpyxl.load_workbook(body).worksheets[0]
    assert sheet.title == "价目"
    rows = list(sheet.values)
    assert rows[0] == ("名称", "价格", "日期", "时间", "角色")
    assert rows[1] == ("甲", -12.5, datetime(2026, 3, 1), datetime(2026, 3, 2, 2), "员工")  # noqa: DTZ001  # as Excel keeps them
    assert sheet["A3"].value == "=1+1"
    assert sheet["A3"].data_type == "s"


def test_a_csv_file_opens_in_excel_and_runs_nothing(in_app: Flask) -> None:
    with in_app.test_request_context():
        body = export(COLUMNS, THINGS, "价目", "csv").get_data()
    assert body.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(body.decode("utf-8-sig"))))
    assert rows[1] == ["甲", "-12.50", "2026-03-01", "2026-03-02 02:00", "员工"]
    assert rows[2][0] == "\t=1+1"


def test_a_page_writes_what_the_file_holds(in_app: Flask) -> None:
    cell = in_app.jinja_env.get_template("macros/tables.html").module.cell  # type: ignore[attr-defined]  # a macro
    with in_app.test_request_context():
        for column in COLUMNS[2:]:
            value = column.value(THINGS[0])
            assert f">{write(value, column.show)}<" in f">{cell(value, column.show)}<"


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
        listing = THINGS_PAGE.read()
    assert [column.key for column in listing.columns] == ["name", "price"]
    assert (listing.order_by, listing.page, listing.per_page) == ("-price", 3, 50)
    assert listing.values == {"q": "甲"}


def test_several_values_of_a_filter_are_chosen_and_each_has_its_way_out(site: Flask) -> None:
    with site.test_request_context("/?role=staff&role=auditor&role=king&q=甲&tab=all"):
        listing = THINGS_PAGE.read()
        listing.url = lambda **changes: str(changes)  # type: ignore[method-assign]
        chips = listing.chips
    assert listing.values["role"] == [Role.STAFF, Role.AUDITOR]
    assert list(listing.faults) == ["role"]
    assert [chip.text for chip in chips] == ["甲", "员工", "审计员", "king"]
    assert chips[1].url == "{'role': ['auditor', 'king']}"
    assert chips[0].url == "{'q': []}"


def test_customers_of_one_region_or_another_are_listed_and_the_filter_is_said(
    client_as: ClientAs,
) -> None:
    for name, region in (("甲公司", "44"), ("乙公司", "31"), ("丙公司", "11")):
        a_customer(name, region=region)
    page = client_as(Role.SALES_MANAGER).get("/customers?region=44&region=31")
    text = page.get_data(as_text=True)
    assert [name in text for name in ("甲公司", "乙公司", "丙公司")] == [True, True, False]
    assert "地区：广东 +1" in text
    assert 'href="/customers?region=31"' in text


def test_the_rows_that_were_ticked_are_exported_and_no_others(client_as: ClientAs) -> None:
    first, _, third = (a_customer(name) for name in ("甲公司", "乙公司", "丙公司"))
    manager = a_user(Role.SALES_MANAGER)
    name = Chosen.keep([first.key, third.key, "x"], actor=manager.as_actor(), now=clock.now())
    ticked = f"/customers?export=csv&columns=name&chosen={name}"
    lines = client_as(user=manager).get(ticked).get_data().decode("utf-8-sig").splitlines()
    assert sorted(lines[1:]) == ['"丙公司"', '"甲公司"']


def test_nobody_exports_a_row_that_they_may_not_open(client_as: ClientAs) -> None:
    mine, other = a_user(Role.SALESPERSON), a_customer("别人的公司")
    a_customer("我的公司", salesperson=mine)
    name = Chosen.keep([other.key], actor=mine.as_actor(), now=clock.now())
    ticked = f"/customers?export=csv&columns=name&chosen={name}"
    lines = client_as(user=mine).get(ticked).get_data().decode("utf-8-sig").splitlines()
    assert lines[1:] == []


def test_what_the_address_does_not_know_is_left_aside(site: Flask) -> None:
    with site.test_request_context("/?columns=x&sort=password&page=-1&per_page=9999&y=z"):
        listing = THINGS_PAGE.read()
    assert [column.key for column in listing.columns] == ["name", "price", "made", "sold"]
    assert (listing.order_by, listing.page, listing.per_page) == ("name", 1, 100)


@pytest.mark.parametrize(
    ("typed", "key"),
    [
        ("since=昨天", "since"),
        ("since=2026-02-30", "since"),
        ("until=9999-99-99", "until"),
        ("until=0001-01-01", "until"),
        ("role=king", "role"),
        ("q=" + "长" * 101, "q"),
    ],
)
def test_a_filter_that_cannot_be_read_says_so_and_narrows_nothing(
    site: Flask, typed: str, key: str
) -> None:
    with site.test_request_context(f"/?{typed}"):
        listing = THINGS_PAGE.read()
    assert listing.values == {}
    assert list(listing.faults) == [key]
    assert "没有用它筛选" in listing.faults[key]
    assert listing.filters[key]


def test_the_api_takes_the_filters_of_the_page() -> None:
    query = THINGS_PAGE.query("ThingQuery")
    assert {"q", "role", "since", "until", "page", "per_page"} == set(query.model_fields)
    read = query.model_validate({"since": "2026-03-01", "role": "staff", "q": ""}).model_dump()
    assert (read["since"], read["role"], read["q"]) == (date(2026, 3, 1), Role.STAFF, None)


def test_the_page_numbers_on_offer_leave_gaps() -> None:
    listing = Listing(columns=list(COLUMNS), all_columns=list(COLUMNS))
    listing.total, listing.per_page, listing.page = 1000, 25, 20
    assert listing.pages_shown() == [1, None, 18, 19, 20, 21, 22, None, 40]


def test_a_list_counts_no_further_than_anyone_pages(client_as: ClientAs) -> None:
    manager = client_as(Role.SALES_MANAGER)
    one = a_customer().to_mongo()
    durable(Customer).insert_many(
        {**one, "_id": ObjectId(), "archive_number": f"K{n}", "customer_code": f"X{n}"}
        for n in range(10_000)
    )
    page = manager.get("/customers").get_data(as_text=True)
    assert "10,000 条以上" in page
    assert manager.get("/customers?page=99999").status_code == 200


def test_a_file_holds_every_row_and_that_it_was_taken_is_on_record(client_as: ClientAs) -> None:
    manager = client_as(Role.SALES_MANAGER)
    one = a_customer("一号货运有限公司").to_mongo()
    durable(Customer).insert_many(
        {**one, "_id": ObjectId(), "archive_number": f"K{n}", "customer_code": f"X{n}"}
        for n in range(1_200)
    )
    body = manager.get("/customers?export=csv&region=&q=一号").get_data()
    assert len(body.decode("utf-8-sig").splitlines()) == 1 + 1_201
    [taken] = TrailEntry.objects(action="list.exported")
    assert (taken.caption, taken.reason) == ("客户列表", "名称、拼音或编码：一号")


@pytest.mark.parametrize(
    ("phone", "shown"),
    [
        ("13800001234", "138****1234"),
        ("0755-12345678", "0755-****5678"),
        ("(0755) 12345678转801", "(0755) ****5678转801"),
        ("13800001234、0755-1234567", "138****1234、0755-****567"),
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


@pytest.mark.parametrize(
    ("number", "dialled"),
    [
        ("0755-12345678", "075512345678"),
        ("+86 138 0000 1234", "+8613800001234"),
        ("0755-12345678转801", "075512345678,801"),
        ("79", ""),
    ],
)
def test_a_number_is_dialled_without_its_signs(number: str, dialled: str) -> None:
    assert formatting.dialled(number) == dialled


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
        (timedelta(days=-400), "400 天后"),
    ],
)
def test_a_distance_in_time_is_rough(in_app: Flask, passed: timedelta, words: str) -> None:
    with in_app.test_request_context():
        assert formatting.ago(clock.now() - passed) == words


def test_all_instants_of_one_day_are_as_many_days_away(in_app: Flask) -> None:
    day = clock.local_day(clock.now()) - timedelta(days=5)
    instants = [clock.start_of(day), clock.start_of(day) + timedelta(hours=12)]
    instants.append(clock.last_minute_of(day))
    with in_app.test_request_context():
        assert {formatting.ago(each) for each in instants} == {"5 天前"}
