"""Sending e-mail over the company's own server."""

from dataclasses import dataclass, field
from typing import Final
from urllib.parse import quote, urlencode

from apprise import NotifyFormat
from apprise.plugins.email import NotifyEmail  # alone: `Apprise` would load every plugin

from archive.channels.errors import ChannelAway
from archive.config import MailSecurity
from archive.terms import N_

MODES: Final = {
    MailSecurity.TLS: ("mailtos", "ssl"),
    MailSecurity.STARTTLS: ("mailtos", "starttls"),
    MailSecurity.NONE: ("mailto", "insecure"),
}
NOT_TAKEN = N_("邮件服务器没有接收")


@dataclass(frozen=True)
class MailServer:
    """The company's mail server, and from whom its mails are."""

    host: str
    port: int
    sender: str
    security: MailSecurity
    user: str = ""
    password: str = field(default="", repr=False)

    def send(self, to: str, subject: str, text: str) -> None:
        """Hand a mail to the server.

        Raises:
            ChannelAway: the server did not take it.
        """
        mailer = NotifyEmail(**NotifyEmail.parse_url(self._address(to)))
        if not mailer.notify(title=subject, body=text, body_format=NotifyFormat.TEXT):
            raise ChannelAway(why=NOT_TAKEN)

    def _address(self, to: str) -> str:
        """Server and recipient, as apprise takes them."""
        scheme, mode = MODES[self.security]
        login = f"{quote(self.user, safe='')}:{quote(self.password, safe='')}@" if self.user else ""
        asked = {
            "smtp": self.host,
            "from": self.sender,
            "to": to,
            "mode": mode,
            "format": "text",
            "overflow": "split",
        }
        return f"{scheme}://{login}{self.host}:{self.port}?{urlencode(asked)}"
