"""What is typed in about templates and contracts: one declaration for the page and the API."""

import re
from decimal import Decimal
from functools import partial
from typing import Annotated

from pydantic import AfterValidator, Field, field_validator, model_validator

from archive.chinese.capitals import LIMIT
from archive.contracts import rules
from archive.contracts.rules import ContractKind, TemplateKind, VersionSource
from archive.customers.forms import CreditCode, CustomerKey, asked_customer
from archive.terms import N_
from archive.web.inputs import (
    Code,
    Count,
    Day,
    Email,
    Input,
    Line,
    Number,
    OwnPhone,
    Text,
    Yuan,
    asked,
    fault,
)

BASICS = N_("合同概要")
GOODS = N_("货物")
ROUTE = N_("线路与运输")
MONEY = N_("价款与结算")
REST = N_("其他约定")
PRICES = N_("价格表")
OWN = N_("本公司")
USUAL = N_("常用条款（起草时预填）")

Price = Annotated[Yuan, Field(lt=LIMIT)]
"""An amount that can be written in capital characters, as a contract has to."""
UnitPrice = Annotated[Number, Field(ge=0, lt=LIMIT, max_digits=18, decimal_places=6)]
"""Yuan for one unit: freight is priced at 0.385 for a tonne and kilometre."""
Quantity = Annotated[Number, Field(ge=0, max_digits=12, decimal_places=3)]

# What contracts usually agree is asked for in two places, in the same words and limits.
SIGNING_PLACE = partial(asked, N_("签订地点"), None, max_length=60)
PRICING = partial(asked, N_("计价方式"), None, max_length=100, placeholder=N_("例如：按吨计价"))
SETTLEMENT = partial(
    asked, N_("结算方式"), None, max_length=200, placeholder=N_("例如：月结，银行转账")
)
PAYMENT_DAYS = partial(asked, N_("付款天数"), None)
TAX_RATE = partial(asked, N_("增值税税率"), None, max_length=20, placeholder="9%")
INVOICE = partial(
    asked, N_("发票类型"), None, max_length=60, placeholder=N_("例如：增值税专用发票")
)
INSURANCE = partial(asked, N_("保险或保价方式"), None, max_length=200)
LATE_FEE = partial(
    asked, N_("逾期付款每日违约金"), None, max_length=60, placeholder=N_("例如：万分之五")
)
DISPUTES = partial(
    asked, N_("争议解决机构"), None, max_length=100, placeholder=N_("例如：承运人所在地人民法院")
)
COPIES = partial(asked, N_("合同份数"), None, max_length=20, placeholder=N_("例如：肆"))
COPIES_EACH = partial(asked, N_("每方持有份数"), None, max_length=20, placeholder=N_("例如：贰"))
SPECIAL = partial(asked, N_("特别约定"), None, widget="textarea", max_length=4000)


class PriceRowInput(Input):
    """A row of the price table."""

    origin: Line | None = asked(N_("起运地"), None, max_length=60)
    destination: Line | None = asked(N_("到达地"), None, max_length=60)
    goods: Line | None = asked(N_("货物名称"), None, max_length=60)
    unit: Line | None = asked(N_("单位"), None, max_length=20)
    quantity: Quantity | None = asked(N_("数量"), None)
    unit_price: UnitPrice | None = asked(N_("单价（元）"), None)
    time_limit: Line | None = asked(N_("时限"), None, max_length=40)
    remark: Line | None = asked(N_("备注"), None, max_length=100)


