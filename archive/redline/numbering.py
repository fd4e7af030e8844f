"""The numbers that Word writes before paragraphs (第三条, 1.2): no text in the file has them."""

import re
from dataclasses import dataclass, field

from docx.oxml.ns import qn
from lxml import etree

from archive.redline.styles import Styles

_VAL, _LEVEL, _NUM, _ABSTRACT = (
    qn("w:val"), qn("w:ilvl"), qn("w:numId"), qn("w:abstractNumId"),
)  # fmt: skip
_IN_LIST = f"{qn('w:pPr')}/{qn('w:numPr')}"
_PART = re.compile(r"%([1-9])")
_DEEPEST = 9
_FAR = 3000  # beyond that a count is no clause's, and written in digits

_DIGITS = "〇一二三四五六七八九"
_CHINESE = ("chineseCounting", "japaneseCounting", "chineseLegal", "taiwaneseCounting")
_STEMS, _BRANCHES = "甲乙丙丁戊己庚辛壬癸", "子丑寅卯辰巳午未申酉戌亥"
_ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"),
    (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Level:
    """One level of a list."""

    start: int = 1
    form: str = "decimal"
    text: str = ""
    restarts: int | None = None
    is_legal: bool = False
    style: str = ""


@dataclass
class _List:
    """A list as it is counted: what its numbers share, and how far each level has come."""

    levels: dict[int, Level]
    counts: dict[int, int] = field(default_factory=dict)


class Numbering:
    """The lists in the part *root*. `next_for` counts on: ask for paragraphs in their order."""

    def __init__(self, root: etree._Element, styles: Styles) -> None:
        self._styles = styles
        self._lists: dict[str, _List] = {}
        self._of: dict[str, str] = {}
        self._starts: dict[tuple[str, int], int] = {}
        self._links: dict[str, str] = {}
        for each in root.iter(qn("w:abstractNum")):
            key = each.get(_ABSTRACT, "")
            self._lists[key] = _List({_level_of(lvl): _read(lvl) for lvl in each.iter(qn("w:lvl"))})
            link = each.find(qn("w:numStyleLink"))
            if link is not None:
                self._links[key] = link.get(_VAL, "")
        for each in root.iter(qn("w:num")):
            self._read_number(each)

    def next_for(self, paragraph: etree._Element) -> str:
        """The number that Word writes before *paragraph*; empty where there is none, or a dot."""
        if not self._lists:
            return ""
        number, level = self._asked(paragraph)
        found = self._lists.get(self._abstract(number))
        if found is None or level not in found.levels:
            return ""
        self._count(found, number, level)
        shape = found.levels[level]
        if shape.form in ("bullet", "none") or not _PART.search(shape.text):
            return ""
        return _PART.sub(lambda part: _written(found, int(part[1]) - 1, shape), shape.text)

    def _asked(self, paragraph: etree._Element) -> tuple[str, int]:
        """The list and the level that *paragraph* is in, by itself or by its style."""
        own, style = paragraph.find(_IN_LIST), self._styles.of(paragraph)
        asked = own if own is not None and own.find(_NUM) is not None else None
        if asked is None:
            asked = self._styles.find(style, _IN_LIST)
        if asked is None:
            return "", 0
        number, level = asked.find(_NUM), (own if own is not None else asked).find(_LEVEL)
        key = "" if number is None else number.get(_VAL, "")
        if level is not None:
            return key, _whole(level.get(_VAL), 0)
        levels = self._lists[found].levels if (found := self._abstract(key)) in self._lists else {}
        return key, next((at for at, each in levels.items() if each.style == style), 0)

    def _abstract(self, number: str) -> str:
        key = self._of.get(number, "")
        link = self._links.get(key)
        if link is None:
            return key
        named = self._styles.find(link, f"{_IN_LIST}/{_NUM}")
        return key if named is None else self._of.get(named.get(_VAL, ""), key)

    def _count(self, found: _List, number: str, level: int) -> None:
        counts = found.counts
        started = self._starts.pop((number, level), None)
        if started is not None:
            counts[level] = started
        elif level in counts:
            counts[level] += 1
        else:
            counts[level] = found.levels[level].start
        for deeper in [each for each in counts if each > level]:
            restarts = found.levels[deeper].restarts
            if restarts is None or 0 < level + 1 <= restarts:
                del counts[deeper]

    def _read_number(self, number: etree._Element) -> None:
        key, abstract = number.get(_NUM, ""), number.find(_ABSTRACT)
        if abstract is None:
            return
        self._of[key] = abstract.get(_VAL, "")
        for change in number.iter(qn("w:lvlOverride")):
            level, start = _level_of(change), change.find(qn("w:startOverride"))
            if start is not None:
                self._starts[key, level] = _whole(start.get(_VAL), 1)
            for lvl in change.iter(qn("w:lvl")):
                own = self._lists.get(self._of[key])
                if own is not None:
                    # A list of its own from here on: it shares no count with the others.
                    self._of[key] = f"{key}:own"
                    self._lists[f"{key}:own"] = _List({**own.levels, level: _read(lvl)})


def _read(lvl: etree._Element) -> Level:
    def said(name: str, otherwise: str = "") -> str:
        found = lvl.find(qn(name))
        return otherwise if found is None else found.get(_VAL, otherwise)

    restarts = lvl.find(qn("w:lvlRestart"))
    return Level(
        start=_whole(said("w:start", "1"), 1),
        form=said("w:numFmt", "decimal"),
        text=said("w:lvlText"),
        restarts=None if restarts is None else _whole(restarts.get(_VAL), 0),
        is_legal=lvl.find(qn("w:isLgl")) is not None,
        style=said("w:pStyle"),
    )


def _level_of(element: etree._Element) -> int:
    return _whole(element.get(_LEVEL), 0)


def _whole(text: str | None, otherwise: int) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 7 else otherwise


def _written(found: _List, level: int, shape: Level) -> str:
    """The count of *level* as *shape*, a level at or below it, shows it."""
    own = found.levels.get(level, Level())
    count = found.counts.get(level, own.start)
    return str(count) if shape.is_legal else write_count(count, own.form)


def write_count(count: int, form: str) -> str:
    """*count* in the *form* that Word names so; in digits where it is none of ours."""
    if not 0 < count < _FAR:
        return str(count)
    if form.startswith(_CHINESE):
        return _in_chinese(count)
    if form in ("ideographDigital", "japaneseDigitalTenThousand", "taiwaneseDigital"):
        return "".join(_DIGITS[int(each)] for each in str(count))
    if form in ("lowerRoman", "upperRoman"):
        return _cased(_in_roman(count), form)
    if form in ("lowerLetter", "upperLetter"):
        return _cased(chr(97 + (count - 1) % 26) * (1 + (count - 1) // 26), form)
    return _marked(count, form)


def _marked(count: int, form: str) -> str:
    if form == "decimalZero":
        return f"{count:02}"
    if form.startswith("decimalEnclosedCircle") and count <= 20:
        return chr(ord("①") + count - 1)
    if form == "decimalFullWidth":
        return "".join(chr(ord("０") + int(each)) for each in str(count))
    if form == "ideographTraditional":
        return _STEMS[(count - 1) % len(_STEMS)]
    if form == "ideographZodiac":
        return _BRANCHES[(count - 1) % len(_BRANCHES)]
    return str(count)


def _cased(text: str, form: str) -> str:
    return text.upper() if form.startswith("upper") else text


def _in_chinese(count: int) -> str:
    text, skipped = "", False
    for place, unit in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = count // place % 10
        if digit:
            text += ("零" if skipped and text else "") + _DIGITS[digit] + unit
        skipped = not digit
    return text.removeprefix("一") if text.startswith("一十") else text


def _in_roman(count: int) -> str:
    text = ""
    for worth, sign in _ROMAN:
        while count >= worth:
            text, count = text + sign, count - worth
    return text
