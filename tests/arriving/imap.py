"""A real IMAP server on this machine: Debian's Dovecot, with folders and settings of its own."""

import getpass
import grp
import os
import pwd
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from imapclient import IMAPClient

from archive.channels import Mailbox
from archive.config import MailSecurity
from archive.embedded import free_port

WORD = "geheim"
CONFIGURATION = """
protocols = imap
listen = 127.0.0.1
base_dir = {run}
state_dir = {run}
instance_name = {port}
log_path = {home}/dovecot.log
ssl = no
disable_plaintext_auth = no
default_internal_user = {internal}
default_internal_group = {internal_group}
default_login_user = {login}
mail_location = maildir:{home}/%u
passdb {{
  driver = static
  args = password={word}
}}
userdb {{
  driver = static
  args = uid={uid} gid={gid} home={home}/%u
}}
service imap-login {{
  chroot =
  inet_listener imap {{
    port = {port}
  }}
  inet_listener imaps {{
    port = 0
  }}
}}
service anvil {{
  chroot =
}}
"""


@dataclass
class Server:
    """The server, with a new account for each test."""

    port: int
    home: Path
    user: str = "papers1"
    _accounts: list[str] = field(default_factory=list)

    def new_account(self) -> None:
        """Begin with an empty mailbox."""
        self.user = f"papers{len(self._accounts) + 2}"
        self._accounts.append(self.user)

    def mailbox(self, senders: str = "zhang@example.com", **given: object) -> Mailbox:
        """As the settings would name it."""
        facts: dict[str, object] = {
            "host": "127.0.0.1",
            "port": self.port,
            "security": MailSecurity.NONE,
            "user": self.user,
            "password": WORD,
            "folder": "INBOX",
            "senders": tuple(senders.split(",")),
            "done": "已收",
            "refused": "退回",
            **given,
        }
        return Mailbox(**facts)  # type: ignore[arg-type]  # of the types that it declares

    @contextmanager
    def signed_in(self) -> Iterator[IMAPClient]:
        """A client, as of a person."""
        with IMAPClient("127.0.0.1", self.port, ssl=False, timeout=20) as client:
            client.login(self.user, WORD)
            yield client

    def send(self, *mails: bytes) -> None:
        """Put mails into the account."""
        with self.signed_in() as client:
            for each in mails:
                client.append("INBOX", each)

    def folder(self, name: str) -> int:
        """How many mails are in a folder."""
        with self.signed_in() as client:
            if not client.folder_exists(name):
                return 0
            return int(client.folder_status(name, ["MESSAGES"])[b"MESSAGES"])


@contextmanager
def running_server() -> Iterator[Server]:
    """Start it, and end it."""
    program = shutil.which("dovecot") or "/usr/sbin/dovecot"
    home = Path(tempfile.mkdtemp(prefix="imap-"))
    home.chmod(0o755)
    who = pwd.getpwnam("nobody" if os.getuid() == 0 else getpass.getuser())
    mails = home / "mails"
    mails.mkdir()
    if os.getuid() == 0:
        os.chown(mails, who.pw_uid, who.pw_gid)
    me = getpass.getuser()
    port = free_port()
    settings = home / "dovecot.conf"
    settings.write_text(
        CONFIGURATION.format(
            run=home / "run",
            port=port,
            home=mails,
            internal="dovecot" if os.getuid() == 0 else me,
            internal_group="dovecot" if os.getuid() == 0 else grp.getgrgid(os.getgid()).gr_name,
            login="dovenull" if os.getuid() == 0 else me,
            uid=who.pw_uid,
            gid=who.pw_gid,
            word=WORD,
        ).replace(f"log_path = {mails}", f"log_path = {home}")
    )
    process = subprocess.Popen([program, "-F", "-c", str(settings)])
    try:
        wait_for(port, home / "dovecot.log")
        yield Server(port, mails)
    finally:
        process.terminate()
        process.wait(30)
        shutil.rmtree(home, ignore_errors=True)


def wait_for(port: int, log: Path) -> None:
    """Until it answers; what it said where it does not."""
    for _ in range(300):
        try:
            IMAPClient("127.0.0.1", port, ssl=False, timeout=5).shutdown()
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise RuntimeError(log.read_text() if log.exists() else "the IMAP server did not start")
