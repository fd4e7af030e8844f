"""What can go wrong with acts on many rows."""

from archive.errors import Conflict, Refused
from archive.terms import N_


class NothingChosen(Refused):
    """No row was chosen, or none is left of those that were."""

    message = N_("没有选中任何记录。")
    remedy = N_("请回到列表，勾选要处理的行。")


class TooManyChosen(Refused):
    """More rows than are done in one go."""

    message = N_("一次最多处理 %(most)s 条，现在选中了 %(count)s 条。")
    remedy = N_("请缩小筛选范围，分几次处理。")


class OthersFound(Conflict):
    """Since the person saw how many were found, others came or went."""

    message = N_("列表在此期间有变化：现在选中的是 %(count)s 条，不再是 %(seen)s 条。")
    remedy = N_("请核对后再次提交。")


class NotInThatState(Conflict):
    """The act is somewhere else by now."""

    message = N_("这次批量操作现在是“%(state)s”，不能这样做。")
    remedy = N_("请刷新页面，查看现在的状态。")


class TooManyViews(Refused):
    """More views of one list than anybody finds their way in."""

    message = N_("每个列表最多保存 %(most)s 个视图。")
    remedy = N_("请先删除不再使用的视图。")


class NothingToBringBack(Conflict):
    """The view was neither removed nor replaced."""

    message = N_("这个视图没有可以恢复的内容。")
    remedy = N_("请刷新页面，查看现在的状态。")
