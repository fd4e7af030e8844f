"""The settings, read once from the environment (``ARCHIVE_*``)."""

import os
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from enum import StrEnum
from pathlib import Path
from typing import Any, TypeVar

from archive.errors import ArchiveError
from archive.terms import N_

T = TypeVar("T")

PREFIX = "ARCHIVE_"
MIB = 1024 * 1024


class BadSetting(ArchiveError):
    """A setting whose value cannot be used."""

    message = N_("设置 %(name)s 的值“%(value)s”无法使用。")
    remedy = N_("应为：%(expected)s。")


class Mode(StrEnum):
    """How much the system insists on: in production nothing is guessed."""

    DEVELOPMENT = "development"
    PRODUCTION = "production"


class SearchLibrary(StrEnum):
    """What keeps the search index. Changed at any time: the follower then makes a new one."""

    WHOOSH = "whoosh"
    TANTIVY = "tantivy"


class MailSecurity(StrEnum):
    """How the connection to the mail server is protected."""

    TLS = "tls"
    STARTTLS = "starttls"
    NONE = "none"


def setting(default: T, meaning: str, *, secret: bool = False) -> T:
    """Declare a setting: its default and the sentence that the documentation shows."""
    return field(default=default, metadata={"meaning": meaning, "secret": secret})


