"""Numbers and amounts in every spelling that offices, spreadsheets and chats produce."""

import re
from decimal import Decimal

from archive.chinese.errors import NumberUnreadable
from archive.chinese.folding import fold

_CURRENCY = re.compile(
    r"^(?P<sign>-?)\s*(?:人民币|rmb|cny|¥)\s*:?\s*"
    r"|\s*(?:元|圆|块钱?|rmb|cny)?\s*(?:人民币)?[整正]?$"
)
_CAPITALS = re.compile(r"^(?:人民币)?\s*(?:\(?大写\)?)?[\s:]*")
_IN_BRACKETS = re.compile(r"\((?P<inside>[^()]+)\)")
_DIGITS = re.compile(
    r"""(?P<sign>[-+]?)\s*
        (?P<whole>\d+|\d{1,3}(?:(?P<between>[,'\u2019 ])\d{3})(?:(?P=between)\d{3})*|)
        (?P<fraction>[.。]\d*)?\s*(?P<unit>[百千]?[万亿]|[百千]|[wk])?""",
    re.VERBOSE | re.ASCII,
)
_PLAIN = re.compile(r"-?\d{1,18}(\.\d{1,9})?", re.ASCII)  # as almost every cell of a sheet is
_UNITS = {"百": 2, "千": 3, "万": 4, "百万": 6, "千万": 7, "亿": 8, "百亿": 10, "千亿": 11}
_UNITS |= {"w": 4, "k": 3}  # as chats write 万 and 千

_NUMERAL = {each: number for number, each in enumerate("零一二三四五六七八九")}
_NUMERAL |= {each: number for number, each in enumerate("零壹贰叁肆伍陆柒捌玖")} | {
    "〇": 0, "两": 2, "弍": 2, "参": 3
}  # fmt: skip
_PLACE = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000}
_IN_NUMERALS = re.compile(
    f"(?P<yuan>[{''.join((*_NUMERAL, *_PLACE))}万亿]+)?(?P<mark>[元圆])?[零〇]?"
    f"(?:(?P<jiao>[{''.join(_NUMERAL)}])角)?[零〇]?(?:(?P<fen>[{''.join(_NUMERAL)}])分)?[整正]?"
)


def read_number(text: str) -> Decimal:
    """The number that *text* writes: ``1,234.50``, ``￥1234.5``, ``1.5万``, ``壹仟元整`` …

    Groups are of three digits; what could be a slip (``1,23``) or another currency is refused.

    Raises:
        NumberUnreadable: nothing is guessed.
    """
    if _PLAIN.fullmatch(text):
        return _shortest(Decimal(text))
    plain = fold(text).strip()
    bare = re.sub("[‐‒–—―−]", "-", plain)
    bare = _CURRENCY.sub("", _CURRENCY.sub(lambda found: found["sign"] or "", bare)).strip()
    if inside := _IN_BRACKETS.fullmatch(bare):
        bare = f"-{inside['inside'].strip()}"
    match = _DIGITS.fullmatch(bare)
    if match and (match["whole"] or len(match["fraction"] or "") > 1):
        whole = re.sub(r"\D", "", match["whole"]) or "0"
        fraction = (match["fraction"] or "").replace("。", ".").rstrip(".") or ".0"
        number = Decimal(whole + fraction).scaleb(_UNITS.get(match["unit"] or "", 0))
        return _shortest(-number if match["sign"] == "-" else number)
    return _in_numerals(_CAPITALS.sub("", plain), text)


def _shortest(number: Decimal) -> Decimal:
    """*number* without zeros at the end of its fraction: a limit on decimals counts real ones."""
    return Decimal(int(number)) if number == int(number) else number.normalize()


def _in_numerals(plain: str, text: str) -> Decimal:
    match = _IN_NUMERALS.fullmatch(plain)
    if match is None or not (match["yuan"] or match["jiao"] or match["fen"]):
        raise NumberUnreadable(text=text)
    if (match["jiao"] or match["fen"]) and match["yuan"] and not match["mark"]:
        raise NumberUnreadable(text=text)
    total = Decimal(_whole(match["yuan"], text) if match["yuan"] else 0)
    total += Decimal(_NUMERAL[match["jiao"]] if match["jiao"] else 0) / 10
    return total + Decimal(_NUMERAL[match["fen"]] if match["fen"] else 0) / 100


def _whole(numerals: str, text: str) -> int:
    """The number in *numerals*: sections of 亿 and 万, each with places that only get smaller."""
    total = 0
    for unit, value in (("亿", 10**8), ("万", 10**4), ("", 1)):
        if not unit:
            return total + _section(numerals, text)
        head, found, rest = numerals.partition(unit)
        if found:
            total += _section(head, text) * value
            numerals = rest
    return total


def _section(numerals: str, text: str) -> int:
    total, digit, last = 0, None, 10_000
    for each in numerals:
        if (number := _NUMERAL.get(each)) is not None:
            if digit:
                raise NumberUnreadable(text=text)  # 一二三: digits, or a slip
            digit = number
            continue
        place = _PLACE.get(each)
        if place is None or place >= last or (digit == 0 and each not in "十拾"):
            raise NumberUnreadable(text=text)
        total += (digit or 1) * place
        digit, last = None, place
    if digit and last not in (10, 10_000) and "零" not in numerals and "〇" not in numerals:
        raise NumberUnreadable(text=text)  # 三千五 is 3,500 for some and 3,005 for others
    return total + (digit or 0)
