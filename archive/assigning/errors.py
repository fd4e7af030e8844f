"""What can go wrong with tasks, and with duties that are set aside."""

from archive.errors import Conflict, NotPermitted, Refused
from archive.terms import N_


class NotYours(NotPermitted):
    """The duty is not among the person's own: it may be done by now."""

    message = N_("这件事不在您的待办中：可能已经办完，或已由别人处理。")
    remedy = N_("请回到首页查看您现在的待办。")


class ColleagueUnknown(Refused):
    """The colleague has no account, or one that is closed."""

    message = N_("没有这位同事，或其账号已停用。")
    remedy = N_("请另选一位同事。")
    field = "owner"


class CannotOpen(Refused):
    """The colleague may not open the record that the task is about."""

    message = N_("%(name)s 没有查看这条记录的权限，无法处理。")
    remedy = N_("请另选一位同事，或交办时不附这条记录。")
    field = "owner"


class OwnAlready(Refused):
    """Whoever shall get the task has it."""

    message = N_("这项任务现在就由 %(name)s 负责。")
    remedy = N_("请另选一位同事。")
    field = "owner"


class TaskNotOpen(Conflict):
    """The task was done or taken back meanwhile."""

    message = N_("这项任务现在是“%(status)s”，不能这样做。")
    remedy = N_("如需继续，请先重新打开。")


class TaskOpen(Conflict):
    """The task is open: there is nothing to reopen."""

    message = N_("这项任务还没有办结。")
    remedy = N_("请刷新页面查看。")


class DayPast(Refused):
    """The day is not ahead, or too far ahead."""

    message = N_("请填写今天以后、%(most)s 天以内的日期。")
    field = "until"


class DueDayPast(Refused):
    """A task cannot be due on a day that is past."""

    message = N_("期限不能早于今天。")
    field = "due_on"


class CannotDoIt(Refused):
    """The colleague lacks the right that the duty needs."""

    message = N_("%(name)s 没有处理这件事的权限。")
    remedy = N_("请另选一位同事，或改为推迟。")
    field = "colleague"
