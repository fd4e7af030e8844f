"""The table of all that a template may ask for."""

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from archive import clock
from archive.chinese.numbers import write_money, write_number
from archive.contracts.models import Contract, OwnCompany
from archive.contracts.placeholders.facts import Fact, Group, Source, Table
from archive.contracts.rules import REMARKED
from archive.customers.models import Customer, YearlyFinances
from archive.docgen import Catalogue, ValueKind
from archive.terms import N_

MONEY, NUMBER, DATE = ValueKind.MONEY, ValueKind.NUMBER, ValueKind.DATE


def licence_of(customer: Customer) -> date | str | None:
    """The last day of the business licence, or the word for one without an end."""
    valid_until: date | None = customer.licence_valid_until
    return "长期" if customer.licence_is_open_ended else valid_until


def flows_of(customer: Customer) -> str:
    """The main flows of goods in a sentence."""
    return "；".join(
        f"{flow.origin}—{flow.destination}"
        + (f"，每月 {write_number(flow.monthly_tonnes)} 吨" if flow.monthly_tonnes else "")
        for flow in customer.flows
    )


def finances_of(customer: Customer) -> str:
    """The newest year of which anything is known."""
    if not customer.finances:
        return ""
    newest: YearlyFinances = max(customer.finances, key=lambda each: each.year)
    named = (("营业收入", newest.revenue), ("净利润", newest.profit), ("资产总额", newest.assets))
    known = "，".join(f"{name} {write_money(sum_)} 元" for name, sum_ in named if sum_ is not None)
    return f"{newest.year} 年{known}" if known else ""


def price_changes_of(customer: Customer) -> str:
    """The last three changes of the price agreed."""
    return "；".join(
        f"{change.changed_on.isoformat()} {change.what}：{change.before or '—'} → {change.after}"
        for change in sorted(customer.price_changes, key=lambda each: each.changed_on)[-3:]
    )


def of_responsible(name: str) -> Callable[[Customer], Any]:
    """What reads *name* of the contact person who is responsible."""
    return lambda customer: getattr(customer.responsible_contact, name, None)


def or_dash(name: str) -> Callable[[Any], Any]:
    """What reads *name* of a row; nothing is a dash, for a row is no form to fill in."""
    return lambda row: getattr(row, name) or "—"


def remark_on(contract: Contract) -> str:
    """What the ledger says of changes and the end of *contract* (Art. 25.2)."""
    return contract.status.label if contract.status in REMARKED else "—"


