"""The data folder of one machine: what is where in ``ARCHIVE_VAR``, and its secrets."""

import contextlib
import json
import os
import secrets
import stat
import string
from dataclasses import dataclass, fields
from pathlib import Path

from archive.config import PREFIX, Settings
from archive.embedded.errors import FolderOpen

ALPHABET = string.ascii_letters + string.digits


@dataclass(frozen=True)
class Secrets:
    """Random secrets of this data folder, generated once; nobody has to know them."""

    mongodb_key: str
    mongodb_password: str
    s3_access_key: str
    s3_secret_key: str
    secret_key: str

    @classmethod
    def random(cls) -> "Secrets":
        """New ones."""
        return cls(
            mongodb_key=secrets.token_hex(64),
            mongodb_password=secrets.token_urlsafe(32),
            s3_access_key="".join(secrets.choice(ALPHABET) for _ in range(20)),
            s3_secret_key="".join(secrets.choice(ALPHABET) for _ in range(40)),
            secret_key=secrets.token_urlsafe(48),
        )


class VarFolder:
    """``ARCHIVE_VAR``: made on first use, closed to other accounts of the machine."""

    def __init__(self, path: Path) -> None:
        self.path = path.absolute()
        for each in (self.path, self.run, self.log, self.mongodb, self.s3):
            each.mkdir(mode=0o700, parents=True, exist_ok=True)
        close_to_others(self.path)

    @property
    def run(self) -> Path:
        """What concerns only the processes that run now."""
        return self.path / "run"

    @property
    def log(self) -> Path:
        """The logs of all processes."""
        return self.path / "log"

    @property
    def mongodb(self) -> Path:
        """The database's files."""
        return self.path / "mongodb"

    @property
    def s3(self) -> Path:
        """The S3 server's files, one folder for each bucket."""
        return self.path / "s3"

    @property
    def lock(self) -> Path:
        """See `FolderLock`."""
        return self.run / "lock"

    @property
    def stores(self) -> Path:
        """Where the embedded stores of the present, or of the last, run listen."""
        return self.run / "stores.json"

    def secrets(self) -> Secrets:
        """The secrets of this folder; written on first use, never changed afterwards."""
        path = self.path / "secrets.json"
        if not path.exists():
            words = Secrets.random()
            text = {each.name: getattr(words, each.name) for each in fields(Secrets)}
            write_private(path, json.dumps(text, indent=1), replace=False)
        return Secrets(**json.loads(path.read_text()))


def close_to_others(path: Path) -> None:
    """Let only the owner into *path*, whoever made it.

    Raises:
        FolderOpen: it belongs to another account, and others may come in.
    """
    facts = path.stat()
    if not stat.S_IMODE(facts.st_mode) & 0o077:
        return
    try:
        path.chmod(0o700)
    except PermissionError as error:
        raise FolderOpen(var=path) from error


def write_private(path: Path, text: str, *, replace: bool = True) -> None:
    """Write *text* for this account's eyes only (mode 0600), whole or not at all.

    Without *replace* a file that is already there stays as it is.
    """
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    if replace:
        draft.replace(path)
        return
    with contextlib.suppress(FileExistsError):
        path.hardlink_to(draft)
    draft.unlink()


def environment_of(settings: Settings) -> dict[str, str]:
    """The environment variables from which a child process reads the same *settings*."""
    return {
        PREFIX + each.name.upper(): str(getattr(settings, each.name))
        for each in fields(settings)
        if getattr(settings, each.name) != each.default
    }
