"""What can be wrong with the settings and the services, each with its remedy."""

import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from kombu.connection import Connection
from kombu.exceptions import KombuError
from pymongo import MongoClient
from pymongo.errors import PyMongoError

from archive.channels import Channels, Mailbox, MailboxAway, MailboxRefused, RobotRefused
from archive.config import PREFIX, Mode, Settings
from archive.docgen.pdf import NO_PROGRAM, find_program, has_namespaces
from archive.embedded import VarFolder
from archive.malware import ScannerAway, VirusScanner
from archive.storage import BucketMissing, S3BlobStore, StoreRefused, StoreUnavailable
from archive.web.assets import MANIFEST

SHORTEST_SECRET = 32  # characters
SCARCE = 2 * 1024**3  # bytes free below which a full disk is near
PATIENCE_MS = 3_000


@dataclass(frozen=True)
class Finding:
    """What one look at a setting or a service showed."""

    subject: str
    fact: str
    remedy: str = ""
    """What to do; empty when all is well."""

    @property
    def is_fault(self) -> bool:
        """Whether something must be done."""
        return bool(self.remedy)


Check = Callable[[Settings], Iterator[Finding]]


def fault(setting: str, fact: str, remedy: str) -> Finding:
    """A fault of *setting*, which is named as it is in the environment."""
    return Finding(PREFIX + setting.upper(), fact, remedy)


def well(setting: str, fact: str) -> Finding:
    """*setting* is all right."""
    return Finding(PREFIX + setting.upper(), fact)


def check_secrets(settings: Settings) -> Iterator[Finding]:
    """Production takes no secret that was made up for a trial."""
    development = VarFolder(settings.var).secrets().secret_key
    if settings.mode is not Mode.PRODUCTION:
        yield well("secret_key", "set" if settings.secret_key else "made up for this data folder")
    elif settings.secret_key in ("", development):
        yield fault(
            "secret_key",
            "production mode with a development secret",
            "set it to at least 32 random characters, the same on every web host",
        )
    elif len(settings.secret_key) < SHORTEST_SECRET:
        yield fault(
            "secret_key",
            f"only {len(settings.secret_key)} characters long",
            f"make it at least {SHORTEST_SECRET} random characters",
        )
    else:
        yield well("secret_key", "set")


def check_address(settings: Settings) -> Iterator[Finding]:
    """In production people reach the pages over HTTPS only."""
    if settings.mode is Mode.PRODUCTION and not settings.tls:
        yield fault(
            "tls",
            "production mode without TLS: the sign-in would travel in the clear",
            "put a TLS proxy in front and set it to true",
        )
    elif settings.public_url and not urlsplit(settings.public_url).netloc:
        yield fault("public_url", "no web address", "write it like https://archive.company.cn")
    else:
        yield well("tls", "on" if settings.tls else "off: for one machine and for trials only")


def check_own_stores(settings: Settings) -> Iterator[Finding]:
    """Production runs on stores of the company's own, not on those that start by themselves."""
    for setting in ("mongodb_uri", "s3_endpoint"):
        if settings.mode is Mode.PRODUCTION and not getattr(settings, setting):
            yield fault(
                setting,
                "production mode without a store of its own",
                "set it to the address of the service",
            )


def check_mongodb(settings: Settings) -> Iterator[Finding]:
    """MongoDB answers and is a replica set: without one there is no change stream."""
    if not settings.mongodb_uri:
        return
    try:
        with MongoClient[dict[str, object]](
            settings.mongodb_uri,
            serverSelectionTimeoutMS=PATIENCE_MS,
            socketTimeoutMS=PATIENCE_MS,
        ) as client:
            greeting = client.admin.command("hello")
            client[settings.mongodb_name].command("ping")
    except PyMongoError as error:
        yield fault(
            "mongodb_uri",
            f"MongoDB cannot be used: {first_line(error)}",
            "check that it runs, that this machine reaches it, and user and password",
        )
        return
    if "setName" not in greeting and greeting.get("msg") != "isdbgrid":
        yield fault(
            "mongodb_uri",
            "this MongoDB is no replica set",
            "start mongod with --replSet and run rs.initiate() once",
        )
        return
    yield well("mongodb_uri", f"answers, replica set {greeting.get('setName', 'of a cluster')}")


def check_s3(settings: Settings) -> Iterator[Finding]:
    """The S3 server answers, lets us in and has the bucket."""
    if not settings.s3_endpoint:
        return
    try:
        store = S3BlobStore.from_settings(settings)
        store.ping()
        store.try_writing()
    except BucketMissing:
        yield fault("s3_bucket", f"there is no bucket {settings.s3_bucket}", "run `archive init`")
    except StoreRefused as error:
        yield fault(
            "s3_access_key",
            f"the S3 server refuses us ({error.facts['code']})",
            "check ARCHIVE_S3_ACCESS_KEY, ARCHIVE_S3_SECRET_KEY and ARCHIVE_S3_REGION",
        )
    except StoreUnavailable as error:
        yield fault(
            "s3_endpoint",
            f"the S3 server cannot be used: {error.facts['reason']}",
            "check that it runs, that this machine reaches it, and that its disk has room",
        )
    else:
        yield well("s3_endpoint", f"answers, and writes into bucket {settings.s3_bucket}")


