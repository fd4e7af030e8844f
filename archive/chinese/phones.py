"""Telephone numbers as Chinese papers, cards and telephones write them."""

import re
import unicodedata

from archive.chinese.errors import PhoneUnreadable

_LABEL = re.compile(
    r"^(?:联系)?(?:电\s*话|手\s*机|传\s*真|固\s*话|座机|方式|微信|tel|phone|mobile|fax)(?:号码?)?"
    r"(?:\s*[/、]\s*(?:手\s*机|微信|传\s*真|电\s*话)(?:号码?)?)?\s*[:.]?\s*",
    re.IGNORECASE,
)
_DASHES = re.compile("[\u2010\u2012-\u2015\u2212\u2500~]")
_DRAWN = re.compile("^[☎☏✆📞📱📲📠]\ufe0f?\\s*")
_SAME_NUMBER = re.compile(
    r"\s*\(\s*(?:同?微信(?:同号|同步)?|同微信|手机|电话|座机|办公?|家|宅|传真)\s*\)"
)
_SQUARE = str.maketrans("[]【】〔〕", "()()()")
_AREA = re.compile(r"^\(?(0\d{2,3})\)?\s*/\s*(?=\d{7,8}(?!\d))")
_BETWEEN = re.compile(
    r"\s*(?:[/、,;|&]|或者?|和|及|与|\n|(?<=\d{7})\s+(?=1[3-9]\d{9}(?!\d))"
    r"|(?<=\d{11})\s+(?=0\d{2,3}-))\s*"
)
_EXTENSION = re.compile(
    r"\s*(?:转(?:接|分机)?|分机号?|内线|ext\.?|[#*x])\s*[:.]?\s*(?=\d)", re.IGNORECASE
)
_EXTENSION_IN_BRACKETS = re.compile(r"\s*\(\s*(转[^()]*|分机[^()]*)\)")
_ONE = re.compile(r"(?:\(\+\d{1,3}\)|\+)?[\d\s.()\-]+(?:转\d{1,8})?")
FEWEST_DIGITS, MOST_DIGITS = 5, 20  # of one number with its extension


def read_phone(text: str) -> str:
    """*text* in one spelling: half width, hyphens, several numbers separated by ``、``, 转801.

    A label in front (电话：) is left out; the grouping of the digits stays as it was typed.

    Raises:
        PhoneUnreadable: a part of it is no telephone number.
    """
    plain = unicodedata.normalize("NFKC", text).translate(_SQUARE).strip().removeprefix("'")
    plain = _LABEL.sub("", _DRAWN.sub("", plain)).rstrip(".。")
    plain = _AREA.sub(r"\1-", _DASHES.sub("-", _SAME_NUMBER.sub("", plain)))
    plain = _EXTENSION_IN_BRACKETS.sub(r"\1", plain)
    numbers = [
        re.sub(r"\s+", " ", _EXTENSION.sub("转", each)).strip()
        for each in _BETWEEN.split(plain)
        if each.strip()
    ]
    whole = [each for each in numbers if _is_number(each)]
    # 0755-12345678/79 names a second line by its last digits.
    tails = [each for each in numbers[1:] if re.fullmatch(r"\d{1,4}", each)]
    if not numbers or numbers[0] not in whole or len(whole) + len(tails) != len(numbers):
        raise PhoneUnreadable(text=text)
    return "、".join(numbers)


def _is_number(text: str) -> bool:
    digits = len(re.sub(r"\D", "", text))
    if re.fullmatch(r"\d+\.0", text):  # a number that a spreadsheet took for a quantity
        return False
    return FEWEST_DIGITS <= digits <= MOST_DIGITS and _ONE.fullmatch(text) is not None
