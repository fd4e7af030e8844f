"""What is typed in about visits and complaints: one declaration for the page and the API."""

from typing import Annotated

from pydantic import Field

from archive.communication.rules.complaints import Channel, ComplaintCause, ComplaintForm, Reply
from archive.communication.rules.visits import VisitKind
from archive.customers.forms import CustomerKey, asked_customer
from archive.terms import N_
from archive.web.inputs import (
    Code,
    Day,
    Input,
    Instant,
    Line,
    Name,
    Phone,
    Reason,
    Text,
    Yuan,
    asked,
)

LONGEST = 10_000

WHEN = N_("拜访安排")
STEPS = N_("事务拜访：事前三步")
SAID = N_("拜访记录")
AFTER = N_("结果与措施")

WHO = N_("谁在抱怨")
WHAT = N_("抱怨内容")
CLAIM = N_("索赔")


class MeasureInput(Input):
    """What is to be done after a visit."""

    what: Line = asked(N_("措施"), max_length=300)
    owner: Line = asked(N_("责任人"), max_length=60)
    due_on: Day = asked(N_("完成期限"))
    is_done: bool = asked(N_("已完成"), False)


class VisitInput(Input):
    """A visit, planned or made (Art. 13)."""

    kind: VisitKind = asked(N_("拜访类别"), section=WHEN)
    visited_at: Instant = asked(
        N_("拜访时间"), section=WHEN, help=N_("计划中的拜访填写约定的时间。")
    )
    purpose: Line = asked(N_("目的"), section=WHEN, max_length=200)
    place: Line | None = asked(N_("地点"), None, section=WHEN, max_length=200)
    visitors: list[Name] = asked(
        N_("拜访人员"), [], section=WHEN, widget="lines", max_length=20,
        help=N_("每行一人；不填即为本人。"),
    )  # fmt: skip
    participants: list[Annotated[Line, Field(max_length=120)]] = asked(
        N_("客户方人员"), [], section=WHEN, widget="lines", max_length=20,
        help=N_("每行一人，可写职务。"),
    )  # fmt: skip

    goals: Text | None = asked(
        N_("1 收集的资料、发现的问题、要达到的目标"), None,
        section=STEPS, widget="textarea", max_length=LONGEST,
    )  # fmt: skip
    solutions: Text | None = asked(
        N_("2 解决办法"), None, section=STEPS, widget="textarea", max_length=LONGEST
    )
    notice: Text | None = asked(
        N_("3 知会客户的情况"), None, section=STEPS, widget="textarea", max_length=LONGEST,
        help=N_("何时、以何方式知会，拜访的内容、时间、地点、陪同人员。"),
    )  # fmt: skip

    content: Text | None = asked(
        N_("洽谈内容"), None, section=SAID, widget="textarea", max_length=LONGEST,
        help=N_("事务拜访的第 4 步：准备的资料、与客户磋商的经过。"),
    )  # fmt: skip

    result: Text | None = asked(
        N_("结果分析"), None, section=AFTER, widget="textarea", max_length=LONGEST
    )
    reported_to: Line | None = asked(
        N_("报告给"), None, section=AFTER, max_length=60,
        help=N_("事务拜访的第 5 步：结果报给谁，由谁组织落实措施。"),
    )  # fmt: skip
    measures: list[MeasureInput] = asked(N_("落实的措施"), [], section=AFTER, max_length=50)


class NewVisitInput(VisitInput):
    """A visit to a customer."""

    customer_name: CustomerKey = asked_customer(
        N_("客户"), section=WHEN, openable=True,
        help=N_("请输入名称的一部分、拼音或编码，再从列表中选择。"),
    )  # fmt: skip


class ComplaintInput(Input):
    """A complaint as whoever hears it writes it down (Art. 14.1)."""

    customer_name: Line | None = asked_customer(
        N_("客户"), None, section=WHO, free=True, max_length=120,
        help=N_("从列表中选择；没有档案的客户直接填写名称。"),
    )  # fmt: skip
    complainant: Line | None = asked(N_("抱怨人"), None, section=WHO, max_length=60)
    complainant_phone: Phone | None = asked(N_("联系电话"), None, section=WHO, widget="tel")
    form: ComplaintForm = asked(N_("抱怨形式"), ComplaintForm.ORAL, section=WHAT)
    heard_at: Instant = asked(N_("反映时间"), section=WHAT)
    content: Text = asked(
        N_("抱怨内容"), section=WHAT, widget="textarea", max_length=LONGEST,
        help=N_("客户的原话和事实经过：时间、地点、货物、涉及的人员。"),
    )  # fmt: skip
    explained: Text | None = asked(
        N_("已作的解释与处理"), None, section=WHAT, widget="textarea", max_length=LONGEST,
        help=N_("只写本人职责职权范围内已经做的。"),
    )  # fmt: skip
    cause: ComplaintCause | None = asked(
        N_("抱怨原因"), None, section=WHAT, help=N_("不清楚时留空，由客服判断。")
    )
    waybill_number: Code | None = asked(N_("运单号"), None, section=WHAT, max_length=60)
    claimed_amount: Yuan | None = asked(N_("索赔金额（元）"), None, section=CLAIM)


class NewComplaintInput(ComplaintInput):
    """A complaint at its first recording."""

    has_no_archive: bool = asked(
        N_("我已核对：这位客户还没有档案"), False, section=WHO, widget="hidden"
    )


class DeskInput(ComplaintInput):
    """A complaint as the desk completes it: with what starts and ends a claim's clock."""

    evidence_complete_at: Instant | None = asked(
        N_("客户证明材料齐全的时间"), None, section=CLAIM, help=N_("有索赔要求时，从这时起计时。")
    )
    result_promised_on: Day | None = asked(
        N_("承诺答复结果的日期"), None, section=CLAIM, help=N_("有索赔要求时，向客户承诺的日期。")
    )


class ReplyInput(Input):
    """What the customer was told."""

    reply: Reply = asked(N_("答复类型"), widget="radio")
    replied_at: Instant = asked(N_("答复时间"))
    told_to: Line | None = asked(N_("答复给"), None, max_length=60)
    channel: Channel = asked(N_("答复方式"), Channel.PHONE)
    text: Text = asked(N_("答复内容"), widget="textarea", max_length=LONGEST)


class ClosingInput(Input):
    """How the customer takes the result."""

    reaction: Text = asked(N_("客户反应"), min_length=2, max_length=2000, widget="textarea")


class HandlerOfManyInput(Input):
    """Who sees to many complaints from now on."""

    handler: str = asked(N_("负责人"), widget="select", max_length=24)
    reason: Reason = asked(N_("原因"), widget="textarea")


class HandlerInput(Input):
    """Who sees to a complaint from now on."""

    handler: str = asked(N_("负责人"), widget="select", max_length=24)
    reason: Reason | None = asked(N_("原因"), None)
