"""The lists of customers: all that is known for those who may open the archive, names for all."""

from typing import Any

from bson import ObjectId
from flask_babel import gettext
from mongoengine import Q

from archive import clock
from archive.accounts.models import User
from archive.actor import Right
from archive.customers.indexing import KIND
from archive.customers.models import Customer
from archive.customers.rules import Industry, Nature, Origin, Region, Relationship, TransportMode
from archive.customers.rules.classes import Contribution, Credit, Maintenance
from archive.terms import N_
from archive.web.columns import Column, Show
from archive.web.filters import Between, Choice, FullText, Further, OneOf, Text
from archive.web.listing import ListPage

NAME = Column[Customer]("name", N_("公司名称"), lambda c: c.name, sort="name_order",
                        reads=("name",))  # fmt: skip
CODE = Column[Customer]("code", N_("客户编码"), lambda c: c.customer_code, sort="customer_code",
                        is_unique=True, show=Show.CODE)  # fmt: skip
SALESPERSON = Column[Customer]("salesperson", N_("跟进销售员"), lambda c: c.salesperson_name,
                               sort="salesperson_name")  # fmt: skip

DIRECTORY = ListPage[Customer](
    title=N_("客户列表"),
    model=Customer,
    template="customers/list.html",
    sort="name",
    columns=(
        NAME,
        CODE,
        Column("relationship", N_("客户类别"), lambda c: c.relationship, show=Show.TERM,
               reads=("relationship",)),
        SALESPERSON,
    ),
    filters=(Text("q", N_("名称、拼音或编码"), Customer.called),),
)  # fmt: skip
"""All customers by name: no more than anyone may know of a customer."""


MOST_NAMED = 500  # customers that a text in another list may name


def of_customers_called(typed: str) -> Q:
    """The condition that a record is about a customer that *typed* names."""
    named = Customer.objects(Customer.called(typed)).limit(MOST_NAMED).scalar("id")
    return Q(customer_id__in=list(named))


def of_salesperson(key: str) -> dict[str, ObjectId | None]:
    """The condition that *key* follows up the customer."""
    return {"salesperson_id": ObjectId(key) if ObjectId.is_valid(key) else ObjectId()}


YES, NO = "yes", "no"
OPEN_ENDED, DATED, EXPIRED, UNKNOWN = "open", "dated", "expired", "unknown"
NOTHING: dict[str, Any] = {"id": ObjectId("0" * 24)}  # the condition that no customer fulfils


def whether() -> list[tuple[str, str]]:
    """Whether there is such a thing."""
    return [(YES, gettext("有")), (NO, gettext("没有"))]


def has_open_complaint(value: str) -> dict[str, Any]:
    """Whether a complaint of the customer is open."""
    known: dict[str, dict[str, Any]] = {
        YES: {"open_complaints__gte": 1},
        NO: {"open_complaints": None},
    }
    return known.get(value, NOTHING)


def was_visited(value: str) -> dict[str, Any]:
    """Whether the customer was ever visited."""
    known: dict[str, dict[str, Any]] = {
        YES: {"last_visit_at__ne": None},
        NO: {"last_visit_at": None},
    }
    return known.get(value, NOTHING)


def licences() -> list[tuple[str, str]]:
    """What is known of a business licence."""
    return [
        (EXPIRED, gettext("已过期")),
        (DATED, gettext("有期限")),
        (OPEN_ENDED, gettext("长期有效")),
        (UNKNOWN, gettext("未填写")),
    ]


def of_licence(value: str) -> dict[str, Any]:
    """The condition on the business licence."""
    dated = {"licence_is_open_ended__ne": True}
    known: dict[str, dict[str, Any]] = {
        EXPIRED: {"licence_valid_until__lt": clock.local_day(clock.now()), **dated},
        DATED: {"licence_valid_until__ne": None, **dated},
        OPEN_ENDED: {"licence_is_open_ended": True},
        UNKNOWN: {"licence_valid_until": None, **dated},
    }
    return known.get(value, NOTHING)


