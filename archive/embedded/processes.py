"""Child processes that never outlive us, and whose words are kept."""

import collections
import logging
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Mapping, Sequence
from logging.handlers import RotatingFileHandler
from pathlib import Path
from typing import IO

from archive.embedded.errors import ChildStopped

TETHER = Path(__file__).with_name("tether.py")
LOG_BYTES = 5_000_000
LOG_FILES = 4
MEMORY = 20  # lines that are kept to explain a death


def tethered(command: Sequence[str], orphaned: signal.Signals) -> list[str]:
    """*command* so that the kernel sends it *orphaned* when we die."""
    tether = [sys.executable, "-I", "-S", str(TETHER)]
    return [*tether, str(int(orphaned)), str(os.getpid()), *command]


class Child:
    """One child process, in a session of its own so that Ctrl-C reaches only us.

    Start it from the main thread: the kernel ties its life to the thread that started it.
    """

    def __init__(
        self,
        name: str,
        command: Sequence[str],
        *,
        log: Path,
        environment: Mapping[str, str] | None = None,
        orphaned: signal.Signals = signal.SIGKILL,
        keep: int | None = None,
        hear: Callable[[str, str], None] | None = None,
    ) -> None:
        """Start *command*.

        *log* gets its output, *hear* each line of it (name and line). *orphaned* is the signal
        that ends it when we die. The descriptor *keep* stays open in it.
        """
        self.name = name
        self.log = log
        self._hear = hear
        self._last: collections.deque[str] = collections.deque(maxlen=MEMORY)
        self._process = subprocess.Popen(
            tethered(command, orphaned),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
            env=environment and {**os.environ, **environment},
            pass_fds=() if keep is None else (keep,),
            start_new_session=True,
        )
        self._listener = threading.Thread(target=self._listen, name=f"log-{name}", daemon=True)
        self._listener.start()

    @property
    def pid(self) -> int:
        """The number of the process."""
        return self._process.pid

    @property
    def code(self) -> int | None:
        """The exit code, or None while it lives."""
        return self._process.poll()

    def check(self) -> None:
        """Return while it lives.

        Raises:
            ChildStopped: with the last line it wrote.
        """
        if self.code is not None:
            self._listener.join(timeout=1)
            last = self._last[-1] if self._last else ""
            raise ChildStopped(name=self.name, code=self.code, last=last, log=self.log)

    def ask_to_stop(self, by: signal.Signals = signal.SIGTERM) -> None:
        """Send *by* to it, and leave it the time that it needs."""
        if self.code is None:
            self._process.send_signal(by)

    def stop(self, patience: float = 10.0) -> None:
        """Have it end now; what has not ended after *patience* seconds is killed."""
        self.ask_to_stop()
        try:
            self._process.wait(patience)
        except subprocess.TimeoutExpired:
            os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait()
        self._listener.join(timeout=2)

    def _listen(self) -> None:
        """Carry its output into the log until it ends."""
        output: IO[str] | None = self._process.stdout
        if output is None:
            return
        handler = RotatingFileHandler(self.log, maxBytes=LOG_BYTES, backupCount=LOG_FILES)
        with output:
            for line in map(str.rstrip, output):
                self._last.append(line)
                handler.emit(logging.makeLogRecord({"msg": line}))
                if self._hear is not None:
                    self._hear(self.name, line)
        handler.close()
