"""What stops a merge of two archives, or its undoing."""

from archive.errors import Conflict, Refused
from archive.terms import N_


class SameArchive(Refused):
    """Both archives are the same one."""

    message = N_("这两个编号是同一份档案，没有可以合并的。")
    remedy = N_("请选择另一份档案。")
    field = "other"


class BeingMerged(Conflict):
    """One of the two is part of another merge that is not finished."""

    message = N_("“%(name)s”正在另一次合并中（%(number)s）。")
    remedy = N_("请等那一次完成后再试。")
    field = "other"


class ChangedMeanwhile(Conflict):
    """Somebody has changed one of the two archives since the person saw them."""

    message = N_("在您对照期间，“%(name)s”的档案已被他人修改，还没有合并。")
    remedy = N_("请对照下面的最新内容，再确认一次。")


class ChoiceNeeded(Refused):
    """Both have something of which only one can be; nobody has said which is right."""

    message = N_("有 %(count)d 处两份档案各有记录而内容不同，需要选择以哪一份为准。")
    remedy = N_("系统不会自动相加或覆盖：请逐项选择。")


class BothHaveOne(Refused):
    """Both have a record of which a customer has only one, such as an open plan."""

    message = N_("两份档案各有一条进行中的记录：%(first)s；%(second)s。")
    remedy = N_("一个客户只能有一条：请先结束其中一条，再合并。")
    field = "other"


class NotUndoable(Refused):
    """The merge cannot be undone: it is not finished, undone already, or was too long ago."""

    message = N_("这次合并现在不能拆回：%(state)s。")
    remedy = N_("合并后 30 天内可以拆回。")


class MergedOn(Refused):
    """The archive that was kept has been merged into yet another since."""

    message = N_("合并后的档案后来又并入了“%(name)s”（%(number)s）。")
    remedy = N_("请先拆回较晚的那次合并。")


class CodeInUse(Refused):
    """Another archive has the credit code now that the one to be restored had."""

    message = N_("统一社会信用代码 %(credit_code)s 现在登记在“%(name)s”的档案里，拆回后会重复。")
    remedy = N_("请先在那份档案里更正信用代码。")


class NothingToHandOver(Refused):
    """The person has no customers, plans or tasks."""

    message = N_("%(name)s 名下没有客户、开拓计划或任务，不需要交接。")
    remedy = N_("请核对选择的人员。")
    field = "leaver"


class SamePerson(Refused):
    """Whoever hands over is among those who take over."""

    message = N_("%(name)s 不能同时是移交人和接收人。")
    remedy = N_("请选择其他同事接收。")
    field = "receivers"


class NotRestricted(Conflict):
    """The archive is not restricted now, or is being put back."""

    message = N_("这份档案现在不能解除限制：%(state)s。")
    remedy = N_("请刷新后查看现在的状态。")
