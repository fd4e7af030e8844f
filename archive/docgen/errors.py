"""What stops the writer of drafts."""

from archive.errors import Refused, Unavailable
from archive.terms import N_


class TemplateRefused(Refused):
    """The template has faults; `faults` holds every one of them."""

    message = N_("这个模板有 %(count)s 处问题，不能使用。")
    remedy = N_("请按列出的位置逐处修改，然后重新上传。")
    field = "template"


class DraftTooLarge(Refused):
    """The filled document would pass the limit."""

    message = N_("填好的文件会超过 %(limit)s MB，没有生成。")
    remedy = N_("请减少表格的行数或缩短文字，然后再试。")


class NoPdfProgram(Unavailable):
    """PDFs cannot be made on this machine."""

    message = N_("服务器上没有安装 LibreOffice，不能生成 PDF。")
    remedy = N_("请下载 Word 文件，用 Word 或 WPS 另存为 PDF。")


class NoPdf(Unavailable):
    """The program made no PDF of the document within its limits."""

    message = N_("这份文件没能转成 PDF。")
    remedy = N_("请再试一次；仍不行时请下载 Word 文件，用 Word 或 WPS 另存为 PDF。")


class PdfsWait(Unavailable):
    """Others' PDFs are being made."""

    message = N_("正在为其他人生成 PDF，还没有轮到这份。")
    remedy = N_("请过一会儿再试。")
