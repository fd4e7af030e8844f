"""What stops Word files from being read or compared."""

from archive.errors import Refused, Unavailable
from archive.terms import N_


class WordFileUnreadable(Refused):
    """The file is no Word document that is opened here; `why` says what is wrong with it."""

    message = N_("这个 Word 文件打不开：%(why)s。")
    remedy = N_("请在 Word 中打开检查，另存为 .docx 后重新上传。")
    field = "file"


class TooLongToCompare(Refused):
    """One of the files has more paragraphs and rows than are compared."""

    message = N_("文件超过 %(limit)s 段，不能逐条对照。")
    remedy = N_("请下载两个版本，用 Word 的“比较”功能查看。")


class NotTracked(Unavailable):
    """The engine made no file with tracked changes within its limits."""

    message = N_("这两个版本没能做成修订稿。")
    remedy = N_("请再试一次；仍不行时请下载两个版本，用 Word 的“比较”功能查看。")


class TrackingBusy(Unavailable):
    """Others' files with tracked changes are being made."""

    message = N_("正在为其他人生成修订稿，还没有轮到这份。")
    remedy = N_("请过一会儿再试。")
