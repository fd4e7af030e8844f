"""What the archive knows, as the plain values that a template asks for (`archive.docgen`)."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from archive import clock
from archive.chinese.numbers import write_money, write_number
from archive.contracts.models import Contract, OwnCompany
from archive.customers.models import Customer, YearlyFinances
from archive.masking import masked
from archive.terms import Term

Values = dict[str, Any]

# Where a person fills in what a template asks of the customer: placeholder -> field of the form.
CUSTOMER_FIELDS: Mapping[str, str] = {
    "客户.名称": "name",
    "客户.简称": "short_name",
    "客户.曾用名": "former_names",
    "客户.统一社会信用代码": "credit_code",
    "客户.地址": "address",
    "客户.法定代表人": "legal_representative",
    "客户.电话": "phone",
    "客户.传真": "fax",
    "客户.电子邮箱": "email",
    "客户.网址": "website",
    "客户.负责联系人": "contacts",
    "客户.联系人职务": "contacts",
    "客户.联系人电话": "contacts",
    "客户联系人": "contacts",
    "客户.性质": "nature",
    "客户.行业": "industry",
    "客户.主要货物": "main_goods",
    "客户.主要流向": "flows",
    "客户.主要运输方式": "transport_modes",
    "客户.执照有效期至": "licence_valid_until",
    "客户.税务登记": "tax_registration",
    "客户.财务情况": "finances",
    "客户.开拓方式": "origin",
    "客户.业务往来": "relationship",
    "客户.合作起始日期": "cooperation_started_on",
    "客户.合作终止日期": "cooperation_ended_on",
    "客户.价格变动": "price_changes",
    "客户.开拓情况": "credit_note",
}
COMPANY_FIELDS: Mapping[str, str] = {
    "公司.名称": "name",
    "公司.统一社会信用代码": "credit_code",
    "公司.地址": "address",
    "公司.法定代表人": "legal_representative",
    "公司.电话": "phone",
    "公司.传真": "fax",
    "公司.电子邮箱": "email",
    "公司.开户银行": "bank",
    "公司.银行账号": "bank_account",
    "公司.道路运输许可证号": "road_licence",
}
CONTRACT_FIELDS: Mapping[str, str] = {
    "合同.名称": "title",
    "合同.类别": "kind",
    "合同.签订地点": "signing_place",
    "合同.签订日期": "signed_on",
    "合同.起始日期": "starts_on",
    "合同.终止日期": "ends_on",
    "合同.金额": "amount",
    "合同.税率": "tax_rate",
    "合同.货物名称": "goods",
    "合同.货物规格": "specification",
    "合同.包装": "packaging",
    "合同.件数": "pieces",
    "合同.重量": "weight",
    "合同.体积": "volume",
    "合同.货物价值": "goods_value",
    "合同.起运地": "origin",
    "合同.到达地": "destination",
    "合同.收货人": "consignee",
    "合同.运输方式": "transport",
    "合同.计价方式": "pricing",
    "合同.结算方式": "settlement",
    "合同.付款天数": "payment_days",
    "合同.发票类型": "invoice",
    "合同.保险方式": "insurance",
    "合同.违约金比例": "late_fee",
    "合同.争议解决": "disputes",
    "合同.份数": "copies",
    "合同.每方份数": "copies_each",
    "合同.特别约定": "special",
    "价格表": "prices",
    "价格表.起运地": "prices",
    "价格表.到达地": "prices",
    "价格表.货物名称": "prices",
    "价格表.计价单位": "prices",
    "价格表.数量": "prices",
    "价格表.单价": "prices",
    "价格表.金额": "prices",
    "价格表.时限": "prices",
    "价格表.备注": "prices",
}


def values_of(
    customer: Customer, contract: Contract | None, company: OwnCompany | None, *, named: str
) -> Values:
    """All that is known, by group; *named* is the company's name where nothing else says it."""
    return {
        "客户": values_of_customer(customer),
        "客户联系人": [_contact_values(contact) for contact in customer.contacts],
        "公司": _company_values(company, named),
        "合同": _contract_values(contract) if contract else {},
        "价格表": [_price_values(row) for row in contract.prices] if contract else [],
    }


