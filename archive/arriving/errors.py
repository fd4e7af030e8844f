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


class MailTooLarge(Refused):
    """More bytes than a mail may have."""

    message = N_("这封邮件有 %(found)s，超过了 %(limit)s 的上限。")
    remedy = N_("请让发件人分几封发，或在收件箱页面直接上传文件。")


class MailNotRead(Refused):
    """A mail that is built like none."""

    message = N_("这封邮件的结构有误，读不出附件。")
    remedy = N_("请在邮件程序中打开它，保存附件后在收件箱页面上传。")


class WinmailFile(Refused):
    """What Outlook packs attachments into when it writes to Outlook only."""

    message = N_("这是 Outlook 的 winmail.dat，附件被封在里面，其他程序打不开。")
    remedy = N_("请发件人在 Outlook 中把邮件格式改为 HTML 或纯文本，重新发送。")
