"""What people type in: mended where it can be, told where it cannot, never lost."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Annotated, Any

import pytest
from flask import Flask
from pydantic import Field
from werkzeug.datastructures import MultiDict

from archive.terms import Term
from archive.web.fields import asks_for, inner_type
from archive.web.forms import Form, initial_of, read_form
from archive.web.inputs import (
    Balance,
    Code,
    Count,
    Day,
    Email,
    Input,
    Instant,
    InvalidInput,
    Line,
    Number,
    Phone,
    Text,
    Website,
    Yuan,
    asked,
)


class Colour(Term):
    """A closed list of this test."""

    RED = "red", "红"
    BLUE = "blue", "蓝"


class RowInput(Input):
    """A row."""

    place: Line = asked("地点", max_length=10)
    tonnes: Annotated[Number, Field(ge=0, max_digits=6, decimal_places=2)] | None = asked(
        "吨", None
    )
    is_main: bool = asked("主要", False)


class ThingInput(Input):
    """One of each."""

    name: Line = asked("名称", max_length=20, section="一")
    note: Text | None = asked("备注", None, widget="textarea", section="二")
    short: Text | None = asked("短", None, widget="textarea", max_length=5)
    code: Code | None = asked("编号", None)
    phone: Phone | None = asked("电话", None)
    email: Email | None = asked("邮箱", None)
    website: Website | None = asked("网址", None)
    colour: Colour | None = asked("颜色", None)
    colours: list[Colour] = asked("各色", [])
    others: list[Line] = asked("其他", [], widget="lines", max_length=3)
    day: Day | None = asked("日期", None)
    moment: Instant | None = asked("时间", None)
    count: Count | None = asked("数量", None, ge=1, le=9)
    amount: Yuan | None = asked("金额", None)
    profit: Balance | None = asked("利润", None)
    is_new: bool = asked("新", False)
    rows: list[RowInput] = asked("各行", [], max_length=3)


def faults(**given: Any) -> dict[str, list[str]]:
    """What is wrong with each field of a thing made of *given*."""
    with pytest.raises(InvalidInput) as told:
        ThingInput.read({"name": "x", **given})
    return dict(told.value.errors)


def posted(*pairs: tuple[str, str]) -> MultiDict[str, str]:
    return MultiDict(pairs)


@pytest.mark.parametrize(
    ("name", "typed", "kept"),
    [
        ("name", "  华盛\t货运 ", "华盛 货运"),
        ("name", "两\r\n行", "两 行"),
        ("name", "隐\u200b形\x07", "隐形"),
        ("note", "一\r\n二\r三", "一\n二\n三"),
        ("code", "ＡＢ－１２", "AB-12"),
        ("phone", "０７５５－１２３４５６７８", "0755-12345678"),
        ("website", "www.company.cn/路", "https://www.company.cn/路"),
        ("day", "2026-03-15", date(2026, 3, 15)),
        ("moment", "2026-03-15T14:30", datetime(2026, 3, 15, 6, 30, tzinfo=UTC)),
        ("moment", "2026-03-15T14:30:00+00:00", datetime(2026, 3, 15, 14, 30, tzinfo=UTC)),
        ("amount", "12.50", Decimal("12.50")),
        ("phone", "   ", None),
        ("phone", "\u202d13800001234\u202c", "13800001234"),
        ("phone", "\u200b", None),
        ("note", "\ufeff\u3164", None),
        ("email", "\u202aoffice@company.cn\u202c", "office@company.cn"),
        ("note", "家人👨\u200d👩\u200d👧", "家人👨\u200d👩\u200d👧"),
        ("day", "2026年3月15日", date(2026, 3, 15)),
        ("day", datetime(2026, 3, 15, tzinfo=UTC), date(2026, 3, 15)),
        ("moment", "20260315", datetime(2026, 3, 14, 16, tzinfo=UTC)),
        ("moment", "202603151430", datetime(2026, 3, 15, 6, 30, tzinfo=UTC)),
        ("moment", "2026年3月15日 下午2点半", datetime(2026, 3, 15, 6, 30, tzinfo=UTC)),
        ("amount", "￥1，234.50", Decimal("1234.50")),
        ("amount", 1234.5, Decimal("1234.5")),
        ("amount", "12.500", Decimal("12.5")),
        ("count", "９", 9),
        ("count", "九", 9),
        ("others", ["一", "\u200b", " "], ["一"]),
        ("colour", "", None),
    ],
)
def test_what_is_typed_is_put_into_shape(name: str, typed: Any, kept: object) -> None:
    assert getattr(ThingInput.read({"name": "x", name: typed}), name) == kept


def test_a_limit_is_about_the_text_that_is_kept() -> None:
    """A browser sends each line end as two characters, and counts it as one."""
    ThingInput.read({"name": "x", "short": "  一\r\n二\u200b\r\n三\r\n "})
    assert faults(short="一\r\n二\r\n三四") == {"short": ["最多 5 个字。"]}


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"name": "长" * 21}, {"name": ["最多 20 个字。"]}),
        ({"phone": "没有"},
         {"phone": ["请填写有效的电话号码，例如 0755-12345678 或 13800001234。"]}),
        ({"email": "a@b"}, {"email": ["请填写有效的电子邮箱，例如 name@company.cn。"]}),
        ({"phone": "、".join(["13800001234"] * 6)}, {"phone": ["最多 60 个字。"]}),
        ({"website": "javascript:x"},
         {"website": ["请填写有效的网址，例如 https://www.company.cn。"]}),
        ({"colour": "绿"}, {"colour": ["请从列表中选择。"]}),
        ({"colours": ["red", "绿"]}, {"colours-1": ["请从列表中选择。"]}),
        ({"others": list("abcd")}, {"others": ["最多 3 项。"]}),
        ({"day": "2026-02-30"}, {"day": ["没有这一天，请检查月份和日期。"]}),
        ({"day": "3月15日"}, {"day": ["请把年份写成四位，例如 2026-03-15。"]}),
        ({"day": 1773532800}, {"day": ["请填写有效的日期，例如 2026-03-15。"]}),
        ({"moment": 1773532800}, {"moment": ["请填写有效的日期，例如 2026-03-15。"]}),
        ({"name": "\u200b"}, {"name": ["请填写此项。"]}),
        ({"amount": "1e3"}, {"amount": ["请填写数字。"]}),
        ({"amount": "1,23"}, {"amount": ["请填写数字。"]}),
        ({"day": "1799-12-31"}, {"day": ["请填写有效的日期，例如 2026-03-15。"]}),
        ({"day": "2200-01-01"}, {"day": ["请填写有效的日期，例如 2026-03-15。"]}),
        ({"moment": "9999-12-31T23:59"},
         {"moment": ["请填写有效的日期和时间，例如 2026-03-15 14:30。"]}),
        ({"count": "几个"}, {"count": ["请填写数字。"]}),
        ({"count": 10}, {"count": ["不能大于 9。"]}),
        ({"count": 0}, {"count": ["不能小于 1。"]}),
        ({"amount": "1.234"}, {"amount": ["最多 2 位小数。"]}),
        ({"amount": "NaN"}, {"amount": ["请填写数字。"]}),
        ({"amount": "-0.01"}, {"amount": ["不能小于 0。"]}),
        ({"amount": "100000000000000"}, {"amount": ["整数部分最多 14 位。"]}),
        ({"profit": "-100000000000000.00"}, {"profit": ["整数部分最多 14 位。"]}),
        ({"unknown": "x"}, {"unknown": ["这里没有这一项，请删除。"]}),
        ({"rows": [{"place": "甲"}, {"tonnes": "-1"}]},
         {"rows-1-place": ["请填写此项。"], "rows-1-tonnes": ["不能小于 0。"]}),
    ],
)  # fmt: skip
def test_what_cannot_be_taken_is_said_in_words_at_its_field(
    in_app: Flask, given: dict[str, Any], words: dict[str, list[str]]
) -> None:
    with in_app.test_request_context():
        assert faults(**given) == words


def test_every_fault_is_told_at_once(in_app: Flask) -> None:
    with in_app.test_request_context():
        assert set(faults(name="", phone="x", count="y")) == {"name", "phone", "count"}


def test_a_page_gives_what_the_api_gives() -> None:
    page = read_form(
        ThingInput,
        posted(
            ("name", "甲"),
            ("colours", "red"),
            ("colours", "blue"),
            ("others", "一\r\n\r\n二"),
            ("is_new", "true"),
            ("rows-3-place", "深圳"),
            ("rows-3-tonnes", "1.5"),
            ("rows-11-place", "成都"),
            ("rows-11-is_main", "true"),
            ("csrf_token", "not one of ours"),
        ),
    )
    api = ThingInput.read(
        {
            "name": "甲",
            "colours": ["red", "blue"],
            "others": ["一", "二"],
            "is_new": True,
            "rows": [
                {"place": "深圳", "tonnes": "1.5"},
                {"place": "成都", "is_main": True},
            ],
        }
    )
    assert page == api


def test_rows_left_blank_are_no_rows() -> None:
    page = read_form(
        ThingInput,
        posted(
            ("name", "甲"), ("rows-0-place", " "), ("rows-0-tonnes", ""), ("rows-1-place", "乙")
        ),
    )
    assert [row.place for row in page.rows] == ["乙"]


@pytest.mark.parametrize("name", ["rows-x-place", "rows--1-place", "rows-place", "rows-²-place"])
def test_odd_names_of_rows_are_left_aside(name: str) -> None:
    assert read_form(ThingInput, posted(("name", "甲"), (name, "乙"))).rows == []


def test_what_is_kept_comes_back_to_the_page_as_it_can_be_posted_again(in_app: Flask) -> None:
    kept = ThingInput.read(
        {
            "name": "甲",
            "colour": "red",
            "colours": ["blue"],
            "others": ["一", "二"],
            "day": "2026-03-15",
            "moment": "2026-03-15T14:30",
            "amount": "12.50",
            "rows": [{"place": "深圳", "tonnes": "1.50", "is_main": True}],
        }
    )
    with in_app.test_request_context():
        form = Form(ThingInput, initial=initial_of(ThingInput, kept))
        pairs = [*pairs_of(form), *pairs_of(form.rows.rows[0])]
    assert read_form(ThingInput, posted(*pairs)) == kept


def pairs_of(form: Form) -> list[tuple[str, str]]:
    """What a browser would post of *form*, its rows left out."""
    pairs = []
    for field in form.fields:
        values = field.value if isinstance(field.value, list) else [field.value]
        if field.widget == "checkbox":
            pairs += [(field.name, "true")] if field.value else []
        elif field.widget != "rows":
            pairs += [(field.name, value) for value in values]
    return pairs


def test_a_form_shows_sections_labels_choices_and_limits(in_app: Flask) -> None:
    with in_app.test_request_context():
        form = Form(ThingInput)
    assert [section for section, _ in form.sections] == ["一", "二", ""]
    assert form.name.required
    assert form.name.attrs["data-longest"] == "20"
    assert form.others.attrs == {}, "the limit of a list is no limit of its text"
    assert not form.note.required
    assert form.colour.choices == [("red", "红"), ("blue", "蓝")]
    widgets = {field.name: field.widget for field in form.fields}
    assert widgets == {
        "name": "text", "note": "textarea", "short": "textarea", "code": "text", "phone": "tel",
        "email": "email",
        "website": "url", "colour": "select", "colours": "multiselect", "others": "lines",
        "day": "date", "moment": "datetime", "count": "number", "amount": "money",
        "profit": "money", "is_new": "checkbox", "rows": "rows",
    }  # fmt: skip


def test_a_fault_of_a_row_stands_with_its_row_though_a_blank_one_comes_before(
    in_app: Flask,
) -> None:
    typed = posted(
        ("name", "甲"),
        ("rows-0-place", ""),
        ("rows-5-place", "乙"),
        ("rows-5-tonnes", "多"),
    )
    with in_app.test_request_context():
        with pytest.raises(InvalidInput) as fault:
            read_form(ThingInput, typed)
        form = Form(ThingInput, typed, fault=fault.value)
    assert [row.prefix for row in form.rows.rows] == ["rows-5-"]
    assert form.rows.rows[0].tonnes.errors == ["请填写数字。"]
    assert form.all_errors == [("rows-5-tonnes", "吨", "请填写数字。")]


SPELT = {date: Day, datetime: Instant, Decimal: Number, int: Count}


def test_every_day_and_every_number_is_read_in_the_same_spellings(site: Flask) -> None:
    asked_for = [
        (f"{model.__module__}.{model.__name__}.{name}", info)
        for model in every_input(Input)
        for name, info in model.model_fields.items()
        if inner_type(info.annotation)[0] in SPELT
    ]
    assert len(asked_for) > 15
    others = [
        name
        for name, info in asked_for
        if not asks_for(info, SPELT[inner_type(info.annotation)[0]])
    ]
    assert others == []


def every_input(base: type[Input]) -> Iterator[type[Input]]:
    """Every input that the site declares."""
    for model in base.__subclasses__():
        if model.__module__.startswith("archive."):
            yield model
        yield from every_input(model)


def test_of_very_many_faults_the_first_are_told_and_the_rest_counted(in_app: Flask) -> None:
    with in_app.test_request_context():
        found = faults(name="甲", **{f"key{number}{'x' * 1000}": "x" for number in range(1, 5001)})
    assert found[""] == ["另有 4800 处错误没有列出。"]
    assert len(found) <= 201 and max(map(len, found)) <= 120
