"""Days and terms as papers write them and a reading gives them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from archive.chinese.days import read_day
from archive.chinese.errors import DayUnreadable, NoSuchDay, OtherWeekday, SerialDay, ShortYear

LONG = "long"
"""What a term without an end has for its last day."""

_DIGIT = "[0-9OoIlQDzZ]"
_HAN_DIGIT = "[〇零○OΟ一二三四五六七八九]"
_DAY = re.compile(
    rf"(?:{_DIGIT}{{4}}\s*[年]\s*{_DIGIT}{{1,2}}\s*[月]\s*{_DIGIT}{{1,2}}\s*[日曰号目]?"
    rf"|{_DIGIT}{{4}}\s*([-./、])\s*{_DIGIT}{{1,2}}\s*\1\s*{_DIGIT}{{1,2}}"
    rf"|(?<![0-9A-Za-z]){_DIGIT}{{8}}(?![0-9A-Za-z])"
    rf"|{_HAN_DIGIT}{{4}}\s*年\s*[一二三四五六七八九十元]{{1,2}}\s*月\s*[一二三四五六七八九十廿卅]{{1,3}}\s*[日曰号]?)"
)
_SLIPS = str.maketrans("OoΟIlQDzZ曰目", "000110022日日")
_LONG = re.compile(r"长期|永久|无固定期限|无期限|永续|不约定期限|\*{3,}")


@dataclass(frozen=True, slots=True)
class Term:
    """From when to when; `until` is a day in ISO 8601, or `LONG`."""

    start: str = ""
    until: str = ""


def days_in(text: str) -> list[date]:
    """Every day that *text* writes, in its order; what is no day is left out."""
    return [day for day, _ in _found(text)]


def term_in(text: str) -> Term:
    """The term that *text* writes: ``2016年3月21日至2046年3月20日``, ``至长期``, ``长期`` …"""
    found = list(_found(text))
    is_long = _LONG.search(text) is not None
    days = [day for day, _ in found]
    if len(days) >= 2:
        return Term(days[0].isoformat(), days[1].isoformat()) if days[0] <= days[1] else Term()
    if not days:
        return Term(until=LONG if is_long else "")
    begins = _begins(text, found[0][1])
    if is_long:
        return Term(days[0].isoformat(), LONG)
    return Term(start=days[0].isoformat()) if begins else Term(until=days[0].isoformat())


def _begins(text: str, match: re.Match[str]) -> bool:
    """Whether the only day of a term is its first: 自…起, …至."""
    before, after = text[: match.start()].rstrip(), text[match.end() :].lstrip()
    return before.endswith(("自", "从")) or after.startswith(("至", "起", "到", "-", "—"))


def _found(text: str) -> Iterator[tuple[date, re.Match[str]]]:
    for match in _DAY.finditer(text):
        written = match.group()
        plain = re.sub(r"\s", "", written.translate(_SLIPS))
        if re.match("[〇零○一二三四五六七八九]", written) or written[0] in "OΟ":
            plain = plain.replace("0", "〇")
        try:
            day = read_day(plain)
        except (DayUnreadable, ShortYear, NoSuchDay, OtherWeekday, SerialDay):
            continue
        if 1900 <= day.year <= 2100:
            yield day, match
