"""What can go wrong with files."""

from archive.errors import Conflict, NotFound, NotPermitted, Refused, Unavailable
from archive.terms import N_


class FileRefused(Refused):
    """A file that is not taken in. Each reason is a class of its own, with its limit."""


class FileEmpty(FileRefused):
    """Nothing in it."""

    message = N_("文件是空的，没有内容。")
    remedy = N_("请检查扫描是否完成，然后重新上传。")


class FileTooLarge(FileRefused):
    """More bytes than the limit."""

    message = N_("文件有 %(found)s，超过了 %(limit)s 的上限。")
    remedy = N_("请降低扫描分辨率，或把文件拆成几份再上传。")


class TooManyPages(FileRefused):
    """More pages than the limit."""

    message = N_("文件有 %(found)s 页，超过了 %(limit)s 页的上限。")
    remedy = N_("请把文件拆成几份再上传。")


class TooManyPixels(FileRefused):
    """A picture larger than the limit."""

    message = N_("图片有 %(found)s 百万像素，超过了 %(limit)s 百万像素的上限。")
    remedy = N_("请降低扫描分辨率后再上传。")


class TooLargeUnpacked(FileRefused):
    """An Office document that unpacks into more than the limit."""

    message = N_("文件解压后有 %(found)s，超过了 %(limit)s 的上限。")
    remedy = N_("请减小文档中的图片，或另存为 PDF 再上传。")


class TypeNotTaken(FileRefused):
    """Content of a type that the archive does not take in."""

    message = N_("文件内容是“%(seems)s”，不在可归档的类型之内。")
    remedy = N_(
        "可归档的类型：PDF、OFD、图片、Word、Excel、WPS 等办公文件、文本、邮件、录音和视频。"
    )


class Packed(TypeNotTaken):
    remedy = N_("请先解压，再把里面的文件分别上传。")


class ForBrowsers(TypeNotTaken):
    remedy = N_("请在浏览器中打开，打印为 PDF 后再上传。")


class ForPictures(TypeNotTaken):
    remedy = N_("请另存为 JPEG、PNG 或 PDF 后再上传。")


class ForPrinting(TypeNotTaken):
    remedy = N_("请在原来的程序中导出为 PDF 后再上传。")


class ForPlaying(TypeNotTaken):
    remedy = N_("请把录音转换为 MP3，或把视频转换为 MP4，再上传。")


class NoFiles(Refused):
    """A request without a file."""

    message = N_("没有收到文件。")
    remedy = N_("请选择至少一个文件；通过接口上传时，字段名为 files。")


class NotAPicture(Refused):
    """Pages are made of photographs alone."""

    message = N_("“%(name)s”不是照片，没有上传。")
    remedy = N_("请移除它后再上传；其他类型的文件请用“选择文件”上传。")


class CornersUnclear(Refused):
    """The corners of the paper on a photograph are no quadrilateral."""

    message = N_("照片上的纸边位置有误。")
    remedy = N_("请关闭“按纸边拉直”后再上传。")


class AlreadyDecided(Conflict):
    """The deposit has been filed or rejected by someone, perhaps a moment ago."""

    message = N_("这份文件已由%(by)s处理：%(state)s。")
    remedy = N_("收件箱已刷新，请继续处理下一份。")


class NotClean(Refused):
    """The virus scanner found something in the file, or has not seen it yet: it is not filed."""

    message = N_("“%(name)s”没有通过病毒扫描，不能归档。")
    remedy = N_("含病毒的文件请退回；等待扫描的文件会在扫描恢复后自动继续。")


class HeldByOther(Conflict):
    """Somebody else has the deposit on the desk by now."""

    message = N_("%(who)s正在处理这份文件。")
    remedy = N_("请处理下一份；需要由您处理时，请先接手。")


class NotSure(Conflict):
    """What was proposed for a paper is not beyond doubt, or not any more."""

    message = N_("这份文件的类别或客户还不确定。")
    remedy = N_("请打开它，核对后归档。")


class NeedsYes(Refused):
    """What is damaged or on file already is filed only by somebody who has seen that it is."""

    message = N_("有 %(count)d 份文件已损坏、无法显示或内容重复：%(names)s。")
    remedy = N_("请看过后勾选“我已看过，仍要归档”，或退回。")
    field = "despite"


class ProposedOtherwise(Conflict):
    """What is proposed is not what the person saw."""

    message = N_("识别建议刚刚有了变化，没有归档。")
    remedy = N_("请看过新的建议后再确认。")


class NothingTaken(Refused):
    """Nothing was chosen of what the paper says otherwise."""

    message = N_("没有选择要更新的内容。")
    remedy = N_("请勾选要按文件更新的项目。")
    field = "taken"


class TooFewToJoin(Refused):
    """One file alone is not joined."""

    message = N_("请选择至少两份要合并的文件。")


class NotJoinable(Refused):
    """Only what has pages that can be drawn becomes part of a PDF."""

    message = N_("“%(name)s”没有可以合并的页面。")
    remedy = N_("有密码、已损坏或没有页面的文件请单独归档。")


class ApartWithoutReason(Refused):
    """A paper on file is taken apart, and nobody said why."""

    message = N_("已归档的附件要写明拆开的原因。")
    remedy = N_("请填写原因后再拆开。")


