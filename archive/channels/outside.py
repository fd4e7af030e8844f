"""The ways out that the settings name."""

from dataclasses import dataclass
from typing import Self

from archive.channels.mail import MailServer
from archive.channels.robots import Robot
from archive.config import Settings


@dataclass(frozen=True)
class Channels:
    """What there is to send with; None where the company has not set it up."""

    mail: MailServer | None
    robot: Robot | None
    base: str
    """The address that people use, without a slash at its end: links need it."""

    @classmethod
    def from_settings(cls, settings: Settings) -> Self:
        """The ways out that *settings* name. Nothing is contacted.

        Without an address of our own there are none: a notice is a link.

        Raises:
            RobotRefused: the robot's address is none of a known service.
        """
        base = settings.public_url.rstrip("/")
        robot, mail = None, None
        if base and settings.robot_url:
            robot = Robot.at(settings.robot_url, allow_loopback=settings.robot_loopback)
        if base and settings.smtp_host and settings.mail_from:
            mail = MailServer(
                host=settings.smtp_host,
                port=settings.smtp_port,
                sender=settings.mail_from,
                security=settings.smtp_security,
                user=settings.smtp_user,
                password=settings.smtp_password,
            )
        return cls(mail=mail, robot=robot, base=base)
