"""One `archive run` per data folder."""

import fcntl
import os
import signal
import time
from pathlib import Path
from typing import Self

from archive.embedded.errors import AlreadyRunning
from archive.embedded.folder import VarFolder

PATIENCE = 15.0  # seconds that the stores of a runner that was killed may take to go
LOOKS = 4  # in a row that must find the holder alive: one may come upon it as it is being killed
ENDED = "ZX"  # states of a process that has ended, and waits for its parent to notice
EXITING = 0x4  # the kernel's PF_EXITING
KILLED = 1 << (signal.SIGKILL - 1)


class FolderLock:
    """Holds a data folder for this process and for the children that inherit `descriptor`.

    The lock is the kernel's: it ends with the last process that holds the descriptor, however
    that ends. So it also tells when the children of a killed runner are really gone.
    """

    def __init__(self, folder: VarFolder) -> None:
        self._path = folder.lock
        self._var = folder.path
        self.descriptor = -1

    def __enter__(self) -> Self:
        self.descriptor = os.open(self._path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        deadline = time.monotonic() + PATIENCE
        looks_alive = 0
        while not self._take():
            holder = self.holder()
            looks_alive = looks_alive + 1 if self._is_held_by(holder) else 0
            if looks_alive == LOOKS or time.monotonic() > deadline:
                self.release()
                raise AlreadyRunning(var=self._var, pid=holder)
            time.sleep(0.05)
        os.truncate(self.descriptor, 0)
        os.pwrite(self.descriptor, str(os.getpid()).encode(), 0)
        return self

    def __exit__(self, *reason: object) -> None:
        self.release()

    def holder(self) -> int:
        """The process that wrote its number into the lock last, or 0."""
        text = self._path.read_text() if self._path.exists() else ""
        return int(text) if text.isdigit() else 0

    def release(self) -> None:
        """Let go; the lock stays with children that still run."""
        os.close(self.descriptor)
        self.descriptor = -1

    def _is_held_by(self, pid: int) -> bool:
        """Whether *pid*, which wrote its number down, is still the one that works here.

        A process that was killed stays listed until its parent asks for its exit code, but holds
        no file any more; and its number may be another program's by now.
        """
        process = Path(f"/proc/{pid}")
        try:
            if is_ending(process):
                return False
            opened = [os.path.realpath(each) for each in (process / "fd").iterdir()]
        except PermissionError:  # another account's: alive, for all that we can know
            return True
        except (FileNotFoundError, ProcessLookupError):
            return False
        return os.path.realpath(self._path) in opened

    def _take(self) -> bool:
        try:
            fcntl.flock(self.descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True


def is_ending(process: Path) -> bool:
    """Whether *process*, a folder of /proc, has ended, is about to, or is being killed.

    Raises:
        FileNotFoundError, ProcessLookupError: it is gone.
    """
    state, *facts = (process / "stat").read_text().rpartition(") ")[2].split()
    if state in ENDED or int(facts[5]) & EXITING:
        return True
    status = dict(line.split(":", 1) for line in (process / "status").read_text().splitlines())
    return any(int(status[pending], 16) & KILLED for pending in ("SigPnd", "ShdPnd"))