@dataclass(frozen=True)
class Settings:
    """Every setting. The environment variable is ``ARCHIVE_`` and the name in capitals.

    A URI or an endpoint left empty means the embedded store that `archive run` starts.
    """

    mode: Mode = setting(Mode.DEVELOPMENT, "`production` refuses every development default")
    var: Path = setting(Path("var"), "Folder of all local data")
    host: str = setting("127.0.0.1", "Address that the web server listens on")
    port: int = setting(8000, "Port that the web server listens on")
    public_url: str = setting("", "Address people use, where a proxy stands in front")
    tls: bool = setting(False, "Pages are reached over HTTPS: cookies are bound to it")
    proxies: int = setting(0, "Reverse proxies in front whose forwarded headers are believed")
    secret_key: str = setting("", "Signs the session cookies; at least 32 characters", secret=True)

    company: str = setting("", "The company's own name: shown at sign-in, party B of a contract")

    mongodb_uri: str = setting("", "MongoDB replica set", secret=True)
    mongodb_name: str = setting("archive", "Name of the database")
    mongodb_cache_mb: int = setting(128, "Memory for the cache of the MongoDB started here, in MB")
    broker_url: str = setting("", "Celery broker; empty: the same MongoDB", secret=True)

    s3_endpoint: str = setting("", "S3 server")
    s3_region: str = setting("us-east-1", "Region that S3 requests are signed for")
    s3_bucket: str = setting("archive", "Bucket of all files")
    s3_access_key: str = setting("", "S3 access key", secret=True)
    s3_secret_key: str = setting("", "S3 secret key", secret=True)
    read_back: bool = setting(True, "Read every stored file again and compare its digest")

    max_file_bytes: int = setting(500 * MIB, "Largest file that is taken in, in bytes")
    max_pages: int = setting(2000, "Most pages that a file may have")
    max_pixels: int = setting(120_000_000, "Most pixels that one image may have")
    max_unpacked_bytes: int = setting(1024 * MIB, "Largest size of a file once unpacked, in bytes")

    search: SearchLibrary = setting(
        SearchLibrary.WHOOSH, "What keeps the search index: `whoosh` or `tantivy`"
    )

    office: str = setting(
        "",
        "Program that makes PDFs of drafts, pages of Word, Excel and CSV papers; "
        "empty: LibreOffice if installed; `none`: no PDFs",
    )

    virus_scanner: str = setting(
        "", "clamd that looks at each file: `host:port`, or the path of its socket; empty: none"
    )

    smtp_host: str = setting("", "Mail server for notices; empty: no e-mail is sent")
    smtp_port: int = setting(587, "Port of the mail server")
    smtp_security: MailSecurity = setting(
        MailSecurity.STARTTLS, "How the mail server is reached: `starttls`, `tls` or `none`"
    )
    smtp_user: str = setting("", "Name at the mail server; empty: none is asked for")
    smtp_password: str = setting("", "Password at the mail server", secret=True)
    mail_from: str = setting("", "Address that notices are sent from")
    robot_url: str = setting(
        "",
        "Address of a group robot of WeCom, DingTalk or Feishu that is told what is late",
        secret=True,
    )
    robot_loopback: bool = setting(False, "Also take a robot on this machine, for tests")

    scan_folder: str = setting(
        "", "Folder that scanners write into; the worker takes in what is whole; empty: none"
    )

    mailbox_host: str = setting("", "IMAP server of the mailbox for papers; empty: none")
    mailbox_port: int = setting(993, "Port of that server")
    mailbox_security: MailSecurity = setting(
        MailSecurity.TLS, "How that server is reached: `tls`, `starttls` or `none`"
    )
    mailbox_user: str = setting("", "Name at that server")
    mailbox_password: str = setting("", "Password at that server", secret=True)
    mailbox_folder: str = setting("INBOX", "Folder of the mailbox that is looked into")
    mailbox_senders: str = setting(
        "", "Whose mails are taken in, with commas between: `zhang@company.cn`, `@company.cn`"
    )
    mailbox_done: str = setting("已收", "Folder that mails go to when they are in the inbox")
    mailbox_refused: str = setting("退回", "Folder for mails of which something was not taken in")

    session_hours: int = setting(12, "A sign-in ends after so many hours")
    session_idle_minutes: int = setting(
        120, "A sign-in ends when it is not used for so many minutes; 0: never for that reason"
    )
    sign_in_attempts: int = setting(8, "Wrong passwords in a row before the next try has to wait")
    lock_minutes: int = setting(15, "Longest wait between two tries, in minutes")
    token_requests_per_minute: int = setting(
        3000, "Most requests to the API in a minute with one token; 0: no limit"
    )

    disposal_grace_days: int = setting(
        14, "An approved disposal can be stopped for so many days; then the bytes go"
    )
    cooperation_window_months: int = setting(
        6, "Business may rest for so many months before a customer counts as lost"
    )

    web_workers: int = setting(2, "Web processes")
    web_threads: int = setting(8, "Threads in each web process")
    metrics_token: str = setting("", "Opens `/metrics`; empty: this machine alone", secret=True)

    worker_processes: int = setting(2, "Tasks that one worker carries out at a time")
    reading_lanes: int = setting(
        1, "Pages whose text one worker recognises at a time, half a GB each; 0: none are read"
    )

    @property
    def spool(self) -> Path:
        """Where a file waits while it is received."""
        return self.var / "spool"

    @property
    def cache(self) -> Path:
        """Where checked copies of files are kept while their pages are shown; disposable."""
        return self.var / "cache"

    @property
    def index(self) -> Path:
        """Where this host's search index is stored."""
        return self.var / "index"

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] = os.environ) -> "Settings":
        """The settings that *environment* names; the rest keep their defaults.

        Raises:
            BadSetting: a number, a yes/no or a mode that cannot be read.
        """
        given: dict[str, Any] = {
            each.name: read_value(each.name, each.default, environment[PREFIX + each.name.upper()])
            for each in fields(cls)
            if environment.get(PREFIX + each.name.upper(), "") != ""
        }
        return cls(**given)


def read_value(name: str, default: object, text: str) -> object:
    """*text* as the type of *default*."""
    variable = PREFIX + name.upper()
    if isinstance(default, bool):
        if text.lower() not in ("1", "0", "true", "false", "yes", "no"):
            raise BadSetting(name=variable, value=text, expected="true / false")
        return text.lower() in ("1", "true", "yes")
    if isinstance(default, int):
        if not text.isascii() or not text.isdigit():
            raise BadSetting(name=variable, value=text, expected="0, 1, 2 …")
        return int(text)
    if isinstance(default, StrEnum):
        choices = type(default)
        if text not in list(choices):
            raise BadSetting(name=variable, value=text, expected=" / ".join(choices))
        return choices(text)
    if isinstance(default, Path):
        return Path(text)
    return text
