"""The lists of development: one declaration for the page and the API."""

from archive.accounts.models import User
from archive.customers.forms import CustomerKey
from archive.customers.lists import of_customers_called
from archive.development.indexing import LOSS, PLAN, SCHEME
from archive.development.models import ChurnAnalysis, CooperationScheme, DevelopmentPlan
from archive.development.rules import LossCause, LossStatus, PlanStatus, SchemeStatus, Share
from archive.terms import N_
from archive.web.columns import Column, Show
from archive.web.filters import Choice, Days, Fixed, FullText, OneOf
from archive.web.listing import ListPage

BY_CUSTOMER = Fixed("customer", N_("客户"), CustomerKey, "customer_id")

PLANS = ListPage[DevelopmentPlan](
    key="plans",
    title=N_("开拓计划"),
    model=DevelopmentPlan,
    template="development/plans/list.html",
    sort="-opened",
    columns=(
        Column("customer", N_("客户"), lambda p: p.customer.name if p.customer else "",
               reads=("customer_id",)),
        Column("status", N_("状态"), lambda p: p.status, show=Show.STATE, reads=("status",)),
        Column("due", N_("下一步期限"), lambda p: p.next_due_on, sort="next_due_on",
               show=Show.DAY),
        Column("step", N_("下一步"), lambda p: p.next_step.what if p.next_step else "",
               reads=("steps", "next_due_on")),
        Column("owner", N_("负责人"), lambda p: p.owner_name, reads=("owner_name",)),
        Column("tonnes", N_("预计月货量（吨）"), lambda p: p.expected_tonnes, show=Show.MONEY,
               reads=("expected_tonnes",)),
        Column("revenue", N_("预计年收入（元）"), lambda p: p.expected_revenue, show=Show.MONEY,
               default=False, reads=("expected_revenue",)),
        Column("opened", N_("制定时间"), lambda p: p.created_at, sort="created_at",
               show=Show.DAY),
        Column("number", N_("编号"), lambda p: p.number, sort="number", is_unique=True,
               show=Show.CODE),
        Column("why", N_("开拓理由"), lambda p: p.why, default=False, show=Show.LONG,
               reads=("why",)),
        Column("outcome", N_("结果"), lambda p: p.outcome, default=False, show=Show.LONG,
               reads=("outcome",)),
    ),
    filters=(
        FullText("q", N_("客户、理由、步骤、编号"), PLAN.value, at_once=of_customers_called),
        Choice("status", N_("状态"), PlanStatus),
        OneOf("owner", N_("负责人"), User.salespeople, field="owner_id"),
        Days("created_at"),
        BY_CUSTOMER,
    ),
    prepare=DevelopmentPlan.with_customers,
)  # fmt: skip

LOSSES = ListPage[ChurnAnalysis](
    key="losses",
    title=N_("流失分析"),
    model=ChurnAnalysis,
    template="development/losses/list.html",
    sort="-since",
    columns=(
        Column("customer", N_("客户"), lambda a: a.customer.name if a.customer else "",
               reads=("customer_id",)),
        Column("cause", N_("流失原因"), lambda a: a.cause, show=Show.TERM, reads=("cause",)),
        Column("status", N_("状态"), lambda a: a.status, show=Show.STATE, reads=("status",)),
        Column("since", N_("流失起始日期"), lambda a: a.lost_since, sort="lost_since",
               show=Show.DAY),
        Column("went_to", N_("流向何处"), lambda a: a.went_to, reads=("went_to",)),
        Column("win_back", N_("挽回期限"), lambda a: a.win_back_on, sort="win_back_on",
               show=Show.DAY),
        Column("recorded_by", N_("登记人"), lambda a: a.recorded_by_name,
               reads=("recorded_by_name",)),
        Column("number", N_("编号"), lambda a: a.number, sort="number", is_unique=True,
               show=Show.CODE),
        Column("analysis", N_("原因分析"), lambda a: a.analysis, default=False, show=Show.LONG,
               reads=("analysis",)),
        Column("conclusion", N_("挽回结果"), lambda a: a.conclusion, default=False,
               show=Show.LONG, reads=("conclusion",)),
    ),
    filters=(
        FullText("q", N_("客户、原因、去向、编号"), LOSS.value, at_once=of_customers_called),
        Choice("cause", N_("流失原因"), LossCause),
        Choice("status", N_("状态"), LossStatus),
        Days("lost_since", holds_days=True),
        BY_CUSTOMER,
    ),
    prepare=ChurnAnalysis.with_customers,
)  # fmt: skip

SCHEMES = ListPage[CooperationScheme](
    key="schemes",
    title=N_("合作方案"),
    model=CooperationScheme,
    template="development/schemes/list.html",
    sort="-opened",
    columns=(
        Column("customer", N_("客户"), lambda s: s.customer.name if s.customer else "",
               reads=("customer_id",)),
        Column("status", N_("状态"), lambda s: s.status, show=Show.STATE, reads=("status",)),
        Column("version", N_("版本"), lambda s: s.version, show=Show.COUNT, reads=("version",)),
        Column("agreed", N_("商定日期"), lambda s: s.agreed_on, sort="agreed_on", show=Show.DAY),
        Column("agreed_with", N_("客户方商定人"), lambda s: s.agreed_with,
               reads=("agreed_with",)),
        Column("until", N_("方案终止日期"), lambda s: s.valid_until, sort="valid_until",
               show=Show.DAY),
        Column("number", N_("编号"), lambda s: s.number, sort="number", is_unique=True,
               show=Show.CODE),
        Column("opened", N_("制定时间"), lambda s: s.created_at, sort="created_at",
               show=Show.DAY),
        Column("content", N_("合作内容"), lambda s: s.content, default=False, show=Show.LONG,
               reads=("content",)),
    ),
    filters=(
        FullText("q", N_("客户、方案内容、编号"), SCHEME.value, at_once=of_customers_called),
        Choice("status", N_("状态"), SchemeStatus),
        Days("valid_until", holds_days=True),
        BY_CUSTOMER,
    ),
    prepare=CooperationScheme.with_customers,
)  # fmt: skip

SHARES: tuple[Column[Share], ...] = (
    Column("cause", N_("流失原因"), lambda s: s.cause, show=Show.TERM),
    Column("count", N_("客户流失次数"), lambda s: s.count, show=Show.COUNT),
    Column("percent", N_("百分比"), lambda s: s.percent, show=Show.MONEY),
    Column("won_back", N_("其中已挽回"), lambda s: s.won_back, show=Show.COUNT),
)
