"""What development gives to a customer's file: how it is being won, and why it was lost."""

from flask import render_template, url_for

from archive import clock
from archive.actor import Actor, Right
from archive.customers.models import Customer
from archive.development import rules
from archive.development.models import ChurnAnalysis, CooperationScheme, DevelopmentPlan
from archive.terms import N_
from archive.web.chapter import FileAct, FilePart
from archive.web.context import actor


def draw_development(customer: Customer) -> str:
    """The plans to win the customer, how its prices went, and the analyses of its losses."""
    return render_template(
        "development/part.html",
        customer=customer,
        plans=DevelopmentPlan.of(customer, actor()).order_by("-created_at"),
        schemes=CooperationScheme.of(customer, actor()).order_by("status", "-created_at"),
        losses=ChurnAnalysis.of(customer, actor()).order_by("-lost_since"),
        lanes=rules.lane_prices(customer.price_changes, clock.local_day(clock.now())),
        is_owed=ChurnAnalysis.is_owed_for(customer),
        today=clock.local_day(clock.now()),
        may_record=actor().may(Right.WRITE_DEVELOPMENT, customer),
    )


def count_records(customer: Customer, who: Actor) -> int:
    """How many records of its development a person may see."""
    kinds = (DevelopmentPlan, CooperationScheme, ChurnAnalysis)
    return sum(int(each.of(customer, who).count()) for each in kinds)


PARTS = (
    FilePart(
        key="development",
        label=N_("开拓合作"),
        right=Right.OPEN_DEVELOPMENT,
        draw=draw_development,
        count=count_records,
        order=145,
    ),
)
ACTS = (
    FileAct(
        N_("确认合作起止"),
        icon="calendar-check",
        right=Right.EDIT_CUSTOMER,
        address=lambda customer: url_for(
            "cooperation.edit", archive_number=customer.archive_number
        ),
    ),
    FileAct(
        N_("制定开拓计划"),
        icon="target-arrow",
        right=Right.WRITE_DEVELOPMENT,
        address=lambda customer: url_for(
            "development.new_for", archive_number=customer.archive_number
        ),
    ),
    FileAct(
        N_("制定合作方案"),
        icon="file-description",
        right=Right.WRITE_DEVELOPMENT,
        address=lambda customer: url_for("schemes.new_for", archive_number=customer.archive_number),
    ),
    FileAct(
        N_("登记流失分析"),
        icon="user-minus",
        right=Right.WRITE_DEVELOPMENT,
        address=lambda customer: url_for("losses.new_for", archive_number=customer.archive_number),
    ),
)
