"""What is wrong with something typed, in the person's language."""

from collections.abc import Callable
from typing import Any

from flask_babel import gettext
from pydantic import ValidationError
from pydantic_core import ErrorDetails


def _a_number_is_asked(_: dict[str, Any]) -> str:
    return gettext("请填写数字。")


def _a_day_is_asked(_: dict[str, Any]) -> str:
    return gettext("请填写有效的日期，例如 2026-03-15。")


def _at_most(limit: int, *, is_text: bool) -> str:
    if is_text:
        return gettext("最多 %(limit)d 个字。", limit=limit)
    return gettext("最多 %(limit)d 项。", limit=limit)


def _at_least(limit: int, *, is_text: bool) -> str:
    if is_text:
        return gettext("至少 %(limit)d 个字。", limit=limit)
    return gettext("至少 %(limit)d 项。", limit=limit)


MOST_FAULTS = 200  # that are named: more than anybody mends at once
LONGEST_PLACE = 120  # characters of the name of a field, which may be anything that was sent

WORDS: dict[str, Callable[[dict[str, Any]], str]] = {
    "missing": lambda _: gettext("请填写此项。"),
    "string_type": lambda _: gettext("请填写文字。"),
    "string_too_long": lambda c: _at_most(c["max_length"], is_text=True),
    "string_too_short": lambda c: _at_least(c["min_length"], is_text=True),
    "too_long": lambda c: _at_most(c["max_length"], is_text=c["field_type"] == "Value"),
    "too_short": lambda c: _at_least(c["min_length"], is_text=c["field_type"] == "Value"),
    "greater_than": lambda c: gettext("必须大于 %(limit)s。", limit=c["gt"]),
    "greater_than_equal": lambda c: gettext("不能小于 %(limit)s。", limit=c["ge"]),
    "less_than": lambda c: gettext("必须小于 %(limit)s。", limit=c["lt"]),
    "less_than_equal": lambda c: gettext("不能大于 %(limit)s。", limit=c["le"]),
    "decimal_max_places": lambda c: gettext("最多 %(limit)d 位小数。", limit=c["decimal_places"]),
    "decimal_max_digits": lambda c: gettext("最多 %(limit)d 位数字。", limit=c["max_digits"]),
    "decimal_whole_digits": lambda c: gettext(
        "整数部分最多 %(limit)d 位。", limit=c["whole_digits"]
    ),
    "enum": lambda _: gettext("请从列表中选择。"),
    "literal_error": lambda _: gettext("请从列表中选择。"),
    "bool_parsing": lambda _: gettext("请选择是或否。"),
    "extra_forbidden": lambda _: gettext("这里没有这一项，请删除。"),
    **dict.fromkeys(
        (
            "decimal_parsing",
            "decimal_type",
            "finite_number",
            "float_parsing",
            "int_from_float",
            "int_parsing",
            "int_parsing_size",
            "int_type",
        ),
        _a_number_is_asked,
    ),
    **dict.fromkeys(
        (
            "date_parsing",
            "date_type",
            "date_from_datetime_parsing",
            "date_from_datetime_inexact",
            "datetime_parsing",
            "datetime_from_date_parsing",
            "datetime_type",
        ),
        _a_day_is_asked,
    ),
}


def faults_of(error: ValidationError) -> dict[str, list[str]]:
    """What is wrong with each field, in the person's language; rows as ``contacts-0-phone``.

    The first `MOST_FAULTS` are named; of the rest, under "", how many they are.
    """
    found: dict[str, list[str]] = {}
    faults = error.errors(include_url=False, include_input=False)
    for each in faults[:MOST_FAULTS]:
        place = "-".join(str(part) for part in each["loc"])[:LONGEST_PLACE]
        found.setdefault(place, []).append(_words_for(each))
    if (more := len(faults) - MOST_FAULTS) > 0:
        found[""] = [gettext("另有 %(count)d 处错误没有列出。", count=more)]
    return found


def _words_for(error: ErrorDetails) -> str:
    facts = error.get("ctx", {})
    if words := WORDS.get(error["type"]):
        return words(facts)
    if error["type"].startswith("value_error") or "ctx" in error or "%(" in error["msg"]:
        return gettext(error["msg"]) % facts
    return gettext("这一项的内容无法识别，请检查后重新填写。")
