"""A few warm child processes that take one job at a time."""

import json
import os
import selectors
import subprocess
import sys
import threading
import time
import weakref
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO, cast

from archive.recognition.errors import ReaderBusy, ReaderGaveUp

HOUSE = Path(__file__).parents[2]  # where the package `archive` is
JOBS_PER_CHILD = 500
CHUNK = 256 * 1024
ONE_THREAD = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"), "1")
WAITS_FOR_A_TURN = 2.0  # seconds
SLOW = 3.0  # seconds that somebody's turn takes: then nobody waits for one


@dataclass(frozen=True, slots=True)
class Budget:
    """What reading one file may cost: memory in bytes, processor and wall time in seconds."""

    memory: int = 1536 * 1024 * 1024
    processor_seconds: int = 20
    wall_seconds: float = 30.0
    only_written: bool = False
    """Count the memory that is written to, not what a library maps and never touches."""
    kindness: int = 0
    """How far all else on the machine goes before it: see nice(2)."""
    rests: float | None = None
    """Seconds after which a child that has nothing to do is ended; None: it stays warm."""


READING = Budget(
    memory=1300 * 1024 * 1024,
    processor_seconds=60,
    wall_seconds=240.0,
    only_written=True,
    kindness=10,
    rests=30.0,
)
"""What reading one page may cost: the models alone take half a gigabyte."""


class Child:
    """One child process and its two pipes."""

    def __init__(self, budget: Budget) -> None:
        self.jobs = 0
        self.rests_since = 0.0
        counted = "written" if budget.only_written else "mapped"
        limits = counted, str(budget.memory), str(budget.kindness)
        self._process = subprocess.Popen(
            [sys.executable, "-m", "archive.recognition.child", *limits],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            cwd=HOUSE,
            env={"PATH": os.defpath, "LANG": "C.UTF-8", **ONE_THREAD},
            bufsize=0,
        )
        self._input = cast(BinaryIO, self._process.stdin)
        self._output = cast(BinaryIO, self._process.stdout)
        self._selector = selectors.DefaultSelector()
        self._selector.register(self._output, selectors.EVENT_READ)

    def ask(self, request: dict[str, Any], wall_seconds: float) -> tuple[dict[str, Any], bytes]:
        """One answer: its head and the bytes after it.

        Raises:
            ReaderGaveUp: no whole answer in time, or the child died.
        """
        self.jobs += 1
        deadline = time.monotonic() + wall_seconds
        try:
            left = memoryview(json.dumps(request).encode() + b"\n")
            while left:  # a signal may cut a long one short
                left = left[self._input.write(left) :]
        except BrokenPipeError as gone:
            raise ReaderGaveUp("the reader had ended") from gone
        head = json.loads(self._read_block(deadline))
        return head, self._read_block(deadline)

    def is_alive(self) -> bool:
        """Whether the process is still there to be asked."""
        return self._process.poll() is None

    def end(self) -> None:
        """Kill the process and wait until it is gone."""
        self._process.kill()
        self._process.wait()
        self._selector.close()
        self._input.close()
        self._output.close()

    def _read_block(self, deadline: float) -> bytes:
        return self._read(int.from_bytes(self._read(4, deadline), "big"), deadline)

    def _read(self, length: int, deadline: float) -> bytes:
        parts: list[bytes] = []
        while length:
            if not self._selector.select(max(0.0, deadline - time.monotonic())):
                raise ReaderGaveUp("time")
            part = os.read(self._output.fileno(), min(length, CHUNK))
            if not part:
                raise ReaderGaveUp("the reader broke")
            parts.append(part)
            length -= len(part)
        return b"".join(parts)


class Turns:
    """How many threads may wait for children: for all people, and for each of them.

    What costs the children long takes these and no more: everything else goes on.
    """

    def __init__(self, most: int, most_each: int) -> None:
        self._most, self._most_each = most, most_each
        self._held: dict[object, tuple[str, float]] = {}
        self._changed = threading.Condition()

    @contextmanager
    def taken(self, asker: str) -> Iterator[None]:
        """Do the block in a turn of *asker*'s; without a name nothing is counted.

        Raises:
            ReaderBusy: there is none, and those who have them have had them for long.
        """
        if not asker:
            yield
            return
        turn = object()
        give_up_at = time.monotonic() + WAITS_FOR_A_TURN
        with self._changed:
            while not self._has_room(asker):
                left = give_up_at - time.monotonic()
                if left <= 0 or self._is_slow():
                    raise ReaderBusy(asker)
                self._changed.wait(left)
            self._held[turn] = (asker, time.monotonic())
        try:
            yield
        finally:
            with self._changed:
                del self._held[turn]
                self._changed.notify_all()

    def _has_room(self, asker: str) -> bool:
        own = sum(1 for each, _ in self._held.values() if each == asker)
        return len(self._held) < self._most and own < self._most_each

    def _is_slow(self) -> bool:
        return time.monotonic() - min(since for _, since in self._held.values()) > SLOW


class ChildPool:
    """Up to *size* children, started when first needed and kept warm."""

    def __init__(self, size: int, budget: Budget, turns: Turns) -> None:
        self._budget = budget
        self._turns = turns
        self._free_places = threading.BoundedSemaphore(size)
        self._begin()

    def ask(self, request: dict[str, Any], asker: str = "") -> tuple[dict[str, Any], bytes]:
        """Have one child answer; waits for a free one, in a turn of *asker*'s.

        Raises:
            ReaderBusy: as `Turns.taken`.
            ReaderGaveUp: as `Child.ask`; that child is gone then.
        """
        request["processor_seconds"] = self._budget.processor_seconds
        with self._turns.taken(asker), self._free_places:
            child = self._take()
            try:
                reply = child.ask(request, self._budget.wall_seconds)
            except BaseException:
                child.end()
                raise
            self._give_back(child)
        return reply

    def close(self) -> None:
        """End all idle children; also done when the process ends."""
        end_all(self._idle, self._owner)

    def _begin(self) -> None:
        self._idle: list[Child] = []
        self._owner = os.getpid()
        weakref.finalize(self, end_all, self._idle, self._owner)

    def _take(self) -> Child:
        if self._owner != os.getpid():  # a fork: the parent's pipes are not ours to use
            self._begin()
        while True:
            try:
                child = self._idle.pop()
            except IndexError:
                return Child(self._budget)
            if child.is_alive():
                return child
            child.end()

    def _give_back(self, child: Child) -> None:
        if child.jobs >= JOBS_PER_CHILD:
            child.end()
            return
        child.rests_since = time.monotonic()
        self._idle.append(child)
        if self._budget.rests is not None:
            later = threading.Timer(self._budget.rests + 0.1, self._end_rested)
            later.daemon = True
            later.start()

    def _end_rested(self) -> None:
        """End those that have had nothing to do for so long."""
        for child in list(self._idle):
            if time.monotonic() - child.rests_since >= (self._budget.rests or 0):
                try:
                    self._idle.remove(child)
                except ValueError:  # taken in this very moment
                    continue
                child.end()


def end_all(children: list[Child], owner: int) -> None:
    """End *children*, if this is still the process that started them."""
    while children and owner == os.getpid():
        children.pop().end()
