"""Pure rules about customers: closed lists, names that mean the same company."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise

from rapidfuzz import fuzz

from archive.chinese.folding import fold, join_han
from archive.terms import N_, Term

ALIKE = 88  # of 100; below it names of different companies begin to appear

LEGAL_FORMS = re.compile(
    r"(股份有限公司|有限责任公司|有限公司|集团公司|股份公司|总公司|分公司|公司|集团|厂|"
    r"合伙企业|有限合伙|普通合伙|个体工商户|经营部|co\.?,?\s*ltd\.?|inc\.?|limited)"
)
REGION_WORDS = re.compile(r"(省|市|自治区|特别行政区|壮族|回族|维吾尔|县|区)")


class Nature(Term):
    """公司性质."""

    PRIVATE = "private", N_("民营企业")
    STATE = "state", N_("国有企业")
    FOREIGN = "foreign", N_("外资企业")
    JOINT = "joint", N_("合资企业")
    SOLE = "sole", N_("个体工商户")
    PUBLIC = "public", N_("机关事业单位")
    OTHER = "other", N_("其他性质")


class Industry(Term):
    """所属行业, as coarse as a freight company needs it."""

    MACHINERY = "machinery", N_("机械设备")
    ELECTRONICS = "electronics", N_("电子电器")
    AUTOMOTIVE = "automotive", N_("汽车及配件")
    CHEMICALS = "chemicals", N_("化工")
    PHARMA = "pharma", N_("医药")
    FOOD = "food", N_("食品饮料")
    AGRICULTURE = "agriculture", N_("农林牧渔")
    TEXTILES = "textiles", N_("纺织服装")
    BUILDING = "building", N_("建材家居")
    METALS = "metals", N_("钢铁有色")
    ENERGY = "energy", N_("能源矿产")
    PAPER = "paper", N_("造纸印刷")
    TRADE = "trade", N_("批发零售")
    ONLINE = "online", N_("电子商务")
    LOGISTICS = "logistics", N_("物流货代")
    OTHER = "other", N_("其他行业")


class TransportMode(Term):
    """主要运输方式."""

    ROAD = "road", N_("公路")
    RAIL = "rail", N_("铁路")
    WATER = "water", N_("水运")
    AIR = "air", N_("航空")
    COMBINED = "combined", N_("多式联运")


class Origin(Term):
    """开拓方式 (Art. 4.2)."""

    DIRECT = "direct", N_("直接客户")
    INDIRECT = "indirect", N_("间接客户")


class Relationship(Term):
    """业务往来 (Art. 4.3)."""

    POTENTIAL = "potential", N_("潜在客户")
    TARGET = "target", N_("目标客户"), "active"
    COOPERATING_NEW = "cooperating_new", N_("合作新客户"), "good"
    COOPERATING_OLD = "cooperating_old", N_("合作老客户"), "good"
    LOST = "lost", N_("流失客户"), "bad"


class Region(Term):
    """省级行政区, with its code of GB/T 2260."""

    BEIJING = "11", N_("北京")
    TIANJIN = "12", N_("天津")
    HEBEI = "13", N_("河北")
    SHANXI = "14", N_("山西")
    INNER_MONGOLIA = "15", N_("内蒙古")
    LIAONING = "21", N_("辽宁")
    JILIN = "22", N_("吉林")
    HEILONGJIANG = "23", N_("黑龙江")
    SHANGHAI = "31", N_("上海")
    JIANGSU = "32", N_("江苏")
    ZHEJIANG = "33", N_("浙江")
    ANHUI = "34", N_("安徽")
    FUJIAN = "35", N_("福建")
    JIANGXI = "36", N_("江西")
    SHANDONG = "37", N_("山东")
    HENAN = "41", N_("河南")
    HUBEI = "42", N_("湖北")
    HUNAN = "43", N_("湖南")
    GUANGDONG = "44", N_("广东")
    GUANGXI = "45", N_("广西")
    HAINAN = "46", N_("海南")
    CHONGQING = "50", N_("重庆")
    SICHUAN = "51", N_("四川")
    GUIZHOU = "52", N_("贵州")
    YUNNAN = "53", N_("云南")
    TIBET = "54", N_("西藏")
    SHAANXI = "61", N_("陕西")
    GANSU = "62", N_("甘肃")
    QINGHAI = "63", N_("青海")
    NINGXIA = "64", N_("宁夏")
    XINJIANG = "65", N_("新疆")
    TAIWAN = "71", N_("台湾")
    HONG_KONG = "81", N_("香港")
    MACAO = "82", N_("澳门")
    ABROAD = "99", N_("境外")


_SIGNS = re.compile(
    r"[\s()（）【】〔〕\[\]<>《》〈〉「」『』{}“”\"'·•‧∙⋅・･●ꞏ⸱\u0307,，.。、/~&\-—_]"
)


def core_of_name(name: str) -> str:
    """What is left of a company name without its legal form and the words of places."""
    bare = folded_name(name)
    core = REGION_WORDS.sub("", LEGAL_FORMS.sub("", bare))
    return core or bare


def folded_name(name: str) -> str:
    """*name* as names are compared: one spelling, without spaces, dots and brackets."""
    return _SIGNS.sub("", join_han(fold(name)))


def name_terms(folded: str) -> set[str]:
    """What a folded name is found by: each of its characters and each pair of neighbours."""
    return {*folded, *map("".join, pairwise(folded))}


def name_terms_of_part(folded: str) -> set[str]:
    """The terms that every name with *folded* in it has; its pairs tell more than characters."""
    return set(map("".join, pairwise(folded))) or set(folded)


def region_free(core: str) -> str:
    """*core* without a province at either end: 广东华盛货运, 华盛货运广东 -> 华盛货运."""
    for region in Region:
        rest = core.removeprefix(region.label).removesuffix(region.label)
        if rest != core and len(rest) > 1:
            return rest
    return core


def are_alike(one: str, other: str) -> bool:
    """Whether two cores of names probably mean the same company."""
    if not one or not other:
        return False
    return one == other or region_free(one) == region_free(other) or fuzz.ratio(one, other) >= ALIKE


CONFIRMED_FOR = timedelta(days=365)
"""After so long without a look the facts of an archive ask to be confirmed (Art. 9)."""


def are_to_confirm(looked_at: datetime, now: datetime) -> bool:
    """Whether facts at which somebody looked last at *looked_at* ask to be confirmed."""
    return looked_at <= now - CONFIRMED_FOR


@dataclass(frozen=True)
class Missing:
    """A fact that the archive should hold and does not: its field and its label."""

    field: str
    label: str


ASKED_BY_ARTICLE_6 = (
    Missing("credit_code", N_("统一社会信用代码")),
    Missing("region", N_("地区")),
    Missing("address", N_("地址")),
    Missing("legal_representative", N_("法定代表人")),
    Missing("phone", N_("电话")),
    Missing("contacts", N_("联系人")),
    Missing("nature", N_("公司性质")),
    Missing("industry", N_("所属行业")),
    Missing("main_goods", N_("主要运输物资")),
    Missing("flows", N_("物资主要流向")),
    Missing("transport_modes", N_("主要运输方式")),
    Missing("licence_valid_until", N_("营业执照有效期")),
    Missing("origin", N_("开拓方式")),
    Missing("salesperson_id", N_("跟进销售员")),
)


def missing_facts(filled: Iterable[str], *, has_open_ended_licence: bool) -> list[Missing]:
    """Which facts of Art. 6 and 8 are still to be collected; *filled* names those given."""
    stands = set(filled)
    if has_open_ended_licence:
        stands.add("licence_valid_until")
    return [each for each in ASKED_BY_ARTICLE_6 if each.field not in stands]
