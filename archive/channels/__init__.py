"""How a notice leaves the archive: by e-mail, or to a group robot; and on which days people work.

And the mailbox that papers are sent to.

Plain data in, nothing of MongoDB or of pages: what is sent when, and whether it was, is for the
chapter `notifying`.
"""

from archive.channels.errors import ChannelAway, MailboxAway, MailboxRefused, RobotRefused
from archive.channels.mail import MailServer
from archive.channels.mailbox import Mailbox
from archive.channels.outside import Channels
from archive.channels.robots import Robot

__all__ = [
    "ChannelAway",
    "Channels",
    "MailServer",
    "Mailbox",
    "MailboxAway",
    "MailboxRefused",
    "Robot",
    "RobotRefused",
]
