"""What can go wrong on the way out."""

from archive.errors import Refused, Unavailable
from archive.terms import N_


class ChannelAway(Unavailable):
    """The mail server or the robot did not take what was sent; `why` says it in a few words."""

    message = N_("没有送出：%(why)s。")
    remedy = N_("系统会再试；请检查地址、密码和网络。")


class RobotRefused(Refused):
    """The address of the robot is none of a known service."""

    message = N_("群机器人的地址不可用：只接受企业微信、钉钉和飞书的 https 地址。")
    remedy = N_("请从群聊的机器人设置中复制完整的地址。")


class MailboxAway(Unavailable):
    """The mail server cannot be reached, or does not answer; `why` says it in a few words."""

    message = N_("连不上收件邮箱的服务器 %(host)s（%(why)s）。")
    remedy = N_("系统会再试；请检查地址、端口、加密方式和网络。")


class MailboxRefused(Unavailable):
    """The mail server does not let us in, or has no such folder."""

    message = N_("收件邮箱没有接受账号 %(user)s 或没有要看的文件夹（服务器的答复：%(why)s）。")
    remedy = N_("请检查账号、密码（不少邮箱要用授权码）、文件夹名，以及是否开通了 IMAP。")
