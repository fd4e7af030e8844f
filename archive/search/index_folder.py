"""Where the index is on disk, and how a new one takes the place of the old in one step.

::

    index/               mode 0700
      current            the name of the folder in use
      rebuild.lock       held by whoever makes a new one
      v1-20261123-.../   one index, in the format that its name begins with
        damaged          there only when somebody could not read it
"""

import os
import secrets
import shutil
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from fcntl import LOCK_EX, LOCK_NB, LOCK_SH, LOCK_UN, flock
from pathlib import Path
from time import sleep

from archive.errors import Unavailable
from archive.terms import N_

_TRIES = 40
_BETWEEN_TRIES = 0.025


class UnsafeIndexFolder(Unavailable):
    """Somebody else could write into the index folder.

    Whoosh reads its files with pickle, tantivy maps them unchecked: whoever writes them can
    run code here.
    """

    message = N_("索引目录 %(folder)s 属于其他用户，或其他用户可以写入，不能使用。")
    remedy = N_("请删除该目录，或改为仅本服务的用户可以访问（权限 0700）；索引会自动重建。")


class RebuildRunning(Unavailable):
    """Another process is making a new index."""

    message = N_("另一个进程正在重建索引。")
    remedy = N_("请等它完成；进度可在系统状态页查看。")


class IndexFolder:
    """The folder of all indexes of this host: one in use, perhaps one being made."""

    def __init__(self, path: Path, index_format: str) -> None:
        """*index_format*: what the names of folders begin with; any other's is not opened."""
        self.path = path
        self._prefix = f"{index_format}-"

    def secure(self) -> None:
        """Make the folder, or make sure that it is nobody else's.

        Raises:
            UnsafeIndexFolder: another user owns it or may write to it.
        """
        self.path.mkdir(mode=0o700, parents=True, exist_ok=True)
        facts = self.path.lstat()
        if not stat.S_ISDIR(facts.st_mode) or facts.st_uid != os.geteuid():
            raise UnsafeIndexFolder(folder=self.path)
        if stat.S_IMODE(facts.st_mode) & 0o022:
            raise UnsafeIndexFolder(folder=self.path)
        self.path.chmod(0o700)

    def current(self) -> Path | None:
        """The index in use; None where there is none, or one in another format."""
        name = self._name_in_use()
        while name.startswith(self._prefix):
            folder = self.path / name
            if folder.parent == self.path and folder.is_dir():
                return None if (folder / "damaged").exists() else folder
            name, before = self._name_in_use(), name
            if name == before:  # it is gone, and no other has taken its place meanwhile
                break
        return None

    def _name_in_use(self) -> str:
        try:
            return (self.path / "current").read_text("ascii").strip()
        except (FileNotFoundError, UnicodeDecodeError):
            return ""

    def mark_damaged(self, folder: Path) -> None:
        """Have *folder* replaced: the writer looks for this."""
        if folder.is_dir():
            (folder / "damaged").touch(mode=0o600)

    def is_rebuilding(self) -> bool:
        """Whether some living process is making a new index."""
        try:
            handle = os.open(self.path / "rebuild.lock", os.O_RDONLY)
        except FileNotFoundError:
            return False
        try:
            flock(handle, LOCK_SH | LOCK_NB)
        except BlockingIOError:
            return True
        finally:
            os.close(handle)
        return False

    @contextmanager
    def making_new(self) -> Iterator[Path]:
        """A new, empty folder that becomes the current one when the block ends without error.

        Raises:
            RebuildRunning: another process is inside such a block.
        """
        self.secure()
        handle = os.open(self.path / "rebuild.lock", os.O_RDWR | os.O_CREAT, 0o600)
        try:
            _lock(handle)
            self._remove_leftovers()
            folder = self.path / f"{self._prefix}{secrets.token_hex(6)}"
            folder.mkdir(mode=0o700)
            yield folder
            self._switch_to(folder)
            flock(handle, LOCK_UN)
        finally:
            os.close(handle)
        self._remove_leftovers()

    def _switch_to(self, folder: Path) -> None:
        pointer = self.path / "current.new"
        with pointer.open("w", encoding="ascii") as file:
            file.write(folder.name)
            file.flush()
            os.fsync(file.fileno())
        pointer.replace(self.path / "current")

    def _remove_leftovers(self) -> None:
        """Old indexes. Readers that still have their files open keep them until they let go."""
        named = self._name_in_use()
        for folder in self.path.glob("*-*"):
            if folder.is_dir() and folder.name != named:
                shutil.rmtree(folder, ignore_errors=True)


def _lock(handle: int) -> None:
    """Take the lock. Whoever asks `is_rebuilding` has it for an instant: so more than one try."""
    for remaining in reversed(range(_TRIES)):
        try:
            flock(handle, LOCK_EX | LOCK_NB)
            break
        except BlockingIOError as error:
            if not remaining:
                raise RebuildRunning() from error
            sleep(_BETWEEN_TRIES)
