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
