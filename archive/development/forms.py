"""What is typed in about developing customers: one declaration for the page and the API."""

from typing import Annotated

from pydantic import Field

from archive.customers.forms import CustomerKey, asked_customer
from archive.customers.rules import Region
from archive.development.rules import ContactWay, LossCause
from archive.terms import N_
from archive.web.inputs import Day, Input, Line, Number, Reason, Text, Yuan, asked

LONGEST = 10_000

AIM = N_("开拓目标")
STEPS = N_("开拓步骤")
PROGRESS = N_("开拓情况记录")


class StepInput(Input):
    """A step of a development plan."""

    what: Line = asked(N_("步骤"), max_length=300)
    due_on: Day = asked(N_("完成期限"))
    owner: Line | None = asked(N_("责任人"), None, max_length=60)
    done_on: Day | None = asked(N_("完成日期"), None)
    result: Line | None = asked(N_("完成情况"), None, max_length=500)


class ProgressInput(Input):
    """What was said or done on a day."""

    noted_on: Day = asked(N_("日期"))
    way: ContactWay = asked(N_("方式"))
    content: Text = asked(N_("情况"), widget="textarea", max_length=LONGEST)


class PlanInput(Input):
    """A development plan (Art. 7)."""

    owner: str | None = asked(
        N_("负责人"), None, section=AIM, widget="select", max_length=24,
        help=N_("不选即为该客户的跟进销售员。"),
    )  # fmt: skip
    planned_until: Day | None = asked(N_("计划完成日期"), None, section=AIM)
    why: Text = asked(
        N_("开拓理由"), section=AIM, widget="textarea", max_length=LONGEST,
        help=N_("客户有什么货、现由谁承运、我们凭什么争取。"),
    )  # fmt: skip
    expected_tonnes: Annotated[Number, Field(ge=0, max_digits=12, decimal_places=2)] | None = asked(
        N_("预计月货量（吨）"), None, section=AIM
    )
    expected_revenue: Yuan | None = asked(N_("预计年收入（元）"), None, section=AIM)
    steps: list[StepInput] = asked(N_("开拓步骤"), [], section=STEPS, max_length=50)
    progress: list[ProgressInput] = asked(N_("开拓情况记录"), [], section=PROGRESS, max_length=500)


class NewPlanInput(PlanInput):
    """A development plan for a customer."""

    customer_name: CustomerKey = asked_customer(
        N_("客户"), section=AIM, openable=True,
        help=N_("请输入名称的一部分、拼音或编码，再从列表中选择。"),
    )  # fmt: skip


LOSS = N_("流失情况")
WIN_BACK = N_("挽回计划")


class LossInput(Input):
    """Why a customer was lost (Art. 7)."""

    cause: LossCause = asked(N_("流失原因"), section=LOSS)
    lost_since: Day = asked(N_("流失起始日期"), section=LOSS)
    went_to: Line | None = asked(
        N_("流向何处"), None, section=LOSS, max_length=120,
        help=N_("现由哪家承运；不清楚可不填。"),
    )  # fmt: skip
    analysis: Text = asked(
        N_("原因分析"), section=LOSS, widget="textarea", max_length=LONGEST,
        help=N_("经过、客户的说法、我方的责任，以及今后如何避免。"),
    )  # fmt: skip
    win_back: Text | None = asked(
        N_("挽回措施"), None, section=WIN_BACK, widget="textarea", max_length=LONGEST
    )
    win_back_on: Day | None = asked(N_("挽回期限"), None, section=WIN_BACK)


class NewLossInput(LossInput):
    """Why a customer was lost, and which."""

    customer_name: CustomerKey = asked_customer(
        N_("客户"), section=LOSS, openable=True,
        help=N_("请输入名称的一部分、拼音或编码，再从列表中选择。"),
    )  # fmt: skip


class StatisticsInput(Input):
    """Which losses are counted."""

    since: Day | None = asked(N_("从"), None)
    until: Day | None = asked(N_("到"), None)
    region: Region | None = asked(N_("所在地区"), None)


class CooperationInput(Input):
    """Since when and until when there is cooperation, and how that is known (Art. 8)."""

    cooperation_started_on: Day | None = asked(N_("合作起始日期"), None)
    cooperation_ended_on: Day | None = asked(
        N_("合作终止日期"), None, help=N_("仍在合作的请留空。")
    )
    reason: Reason = asked(
        N_("依据"), widget="textarea", help=N_("例如合同编号、首批货物的日期、客户的书面通知。")
    )


SCHEME = N_("方案内容")
AGREEMENT = N_("期限与商定")


class SchemeInput(Input):
    """How it was agreed to work together with a customer (Art. 7)."""

    goods: Line | None = asked(N_("承运货物"), None, section=SCHEME, max_length=300)
    content: Text = asked(
        N_("合作内容"), section=SCHEME, widget="textarea", max_length=LONGEST,
        help=N_("线路、货量、车辆和运作方式。"),
    )  # fmt: skip
    prices: Text | None = asked(
        N_("运价与结算"), None, section=SCHEME, widget="textarea", max_length=LONGEST
    )
    services: Text | None = asked(
        N_("服务要求"), None, section=SCHEME, widget="textarea", max_length=LONGEST,
        help=N_("时效、提送货、单据和异常处理。"),
    )  # fmt: skip
    feedback: Text | None = asked(
        N_("信息反馈约定"), None, section=SCHEME, widget="textarea", max_length=LONGEST,
        help=N_("反馈的内容、形式、时间和联系方式（规定第 15 条）。"),
    )  # fmt: skip
    valid_from: Day | None = asked(N_("方案起始日期"), None, section=AGREEMENT)
    valid_until: Day | None = asked(N_("方案终止日期"), None, section=AGREEMENT)
    agreed_on: Day | None = asked(
        N_("商定日期"), None, section=AGREEMENT, help=N_("还没有与客户商定的请留空。")
    )
    agreed_with: Line | None = asked(N_("客户方商定人"), None, section=AGREEMENT, max_length=60)
    agreed_by: Line | None = asked(N_("我方商定人"), None, section=AGREEMENT, max_length=60)


class RevisionInput(SchemeInput):
    """A new version of a scheme, and what was changed."""

    reason: Reason = asked(
        N_("修订说明"), section=AGREEMENT, widget="textarea",
        help=N_("改了什么、为什么；须重新商定的，请同时更新商定日期。"),
    )  # fmt: skip


class NewSchemeInput(SchemeInput):
    """A cooperation scheme for a customer."""

    customer_name: CustomerKey = asked_customer(N_("客户"), section=SCHEME, openable=True)
