"""Business licences in their forms, drawn."""

import random
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date

from archive.recognition.papers import FieldName, PaperKind
from bench.drawing.companies import Company, credit_code
from bench.drawing.pen import Pen
from bench.drawing.shapes import Drawn

F = FieldName
_CREAM, _WHITE = (251, 246, 236), (255, 255, 255)
_GOLD = (150, 128, 84)
_TINTS = ((240, 232, 220), (232, 238, 230), (244, 230, 226))
_REGISTER = "http://register.example"


def written(day: date, chance: random.Random) -> str:
    """*day* in one of the spellings that papers use."""
    return chance.choice(
        (
            f"{day.year}年{day.month:02}月{day.day:02}日",
            f"{day.year} 年 {day.month:02} 月 {day.day:02} 日",
            f"{day.year}年{day.month}月{day.day}日",
            f"{day.year}-{day.month:02}-{day.day:02}",
        )
    )


def in_numerals(day: date) -> str:
    """*day* as a Chinese document writes it in full: 二〇二三年六月十五日."""
    digits = "〇一二三四五六七八九"

    def below_hundred(number: int) -> str:
        tens, ones = divmod(number, 10)
        ten = ("", "十")[tens] if tens < 2 else digits[tens] + "十"
        return ten + (digits[ones] if ones else "")

    year = "".join(digits[int(each)] for each in str(day.year))
    return f"{year}年{below_hundred(day.month)}月{below_hundred(day.day)}日"


def term(company: Company, chance: random.Random) -> tuple[str, dict[FieldName, str]]:
    """How the term is written, and what it says."""
    start = f"{company.founded:%Y年%m月%d日}"
    if company.until is None:
        says = {F.VALID_UNTIL: "long"}
        if chance.random() < 0.5:
            return "长期", says
        return f"{start}至长期", says | {F.VALID_FROM: company.founded.isoformat()}
    until = f"{company.until:%Y年%m月%d日}"
    says = {F.VALID_FROM: company.founded.isoformat(), F.VALID_UNTIL: company.until.isoformat()}
    return chance.choice(("", "自")) + f"{start}至{until}", says


def facts_of(company: Company, kind: str) -> dict[FieldName, str]:
    """What every licence states."""
    return {
        F.CREDIT_CODE: company.code,
        F.NAME: company.name,
        F.COMPANY_TYPE: kind,
        F.REPRESENTATIVE: company.person,
        F.ADDRESS: company.address,
        F.FOUNDED_ON: company.founded.isoformat(),
        F.SCOPE: company.scope,
        F.ISSUED_ON: company.issued.isoformat(),
    }


def landscape(company: Company, chance: random.Random) -> Drawn:
    """The form since 2019: two columns."""
    kind = chance.choice(
        ("有限责任公司（自然人投资或控股）", "有限责任公司(自然人独资)", "有限责任公司")
    )
    when, says = term(company, chance)
    facts = facts_of(company, kind) | says | {F.CAPITAL: company.capital}
    left = [
        ("名称", company.name),
        ("类型", kind),
        ("法定代表人", company.person),
        ("经营范围", company.scope),
    ]
    right = [
        ("注册资本", company.capital),
        ("成立日期", written(company.founded, chance)),
        ("营业期限", when),
        ("住所", company.address),
    ]
    if chance.random() < 0.35:  # newer prints leave the term out
        right.pop(2)
        for name in (F.VALID_FROM, F.VALID_UNTIL):
            facts.pop(name, None)
    image = _two_columns(company, chance, left, right, "营业执照")
    return Drawn(PaperKind.LICENCE, "landscape", image.image, facts, company.code)


def sole_trader(company: Company, chance: random.Random) -> Drawn:
    """个体工商户: 经营者, 经营场所; no capital."""
    name = company.name.replace("股份有限公司", "经营部").replace("有限公司", "经营部")
    company = replace(company, name=name, code="92" + company.code[2:])
    company = replace(company, code=credit_code(chance, "92", company.code[2:8]))
    kind = "个体工商户"
    facts = facts_of(company, kind)
    left = [("名称", name), ("类型", kind), ("经营者", company.person), ("经营范围", company.scope)]
    right = [
        ("组成形式", "个人经营"),
        ("注册日期", written(company.founded, chance)),
        ("经营场所", company.address),
    ]
    pen = _two_columns(company, chance, left, right, "营业执照")
    return Drawn(PaperKind.LICENCE, "sole trader", pen.image, facts, company.code)


