"""Invented companies, called samples in their names, with every fact that a paper may state."""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from archive.chinese.capitals import write_capitals
from archive.chinese.credit_codes import check_character, organisation_check_character

_CITIES = (
    ("上海市", "310115", "浦东新区"),
    ("深圳市", "440304", "福田区"),
    ("广州市", "440106", "天河区"),
    ("苏州市", "320594", "工业园区"),
    ("宁波市", "330206", "北仑区"),
    ("青岛市", "370211", "黄岛区"),
    ("厦门市", "350203", "思明区"),
    ("重庆市", "500112", "渝北区"),
    ("武汉市", "420106", "武昌区"),
    ("西安市", "610113", "雁塔区"),
    ("郑州市", "410105", "金水区"),
    ("沈阳市", "210106", "铁西区"),
    ("长沙市", "430111", "雨花区"),
    ("合肥市", "340104", "蜀山区"),
    ("石家庄市", "130104", "桥西区"),
)
_FIRST = "鑫瀚晟昇骏璟弘邦锦程捷恒泰远盛通达华嘉禾金永顺德立信海天宏图瑞祥丰裕康诚润庆"
_TRADES = (
    "国际货运代理",
    "物流",
    "供应链管理",
    "运输",
    "机械设备",
    "进出口贸易",
    "电子科技",
    "化工",
    "食品",
    "纺织品",
    "建材",
    "汽车配件",
    "仓储服务",
    "家具制造",
    "医疗器械",
    "钢结构工程",
)
_FORMS = ("有限公司", "有限公司", "有限公司", "股份有限公司")
_BANKS = ("高新", "城东", "开发区", "解放路")
_SURNAMES = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭"
_ROADS = ("人民路", "业盛路", "海景二路", "科技大道", "中山东路", "解放北路", "滨河南路", "学府街")
_SCOPES = (
    "道路货物运输（不含危险货物）",
    "国内货物运输代理",
    "国际货物运输代理",
    "普通货物仓储服务（不含危险化学品等需许可审批的项目）",
    "装卸搬运",
    "供应链管理服务",
    "信息咨询服务（不含许可类信息咨询服务）",
    "货物进出口",
    "技术进出口",
    "包装服务",
    "机械设备租赁",
    "集装箱租赁服务",
    "金属材料销售",
    "日用百货销售",
    "五金产品零售",
    "电子产品销售",
    "报关业务",
    "停车场服务",
    "建筑材料销售",
    "化工产品销售（不含许可类化工产品）",
    "食品销售（仅销售预包装食品）",
)
_CLAUSE = "（依法须经批准的项目，经相关部门批准后方可开展经营活动）"


@dataclass(frozen=True)
class Company:
    """One invented company."""

    name: str
    code: str
    city: str
    person: str
    address: str
    capital: str
    founded: date
    until: date | None
    scope: str
    issued: date
    account: str
    bank: str
    permit: str
    approval: str
    id_number: str
    registration: str


def companies(seed: int) -> Iterator[Company]:
    """Invented companies without end, the same for the same *seed*."""
    chance = random.Random(seed)
    while True:
        yield _company(chance)


def _company(chance: random.Random) -> Company:
    city, region, district = chance.choice(_CITIES)
    brand = "".join(chance.sample(_FIRST, 2)) + "示例"
    founded = date(1998, 1, 5) + timedelta(days=chance.randrange(9000))
    place = city.removesuffix("市")
    number, room = chance.randrange(1, 2000), chance.randrange(101, 2999)
    million = chance.choice((50, 100, 200, 500, 1000, 1200, 3000, 5000))
    return Company(
        name=f"{place}{brand}{chance.choice(_TRADES)}{chance.choice(_FORMS)}",
        code=credit_code(chance, "91", region),
        city=city,
        person=chance.choice(_SURNAMES) + chance.choice(("示例", "演示", "示", "例")),
        address=f"{city}{district}{chance.choice(_ROADS)}{number}号{chance.choice('ABC')}座{room}室",
        capital=chance.choice(
            (
                f"人民币{million}.0000万元整",
                f"{million}万元人民币",
                write_capitals(Decimal(million) * 10_000),
            )
        ),
        founded=founded,
        until=None if chance.random() < 0.4 else date(founded.year + 30, founded.month, 1),
        scope=_scope(chance),
        issued=date(2019, 4, 1) + timedelta(days=chance.randrange(2000)),
        account="".join(str(chance.randrange(10)) for _ in range(19)),
        bank=f"示例银行股份有限公司{place}{chance.choice(_BANKS)}支行",
        permit=f"{chance.choice('沪粤苏浙鲁闽')}交运管许可{place[0]}字{region}{chance.randrange(10**6):06}号",
        approval=f"J{chance.randrange(10**12, 10**13)}",
        id_number=_id_number(chance, region),
        registration=f"{region}{chance.randrange(10**9):09}",
    )


def _scope(chance: random.Random) -> str:
    parts = chance.sample(_SCOPES, chance.randrange(5, 11))
    mark = chance.choice(("，", "；"))
    return mark.join(parts) + "。" + _CLAUSE


def credit_code(chance: random.Random, kind: str, region: str) -> str:
    """A code of a register, both check characters right."""
    alphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY"
    rest = "MA" + "".join(chance.choice(alphabet) for _ in range(6))
    if chance.random() < 0.35:
        rest = "".join(chance.choice("0123456789") for _ in range(8))
    body = kind + region + rest
    body += organisation_check_character(body)
    return body + check_character(body)


def _id_number(chance: random.Random, region: str) -> str:
    born = date(1960, 1, 1) + timedelta(days=chance.randrange(14000))
    body = f"{region}{born:%Y%m%d}{chance.randrange(1000):03}"
    weights = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
    total = sum(int(one) * weight for one, weight in zip(body, weights, strict=True))
    return body + "10X98765432"[total % 11]
