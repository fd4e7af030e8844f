"""From the cells of a spreadsheet to a typed row: what reads a form reads a sheet too."""

import re
from collections.abc import Callable, Mapping
from enum import Enum
from typing import Any

from flask_babel import gettext

from archive.chinese.folding import fold
from archive.importable import ImportColumn, Reading
from archive.terms import N_
from archive.web.fields import inner_type
from archive.web.inputs import Input, InvalidInput

SEVERAL = re.compile(r"[、,，;；/\n]+")
NOTHING = frozenset({"-", "—", "——", "/", "无数据", "n/a", "#n/a"})
YES = frozenset({"是", "有", "对", "√", "1", "y", "yes", "true"})
NO = frozenset({"否", "无", "不", "×", "0", "n", "no", "false"})
SUFFIXES = ("客户", "企业", "行业", "自治区", "省", "市")
EXCEL_LOST = re.compile(r"\d\.\d+E\+\d{2}", re.IGNORECASE)
MOST_OFFERED = 40  # choices that a refusal names

LOST_DIGITS = N_(
    "Excel 把号码变成了数字 %(text)s，末几位已经丢失。"
    "请把该列设为“文本”格式、重新填写号码后再导入。"
)
NO_CHOICE = N_("没有“%(text)s”这个选项，可以填：%(choices)s。")
NEITHER = N_("请填“是”或“否”。")


def column(
    model: type[Input],
    name: str,
    *aliases: str,
    example: str = "",
    is_needed: bool | None = None,
    looks_right: Callable[[str], bool] | None = None,
) -> ImportColumn:
    """The column that fills the field *name* of *model*.

    *is_needed* is said where what the row needs can also be in another column.
    """
    info = model.model_fields[name]
    return ImportColumn(
        name=name,
        label=info.title or name,
        is_needed=info.is_required() if is_needed is None else is_needed,
        aliases=aliases,
        example=example,
        looks_right=looks_right,
    )


def reader_of(
    model: type[Input], prepare: Callable[[dict[str, str]], Mapping[str, Any]] = dict
) -> Callable[[Mapping[str, str]], Reading]:
    """What reads the cells of a row as *model*; *prepare* settles what lies across columns."""
    types = {name: inner_type(info.annotation) for name, info in model.model_fields.items()}

    def read(cells: Mapping[str, str]) -> Reading:
        filled = {name: text.strip() for name, text in cells.items()}
        filled = {name: text for name, text in filled.items() if text and text not in NOTHING}
        given: dict[str, Any] = {}
        faults: dict[str, list[str]] = {}
        for name, value in prepare(filled).items():
            try:
                given[name] = _value(*types[name], value) if isinstance(value, str) else value
            except ValueError as error:
                faults[name] = [str(error)]
        try:
            typed = model.read(given)
        except InvalidInput as error:
            found = {name.partition("-")[0]: words for name, words in error.errors.items()}
            return Reading(faults={**found, **faults})
        return Reading(faults=faults) if faults else Reading(typed)

    return read


def _value(inner: Any, is_list: bool, text: str) -> Any:
    """*text* of a cell as a field of the type *inner*, or of many such values, takes it.

    Raises:
        ValueError: in words.
    """
    if EXCEL_LOST.fullmatch(text):
        raise ValueError(gettext(LOST_DIGITS, text=text))
    if is_list:
        return [_one(inner, each.strip()) for each in SEVERAL.split(text) if each.strip()]
    return _one(inner, text)


def _one(inner: Any, text: str) -> Any:
    if isinstance(inner, type) and issubclass(inner, Enum):
        return choose(inner, text)
    if inner is bool:
        folded = fold(text)
        if folded not in YES | NO:
            raise ValueError(gettext(NEITHER))
        return folded in YES
    return text


def choose(term: type[Enum], text: str) -> str:
    """The value of the closed list *term* that *text* means: its word, or most of it.

    Raises:
        ValueError: in words, with what can be chosen.
    """
    words = {str(each.value): str(getattr(each, "label", each.value)) for each in term}
    shown = {value: gettext(word) for value, word in words.items()}
    wanted = bare(text)
    for value, word in words.items():
        if wanted in (value, bare(word), bare(shown[value])):
            return value
    near = [
        value
        for value, word in words.items()
        if len(wanted) > 1 and (wanted in bare(word) or bare(word) in wanted)
    ]
    if len(near) == 1:
        return near[0]
    some = gettext("、").join(list(shown.values())[:MOST_OFFERED])
    raise ValueError(gettext(NO_CHOICE, text=text[:40], choices=some))


def bare(word: str) -> str:
    """*word* folded, without the general part that people leave out."""
    folded = fold(word).strip()
    for suffix in SUFFIXES:
        if folded.endswith(suffix) and len(folded) > len(suffix) + 1:
            folded = folded.removesuffix(suffix)
    return folded
