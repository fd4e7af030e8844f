"""What can go wrong with visits and complaints."""

from archive.errors import Conflict, Refused
from archive.terms import N_


class StepMissing(Refused):
    """A business visit lacks the written record of a step."""

    article = 13
    message = N_("事务拜访第 %(steps)s 步还没有书面记录，不能办结。")
    remedy = N_("请先补写缺少的步骤，再办结。")


class NotYetHeld(Refused):
    """A visit that has not taken place yet."""

    article = 13
    message = N_("拜访时间 %(visited_at)s 还没有到，不能办结。")
    remedy = N_("请在拜访之后补写内容，再办结。")


class VisitNotOpen(Conflict):
    """Somebody closed or cancelled the visit before."""

    message = N_("%(number)s 现在是“%(status)s”。")
    remedy = N_("请刷新页面查看；如需改动，可先“重新打开”。")


class VisitOpen(Conflict):
    """There is nothing to take back."""

    message = N_("%(number)s 还没有办结或取消。")
    remedy = N_("请刷新页面查看。")


class HeardLater(Refused):
    """A complaint that is said to have been heard in the future."""

    article = 14
    message = N_("反映时间不能晚于现在。")
    remedy = N_("请核对日期和时间。")
    field = "heard_at"


class AlreadyAccepted(Conflict):
    """Somebody accepted the complaint before; the clocks run from then."""

    message = N_("%(number)s 已由%(name)s受理。")
    remedy = N_("请刷新页面，查看应答复的时间。")


class NotAccepted(Refused):
    """A reply to, or the end of, a complaint that the desk has not accepted."""

    article = 14
    message = N_("%(number)s 还没有受理。")
    remedy = N_("请先受理，再登记答复或结案。")


class RepliedBefore(Refused):
    """A reply said to have been given before the complaint was accepted, or in the future."""

    article = 14
    message = N_("答复时间应在受理之后、现在之前。")
    remedy = N_("请核对日期和时间。")
    field = "replied_at"


class ResultNotReplied(Refused):
    """The customer has not been told the result."""

    article = 14
    message = N_("还没有向客户答复处理结果，不能结案。")
    remedy = N_("请先登记处理结果的答复。")


class ComplaintClosed(Conflict):
    """The complaint is closed; what it says stays as it is."""

    message = N_("%(number)s 已经结案，内容不再更改。")
    remedy = N_("如需继续处理，请先“重新处理”并说明原因。")


class ComplaintOpen(Conflict):
    """There is nothing to take back."""

    message = N_("%(number)s 还没有结案。")
    remedy = N_("请刷新页面查看。")


class MayHaveArchive(Conflict):
    """The customer was typed and not chosen, and there are archives that may be meant."""

    message = N_("可能已有这位客户的档案：%(names)s。")
    remedy = N_("请在“客户”中选择；如果确实没有档案，请勾选确认后再登记。")
    field = "customer_name"


class NotOfTheDesk(Refused):
    """The handler named does not work on complaints, or no longer."""

    article = 14
    message = N_("这个人不受理客户抱怨，不能负责。")
    remedy = N_("请从列表中选择受理部门的人员。")
    field = "handler"


class FileThere(Conflict):
    """The same file is with the complaint already."""

    message = N_("“%(name)s”已经附在这件抱怨中。")
    remedy = N_("不需要再次上传。")


class FileOfAnother(Refused):
    """A file that somebody else added, for whoever does not keep the complaint."""

    message = N_("这份照片或文件是别人添加的，只能由受理部门或添加的人移除、恢复。")
    remedy = N_("如果它放错了地方，请告诉客服。")