CUSTOMER = Group(
    "客户",
    Source.CUSTOMER,
    (
        Fact("档案编号", N_("档案编号"), "KH-2026-00001", get=lambda c: c.archive_number),
        Fact("客户编码", N_("客户编码"), "C00001", get=lambda c: c.customer_code),
        Fact("名称", N_("公司名称"), "示例货主有限公司", field="name"),
        Fact("简称", N_("公司简称"), "示例货主", field="short_name"),
        Fact("曾用名", N_("曾用名"), "示例商贸有限公司", field="former_names"),
        Fact(
            "统一社会信用代码", N_("统一社会信用代码"), "91350100M000100Y43", field="credit_code"
        ),
        Fact("地址", N_("地址"), "示例省示例市示例路1号", field="address"),
        Fact("法定代表人", N_("法定代表人"), "张某", field="legal_representative"),
        Fact("电话", N_("电话"), "0591-00000000", field="phone", is_phone=True),
        Fact("传真", N_("传真"), "0591-00000001", field="fax", is_phone=True),
        Fact("电子邮箱", N_("电子邮箱"), "office@example.com", field="email"),
        Fact("网址", N_("网址"), "www.example.com", field="website"),
        Fact("负责联系人", N_("主要联系人"), "李某", field="contacts", get=of_responsible("name")),
        Fact(
            "联系人职务", N_("主要联系人职务"), "物流经理",
            field="contacts", get=of_responsible("position"),
        ),
        Fact(
            "联系人电话", N_("主要联系人电话"), "13800000000",
            field="contacts", get=of_responsible("phone"), is_phone=True,
        ),
        Fact("性质", N_("公司性质"), "民营企业", field="nature"),
        Fact("行业", N_("所属行业"), "机械制造", field="industry"),
        Fact("主要货物", N_("主要运输物资"), "机械配件", field="main_goods"),
        Fact(
            "主要流向", N_("物资主要流向"), "福州—上海，每月 300 吨", field="flows", get=flows_of
        ),
        Fact("主要运输方式", N_("主要运输方式"), "公路整车", field="transport_modes"),
        Fact(
            "执照有效期至", N_("营业执照有效期至"), date(2036, 12, 31), DATE,
            field="licence_valid_until", get=licence_of,
        ),
        Fact("税务登记", N_("税务登记"), "已与营业执照合并", field="tax_registration"),
        Fact(
            "财务情况", N_("财务情况"), "上年度营业收入 8,600 万元",
            field="finances", get=finances_of,
        ),
        Fact("贡献度", N_("贡献度分类"), "重要客户", is_kept=False),
        Fact("开拓方式", N_("开拓方式分类"), "直接客户", field="origin"),
        Fact("业务往来", N_("业务往来分类"), "合作客户（老）", field="relationship"),
        Fact("维护重要性", N_("维护重要性分类"), "战略客户", is_kept=False),
        Fact("信誉", N_("信誉分类"), "A 级", is_kept=False),
        Fact(
            "合作起始日期", N_("合作起始日期"), date(2021, 3, 1), DATE,
            field="cooperation_started_on",
        ),
        Fact(
            "合作终止日期", N_("合作终止日期"), date(2027, 2, 28), DATE,
            field="cooperation_ended_on",
        ),
        Fact(
            "价格变动", N_("合作价格变动情况"), "2026-01-01 起每吨下调 10 元",
            field="price_changes", get=price_changes_of,
        ),
        Fact("销售员", N_("跟进销售员"), "王某", get=lambda c: c.salesperson_name),
        Fact(
            "开拓情况", N_("开拓与合作情况"), "2021 年由销售部开拓，按月对账", field="credit_note"
        ),
        Fact(
            "建档日期", N_("建档日期"), date(2026, 1, 5), DATE,
            get=lambda c: clock.local_day(c.created_at),
        ),
    ),
)  # fmt: skip

CONTACTS = Table(
    "客户联系人",
    Source.CUSTOMER,
    (
        Fact("姓名", N_("联系人姓名"), "李某", field="name"),
        Fact("职务", N_("联系人职务"), "物流经理", get=or_dash("position")),
        Fact("电话", N_("联系人电话"), "13800000000", get=or_dash("phone"), is_phone=True),
        Fact("电子邮箱", N_("联系人邮箱"), "li@example.com", get=or_dash("email")),
        Fact("负责", N_("是否主要联系人"), "是", get=lambda c: "是" if c.is_responsible else "—"),
    ),
    label=N_("客户联系人"),
    meaning=N_("客户档案中的每位联系人一行。"),
    field="contacts",
)

COMPANY = Group(
    "公司",
    Source.COMPANY,
    (
        Fact("名称", N_("本公司名称"), "示例物流有限公司", field="name"),
        Fact(
            "统一社会信用代码", N_("本公司统一社会信用代码"), "91310115591693856A",
            field="credit_code",
        ),
        Fact("地址", N_("本公司地址"), "示例市示例区物流园 8 号", field="address"),
        Fact("法定代表人", N_("本公司法定代表人"), "陈某", field="legal_representative"),
        Fact("电话", N_("本公司电话"), "021-00000000", field="phone"),
        Fact("传真", N_("本公司传真"), "021-00000001", field="fax"),
        Fact("电子邮箱", N_("本公司电子邮箱"), "contract@example.com", field="email"),
        Fact("开户银行", N_("本公司开户银行"), "示例银行示例支行", field="bank"),
        Fact("银行账号", N_("本公司银行账号"), "1000 2000 3000 4000", field="bank_account"),
        Fact(
            "道路运输许可证号", N_("道路运输经营许可证号"), "示例字 000000000000 号",
            field="road_licence",
        ),
    ),
)  # fmt: skip

