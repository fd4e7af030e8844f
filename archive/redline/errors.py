"""What stops a Word file from being read."""

from archive.errors import Refused
from archive.terms import N_


class WordFileUnreadable(Refused):
    """The file is no Word document that is opened here; `why` says what is wrong with it."""

    message = N_("这个 Word 文件打不开：%(why)s。")
    remedy = N_("请在 Word 中打开检查，另存为 .docx 后重新上传。")
    field = "file"