class NotJoined(Conflict):
    """Only what was joined, and has become nothing else since, comes apart."""

    message = N_("这份文件不是合并而成的，或已经拆开。")
    remedy = N_("请刷新页面查看。")


class NotArrangeable(Refused):
    """Only what has pages of its own is cut into papers."""

    message = N_("“%(name)s”的页面不能拆分或调整。")
    remedy = N_("Word、Excel 文件，以及有密码或已损坏的文件，请整份归档。")


class NoSuchPages(Refused):
    """Papers are to be made of pages that there are not, or of one page twice."""

    message = N_("页码有误：文件共有 %(pages)d 页，每一页只能用一次。")
    remedy = N_("请检查页码后重试。")
    field = "papers"


class NothingArranged(Refused):
    """The file would stay as it is."""

    message = N_("页面没有任何变化。")
    remedy = N_("请先拆分、调整顺序或取出页面。")


class NotArranged(Conflict):
    """Only what was cut out of another file goes back into it, once."""

    message = N_("这份文件不是拆分出来的，或原文件已经恢复。")
    remedy = N_("请刷新页面查看。")


class PieceDecided(Conflict):
    """One of the papers that a file was cut into is dealt with already."""

    message = N_("“%(name)s”也是从同一文件拆分出来的，现在是“%(state)s”，不能恢复原文件。")
    remedy = N_("请先撤销对它的处理，再恢复原文件。")


class NotRejected(Conflict):
    """Only what was rejected can come back."""

    message = N_("这份文件没有被退回，现在是“%(state)s”。")
    remedy = N_("请刷新页面查看。")


class NotFiled(Conflict):
    """Only what was filed can be taken back."""

    message = N_("这份文件没有归档，现在是“%(state)s”。")
    remedy = N_("请刷新页面查看。")


class TooLateToUndo(Refused):
    """A filing is undone in the first minutes; later a paper is moved or corrected."""

    message = N_("归档已超过 %(minutes)d 分钟，不能直接撤销。")
    remedy = N_("归错客户的，请在附件页面“移到其他客户”；内容有误的，请“修改信息”。")


class LoweredWithoutReason(Refused):
    """More people are to see a paper than before, and nobody says why."""

    message = N_("降低密级需要说明原因。")
    remedy = N_("请填写“修改原因”，它会留在变更记录中。")
    article = 10
    field = "reason"


class AlreadyThere(Refused):
    """The paper is to be moved to the customer that has it."""

    message = N_("这份附件已经在这个客户的档案里。")
    remedy = N_("请选择另一个客户。")
    field = "customer"


class UploadKeyReused(Conflict):
    """The same upload identity came with other bytes."""

    message = N_("这个上传编号已用于另一个文件。")
    remedy = N_("请为新的文件换一个 Idempotency-Key。")


class PagesHidden(NotPermitted):
    """A paper whose pages this person may not see."""

    message = N_("这份附件属于秘密材料，您可以看到目录信息，不能翻阅内容。")
    remedy = N_("如需查阅，请联系档案保管员办理借阅（第 10 条）。")


class OriginalHeldBack(NotPermitted):
    """Originals leave the archive only through the custodian (Art. 10)."""

    message = N_("附件原件只能由档案保管员下载。")
    remedy = N_("如需复印件，请向档案保管员提出，经总经理同意后提供（第 10 条）。")


class NotSearchable(Conflict):
    """There is no PDF of the file that can be searched, or none yet."""

    message = N_("这份文件没有可检索的 PDF：%(why)s。")
    remedy = N_("原件随时可以下载；还在识别的，识别完成后即可下载。")


class SearchableTooDemanding(Refused):
    """Making the PDF took more time or memory than is allowed, or the file is damaged."""

    message = N_("无法生成可检索的 PDF：文件已损坏，或超出了允许的时间或内存。")
    remedy = N_("请下载原件；原件照原样保存。")


class PagesBusy(Unavailable):
    """Too many pages are being drawn for this person, or for all."""

    message = N_("正在生成的页面图像太多。")
    remedy = N_("请等前面的页面显示后再试。")


class NoPrinter(Unavailable):
    """Office papers have no pages on this machine."""

    message = N_("服务器上没有安装 LibreOffice，无法显示 Office、CSV 和文本文件的页面。")
    remedy = N_("文件仍可照常归档；归档后，档案保管员可以下载原件查看。")


class NoPageImage(NotFound):
    """There is no image of this page."""

    message = N_("这一页没有可显示的图像。")
    remedy = N_("文件可能受密码保护或已损坏。")


class PageTooDemanding(NoPageImage):
    """Drawing this page took more time or memory than is allowed; it is not tried each time."""

    message = N_("生成这一页的图像超出了允许的时间或内存。")
    remedy = N_("可以再试一次；原件仍照原样保存。")


class NothingToChange(Refused):
    """An act on many papers that would change nothing."""

    message = N_("没有填写要修改的内容。")
    remedy = N_("请至少填写一项。")
    field = "place"


class PaperDisposed(NotFound):
    """A paper whose bytes are gone: it was destroyed, and only what is known of it stays."""

    message = N_("这份附件已按 %(number)s 销毁，内容不再存在。")
    remedy = N_("目录信息、批准人和原因仍在附件页上。")


class NotRead(Conflict):
    """A file that is being read, or in which nothing can be read."""

    message = N_("这份文件正在识别，或没有可以识别的文字。")
    remedy = N_("请稍后再看识别结果。")
