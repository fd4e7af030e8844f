"""The templates that come with the product, the company's own facts, and two contract drafts."""

from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from archive import clock
from archive.accounts.demonstration import Staff
from archive.contracts.models import Contract, OwnCompany
from archive.contracts.rules import ContractKind, TemplateKind
from archive.contracts.rules.reviewing import Decision, Judgement
from archive.contracts.service.drafting import choose_template, draft_contract
from archive.contracts.service.proposing import propose
from archive.contracts.service.reviewing import Opinion, decide, submit
from archive.contracts.service.routing import install_shipped_routes
from archive.contracts.service.templates import describe_company, install_shipped_templates
from archive.customers.demonstration import credit_code, keeper_of, opened
from archive.customers.models import Customer
from archive.seams import Seams

COMPANY = {
    "name": "演示运输有限公司",
    "address": "演示市演示区演示路 1 号",
    "legal_representative": "沈国栋",
    "phone": "13800009999",
    "credit_code": credit_code(99999),
    "bank": "演示银行",
    "bank_account": "0000 0000 0000 演示",
    "road_licence": "演示交运管许可 000000 号",
    "signing_place": "演示市",
    "settlement": "月结，银行转账",
    "payment_days": 30,
    "tax_rate": "9%",
    "invoice": "增值税专用发票",
    "late_fee": "万分之五",
    "disputes": "承运人所在地人民法院",
    "copies": "肆",
    "copies_each": "贰",
}
PARTICULARS: dict[str, Any] = {
    "goods": "数控机床、备件",
    "specification": "以运单为准",
    "pieces": "以运单为准",
    "weight": "以运单为准",
    "volume": "以运单为准",
    "goods_value": "以运单声明为准",
    "consignee": "以运单为准",
    "transport": "公路运输",
    "insurance": "按运单声明价值保价",
    "special": "无",
    "disputes": "承运人所在地人民法院",
}
DRAFTED = (0, 3)  # places in the list of customers
REVIEWED = 1


def demonstrate(seams: Seams, now: datetime) -> None:
    """Make the drafts."""
    customers, staff = opened(), Staff.found()
    draft(customers, staff, now, seams)
    put_under_review(customers[REVIEWED], staff, now, seams)


def draft(customers: list[Customer], staff: Staff, now: datetime, parts: Seams) -> list[Contract]:
    """Install the templates and make a draft for two customers, one of them with gaps."""
    install_shipped_templates(now=now, blobs=parts.blobs, docgen=parts.docgen)
    describe_company(OwnCompany(), actor=staff.administrator, now=now, seen=0, **COMPANY)
    template = choose_template(None, TemplateKind.CONTRACT)
    made = []
    for place, has_terms in zip(DRAFTED, (True, False), strict=True):
        customer, at = customers[place], now - timedelta(days=6 - place)
        facts = propose(customer).facts | {"prices": price_rows(customer)}
        if has_terms:
            facts |= terms(at)
        keeper = keeper_of(customer, staff)
        made.append(draft_contract(customer, template, facts, actor=keeper, now=at, parts=parts))
    return made


def put_under_review(customer: Customer, staff: Staff, now: datetime, parts: Seams) -> Contract:
    """A complete contract that the sales manager agreed to, and the next one has to judge."""
    install_shipped_routes(now=now)
    at, keeper = now - timedelta(days=2), keeper_of(customer, staff)
    contract = draft_contract(
        customer,
        choose_template(None, TemplateKind.CONTRACT),
        {
            **propose(customer).facts,
            **terms(at),
            **PARTICULARS,
            "prices": price_rows(customer),
            "signed_on": clock.local_day(now) + timedelta(days=7),
        },
        actor=keeper,
        now=at,
        parts=parts,
    )
    submit(contract, "价格按去年执行，付款天数不变。", actor=keeper, now=at, blobs=parts.blobs)
    sound = Judgement.SOUND
    agreed = Opinion(Decision.AGREE, sound, sound, sound, sound, "货量稳定，同意。")
    later = at + timedelta(hours=4)
    return decide(contract, "1-1", agreed, actor=staff.sales_manager, now=later)


def terms(at: datetime) -> dict[str, Any]:
    """What the salesperson has agreed so far."""
    today = clock.local_day(at)
    return {
        "kind": ContractKind.ROUTINE,
        "starts_on": today + timedelta(days=10),
        "ends_on": today + timedelta(days=375),
        "signing_place": "演示市",
        "packaging": "纸箱、托盘",
        "pricing": "按吨计价",
        "settlement": "月结，银行转账",
        "payment_days": 30,
        "tax_rate": "9%",
        "invoice": "增值税专用发票",
        "late_fee": "万分之五",
        "copies": "肆",
        "copies_each": "贰",
    }


def price_rows(customer: Customer) -> list[dict[str, Any]]:
    """One row for each main flow."""
    return [
        {
            "origin": flow.origin,
            "destination": flow.destination,
            "goods": customer.main_goods.split("、")[0],
            "unit": "吨",
            "quantity": flow.monthly_tonnes,
            "unit_price": Decimal(420 + 65 * number),
            "time_limit": f"{48 + 24 * number} 小时",
        }
        for number, flow in enumerate(customer.flows)
    ]