def check_broker(settings: Settings) -> Iterator[Finding]:
    """The broker answers, where it is another service than MongoDB."""
    if not settings.broker_url:
        yield well("broker_url", "not set: the queue is kept in MongoDB")
        return
    try:
        with Connection(settings.broker_url, connect_timeout=PATIENCE_MS / 1000) as connection:
            connection.ensure_connection(max_retries=1)
    except (KombuError, OSError) as error:
        yield fault(
            "broker_url",
            f"the broker cannot be used: {first_line(error)}",
            "check that it runs, or leave the setting empty",
        )
    else:
        yield well("broker_url", "answers")


def check_folder(settings: Settings) -> Iterator[Finding]:
    """There is room left in the data folder."""
    free = shutil.disk_usage(settings.var).free
    room = f"{free / 1024**3:.1f} GB free in {settings.var}"
    if free < SCARCE:
        yield fault("var", f"only {room}", "make room, or set it to a folder on a larger disk")
    else:
        yield well("var", room)


def check_built(_: Settings) -> Iterator[Finding]:
    """The front end was built."""
    if MANIFEST.exists():
        yield Finding("front end", "built")
    else:
        yield Finding("front end", "not built", "run `make assets`, or install a built wheel")


def check_office(settings: Settings) -> Iterator[Finding]:
    """Drafts and Office papers can be printed; an archive without that is whole all the same."""
    program = find_program(settings.office)
    if program is not None:
        closed = "without network" if has_namespaces() else "network closed by its settings only"
        yield well("office", f"{program}, {closed}")
    elif settings.office in ("", NO_PROGRAM):
        yield well("office", "no LibreOffice: no PDFs of drafts, no pages of Office and CSV papers")
    else:
        yield fault(
            "office",
            f"{settings.office} is not there",
            "install LibreOffice (libreoffice-writer-nogui), or leave the setting empty",
        )


def check_virus_scanner(settings: Settings) -> Iterator[Finding]:
    """Files are looked at by the company's virus scanner where the settings name one."""
    if not settings.virus_scanner:
        yield well("virus_scanner", "none: files are not scanned")
        return
    try:
        yield well("virus_scanner", VirusScanner(settings.virus_scanner).ping())
    except ScannerAway as away:
        yield fault(
            "virus_scanner",
            f"does not answer: {away}",
            "start clamd, or correct the address; until then new files wait",
        )


def check_channels(settings: Settings) -> Iterator[Finding]:
    """Notices leave the archive where the settings say so."""
    wants = settings.smtp_host or settings.robot_url
    if wants and not settings.public_url:
        yield fault("public_url", "not set: a notice is a link", "set it to the address people use")
    if settings.smtp_host and not settings.mail_from:
        yield fault("mail_from", "not set: mails need a sender", "set it to an address of yours")
    try:
        channels = Channels.from_settings(settings)
    except RobotRefused:
        yield fault(
            "robot_url",
            "no https address of a robot of WeCom, DingTalk or Feishu",
            "copy it from the settings of the group's robot",
        )
        return
    ways = [name for name, way in (("mail", channels.mail), ("robot", channels.robot)) if way]
    yield well("smtp_host", f"notices leave by {' and '.join(ways) or 'no way'}")


def check_scan_folder(settings: Settings) -> Iterator[Finding]:
    """The folder that scanners write into can be read, and files in it can be moved."""
    if not settings.scan_folder:
        return
    folder = Path(settings.scan_folder)
    if not folder.is_dir():
        yield fault(
            "scan_folder",
            f"{folder} is not there",
            "mount the share on the worker's host, or correct the path",
        )
    elif not os.access(folder, os.R_OK | os.W_OK | os.X_OK):
        yield fault(
            "scan_folder",
            f"{folder} may not be read and written",
            "give the account that runs the worker both rights: what was received is moved",
        )
    else:
        yield well("scan_folder", f"{folder} can be read and written")


def check_mailbox(settings: Settings) -> Iterator[Finding]:
    """The mailbox for papers lets us in, and somebody may send to it."""
    mailbox = Mailbox.from_settings(settings)
    if mailbox is None:
        return
    if not mailbox.senders:
        yield fault("mailbox_senders", "nobody is named", "name whose mails are to be taken in")
    try:
        with mailbox.opened(over_within=PATIENCE_MS / 1000 * 4) as session:
            waiting, others = session.waiting()
    except MailboxRefused as error:
        yield fault(
            "mailbox_user",
            f"{mailbox.host} does not let us in: {error.facts['why']}",
            "check name, password (often an authorisation code), folder, and that IMAP is on",
        )
    except MailboxAway as error:
        yield fault(
            "mailbox_host",
            f"{mailbox.host} cannot be used: {error.facts['why']}",
            "check address, port, ARCHIVE_MAILBOX_SECURITY and the network",
        )
    else:
        yield well("mailbox_host", f"lets us in; {len(waiting)} to be taken in, {others} others")


FITNESS: tuple[Check, ...] = (check_secrets, check_address, check_own_stores)
SERVICES: tuple[Check, ...] = (check_mongodb, check_s3, check_broker)
SURROUNDINGS: tuple[Check, ...] = (
    check_folder,
    check_built,
    check_office,
    check_virus_scanner,
    check_channels,
    check_scan_folder,
    check_mailbox,
)


def look_at(settings: Settings, *checks: Check) -> list[Finding]:
    """What *checks* find."""
    return [finding for check in checks for finding in check(settings)]


def first_line(error: BaseException) -> str:
    """The beginning of what *error* says, without the addresses that follow."""
    return str(error).split(", Timeout:", 1)[0].splitlines()[0]
