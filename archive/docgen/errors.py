"""What stops the writer of drafts."""

from archive.errors import Refused
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
