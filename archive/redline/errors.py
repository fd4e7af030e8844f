"""What stops a Word file from being read."""

from archive.errors import Refused
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
