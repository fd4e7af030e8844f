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
_SAID_TWICE = re.compile(r"(?P<first>(?:人民币)?\s*(?:\(大写\))?[^()]+)\((?P<second>[^()]+)\)")
_RAISED = re.compile("[²³¹⁰-₟①-⓿]")  # a footnote's number, or what is left of m²
_DIGITS = re.compile(
    r"""(?P<sign>[-+]?)\s*
        (?P<whole>\d+|\d{1,3}(?:(?P<between>[,'\u2019 ])\d{3})(?:(?P=between)\d{3})*|)
        (?P<fraction>[.。]\d*)?\s*(?P<unit>[百千]?[万亿]|[百千]|[wk])?""",
    re.VERBOSE | re.ASCII,
)
_PLAIN = re.compile(r"-?\d{1,18}(\.\d{1,9})?", re.ASCII)  # as almost every cell of a sheet is
_UNITS = {"百": 2, "千": 3, "万": 4, "百万": 6, "千万": 7, "亿": 8, "百亿": 10, "千亿": 11}
_UNITS |= {"w": 4, "k": 3}  # as chats write 万 and 千
_PART = re.compile(r"(\d+)([亿万千百元块角毛分])", re.ASCII)
_PLACE_OF = {"亿": 8, "万": 4, "千": 3, "百": 2, "元": 0, "块": 0, "角": -1, "毛": -1, "分": -2}

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
    if _RAISED.search(text):
        raise NumberUnreadable(text=text)
    plain = fold(text).strip().removeprefix("'")
    twice = _SAID_TWICE.fullmatch(plain)
    if twice and _CURRENCY.sub("", twice["first"]).strip():
        return _agreed(twice["first"], twice["second"], text)
    bare = re.sub("[‐‒–—―−]", "-", plain)
    bare = _CURRENCY.sub("", _CURRENCY.sub(lambda found: found["sign"] or "", bare)).strip()
    if inside := _IN_BRACKETS.fullmatch(bare):
        bare = f"-{_CURRENCY.sub('', inside['inside']).strip()}"
    elif bare.startswith("负") and not bare.startswith(("负负", "负-", "负+", "负(")):
        return -read_number(bare[1:])
    match = _DIGITS.fullmatch(bare)
    if match and (match["whole"] or len(match["fraction"] or "") > 1):
        whole = re.sub(r"\D", "", match["whole"]) or "0"
        fraction = (match["fraction"] or "").replace("。", ".").rstrip(".") or ".0"
        number = Decimal(whole + fraction).scaleb(_UNITS.get(match["unit"] or "", 0))
        return _shortest(-number if match["sign"] == "-" else number)
    in_parts = _in_parts(bare)
    return in_parts if in_parts is not None else _in_numerals(_CAPITALS.sub("", plain), text)


def _agreed(first: str, second: str, text: str) -> Decimal:
    """An amount written twice, as contracts do: 人民币叁万伍仟元整（¥35,000.00）."""
    number = read_number(first)
    if number != read_number(second):
        raise NumberUnreadable(text=text)
    return number


def _in_parts(plain: str) -> Decimal | None:
    """1亿2000万, 12万3千, 3万5000, 5元5角; None where a part could mean another place (3万5)."""
    total, place, end = Decimal(0), 12, 0
    for part in _PART.finditer(plain):
        at = _PLACE_OF[part[2]]
        if part.start() != end or at >= place or len(part[1]) > place - at:
            return None
        total += Decimal(part[1]).scaleb(at)
        place, end = at, part.end()
    if end < len(plain):
        rest = plain[end:]
        if not (rest.isdecimal() and place >= 2 and max(2, place - 1) <= len(rest) <= place):
            return None
        total += int(rest)
    return total if end else None


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
    for unit, value in (("亿", 10**8), ("万", 10**4)):
        head, found, rest = numerals.partition(unit)
        if found:
            if not head:
                raise NumberUnreadable(text=text)  # 万: how many?
            total += (_PLACE.get(head) or _section(head, text)) * value
            numerals = rest
    if total and numerals in _NUMERAL and _NUMERAL[numerals]:
        raise NumberUnreadable(text=text)  # 一万二 is 12,000 for most
    return total + _section(numerals, text)


def _section(numerals: str, text: str) -> int:
    total, digit, last = 0, None, 10_000
    for each in numerals:
        if (number := _NUMERAL.get(each)) is not None:
            if digit:
                raise NumberUnreadable(text=text)  # 一二三: digits, or a slip
            digit = number
            continue
        place = _PLACE.get(each)
        if place is None or place >= last or (not digit and each not in "十拾"):
            raise NumberUnreadable(text=text)
        total += (digit or 1) * place
        digit, last = None, place
    if digit and last not in (10, 10_000) and "零" not in numerals and "〇" not in numerals:
        raise NumberUnreadable(text=text)  # 三千五 is 3,500 for some and 3,005 for others
    return total + (digit or 0)
