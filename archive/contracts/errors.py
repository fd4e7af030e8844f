"""What can go wrong with templates and drafts."""

from archive.docgen import CheckReport
from archive.errors import Conflict, NotFound, Refused
from archive.terms import N_


class TemplateHasFaults(Refused):
    """An uploaded template did not pass the check; `report` holds every fault with its place."""

    message = N_("这个模板有 %(count)d 处问题，没有保存。")
    remedy = N_("请在 Word 中按列出的位置逐处修改，然后重新上传。")
    field = "file"

    def __init__(self, report: CheckReport) -> None:
        self.report = report
        super().__init__(count=len(report.faults))


class ClauseHasFaults(Refused):
    """The text of a clause did not pass the check; `report` holds every fault with its line."""

    message = N_("这条条款有 %(count)d 处问题，没有保存。")
    remedy = N_("请按列出的位置逐处修改后再保存。")
    field = "text"

    def __init__(self, report: CheckReport) -> None:
        self.report = report
        super().__init__(count=len(report.faults))


class NoFileChosen(Refused):
    """A Word file was to be uploaded and none came."""

    message = N_("没有选择文件。")
    remedy = N_("请选择一个 .docx 文件。")
    field = "file"


class NotAWordFile(Refused):
    """Something else than a Word file came."""

    message = N_("这是%(seems)s，不是可以编辑的 Word 文件。")
    remedy = N_("请在 Word 或 WPS 中编辑，另存为 .docx 后上传。")
    field = "file"


class OldWordFile(NotAWordFile):
    message = N_("这是旧版 Office 文件（.doc 或 .xls），不能直接使用。")
    remedy = N_("请用 Word 打开，另存为“Word 文档（.docx）”后上传。")


class LockedWordFile(NotAWordFile):
    message = N_("这个文件设有打开密码，读不到内容。")
    remedy = N_("请在 Word 中去掉密码，保存后重新上传。")


class BrokenWordFile(NotAWordFile):
    message = N_("这个文件不完整或已损坏，打不开。")
    remedy = N_("请在 Word 中打开检查，另存一份后重新上传。")


class NoTemplate(NotFound):
    """No template of the kind that is needed is in use."""

    message = N_("还没有启用的%(kind)s模板。")
    remedy = N_("请系统管理员上传并启用一个模板。")


class ContractOfAnother(Refused):
    """The contract chosen is not with the customer chosen."""

    message = N_("合同 %(number)s 不是这位客户的。")
    remedy = N_("请填写这位客户的合同编号，或留空。")
    field = "contract"


class NothingToAmend(Refused):
    """An agreement changes, adds to or ends a contract of the same customer's that is in force."""

    article = 23
    message = N_("%(kind)s要针对这位客户一份已生效的合同来起草。")
    remedy = N_("请从已生效的合同开始；还没有生效的合同，直接修改草稿。")
    field = "template"


class NothingForLedger(Refused):
    """None of the contracts asked for has left the stage of a draft."""

    message = N_("没有可以列入台账的合同。")
    remedy = N_("台账只列已批准、已生效及以后的合同和作废的编号；请放宽筛选后再试。")


class TooManyForLedger(Refused):
    """More contracts than a Word table of the ledger holds."""

    message = N_("台账有 %(count)s 份合同，一份 Word 台账最多 %(limit)s 份。")
    remedy = N_("请先用筛选缩小范围，或导出 Excel。")


class NoSuchVersion(NotFound):
    """The version asked for does not exist."""

    message = N_("没有第 %(number)s 版。")
    remedy = N_("请从版本列表中选择。")


class AlreadyInForce(Conflict):
    """The version is the one in use already."""

    message = N_("第 %(number)s 版已经在使用。")


class NotADraft(Refused):
    """The contract has left the draft stage; its text is fixed (Art. 21)."""

    article = 21
    message = N_("合同 %(number)s 已不是草稿，不能再有新版本。")
    remedy = N_("需要修改时，请按合同变更办理。")