class ContractInput(Input):
    """The facts of a contract. Whatever is left open appears as 【待填】 in the draft."""

    title: Line = asked(N_("合同名称"), section=BASICS, max_length=120)
    kind: ContractKind = asked(N_("合同类别"), ContractKind.ROUTINE, section=BASICS)
    signed_on: Day | None = asked(N_("签订日期"), None, section=BASICS)
    starts_on: Day | None = asked(N_("合同起始日期"), None, section=BASICS)
    ends_on: Day | None = asked(N_("合同终止日期"), None, section=BASICS)
    signing_place: Line | None = SIGNING_PLACE(section=BASICS)
    goods: Line | None = asked(N_("货物名称"), None, section=GOODS, max_length=200)
    specification: Line | None = asked(N_("规格"), None, section=GOODS, max_length=200)
    packaging: Line | None = asked(N_("包装"), None, section=GOODS, max_length=200)
    pieces: Line | None = asked(N_("件数"), None, section=GOODS, max_length=100)
    weight: Line | None = asked(N_("重量"), None, section=GOODS, max_length=100)
    volume: Line | None = asked(N_("体积"), None, section=GOODS, max_length=100)
    goods_value: Line | None = asked(N_("货物价值"), None, section=GOODS, max_length=100)
    origin: Line | None = asked(N_("起运地"), None, section=ROUTE, max_length=200)
    destination: Line | None = asked(N_("到达地"), None, section=ROUTE, max_length=200)
    consignee: Line | None = asked(N_("收货人"), None, section=ROUTE, max_length=200)
    transport: Line | None = asked(N_("运输方式"), None, section=ROUTE, max_length=100)
    pricing: Line | None = PRICING(section=MONEY)
    settlement: Line | None = SETTLEMENT(section=MONEY)
    payment_days: Annotated[Count, Field(ge=0, le=3650)] | None = PAYMENT_DAYS(section=MONEY)
    tax_rate: Code | None = TAX_RATE(section=MONEY)
    invoice: Line | None = INVOICE(section=MONEY)
    amount: Price | None = asked(
        N_("合同金额（元）"), None, section=MONEY, help=N_("留空时取价格表的合计。")
    )
    amount_reason: Line | None = asked(
        N_("金额与价格表合计不一致的说明"), None, section=MONEY, max_length=300,
        help=N_("例如：合同金额为年度封顶价。不一致又没有说明的不能提交评审。"),
    )  # fmt: skip
    insurance: Line | None = INSURANCE(section=REST)
    late_fee: Line | None = LATE_FEE(section=REST)
    disputes: Line | None = DISPUTES(section=REST)
    copies: Line | None = COPIES(section=REST)
    copies_each: Line | None = COPIES_EACH(section=REST)
    special: Text | None = SPECIAL(section=REST)
    prices: list[PriceRowInput] = asked(N_("价格表"), [], section=PRICES, max_length=300)

    @field_validator("prices")
    @classmethod
    def total_can_be_written(cls, prices: list[PriceRowInput]) -> list[PriceRowInput]:
        """What cannot be written in capital characters cannot be in a contract."""
        amounts = (rules.row_amount(row.quantity, row.unit_price) for row in prices)
        if sum((amount for amount in amounts if amount), Decimal(0)) >= LIMIT:
            raise fault("too_much", N_("价格表的合计达到或超过一万亿元，请检查数量和单价。"))
        return prices

    @model_validator(mode="after")
    def end_after_start(self) -> "ContractInput":
        """A contract ends on or after the day on which it starts."""
        if self.starts_on and self.ends_on and self.ends_on < self.starts_on:
            raise fault("ends_first", N_("终止日期早于起始日期。"))
        return self


class NewContractInput(ContractInput):
    """A new contract's first draft."""

    template: str = asked(N_("模板"), widget="select", max_length=24)


class DraftFileInput(Input):
    """A Word file as the next version of a draft."""

    source: VersionSource = asked(N_("文件来源"), VersionSource.EDITED, widget="radio")
    note: Line | None = asked(
        N_("改了什么"), None, max_length=300, placeholder=N_("例如：按客户要求把账期改为 45 天")
    )
    is_ours: bool = asked(N_("确认这是本合同的文件"), False)

    @field_validator("source")
    @classmethod
    def was_brought(cls, source: VersionSource) -> VersionSource:
        """The other ways are not a person's to choose."""
        if source not in rules.UPLOADED:
            raise fault("not_brought", N_("请选择“修改后上传”或“客户退回的文件”。"))
        return source


