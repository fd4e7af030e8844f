"""The lists of visits and of complaints: one declaration for the page and the API."""

from typing import Any

from flask import request
from mongoengine import Q

from archive import clock
from archive.accounts.models import User
from archive.actor import Right
from archive.communication.indexing import COMPLAINT, VISIT
from archive.communication.models import Complaint, Visit
from archive.communication.rules.complaints import ComplaintCause, ComplaintForm, ComplaintStatus
from archive.communication.rules.visits import VisitKind, VisitStatus
from archive.customers.forms import CustomerKey
from archive.customers.lists import of_customers_called
from archive.terms import N_
from archive.web.columns import Column, Show
from archive.web.filters import Choice, Days, Fixed, FullText, OneOf
from archive.web.listing import ListPage

TABS = {"open": N_("未结案"), "waiting": N_("待受理"), "late": N_("已超时"), "all": N_("全部")}


def asked_tab() -> str:
    """Which part of the complaints the address shows."""
    asked = request.args.get("tab", "")
    return asked if asked in TABS else "open"


def in_tab(tab: str, found: Any) -> Any:
    """What of *found* a tab holds."""
    if tab == "waiting":
        return found.filter(status=ComplaintStatus.RECORDED)
    if tab == "late":
        return found.filter(is_open=True, due_at__lt=clock.now())
    return found if tab == "all" else found.filter(is_open=True)


BY_CUSTOMER = Fixed("customer", N_("客户"), CustomerKey, "customer_id")

VISITS = ListPage[Visit](
    key="visits",
    title=N_("拜访"),
    model=Visit,
    template="communication/visits/list.html",
    sort="-visited",
    columns=(
        Column("visited", N_("拜访时间"), lambda v: v.visited_at, sort="visited_at",
               show=Show.INSTANT),
        Column("purpose", N_("目的"), lambda v: v.purpose, reads=("purpose",)),
        Column("customer", N_("客户"), lambda v: v.customer.name if v.customer else "",
               reads=("customer_id",)),
        Column("kind", N_("类别"), lambda v: v.kind, show=Show.TERM, reads=("kind",)),
        Column("visitors", N_("拜访人员"), lambda v: v.visitors, reads=("visitors",)),
        Column("status", N_("状态"), lambda v: v.status, show=Show.STATE, reads=("status",)),
        Column("number", N_("编号"), lambda v: v.number, sort="number", is_unique=True,
               show=Show.CODE),
        Column("place", N_("地点"), lambda v: v.place, default=False, reads=("place",)),
        Column("content", N_("洽谈内容"), lambda v: v.content, default=False, show=Show.LONG,
               reads=("content",)),
        Column("result", N_("结果分析"), lambda v: v.result, default=False, show=Show.LONG,
               reads=("result",)),
        Column("recorded_by", N_("登记人"), lambda v: v.recorded_by_name, default=False,
               reads=("recorded_by_name",)),
    ),
    filters=(
        FullText("q", N_("客户、目的、内容、编号"), VISIT.value, at_once=of_customers_called),
        Choice("kind", N_("类别"), VisitKind),
        Choice("status", N_("状态"), VisitStatus),
        OneOf("person", N_("拜访人员"), User.salespeople, field="visitor_keys"),
        Days("visited_at"),
        BY_CUSTOMER,
    ),
    prepare=Visit.with_customers,
)  # fmt: skip

COMPLAINTS = ListPage[Complaint](
    key="complaints",
    title=N_("客户抱怨"),
    model=Complaint,
    template="communication/complaints/list.html",
    sort="due",
    columns=(
        Column("due", N_("应答复"), lambda c: c.due_at, sort="turn_at", show=Show.INSTANT,
               reads=("due_at",)),
        Column("content", N_("抱怨内容"), lambda c: c.content, show=Show.LONG, reads=("content",)),
        Column("customer", N_("客户"),
               lambda c: c.customer.name if c.customer else c.customer_name,
               reads=("customer_id", "customer_name")),
        Column("form", N_("形式"), lambda c: c.form, show=Show.TERM, reads=("form",)),
        Column("status", N_("状态"), lambda c: c.status, show=Show.STATE, reads=("status",)),
        Column("heard", N_("反映时间"), lambda c: c.heard_at, sort="heard_at",
               show=Show.INSTANT),
        Column("handler", N_("负责人"), lambda c: c.handler_name, reads=("handler_name",)),
        Column("number", N_("编号"), lambda c: c.number, sort="number", is_unique=True,
               show=Show.CODE, default=False),
        Column("cause", N_("原因"), lambda c: c.cause, show=Show.TERM, default=False,
               reads=("cause",)),
        Column("waybill", N_("运单号"), lambda c: c.waybill_number, show=Show.CODE, default=False,
               reads=("waybill_number",)),
        Column("amount", N_("索赔金额（元）"), lambda c: c.claimed_amount, sort="claimed_amount",
               show=Show.MONEY, default=False, has_total=True),
        Column("recorded_by", N_("登记人"), lambda c: c.recorded_by_name, default=False,
               reads=("recorded_by_name",)),
        Column("accepted_by", N_("受理人"), lambda c: c.accepted_by_name, default=False,
               reads=("accepted_by_name",)),
    ),
    filters=(
        FullText("q", N_("客户、内容、运单号、编号"), COMPLAINT.value,
                 at_once=lambda typed: of_customers_called(typed) | Q(waybill_number=typed)),
        Choice("form", N_("形式"), ComplaintForm),
        Choice("cause", N_("原因"), ComplaintCause),
        Choice("status", N_("状态"), ComplaintStatus),
        OneOf("handler", N_("负责人"), lambda: User.holding(Right.EDIT_COMPLAINT),
              field="handler_id"),
        Days("heard_at"),
        BY_CUSTOMER,
    ),
    prepare=Complaint.with_customers,
)  # fmt: skip
