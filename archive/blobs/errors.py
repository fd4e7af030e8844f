"""What can be wrong with bytes that a record names."""

from archive.errors import Unavailable
from archive.terms import N_


class ContentLost(Unavailable):
    """The bytes in the store are missing or are not the ones that were filed: never served."""

    message = N_("保存的文件与归档时的校验值不一致，已停止提供。")
    remedy = N_("请立即通知系统管理员，从备份恢复这份文件。")