CUSTOMERS = ListPage[Customer](
    key="customers",
    opens=Right.OPEN_CUSTOMER,
    title=N_("客户列表"),
    model=Customer,
    template="customers/list.html",
    sort="name",
    columns=(
        NAME,
        CODE,
        Column("number", N_("档案编号"), lambda c: c.archive_number, sort="archive_number",
               is_unique=True),
        Column("region", N_("地区"), lambda c: c.region, sort="region", show=Show.TERM),
        Column("industry", N_("行业"), lambda c: c.industry, sort="industry", show=Show.TERM),
        Column("relationship", N_("客户类别"), lambda c: c.relationship, sort="relationship",
               show=Show.TERM),
        Column("contribution", N_("贡献度"), lambda c: c.contribution, sort="contribution",
               show=Show.STATE, default=False),
        Column("maintenance", N_("维护重要性"), lambda c: c.maintenance, sort="maintenance",
               show=Show.STATE, default=False),
        Column("credit", N_("信誉"), lambda c: c.credit, sort="credit", show=Show.STATE,
               default=False),
        Column("keeper", N_("专人"), lambda c: c.keeper_name, default=False,
               reads=("keeper_name",)),
        SALESPERSON,
        Column("started", N_("合作起始"), lambda c: c.cooperation_started_on,
               sort="cooperation_started_on", show=Show.DAY, default=False),
        Column("credit_code", N_("统一社会信用代码"), lambda c: c.credit_code, default=False,
               reads=("credit_code",)),
        Column("address", N_("地址"), lambda c: c.address, default=False, reads=("address",)),
        Column("contact", N_("主要联系人"),
               lambda c: c.responsible_contact.name if c.responsible_contact else "",
               default=False, reads=("contacts",)),
        Column("origin", N_("开拓方式"), lambda c: c.origin, sort="origin", show=Show.TERM,
               default=False),
        Column("nature", N_("公司性质"), lambda c: c.nature, sort="nature", show=Show.TERM,
               default=False),
        Column("licence", N_("营业执照有效期至"), lambda c: c.licence_valid_until,
               sort="licence_valid_until", show=Show.DAY, default=False),
        Column("ended", N_("合作终止"), lambda c: c.cooperation_ended_on,
               sort="cooperation_ended_on", show=Show.DAY, default=False),
        Column("visited", N_("最近拜访"), lambda c: c.last_visit_at, sort="last_visit_at",
               show=Show.DAY, right=Right.OPEN_VISIT),
        Column("complaints", N_("未结抱怨"), lambda c: c.open_complaints or None,
               sort="open_complaints", show=Show.COUNT, default=False,
               right=Right.OPEN_COMPLAINT),
        Column("contract", N_("合同到期"), lambda c: c.contract_until, sort="contract_until",
               show=Show.DAY, default=False, right=Right.OPEN_CONTRACT),
        Column("revenue", N_("今年收入（元）"), lambda c: c.revenue_this_year,
               sort="revenue_this_year", show=Show.MONEY, default=False, has_total=True,
               right=Right.OPEN_FIGURES),
        Column("revenue_before", N_("去年收入（元）"), lambda c: c.revenue_last_year,
               sort="revenue_last_year", show=Show.MONEY, default=False, has_total=True,
               right=Right.OPEN_FIGURES),
        Column("profit", N_("今年利润（元）"), lambda c: c.profit_this_year,
               sort="profit_this_year", show=Show.MONEY, default=False, has_total=True,
               right=Right.OPEN_FIGURES),
        Column("opened", N_("建档日期"), lambda c: c.created_at, sort="created_at",
               show=Show.DAY, default=False),
        Column("updated", N_("最近更新"), lambda c: c.updated_at, sort="updated_at",
               show=Show.DAY),
    ),
    filters=(
        Text("q", N_("名称、拼音或编码"), Customer.described),
        OneOf("salesperson", N_("销售员"), User.salespeople, conditions=of_salesperson),
        Choice("region", N_("地区"), Region),
        Choice("industry", N_("行业"), Industry),
        Choice("relationship", N_("类别"), Relationship),
        Further(Choice("contribution", N_("贡献度"), Contribution)),
        Further(Choice("maintenance", N_("维护重要性"), Maintenance)),
        Further(Choice("credit", N_("信誉"), Credit)),
        Further(FullText("facts", N_("资料中的文字"), KIND.value, number="archive_number")),
        Further(Choice("nature", N_("公司性质"), Nature)),
        Further(Choice("origin", N_("开拓方式"), Origin)),
        Further(Choice("transport", N_("主要运输方式"), TransportMode, field="transport_modes")),
        Further(OneOf("complaints", N_("未结抱怨"), whether, conditions=has_open_complaint),
                Right.OPEN_COMPLAINT),
        Further(OneOf("licence_kind", N_("营业执照"), licences, conditions=of_licence)),
        Further(Between("licence", N_("营业执照有效期至"), "licence_valid_until")),
        Further(Between("contract", N_("合同到期"), "contract_until"), Right.OPEN_CONTRACT),
        Further(Between("visited", N_("最近拜访"), "last_visit_at", is_instant=True),
                Right.OPEN_VISIT),
        Further(OneOf("visits", N_("有无拜访"), whether, conditions=was_visited),
                Right.OPEN_VISIT),
        Further(Between("started", N_("合作起始"), "cooperation_started_on")),
        Further(Between("ended", N_("合作终止"), "cooperation_ended_on")),
        Further(Between("established", N_("成立日期"), "established_on")),
        Further(Between("opened", N_("建档日期"), "created_at", is_instant=True)),
        Further(Between("updated", N_("最近更新"), "updated_at", is_instant=True)),
        Further(Between("revenue", N_("今年收入（元）"), "revenue_this_year", is_amount=True),
                Right.OPEN_FIGURES),
        Further(Between("revenue_before", N_("去年收入（元）"), "revenue_last_year",
                        is_amount=True), Right.OPEN_FIGURES),
        Further(Between("profit", N_("今年利润（元）"), "profit_this_year", is_amount=True),
                Right.OPEN_FIGURES),
    ),
)  # fmt: skip
