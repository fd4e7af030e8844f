"""The lists of customers: all that is known for those who may open the archive, names for all."""

from bson import ObjectId
from mongoengine import Q

from archive.accounts.models import User
from archive.customers.models import Customer
from archive.customers.rules import Industry, Region, Relationship
from archive.customers.rules.classes import Contribution, Credit, Maintenance
from archive.terms import N_
from archive.web.columns import Column, Show
from archive.web.filters import Choice, OneOf, Text
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


CUSTOMERS = ListPage[Customer](
    key="customers",
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
        Column("updated", N_("最近更新"), lambda c: c.updated_at, sort="updated_at",
               show=Show.DAY),
    ),
    filters=(
        Text("q", N_("名称、拼音或编码"), Customer.described),
        OneOf("salesperson", N_("销售员"), User.salespeople, conditions=of_salesperson),
        Choice("region", N_("地区"), Region),
        Choice("industry", N_("行业"), Industry),
        Choice("relationship", N_("类别"), Relationship),
        Choice("contribution", N_("贡献度"), Contribution),
        Choice("maintenance", N_("维护重要性"), Maintenance),
        Choice("credit", N_("信誉"), Credit),
    ),
)  # fmt: skip
