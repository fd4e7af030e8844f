"""What can go wrong with development plans and churn analyses."""

from archive.errors import Conflict, Refused
from archive.terms import N_


class PlanIsOpen(Conflict):
    """The customer has an open plan: a second one would say otherwise."""

    message = N_("客户“%(customer)s”已有进行中的开拓计划 %(number)s。")
    remedy = N_("请在该计划里补充步骤；如要另订计划，请先把它办结。")


class PlanNotOpen(Conflict):
    """Somebody ended the plan before."""

    message = N_("开拓计划 %(number)s 现在是“%(status)s”。")
    remedy = N_("请刷新页面查看；如需改动，可先“重新开始”。")


class PlanStillOpen(Conflict):
    """There is nothing to take back."""

    message = N_("开拓计划 %(number)s 还在进行中。")
    remedy = N_("请刷新页面查看。")


class NoSuchOwner(Refused):
    """Nobody of that name works on customers."""

    message = N_("没有这位销售员，或其账号已停用。")
    remedy = N_("请从列表中重新选择负责人。")
    field = "owner"


class NoSuchStep(Refused):
    """A step that the plan does not have, or that is done."""

    message = N_("这个步骤已经完成，或已不在计划里。")
    remedy = N_("请刷新页面查看。")


class LossEnded(Conflict):
    """Somebody said before how the loss ended."""

    message = N_("流失分析 %(number)s 现在是“%(status)s”。")
    remedy = N_("请刷新页面查看；如需改动，可先“改回流失中”。")


class LossStillOpen(Conflict):
    """There is nothing to take back."""

    message = N_("流失分析 %(number)s 还没有结论。")
    remedy = N_("请刷新页面查看。")


class LossLater(Refused):
    """A loss that is said to have begun in the future."""

    article = 7
    message = N_("流失起始日期 %(day)s 还没有到。")
    remedy = N_("请填写最后一次合作之后的日期。")
    field = "lost_since"


class EndBeforeStart(Refused):
    """Cooperation that ends before it begins."""

    article = 8
    message = N_("合作终止日期不能早于起始日期，也不能没有起始日期。")
    remedy = N_("请核对两个日期。")
    field = "cooperation_ended_on"


class SchemeStands(Conflict):
    """The customer has a scheme: a second one would say otherwise."""

    message = N_("客户“%(customer)s”已有有效的合作方案 %(number)s。")
    remedy = N_("请修订该方案；如要另订，请先把它作废。")


class SchemeIsVoid(Conflict):
    """Somebody voided the scheme before."""

    message = N_("合作方案 %(number)s 已作废。")
    remedy = N_("请刷新页面查看；如需改动，可先“恢复方案”。")


class SchemeNotVoid(Conflict):
    """There is nothing to take back."""

    message = N_("合作方案 %(number)s 没有作废。")
    remedy = N_("请刷新页面查看。")


class AgreementIncomplete(Refused):
    """An agreement without a day, or without anybody at the customer's."""

    article = 7
    message = N_("商定日期和客户方商定人须一并填写。")
    remedy = N_("还没有与客户商定的，请两项都留空。")
    field = "agreed_with"


class AgreedLater(Refused):
    """An agreement of a day to come."""

    message = N_("商定日期 %(day)s 还没有到。")
    remedy = N_("还没有与客户商定的请留空。")
    field = "agreed_on"


class UntilBeforeFrom(Refused):
    """A scheme that ends before it begins."""

    message = N_("方案的终止日期不能早于起始日期。")
    remedy = N_("请核对两个日期。")
    field = "valid_until"
