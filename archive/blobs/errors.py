"""What can be wrong with bytes that a record names."""

from archive.errors import Refused, Unavailable
from archive.terms import N_


class ContentLost(Unavailable):
    """The bytes in the store are missing or are not the ones that were filed: never served."""

    message = N_("保存的文件与归档时的校验值不一致，已停止提供。")
    remedy = N_("请立即通知系统管理员，从备份恢复这份文件。")


class Infected(Refused):
    """The virus scanner found something in the bytes: kept, named, never served."""

    message = N_("病毒扫描在文件中发现了“%(name)s”，文件已隔离，不能打开或取出。")
    remedy = N_("请退回这份文件，并请对方清除病毒后重新提供。")


class NotScannedYet(Unavailable):
    """The virus scanner has not said yet that the bytes are clean."""

    message = N_("文件正在等待病毒扫描，扫描服务暂时无法使用。")
    remedy = N_("文件已照原样保存，扫描恢复后会自动继续；如果一直如此，请通知系统管理员。")
