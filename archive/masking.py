"""Personal data, shown in part: for those who need to recognise it and not to use it."""

import re

_AREA = re.compile(r"\s*(?:\+?86[\s-]*)?\(?0\d{2,3}\)?(?=[\s-])")  # of a landline: no secret
SHORTEST_LOCAL = 7
_EXTENSION = re.compile(r"转\d+$")


def masked(phone: str | None) -> str:
    """138****1234, 0755-****5678: enough to recognise a number, not enough to call it."""
    return "、".join(map(_masked_number, phone.split("、"))) if phone else ""


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