CONTRACT = Group(
    "合同",
    Source.CONTRACT,
    (
        Fact("名称", N_("合同名称"), "2026 年度公路运输合同", field="title"),
        Fact("类别", N_("合同类别"), "常规服务合同", field="kind"),
        Fact("签订地点", N_("签订地点"), "示例市", field="signing_place"),
        Fact("签订日期", N_("签订日期"), date(2026, 1, 10), DATE, field="signed_on"),
        Fact("起始日期", N_("合同起始日期"), date(2026, 1, 15), DATE, field="starts_on"),
        Fact("终止日期", N_("合同终止日期"), date(2027, 1, 14), DATE, field="ends_on"),
        Fact(
            "金额", N_("合同金额"), Decimal("126800.50"), MONEY, N_("价格表各行金额之和。"),
            field="amount",
        ),
        Fact("税率", N_("增值税税率"), "9%", field="tax_rate"),
        Fact("货物名称", N_("货物名称"), "机械配件", field="goods"),
        Fact("货物规格", N_("货物规格"), "按随车清单", field="specification"),
        Fact("包装", N_("包装方式"), "木箱", field="packaging"),
        Fact("件数", N_("件数"), "按每票运单", field="pieces"),
        Fact("重量", N_("重量"), "单票不超过 30 吨", field="weight"),
        Fact("体积", N_("体积"), "单票不超过 80 立方米", field="volume"),
        Fact("货物价值", N_("货物价值"), "单票不超过 50 万元", field="goods_value"),
        Fact("起运地", N_("起运地"), "福州市", field="origin"),
        Fact("到达地", N_("到达地"), "上海市", field="destination"),
        Fact("收货人", N_("收货人"), "按每票运单", field="consignee"),
        Fact("运输方式", N_("运输方式"), "公路整车", field="transport"),
        Fact("计价方式", N_("计价方式"), "按吨计价", field="pricing"),
        Fact("结算方式", N_("结算方式"), "月结，银行转账", field="settlement"),
        Fact("付款天数", N_("付款天数"), "30", NUMBER, field="payment_days"),
        Fact("发票类型", N_("发票类型"), "增值税专用发票", field="invoice"),
        Fact("保险方式", N_("保险或保价方式"), "托运人按票保价", field="insurance"),
        Fact("违约金比例", N_("逾期付款每日违约金"), "万分之五", field="late_fee"),
        Fact("争议解决", N_("争议解决机构"), "承运人所在地人民法院", field="disputes"),
        Fact("份数", N_("合同份数"), "肆", field="copies"),
        Fact("每方份数", N_("每方持有份数"), "贰", field="copies_each"),
        Fact("特别约定", N_("特别约定"), "节假日提前三日通知提货", field="special"),
    ),
)  # fmt: skip

AGREEMENT = Group(
    "协议",
    Source.CONTRACT,
    (
        Fact(
            "内容", N_("变更、解除或补充的内容"), "运价表第 1 项单价改为每吨 310 元",
            meaning=N_("起草时写在“特别约定”里。"), field="special",
        ),
        Fact(
            "生效日期", N_("变更、解除或补充的执行日期"), date(2026, 7, 1), DATE,
            N_("起草时写在“合同起始日期”里。"), field="starts_on",
        ),
    ),
)  # fmt: skip

ORIGINAL = Group(
    "原合同",
    Source.CONTRACT,
    (
        Fact(
            "编号", N_("原合同编号"), "HT-2026-00001",
            meaning=N_("从合同页起草变更、解除或补充协议时带入。"),
            get=lambda c: c.number,
        ),
        Fact(
            "名称", N_("原合同名称"), "2026 年度公路运输合同", get=lambda c: c.title
        ),
        Fact(
            "签订日期", N_("原合同签订日期"), date(2026, 1, 10), DATE,
            get=lambda c: c.signed_on,
        ),
        Fact(
            "起始日期", N_("原合同起始日期"), date(2026, 1, 15), DATE,
            get=lambda c: c.starts_on,
        ),
        Fact(
            "终止日期", N_("原合同终止日期"), date(2027, 1, 14), DATE,
            get=lambda c: c.ends_on,
        ),
        Fact(
            "金额", N_("原合同金额"), Decimal("126800.50"), MONEY,
            get=lambda c: c.amount,
        ),
    ),
)  # fmt: skip

