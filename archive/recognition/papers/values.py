"""Values in their final form: what the characters next to a label have to be."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from archive.chinese.folding import HAN
from archive.recognition.papers import codes, days
from archive.recognition.papers.layout import plain

_NOTHING = re.compile(r"[*/\-—_·.。、:：;；\s无]*")


@dataclass(frozen=True, slots=True)
class Told:
    """A value that has its final form, and how sure that form is."""

    value: str
    confidence: float


UNVERIFIED = 0.5
"""How sure a code is at most whose check character is wrong."""
Reading = Callable[[str], Told | None]


def read_code(text: str) -> Told | None:
    found = codes.credit_codes_in(text)
    if found:
        return Told(found[0].code, found[0].confidence)
    bare = codes.bare_credit_code(text)
    return Told(bare, UNVERIFIED) if bare else None


def _cleaned(text: str) -> str:
    text = text.strip(" :：;；,，.。、|/\\_—-·'\"“”‘’`~!！?？<>《》")
    return "" if _NOTHING.fullmatch(text) else text


def _in_brackets(text: str) -> str:
    """*text* with Chinese brackets around Chinese, all that were opened closed."""
    return re.sub(r"[(（]([^()（）]*)[)）]", _bracketed, text)


def _bracketed(match: re.Match[str]) -> str:
    return f"（{match[1]}）" if _has_han(match[1]) else f"({match[1]})"


def _has_han(text: str) -> bool:
    return re.search(f"[{HAN}]", text) is not None


_FORM = re.compile(
    r"(?:有限责任公司|股份有限公司|有限公司|分公司|合伙企业(?:[（(](?:有限|普通|特殊普通)合伙[)）])?|"
    r"合作社|联合社|经营部|商行|商店|服务部|工作室|门市部|批发部|办事处|代表处|事务所|运输队|车队|个体工商户)"
)
_WATERMARK_TAIL = re.compile("[仅供限业务使用复印无效办理货存档他合作]{1,4}")
_STRAY_TAIL = re.compile(r"(?:[A-Za-z0-9]{1,3}|[^\w）)])+")


def read_name(text: str) -> Told | None:
    value = _in_brackets(_cleaned(text))
    value = re.sub(r"\s", "", value) if _has_han(value) else value
    value = re.sub(r"[（(]?(?:盖章|公章|签章|以下简称|下称).*$", "", value)
    ends = list(_FORM.finditer(value))
    if ends and ends[-1].end() < len(value):
        tail = value[ends[-1].end() :]
        is_stray = _STRAY_TAIL.fullmatch(tail) or _WATERMARK_TAIL.fullmatch(tail)
        if is_stray and not re.fullmatch(r"[（(].*[)）]", tail):
            value = value[: ends[-1].end()]
    if len(value) < 2 or value.isdigit():
        return None
    return Told(value, 1.0 if ends else 0.9)


_ORGANISATION = re.compile(r"公司|企业|[厂店社站院校局行部所]$|中心|集团|学校|大学|合伙")


def read_party(text: str) -> Told | None:
    """The name of a party: an organisation, not the rest of a sentence."""
    told = read_name(text)
    is_one = told is not None and len(told.value) <= 50 and not re.search("[，。；]", told.value)
    return told if is_one and told is not None and _ORGANISATION.search(told.value) else None


_WHOLE_NAME = re.compile(
    f"[{HAN}A-Za-z0-9()·&]{{2,40}}(?:公司|合作社|合伙\\)|厂|经营部|商行)[:：]?"
)


def is_whole_name(text: str) -> bool:
    """Whether *text*, in half width, is the name of an organisation and nothing else."""
    return _WHOLE_NAME.fullmatch(text) is not None


def read_type(text: str) -> Told | None:
    value = _in_brackets(_cleaned(text))
    return Told(value, 1.0) if len(value) >= 2 and _has_han(value) else None


_NOT_A_PERSON = re.compile(r"[\d:：/\\|_*]+")


def read_person(text: str) -> Told | None:
    value = _in_brackets(_cleaned(_NOT_A_PERSON.sub("", text)))
    value = re.sub(r"^（[^（）]*）", "", value)
    value = re.sub(r"\s", "", value) if _has_han(value) else value
    value = re.sub(f"(?<=[{HAN}])[A-Za-z.,]{{1,3}}$", "", value)
    if len(value) < 2 or len(value) > 60:
        return None
    return Told(value, 1.0 if len(re.findall(f"[{HAN}·]", value)) >= 2 else 0.8)


def read_address(text: str) -> Told | None:
    value = _in_brackets(_cleaned(text))
    if len(value) < 4:
        return None
    return Told(value, 1.0 if re.search(r"[省市县区州路街道镇乡村号旗]", value) else 0.7)


_LONGEST_CAPITAL = 40


def read_capital(text: str) -> Told | None:
    value = _cleaned(text).replace("：", "").replace(":", "")
    value = _in_brackets(re.sub(r"\s", "", value))
    if len(value) > _LONGEST_CAPITAL:
        return None
    is_amount = re.search(r"[元圆]|美元|港|欧元|万", value) and re.search(
        r"[\d零壹贰叁肆伍陆柒捌玖一二三四五六七八九十]", value
    )
    return Told(value, 1.0 if is_amount else 0.6) if len(value) >= 2 else None


_WIDE = {",": "，", ";": "；", ":": "："}


def read_scope(text: str) -> Told | None:
    value = _in_brackets(_cleaned(text))
    value = text.strip(" :：") if len(value) < 2 else value
    value = re.sub(f"(?<=[{HAN}）])[,;:](?=[{HAN}（])", lambda m: _WIDE[m[0]], value)
    value += "。" if text.rstrip().endswith("。") and len(value) >= 2 else ""
    return Told(value, 1.0) if len(value) >= 2 and not _NOTHING.fullmatch(value) else None


def read_day(text: str) -> Told | None:
    found = days.days_in(text)
    return Told(found[0].isoformat(), 1.0 if len(found) == 1 else 0.8) if found else None


def read_start(text: str) -> Told | None:
    start = days.term_in(text).start
    return Told(start, 1.0) if start else None


def read_until(text: str) -> Told | None:
    until = days.term_in(text).until
    return Told(until, 1.0) if until else None


def read_end(text: str) -> Told | None:
    found = days.days_in(text)
    if found:
        return Told(found[-1].isoformat(), 1.0)
    return Told(days.LONG, 1.0) if days.term_in(text).until == days.LONG else None


_NUMBER = re.compile(r"[0-9A-Za-z][0-9A-Za-z\-/.()（）]{3,39}")


def read_number(text: str) -> Told | None:
    value = _cleaned(plain(text))
    found = _NUMBER.search(value)
    if not found or sum(each.isdigit() for each in found.group()) < 3:
        return None
    return Told(found.group().strip("-/.()"), 1.0)


def read_other_number(text: str) -> Told | None:
    """A number of digits that is no credit code: 注册号 of an old licence."""
    found = re.search(r"(?<![0-9A-Za-z])[0-9OIZSBl]{13,15}(?![0-9A-Za-z])", plain(text))
    return Told(_digits(found[0]), 1.0) if found and not read_code(text) else None


_ROAD_PERMIT = re.compile(f"([{HAN}])?交?运管许可([{HAN}]{{0,4}})字([0-9OIZSBl]{{6,15}})号?")


def read_road_permit(text: str) -> Told | None:
    """The number of a road transport permit in *text*, in its usual form."""
    match = _ROAD_PERMIT.search(re.sub(r"[()（）\[\]【】〔〕\s]", "", plain(text)))
    if match is None:
        return None
    return Told(f"{match[1] or ''}交运管许可{match[2]}字{_digits(match[3])}号", 0.98)


def read_tax_number(text: str) -> Told | None:
    """The number in 国税字 320594159354502 号."""
    match = re.search(r"税.{0,4}字[^0-9]{0,3}([0-9OIZSB]{13,20}[0-9X]?)", plain(text))
    return Told(_digits(match[1]), 0.98) if match else None


def read_opener(text: str) -> Told | None:
    """Who opens the account: 经审核，…符合开户条件."""
    match = re.search(r"(?:经审[核查])[，,]?\s*(.{4,50}?)\s*符合", text)
    return read_name(match[1]) if match else None


def read_permit(text: str) -> Told | None:
    if road := read_road_permit(text):
        return road
    value = re.sub(r"[()（）\[\]【】〔〕\s]", "", plain(text))
    if registered := re.search(r"[JLZ][0-9OIZSB]{12,15}(?:-?\d{1,2})?", value):
        return Told(registered[0][0] + _digits(registered[0][1:]), 1.0)
    return read_number(value)


def _digits(text: str) -> str:
    return text.translate(str.maketrans("OIZSBl", "012581"))


def read_account(text: str) -> Told | None:
    digits = re.sub(r"[\s\-]", "", plain(text))
    found = re.search(r"[0-9OIZSBl]{9,30}", digits)
    return (
        Told(_digits(found[0]), 1.0) if found and sum(c.isdigit() for c in found[0]) > 6 else None
    )


def read_bank(text: str) -> Told | None:
    value = _in_brackets(_cleaned(text))
    return Told(value, 1.0 if "行" in value or "社" in value else 0.6) if len(value) >= 4 else None


def read_id(text: str) -> Told | None:
    found = codes.read_id_number(text)
    return Told(found.code, 1.0) if found else None
