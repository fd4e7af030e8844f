"""What can go wrong on the way in."""

from archive.errors import Refused, Unavailable
from archive.terms import N_


class WayAway(Unavailable):
    """A way in cannot be looked at now; it is tried again."""


class FolderAway(WayAway):
    """The watched folder is missing, or may not be read."""

    message = N_("打不开扫描文件夹 %(folder)s（%(why)s）。")
    remedy = N_("请检查共享是否已挂载、网络是否正常，以及运行系统的账号能否读取它。")


class FolderReadOnly(WayAway):
    """The watched folder can be read, but files in it cannot be moved."""

    message = N_("扫描文件夹 %(folder)s 不能写入（%(why)s），收到的文件无法移走。")
    remedy = N_("请让运行系统的账号对这个文件夹有写入权限。")


class FileUnreadable(WayAway):
    """One file of the watched folder cannot be read or moved; the others go on."""

    message = N_("这个文件读不了，或者移不走（%(why)s）。")
    remedy = N_("请检查这个文件的权限，或关闭正在使用它的程序；系统会再试。")


class ArrivedBefore(Refused):
    """The very same file came by the same way before, and was rejected since."""

    message = N_("同一份文件之前收到过，已被 %(by)s 退回。")
    remedy = N_("如果需要归档，请在收件箱的“退回的文件”中把它放回收件箱。")
