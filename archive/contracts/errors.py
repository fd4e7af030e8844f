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


class NoFileChosen(Refused):
    """A template was to be uploaded and no file came."""

    message = N_("没有选择文件。")
    remedy = N_("请选择一个 .docx 文件。")
    field = "file"


class NotAWordFile(Refused):
    """Something else than a Word file came as a template."""

    message = N_("这是%(seems)s，不能用作模板。")
    remedy = N_("请在 Word 或 WPS 中编辑模板，另存为 .docx 后上传。")
    field = "file"


class OldWordFile(NotAWordFile):
    message = N_("这是旧版 Office 文件（.doc 或 .xls），不能用作模板。")
    remedy = N_("请用 Word 打开，另存为“Word 文档（.docx）”后上传。")


class LockedWordFile(NotAWordFile):
    message = N_("这个文件设有打开密码，不能用作模板。")
    remedy = N_("请在 Word 中去掉密码，保存后重新上传。")


class BrokenWordFile(NotAWordFile):
    message = N_("这个文件不完整或已损坏，不能用作模板。")
    remedy = N_("请在 Word 中打开检查，另存一份后重新上传。")


class NoTemplate(NotFound):
    """No template of the kind that is needed is in use."""

    message = N_("还没有启用的%(kind)s模板。")
    remedy = N_("请系统管理员上传并启用一个模板。")


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
    message = N_("合同 %(number)s 已不是草稿，不能再生成新版本。")
    remedy = N_("需要修改时，请按合同变更办理。")


class NotVoid(Conflict):
    """There is nothing to take back."""

    message = N_("%(number)s 没有作废。")
    remedy = N_("请刷新页面查看。")
