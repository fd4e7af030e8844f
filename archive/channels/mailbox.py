"""The mailbox that papers are sent to, over IMAP (RFC 3501).

Everything is bounded: a server that does not answer, or trickles its answer, is given up. What is
fetched goes to disk in pieces.
"""

import ssl
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from imaplib import IMAP4
from typing import Any

from imapclient import IMAPClient, SocketTimeout
from imapclient.exceptions import IMAPClientError, LoginError

from archive.channels.errors import MailboxAway, MailboxRefused
from archive.config import MailSecurity, Settings

ANSWERS_WITHIN = SocketTimeout(connect=10, read=20)  # seconds
OVER_WITHIN = 120.0  # seconds that one session may last
PIECE = 1024 * 1024
AT_ONCE = 100  # mails whose heads are asked for in one go
TROUBLE = (IMAPClientError, IMAP4.error, OSError, EOFError)


@dataclass(frozen=True)
class MailHead:
    """A mail as the server describes it."""

    uid: int
    sender: str
    size: int


@dataclass(frozen=True)
class Mailbox:
    """Where it is, and what becomes of what is done with."""

    host: str
    port: int
    security: MailSecurity
    user: str
    folder: str
    senders: tuple[str, ...]
    done: str
    refused: str
    password: str = field(default="", repr=False)

    @classmethod
    def from_settings(cls, settings: Settings) -> "Mailbox | None":
        """The mailbox that *settings* name, if they name one."""
        if not settings.mailbox_host:
            return None
        senders = settings.mailbox_senders.lower().replace(";", ",").split(",")
        return cls(
            host=settings.mailbox_host,
            port=settings.mailbox_port,
            security=settings.mailbox_security,
            user=settings.mailbox_user,
            password=settings.mailbox_password,
            folder=settings.mailbox_folder,
            senders=tuple(each.strip() for each in senders if each.strip()),
            done=settings.mailbox_done,
            refused=settings.mailbox_refused,
        )

    def allows(self, sender: str) -> bool:
        """Whether *sender* is one of those named, or of a domain that is (``@company.cn``)."""
        return sender in self.senders or f"@{sender.rpartition('@')[2]}" in self.senders

    @contextmanager
    def opened(self, *, over_within: float = OVER_WITHIN) -> Iterator["OpenMailbox"]:
        """A session in the folder, ended after *over_within* seconds at the latest.

        Raises:
            MailboxRefused: it does not take user and password, or has no such folder.
            MailboxAway: the server cannot be reached, hangs, or answers what nobody understands.
        """
        try:
            client = self._connect()
        except TROUBLE as error:
            raise MailboxAway(host=self.host, why=first_words(error)) from error
        watch = threading.Timer(over_within, _cut_off, (client,))
        watch.start()
        try:
            self._sign_in(client)
            yield OpenMailbox(client, self)
        except TROUBLE as error:
            raise MailboxAway(host=self.host, why=first_words(error)) from error
        finally:
            watch.cancel()
            with suppress(*TROUBLE):
                client.logout()

    def _connect(self) -> IMAPClient:
        tls = ssl.create_default_context()
        client = IMAPClient(
            self.host,
            self.port,
            ssl=self.security is MailSecurity.TLS,
            ssl_context=tls if self.security is MailSecurity.TLS else None,
            timeout=ANSWERS_WITHIN,
        )
        if self.security is MailSecurity.STARTTLS:
            client.starttls(tls)
        return client

    def _sign_in(self, client: IMAPClient) -> None:
        try:
            client.login(self.user, self.password)
        except LoginError as error:
            raise MailboxRefused(user=self.user, why=first_words(error)) from error
        if client.has_capability("ID"):  # without it some Chinese providers open no folder
            client.id_({"name": "customer-archive", "vendor": "customer-archive"})
        if not client.folder_exists(self.folder):
            raise MailboxRefused(user=self.user, why=self.folder)
        client.select_folder(self.folder)


class OpenMailbox:
    """A session."""

    def __init__(self, client: IMAPClient, mailbox: Mailbox) -> None:
        self._client = client
        self._mailbox = mailbox

    def waiting(self) -> tuple[list[MailHead], int]:
        """The mails of allowed senders, the oldest first, and how many others there are."""
        everything = self._client.search(["NOT", "DELETED"])
        asked: set[int] = set()
        for sender in self._mailbox.senders:
            asked.update(self._client.search(["NOT", "DELETED", "FROM", sender]))
        heads = list(self._heads(sorted(asked)))
        allowed = [each for each in heads if self._mailbox.allows(each.sender)]
        return allowed, len(everything) - len(allowed)

    def fetch(self, head: MailHead, write: Callable[[bytes], Any]) -> None:
        """The whole mail, a piece at a time; it stays unread."""
        start = 0
        while start < head.size:
            answer = self._client.fetch([head.uid], [f"BODY.PEEK[]<{start}.{PIECE}>"])
            piece = answer.get(head.uid, {}).get(f"BODY[]<{start}>".encode(), b"")
            if not piece:
                return
            write(piece)
            start += len(piece)

    def move(self, head: MailHead, folder: str) -> None:
        """Put a mail into another folder, which is made where it is missing."""
        if not self._client.folder_exists(folder):
            self._client.create_folder(folder)
        if self._client.has_capability("MOVE"):
            self._client.move([head.uid], folder)
            return
        self._client.copy([head.uid], folder)
        self._client.delete_messages([head.uid])
        self._client.expunge()

    def _heads(self, uids: Sequence[int]) -> Iterator[MailHead]:
        for start in range(0, len(uids), AT_ONCE):
            some = uids[start : start + AT_ONCE]
            answer = self._client.fetch(some, ["ENVELOPE", "RFC822.SIZE"])
            for uid in some:
                facts = answer.get(uid, {})
                if envelope := facts.get(b"ENVELOPE"):
                    yield MailHead(uid, _address(envelope.from_), facts[b"RFC822.SIZE"])


def _address(senders: Any) -> str:
    if not senders:
        return ""
    name, host = senders[0].mailbox or b"", senders[0].host or b""
    return f"{name.decode('ascii', 'replace')}@{host.decode('ascii', 'replace')}".lower()


def _cut_off(client: IMAPClient) -> None:
    """End the connection under whoever waits for it."""
    with suppress(OSError):
        client.socket().shutdown(2)


def first_words(error: BaseException) -> str:
    """The beginning of what *error* says."""
    said = str(error) or type(error).__name__
    return said.removeprefix("b'").splitlines()[0][:200].rstrip("'")