def partnership(company: Company, chance: random.Random) -> Drawn:
    """合伙企业: 执行事务合伙人, 出资额, 主要经营场所."""
    name = company.name.replace("股份有限公司", "中心（有限合伙）").replace(
        "有限公司", "中心（有限合伙）"
    )
    company = replace(company, name=name)
    kind = "有限合伙企业"
    facts = facts_of(company, kind) | {F.CAPITAL: company.capital}
    left = [
        ("名称", name),
        ("类型", kind),
        ("执行事务合伙人", company.person),
        ("经营范围", company.scope),
    ]
    right = [
        ("出资额", company.capital),
        ("成立日期", written(company.founded, chance)),
        ("主要经营场所", company.address),
    ]
    pen = _two_columns(company, chance, left, right, "营业执照")
    return Drawn(PaperKind.LICENCE, "partnership", pen.image, facts, company.code)


def branch(company: Company, chance: random.Random) -> Drawn:
    """分公司: 负责人, 经营场所; no capital."""
    name = company.name + chance.choice(("苏州", "南京", "东莞", "北京")) + "分公司"
    company = replace(company, name=name)
    kind = "有限责任公司分公司"
    facts = facts_of(company, kind)
    left = [("名称", name), ("类型", kind), ("负责人", company.person), ("经营范围", company.scope)]
    right = [("成立日期", written(company.founded, chance)), ("经营场所", company.address)]
    pen = _two_columns(company, chance, left, right, "营业执照")
    return Drawn(PaperKind.LICENCE, "branch", pen.image, facts, company.code)


def _two_columns(
    company: Company,
    chance: random.Random,
    left: Sequence[tuple[str, str]],
    right: Sequence[tuple[str, str]],
    title: str,
) -> Pen:
    pen = Pen(297, 210, chance, _CREAM)
    pen.security(chance.choice(_TINTS))
    for inset in (8, 10):
        pen.frame(inset, _GOLD)
    pen.emblem(148, 27, 10)
    pen.middle(40, title, 38, apart=14, ink=(60, 40, 20))
    pen.middle(60, chance.choice(("（副　本）", "（副本）", "（正本）")), 12, is_bold=False)
    size = chance.choice((9.5, 10.5, 11.5))
    if chance.random() < 0.5:
        pen.text(22, 40, "统一社会信用代码", 11, is_bold=True)
        pen.text(22, 48, company.code, 12)
    else:
        pen.text(22, 58, f"统一社会信用代码：{company.code}", 11)
    pen.qr(252, 36, 26, f"{_REGISTER}/sample/{company.code}")
    pen.text(243, 64, "扫描二维码登录“国家企业信用", 6)
    pen.text(243, 67, "信息公示系统”了解更多登记、", 6)
    pen.text(243, 70, "备案、许可、监管信息。", 6)
    width = 5 * size * 0.36 + chance.choice((0, 5, 9))
    gap = chance.choice((2, 6))
    y = y_right = 78.0
    for label, value in left:
        pen.spread(24, y, label, width, size)
        points = size - 1.5 if label == "经营范围" else size
        y = max(pen.block(24 + width + gap, y, value, 165 - 30 - width - gap, points), y + 8) + 4
    for label, value in right:
        pen.spread(168, y_right, label, width, size)
        y_right = (
            max(pen.block(168 + width + gap, y_right, value, 108 - width - gap, size), y_right + 8)
            + 5
        )
    _foot(pen, company, chance, 205, max(y_right + 6, 158))
    return pen


def _foot(pen: Pen, company: Company, chance: random.Random, x: float, y: float) -> None:
    office = f"{company.city}市场监督管理局"
    day = company.issued
    pen.text(x, min(y, pen.high - 36), "登记机关", 12, is_bold=True)
    when = chance.choice(
        (f"{day.year} 年 {day.month:02} 月 {day.day:02} 日", f"{day:%Y年%m月%d日}")
    )
    pen.text(x + 20, min(y + 16, pen.high - 22), when, 11)
    pen.seal(x + 32, min(y + 9, pen.high - 28), 19, office)
    pen.text(14, pen.high - 14, f"国家企业信用信息公示系统网址：{_REGISTER}", 7)
    pen.text(pen.wide - 78, pen.high - 14, "国家市场监督管理总局监制", 7)
    pen.mark()


def portrait(company: Company, chance: random.Random) -> Drawn:
    """The form of 2015 to 2019: one column."""
    kind = chance.choice(("有限责任公司(自然人投资或控股)", "其他股份有限公司（非上市）"))
    when, says = term(company, chance)
    facts = facts_of(company, kind) | says | {F.CAPITAL: company.capital}
    rows = [
        ("名称", company.name),
        ("类型", kind),
        ("住所", company.address),
        ("法定代表人", company.person),
        ("注册资本", company.capital),
        ("成立日期", f"{company.founded:%Y年%m月%d日}"),
        ("营业期限", when),
        ("经营范围", company.scope),
    ]
    pen = _one_column(company, chance, rows, "营业执照")
    pen.text(90, 76, f"统一社会信用代码 {company.code}", 11)
    return Drawn(PaperKind.LICENCE, "portrait", pen.image, facts, company.code)


