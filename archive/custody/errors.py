"""What stops something that is done with papers on their shelves."""

from archive.errors import Conflict, Refused
from archive.terms import N_


class NoPlace(Refused):
    """What was typed names no cabinet, compartment or volume."""

    message = N_("“%(typed)s”不是存放位置。")
    remedy = N_("请按“柜”“柜-格”或“柜-格-卷”填写，例如 03、03-2、03-2-015。")
    field = "place"


class NothingKeptThere(Refused):
    """No paper is registered at a place whose stock is to be taken."""

    message = N_("“%(place)s”没有登记任何纸质原件，不需要盘点。")
    remedy = N_("请核对位置；存放位置页列出了有原件的柜和格。")
    field = "place"


class BeingTaken(Conflict):
    """The stock of this place is being taken already."""

    message = N_("“%(place)s”正在盘点（%(number)s，%(name)s 开始）。")
    remedy = N_("请打开那次盘点，接着扫描。")
    field = "place"


class StockTakeOver(Conflict):
    """The stock-take was finished, perhaps by a colleague a moment ago."""

    message = N_("这次盘点已经结束，不能再登记。")
    remedy = N_("如果还有没扫到的，请先重新打开这次盘点。")


class NothingScanned(Refused):
    """A scan that holds no text."""

    message = N_("没有扫到或输入任何内容。")
    remedy = N_("请对准标签扫描，或输入标签上的 8 位尾号。")
    field = "code"


class SeveralMeant(Refused):
    """The characters that were typed are the end of several papers' identities."""

    message = N_("尾号 %(typed)s 对应多份附件，无法确定是哪一份。")
    remedy = N_("请扫描标签上的二维码，或在下面的清单里标记。")
    field = "code"


class NotMovable(Conflict):
    """An entry of a stock-take that is no paper in a wrong place, or no longer."""

    message = N_("这一条现在不能移位：%(state)s。")
    remedy = N_("请刷新后查看现在的状态。")


class HoldOver(Conflict):
    """The hold was lifted before."""

    message = N_("这项保全已由%(by)s解除。")
    remedy = N_("请刷新后查看现在的状态。")


class NothingToDispose(Refused):
    """A proposal without a paper."""

    message = N_("没有选择任何附件。")
    remedy = N_("请在“保管期满的附件”里勾选要销毁的附件。")
    field = "papers"


class NotDisposable(Refused):
    """Papers that a rule keeps from being destroyed; each is named with its rule."""

    message = N_("有 %(count)d 份附件不能销毁。%(names)s")
    remedy = N_("请去掉这些附件，再提出申请。")
    field = "papers"


class OwnProposal(Refused):
    """Whoever proposed a disposal also decides about it."""

    message = N_("销毁申请不能由提出的人自己批准。")
    remedy = N_("请由另一位总经理审批。")


class DecidedAlready(Conflict):
    """The disposal is in another state than the person saw."""

    message = N_("这份销毁申请现在不能这样处理：%(state)s。")
    remedy = N_("请刷新后查看现在的状态。")