class TemplateInput(Input):
    """A new template."""

    name: Line = asked(N_("模板名称"), max_length=80)
    kind: TemplateKind = asked(N_("用途"), TemplateKind.CONTRACT)
    contract_kind: ContractKind | None = asked(N_("合同类别"), ContractKind.ROUTINE)
    note: Line | None = asked(N_("版本说明"), None, max_length=300)


def check_clause_name(text: str) -> str:
    """A name that a template can say."""
    if re.search(r"[\s{}|.%]", text):
        raise fault("clause_name", N_("名称里不能有空格、点、竖线、百分号和大括号。"))
    return text


ClauseName = Annotated[Line, AfterValidator(check_clause_name)]
CLAUSE_TEXT = partial(asked, N_("条款文字"), widget="textarea", max_length=4000)
NOTE = partial(asked, N_("版本说明"), None, max_length=300)


class ClauseTextInput(Input):
    """The wording of a clause."""

    text: Text = CLAUSE_TEXT()
    note: Line | None = NOTE()


class ClauseInput(Input):
    """A new clause."""

    name: ClauseName = asked(
        N_("条款名称"), max_length=40, help=N_("例如：违约责任。模板里写成 {{ 条款.违约责任 }}。")
    )
    text: Text = CLAUSE_TEXT()
    note: Line | None = NOTE()


class InForceInput(Input):
    """Which version is to be used."""

    number: Count = Field(ge=1, le=100_000)


class PreviewInput(Input):
    """Whom a template is shown for."""

    customer: CustomerKey = asked_customer(N_("客户"), openable=True)
    contract: Code | None = asked(
        N_("合同编号"), None, max_length=20, placeholder=N_("可以不填，例如：HT-2026-00001")
    )


class VersionInput(Input):
    """A new version of a template."""

    note: Line | None = asked(N_("版本说明"), None, max_length=300)


class OwnCompanyInput(Input):
    """What contracts say of the company itself, and usually agree."""

    name: Line | None = asked(N_("公司名称"), None, section=OWN, max_length=120)
    credit_code: CreditCode | None = asked(N_("统一社会信用代码"), None, section=OWN)
    address: Line | None = asked(N_("地址"), None, section=OWN, max_length=200)
    legal_representative: Line | None = asked(N_("法定代表人"), None, section=OWN, max_length=60)
    phone: OwnPhone | None = asked(N_("电话"), None, section=OWN, widget="tel")
    fax: OwnPhone | None = asked(N_("传真"), None, section=OWN, widget="tel")
    email: Email | None = asked(N_("电子邮箱"), None, section=OWN, widget="email")
    bank: Line | None = asked(N_("开户银行"), None, section=OWN, max_length=100)
    bank_account: Code | None = asked(N_("银行账号"), None, section=OWN, max_length=60)
    road_licence: Line | None = asked(N_("道路运输经营许可证号"), None, section=OWN, max_length=60)
    signing_place: Line | None = SIGNING_PLACE(section=USUAL)
    pricing: Line | None = PRICING(section=USUAL)
    settlement: Line | None = SETTLEMENT(section=USUAL)
    payment_days: Annotated[Count, Field(ge=0, le=3650)] | None = PAYMENT_DAYS(section=USUAL)
    tax_rate: Code | None = TAX_RATE(section=USUAL)
    invoice: Line | None = INVOICE(section=USUAL)
    insurance: Line | None = INSURANCE(section=USUAL)
    late_fee: Line | None = LATE_FEE(section=USUAL)
    disputes: Line | None = DISPUTES(section=USUAL)
    copies: Line | None = COPIES(section=USUAL)
    copies_each: Line | None = COPIES_EACH(section=USUAL)
    special: Text | None = SPECIAL(section=USUAL)