def cooperative(company: Company, chance: random.Random) -> Drawn:
    """农民专业合作社: 成员出资总额, 业务范围."""
    name = company.city.removesuffix("市") + company.name[2:6] + "农产品专业合作社"
    company = replace(company, name=name)
    company = replace(company, code=credit_code(chance, "93", company.code[2:8]))
    kind = "农民专业合作社"
    facts = facts_of(company, kind) | {F.CAPITAL: company.capital}
    rows = [
        ("名称", name),
        ("类型", kind),
        ("住所", company.address),
        ("法定代表人", company.person),
        ("成员出资总额", company.capital),
        ("成立日期", f"{company.founded:%Y年%m月%d日}"),
        ("业务范围", company.scope),
    ]
    pen = _one_column(company, chance, rows, "营业执照")
    pen.text(90, 76, f"统一社会信用代码 {company.code}", 11)
    return Drawn(PaperKind.LICENCE, "cooperative", pen.image, facts, company.code)


def older(company: Company, chance: random.Random) -> Drawn:
    """Before 2015: 注册号, 实收资本, the day in numerals."""
    kind = "有限责任公司"
    when, says = term(company, chance)
    facts = facts_of(company, kind) | says | {F.CAPITAL: company.capital}
    facts[F.PERMIT_NUMBER] = company.registration
    del facts[F.CREDIT_CODE]
    rows = [
        ("名称", company.name),
        ("住所", company.address),
        ("法定代表人", company.person),
        ("注册资本", company.capital),
        ("实收资本", company.capital),
        ("公司类型", kind),
        ("经营范围", company.scope),
        ("成立日期", in_numerals(company.founded)),
        ("营业期限", when),
    ]
    pen = _one_column(company, chance, rows, "企业法人营业执照")
    pen.text(95, 76, f"注册号 {company.registration}", 11)
    return Drawn(PaperKind.LICENCE, "older portrait", pen.image, facts)


def _one_column(
    company: Company, chance: random.Random, rows: Sequence[tuple[str, str]], title: str
) -> Pen:
    pen = Pen(210, 297, chance, chance.choice((_CREAM, _WHITE)))
    pen.security(chance.choice(_TINTS))
    pen.frame(9, _GOLD)
    pen.emblem(105, 28, 9)
    pen.middle(42, title, 34 if len(title) < 5 else 28, apart=8 if len(title) < 5 else 3)
    pen.middle(61, "（副　本）", 12, is_bold=False)
    size = chance.choice((10.5, 11.5))
    y = 90.0
    for label, value in rows:
        pen.spread(26, y, label, 29, size)
        points = size - 1.5 if label in ("经营范围", "业务范围") else size
        y = max(pen.block(61, y, value, 122, points), y + 7) + 3.4
    _foot(pen, company, chance, 105, max(y + 5, 232))
    return pen


def electronic(company: Company, chance: random.Random) -> Drawn:
    """A print from the register's own application: no seal, a large code."""
    kind = "有限责任公司(自然人投资或控股)"
    when, says = term(company, chance)
    facts = facts_of(company, kind) | says | {F.CAPITAL: company.capital}
    pen = Pen(210, 297, chance, _WHITE)
    pen.middle(22, "电子营业执照", 26, apart=3)
    pen.middle(38, "（副本）", 12, is_bold=False)
    rows = [
        ("统一社会信用代码", company.code),
        ("名称", company.name),
        ("类型", kind),
        ("法定代表人", company.person),
        ("经营范围", company.scope),
        ("注册资本", company.capital),
        ("成立日期", f"{company.founded:%Y-%m-%d}"),
        ("营业期限", when),
        ("住所", company.address),
        ("登记机关", f"{company.city}市场监督管理局"),
        ("发照日期", f"{company.issued:%Y-%m-%d}"),
    ]
    y = 60.0
    for label, value in rows:
        pen.text(24, y, f"{label}：" if chance.random() < 0.5 else label, 10.5, is_bold=True)
        y = max(pen.block(66, y, value, 118, 10.5), y + 7) + 3
    pen.qr(150, 235, 34, f"{_REGISTER}/sample/{company.code}")
    pen.text(24, 270, "该电子营业执照与纸质营业执照具有同等法律效力", 8)
    pen.mark()
    return Drawn(PaperKind.LICENCE, "electronic", pen.image, facts, company.code)


Drawer = Callable[[Company, random.Random], Drawn]
LICENCES: tuple[Drawer, ...] = (
    landscape,
    portrait,
    sole_trader,
    branch,
    partnership,
    cooperative,
    older,
    electronic,
)
