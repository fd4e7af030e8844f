"""The lists of contracts and of templates: one declaration for the page and the API."""

from mongoengine import Q

from archive.contracts.indexing import KIND
from archive.contracts.models import Contract, ReviewRoute, Template
from archive.contracts.rules import ContractKind, ContractStatus
from archive.customers.forms import CustomerKey
from archive.customers.lists import of_customers_called
from archive.terms import N_
from archive.web.columns import Column, Show
from archive.web.filters import Choice, Fixed, FullText, Text
from archive.web.listing import ListPage

CONTRACTS = ListPage[Contract](
    key="contracts",
    title=N_("合同"),
    model=Contract,
    template="contracts/list.html",
    sort="-updated",
    columns=(
        Column("number", N_("合同编号"), lambda c: c.number, sort="number", is_unique=True,
               show=Show.CODE),
        Column("title", N_("合同名称"), lambda c: c.title, sort="title"),
        Column("customer", N_("客户"), lambda c: c.customer_name, sort="customer_name"),
        Column("kind", N_("类别"), lambda c: c.kind, show=Show.TERM, reads=("kind",)),
        Column("status", N_("状态"), lambda c: c.status, show=Show.STATE, reads=("status",)),
        Column("amount", N_("金额（元）"), lambda c: c.amount, sort="amount", show=Show.MONEY,
               has_total=True),
        Column("starts", N_("起始日期"), lambda c: c.starts_on, show=Show.DAY, default=False,
               reads=("starts_on",)),
        Column("ends", N_("终止日期"), lambda c: c.ends_on, sort="ends_on", show=Show.DAY),
        Column("version", N_("版本"), lambda c: c.newest.number, show=Show.COUNT, default=False,
               reads=("drafts",)),
        Column("handler", N_("经办人"), lambda c: c.handler_name, sort="handler_name"),
        Column("created", N_("起草时间"), lambda c: c.created_at, sort="created_at",
               show=Show.WHEN, default=False),
        Column("updated", N_("最近更新"), lambda c: c.updated_at, sort="updated_at",
               show=Show.WHEN),
    ),
    filters=(
        FullText("q", N_("编号、名称或客户"), KIND.value, at_once=of_customers_called),
        Choice("kind", N_("类别"), ContractKind),
        Choice("status", N_("状态"), ContractStatus),
        Fixed("customer", N_("客户"), CustomerKey, "customer_id"),
    ),
)  # fmt: skip

OF_REVIEWS = (
    Column[Contract]("number", N_("合同编号"), lambda c: c.number, sort="number", is_unique=True,
                     show=Show.CODE),
    Column[Contract]("title", N_("合同名称"), lambda c: c.title, sort="title"),
    Column[Contract]("customer", N_("客户"), lambda c: c.customer_name, sort="customer_name"),
    Column[Contract]("kind", N_("类别"), lambda c: c.kind, show=Show.TERM, reads=("kind",)),
    Column[Contract]("amount", N_("金额（元）"), lambda c: c.amount, sort="amount",
                     show=Show.MONEY),
    Column[Contract]("handler", N_("经办人"), lambda c: c.handler_name, sort="handler_name"),
)  # fmt: skip

REVIEWS = ListPage[Contract](
    title=N_("待我评审"),
    model=Contract,
    template="contracts/reviews.html",
    sort="due",
    columns=(
        *OF_REVIEWS,
        Column("due", N_("请于何时前评审"), lambda c: c.turn_due_at, sort="turn_due_at",
               show=Show.WHEN),
    ),
    filters=(
        FullText("q", N_("编号、名称或客户"), KIND.value, at_once=of_customers_called),
        Choice("kind", N_("类别"), ContractKind),
    ),
)  # fmt: skip

REVIEWED = ListPage[Contract](
    title=N_("我评审过的合同"),
    model=Contract,
    template="contracts/reviews.html",
    sort="-updated",
    columns=(
        *OF_REVIEWS,
        Column("status", N_("状态"), lambda c: c.status, show=Show.STATE, reads=("status",)),
        Column("updated", N_("最近更新"), lambda c: c.updated_at, sort="updated_at",
               show=Show.WHEN),
    ),
    filters=(
        FullText("q", N_("编号、名称或客户"), KIND.value, at_once=of_customers_called),
        Choice("kind", N_("类别"), ContractKind),
        Choice("status", N_("状态"), ContractStatus),
    ),
)  # fmt: skip

ROUTES = ListPage[ReviewRoute](
    title=N_("评审路线"),
    model=ReviewRoute,
    template="contracts/routes.html",
    sort="name",
    columns=(
        Column("name", N_("路线名称"), lambda r: r.name, sort="name", is_unique=True),
        Column("kind", N_("合同类别"), lambda r: r.kind, show=Show.TERM, reads=("kind",)),
        Column("above", N_("金额高于（元）"), lambda r: r.above, show=Show.MONEY, reads=("above",)),
        Column("steps", N_("步骤数"), lambda r: len(r.steps), show=Show.COUNT, reads=("places",)),
        Column("in_use", N_("使用中"), lambda r: r.is_in_use, reads=("is_in_use",)),
        Column("updated", N_("最近更新"), lambda r: r.updated_at, sort="updated_at",
               show=Show.WHEN),
    ),
    filters=(Choice("kind", N_("合同类别"), ContractKind),),
)  # fmt: skip

TEMPLATES = ListPage[Template](
    title=N_("合同模板"),
    model=Template,
    template="contracts/templates.html",
    sort="name",
    columns=(
        Column("name", N_("模板名称"), lambda t: t.name, sort="name", is_unique=True),
        Column("kind", N_("用途"), lambda t: t.kind, show=Show.TERM, reads=("kind",)),
        Column("contract_kind", N_("合同类别"), lambda t: t.contract_kind, show=Show.TERM,
               reads=("contract_kind",)),
        Column("in_force", N_("使用中的版本"), lambda t: t.version_in_force, show=Show.COUNT,
               reads=("version_in_force",)),
        Column("versions", N_("版本数"), lambda t: len(t.versions), show=Show.COUNT,
               reads=("versions",)),
        Column("updated", N_("最近更新"), lambda t: t.updated_at, sort="updated_at",
               show=Show.WHEN),
    ),
    filters=(Text("q", N_("模板名称"), lambda typed: Q(name__icontains=typed)),),
)  # fmt: skip
