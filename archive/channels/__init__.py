"""How a notice leaves the archive: by e-mail, or to a group robot; and on which days people work.

Plain data in, nothing of MongoDB or of pages: what is sent when, and whether it was, is for the
chapter `notifying`.
"""

from archive.channels.errors import ChannelAway, RobotRefused
from archive.channels.mail import MailServer
from archive.channels.outside import Channels
from archive.channels.robots import Robot

__all__ = ["ChannelAway", "Channels", "MailServer", "Robot", "RobotRefused"]