def hide_phones(values: Values) -> None:
    """Mask telephone numbers, for those who may open the archive but not see them."""
    for key in ("电话", "传真", "联系人电话"):
        values["客户"][key] = masked(values["客户"][key])
    for contact in values["客户联系人"]:
        contact["电话"] = masked(contact["电话"])


def values_of_customer(customer: Customer) -> Values:
    """The facts of Art. 6 to 8."""
    responsible = customer.responsible_contact
    return {
        "档案编号": customer.archive_number,
        "客户编码": customer.customer_code,
        "名称": customer.name,
        "简称": customer.short_name,
        "曾用名": "、".join(customer.former_names),
        "统一社会信用代码": customer.credit_code,
        "地址": customer.address,
        "法定代表人": customer.legal_representative,
        "电话": customer.phone,
        "传真": customer.fax,
        "电子邮箱": customer.email,
        "网址": customer.website,
        "负责联系人": responsible.name if responsible else None,
        "联系人职务": responsible.position if responsible else None,
        "联系人电话": responsible.phone if responsible else None,
        "性质": _label(customer.nature),
        "行业": _label(customer.industry),
        "主要货物": customer.main_goods,
        "主要流向": _flows(customer),
        "主要运输方式": "、".join(mode.label for mode in customer.transport_modes),
        "执照有效期至": _licence(customer),
        "税务登记": customer.tax_registration,
        "财务情况": _finances(customer),
        "开拓方式": _label(customer.origin),
        "业务往来": _label(customer.relationship),
        "合作起始日期": customer.cooperation_started_on,
        "合作终止日期": customer.cooperation_ended_on,
        "价格变动": _price_changes(customer),
        "销售员": customer.salesperson_name,
        "开拓情况": customer.credit_note,
        "建档日期": clock.local_day(customer.created_at),
    }


def _label(term: Term | None) -> str | None:
    """The Chinese word: contracts are written in Chinese, whatever language the page is in."""
    return term.label if term else None


def _licence(customer: Customer) -> date | str | None:
    valid_until: date | None = customer.licence_valid_until
    return "长期" if customer.licence_is_open_ended else valid_until


def _flows(customer: Customer) -> str:
    return "；".join(
        f"{flow.origin}—{flow.destination}"
        + (f"，每月 {write_number(flow.monthly_tonnes)} 吨" if flow.monthly_tonnes else "")
        for flow in customer.flows
    )


def _finances(customer: Customer) -> str:
    if not customer.finances:
        return ""
    newest: YearlyFinances = max(customer.finances, key=lambda each: each.year)
    named = (("营业收入", newest.revenue), ("净利润", newest.profit), ("资产总额", newest.assets))
    known = "，".join(f"{name} {write_money(sum_)} 元" for name, sum_ in named if sum_ is not None)
    return f"{newest.year} 年{known}" if known else ""


def _price_changes(customer: Customer) -> str:
    return "；".join(
        f"{change.changed_on.isoformat()} {change.what}：{change.before or '—'} → {change.after}"
        for change in sorted(customer.price_changes, key=lambda each: each.changed_on)[-3:]
    )


def _contact_values(contact: Any) -> Values:
    return {
        "姓名": contact.name,
        "职务": contact.position or "—",
        "电话": contact.phone or "—",
        "电子邮箱": contact.email or "—",
        "负责": "是" if contact.is_responsible else "—",
    }


def _company_values(company: OwnCompany | None, named: str) -> Values:
    values = {
        name.partition(".")[2]: getattr(company, field, None)
        for name, field in COMPANY_FIELDS.items()
    }
    return values | {"名称": values["名称"] or named}


def _contract_values(contract: Contract) -> Values:
    values = {
        name.removeprefix("合同."): getattr(contract, field)
        for name, field in CONTRACT_FIELDS.items()
        if name.startswith("合同.")
    }
    return values | {"类别": _label(contract.kind)}


def _price_values(row: Any) -> Values:
    return {
        "起运地": row.origin,
        "到达地": row.destination,
        "货物名称": row.goods,
        "计价单位": row.unit,
        "数量": row.quantity,
        "单价": row.unit_price,
        "金额": row.amount,
        "时限": row.time_limit,
        "备注": row.remark,
    }