class NotThisContract(Refused):
    """The file says by its own foot that it is another contract's; a person has to say it is not.

    `says` is the number that it bears, empty where it bears none.
    """

    message = N_("这个文件的页眉、页脚或二维码写着合同 %(says)s，而不是 %(number)s。")
    remedy = N_("请确认没有选错文件。如果确实是本合同的新版本，请勾选确认，重新选择文件后再提交。")
    field = "is_ours"


class SaysNoContract(NotThisContract):
    message = N_("这个文件里没有合同编号 %(number)s，看不出是不是本合同的文件。")


class NotMadeFromTemplate(NotFound):
    """No version of the draft was made from a template up to the one that is compared."""

    message = N_("第 %(number)s 版之前没有由模板生成的版本。")
    remedy = N_("请选择与其他版本对照。")


class SameAsNewest(Conflict):
    """Nothing was changed."""

    message = N_("这个文件与第 %(number)s 版完全相同，没有保存。")
    remedy = N_("请确认选择的是修改后的文件。")
    field = "file"


class NewestAlready(Conflict):
    """The version is the newest one: there is nothing to go back to."""

    message = N_("第 %(number)s 版已经是最新的一版。")


class NotVoid(Conflict):
    """There is nothing to take back."""

    message = N_("%(number)s 没有作废。")
    remedy = N_("请刷新页面查看。")


class NotReadyForReview(Refused):
    """Something keeps the contract from being submitted; the page names each with a link."""

    article = 20
    message = N_("还有 %(count)d 处需要处理，不能提交评审：%(names)s。")
    remedy = N_("请按合同页面列出的各项处理后再提交。")


class NotInReview(Conflict):
    """No round of review is under way."""

    message = N_("合同 %(number)s 不在评审中。")
    remedy = N_("请刷新页面查看当前状态。")


class ReviewHasBegun(Refused):
    """A round in which somebody has decided cannot be taken back."""

    article = 20
    message = N_("已有人给出评审意见，不能撤回。")
    remedy = N_("请等评审结束；如需停止，请联系评审人退回。")


class NotYourTurn(Refused):
    """The person may not decide in this place."""

    article = 20
    message = N_("这一席不由您评审：可能不属于您、还没有轮到，或已有人给出意见。")
    remedy = N_("请刷新页面查看轮到谁评审。")


class OwnContract(Refused):
    """Nobody judges a contract that they made themselves, whatever their roles."""

    article = 20
    message = N_("您是这份合同的经办人或起草人，不能评审。")
    remedy = N_("请由其他人评审；需要时由销售经理或总经理转交。")


class DecidesTwice(Refused):
    """Nobody decides twice in one round, whatever their roles."""

    article = 20
    message = N_("您在这一轮中已经给出意见，不能再以另一身份评审。")
    remedy = N_("请由其他人评审；需要时转交给其他人。")


class TooLateToRecall(Refused):
    """An opinion stands once others have built on it, or its minutes are over."""

    message = N_("意见只能在 10 分钟之内、下一人评审之前收回。")
    remedy = N_("请与经办人或下一位评审人联系。")


class RemindedLately(Conflict):
    """A reminder went out a short while ago."""

    message = N_("刚刚催办过，四小时后可以再次催办。")


class NoSuchReviewer(Refused):
    """The name is nobody's who can be asked for an opinion."""

    message = N_("“%(username)s”不能评审。")
    remedy = N_("请选择一位经理、总经理、客服或职能部门评审。")
    field = "person"


class IsAskedAlready(Conflict):
    """The person is asked in this step anyway."""

    message = N_("%(name)s已在这一步的评审人之中。")


class NoTrialAwaited(Conflict):
    """No trial run is waited for."""

    message = N_("合同 %(number)s 现在不需要登记试运行结果。")
    remedy = N_("请刷新页面查看当前状态。")


class NotApproved(Refused):
    """The contract has not been approved."""

    article = 20
    message = N_("合同 %(number)s 还没有批准。")
    remedy = N_("请先提交评审。")


class StandsInForThemselves(Refused):
    """A substitute is somebody else."""

    message = N_("代理人不能是本人。")
    remedy = N_("请选择另一位可以评审的同事。")
    field = "substitute"
