"""Personal data, shown in part: for those who need to recognise it and not to use it.

This is the one place that says how: `masked` for a value that is a telephone number, `masked_text`
for a text in which there may be some. Both leave every text as long as it was.
"""

import re
from collections.abc import Iterable
from datetime import date

_AREA = re.compile(r"\s*(?:\+?86[\s-]*)?\(?0\d{2,3}\)?(?=[\s-])")  # of a landline: no secret
SHORTEST_LOCAL = 7
_EXTENSION = re.compile(r"转\d+$")

_GAP = r"[ \u00a0-]"
_ALONE = r"(?<![\dA-Za-z])"
_APART = rf"{_ALONE}(?<!\d{_GAP})"  # the rest of a grouped number is no number
_END = r"(?!\d)"
_MOBILE = (
    rf"{_ALONE}(?:\+?86{_GAP}?)?1[3-9]\d{{9}}{_END}"
    rf"|{_APART}(?:\+?86{_GAP})?1[3-9]\d{_GAP}\d{{4}}{_GAP}\d{{4}}(?!{_GAP}?\d)"
)
_LANDLINE = (
    rf"{_ALONE}[(（]?0\d{{2,3}}[)）-]?[2-9]\d{{6,7}}{_END}"
    rf"|{_APART}[(（]?0\d{{2,3}}[)）]?{_GAP}?[2-9]\d{{2,3}}{_GAP}\d{{4}}(?!{_GAP}?\d)"
    rf"|{_APART}0\d{{2,3}}{_GAP}[2-9]\d{{6,7}}{_END}"
)
_NUMBER = re.compile(f"{_MOBILE}|{_LANDLINE}", re.ASCII)
_IDENTITY = re.compile(r"(?<![\dA-Za-z])[1-8]\d{16}[\dXx](?![\dA-Za-z])", re.ASCII)
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)  # GB 11643


def masked(phone: str | None) -> str:
    """138****1234, 0755-****5678: enough to recognise a number, not enough to call it."""
    return "、".join(map(_masked_number, phone.split("、"))) if phone else ""


def masked_text(text: str, numbers: Iterable[str | None] = ()) -> str:
    """*text* with every telephone and identity number in it masked.

    *numbers* are those that are known to be somebody's, however they are spelled in *text*.
    """
    for known in dict.fromkeys(each for held in numbers if held for each in held.split("、")):
        digits = re.sub(r"\D", "", known)
        if len(digits) >= SHORTEST_LOCAL:
            spelled = r"[\s()（）-]{0,2}".join(digits)
            found = re.compile(rf"(?<!\d){spelled}(?!\d)", re.ASCII)
            text = found.sub(lambda match: _masked_number(match[0]), text)
    text = _IDENTITY.sub(_masked_identity, text)
    return _NUMBER.sub(lambda match: _masked_number(match[0]), text)


def _masked_identity(match: re.Match[str]) -> str:
    """350102********0016: region and end; anything that only looks like one stays."""
    number = match[0]
    total = sum(int(digit) * weight for digit, weight in zip(number, _WEIGHTS, strict=False))
    try:
        date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    except ValueError:
        return number
    is_one = "10X98765432"[total % 11] == number[-1].upper()
    return f"{number[:6]}{'*' * 8}{number[-4:]}" if is_one else number


def _masked_number(number: str) -> str:
    extension = _EXTENSION.search(number)
    end = extension.start() if extension else len(number)
    area = _AREA.match(number)
    start = area.end() if area else 0
    digits = [place for place in range(end) if number[place].isdigit()]
    local = [place for place in digits if place >= start]
    if area and len(local) >= SHORTEST_LOCAL:
        digits, first, last = local, 0, min(4, len(local) // 2)
    elif len(digits) > 10:
        first, last = 3, 4
    else:
        first, last = (2, 2) if len(digits) > 5 else (1, 1)
    hidden = set(digits[first : len(digits) - last])
    return "".join("*" if place in hidden else letter for place, letter in enumerate(number))