LEDGER = Table(
    "合同台账",
    Source.LEDGER,
    (
        Fact("序号", N_("序号"), "1", NUMBER),  # counted while the document is made
        Fact("合同号", N_("合同编号"), "HT-2026-00001", get=lambda c: c.number),
        Fact("签订日期", N_("签订日期"), date(2026, 1, 10), DATE, get=or_dash("signed_on")),
        Fact("合同名称", N_("合同名称"), "2026 年度公路运输合同", get=lambda c: c.title),
        Fact("合同方", N_("合同方"), "示例货主有限公司", get=lambda c: c.customer_name),
        Fact("合同类型", N_("合同类别"), "常规服务合同", get=lambda c: c.kind),
        Fact("承办人", N_("承办人"), "王某", get=lambda c: c.handler_name),
        Fact("合同金额", N_("合同金额"), Decimal("126800.50"), MONEY, get=or_dash("amount")),
        Fact("备注", N_("备注"), "已变更", get=remark_on),
    ),
    label=N_("合同台账"),
    meaning=N_("台账中的每份合同一行（第 25 条）。"),
    field="",
)

PRICES = Table(
    "价格表",
    Source.CONTRACT,
    (
        Fact("序号", N_("序号"), "1", NUMBER),  # counted while the document is made
        Fact("起运地", N_("起运地"), "福州市", field="origin"),
        Fact("到达地", N_("到达地"), "上海市", field="destination"),
        Fact("货物名称", N_("货物名称"), "机械配件", field="goods"),
        Fact("计价单位", N_("计价单位"), "吨", field="unit"),
        Fact("数量", N_("数量"), Decimal("12.5"), NUMBER, field="quantity"),
        Fact("单价", N_("单价"), Decimal("320.00"), MONEY, field="unit_price"),
        Fact("金额", N_("金额"), Decimal("4000.00"), MONEY, get=lambda row: row.amount),
        Fact("时限", N_("运到时限"), "48 小时", field="time_limit"),
        Fact("备注", N_("备注"), "含装卸", field="remark"),
    ),
    label=N_("价格表"),
    meaning=N_("起草时填写的价格表，每行一次循环。"),
    field="prices",
)

GROUPS: tuple[Group, ...] = (
    CUSTOMER, CONTACTS, COMPANY, CONTRACT, PRICES, AGREEMENT, ORIGINAL, LEDGER,
)  # fmt: skip
PLACEHOLDERS = tuple(each for group in GROUPS for each in group.placeholders())
CATALOGUE = Catalogue(PLACEHOLDERS)
FIELDS: Mapping[str, str] = {
    **{name: field for group in GROUPS for name, field in group.fields().items()},
    **{each.name: "like" for each in ORIGINAL.placeholders()},
}
"""Where a person fills in what a template asks for: placeholder -> field of the form.

An original contract is chosen by what the draft starts from.
"""


def values_of(
    customer: Customer,
    contract: Contract | None,
    company: OwnCompany | None,
    *,
    named: str,
    original: Contract | None = None,
    hide_phones: bool = False,
) -> dict[str, Any]:
    """All that is known, by group; *named* is the company's name where nothing else says it.

    *original* is the contract that *contract* changes, adds to or ends.

    *hide_phones* masks the customer's telephone numbers, for those who may open the archive but
    not see them.
    """
    of_company = COMPANY.values_of(company or OwnCompany())
    return {
        "客户": CUSTOMER.values_of(customer, hide_phones=hide_phones),
        "客户联系人": CONTACTS.rows_of(customer, hide_phones=hide_phones),
        "公司": of_company | {"名称": of_company["名称"] or named},
        "合同": CONTRACT.values_of(contract) if contract else {},
        "价格表": PRICES.rows_of(contract) if contract else [],
        "协议": AGREEMENT.values_of(contract) if contract else {},
        "原合同": ORIGINAL.values_of(original) if original else {},
    }
