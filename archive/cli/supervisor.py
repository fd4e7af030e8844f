"""Keeps the processes of `archive run` alive, and ends them together."""

import collections
import json
import re
import signal
import threading
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial

import click
from pymongo.errors import PyMongoError

from archive.embedded import Child, ChildStopped, FolderLock, Store, VarFolder

IMPORTANT = re.compile(r'\b(ERROR|CRITICAL)\b|"level": "(error|critical)"|"s":"[EF]"')
ENDINGS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
DEATHS = 5  # of one process
WITHIN = 60.0  # seconds: more is no accident, and a start that meets it is given up
FIRST_PAUSE, LONGEST_PAUSE = 0.25, 30.0  # seconds until a process is started again
PULSE = 0.25  # seconds between two looks at the children


@dataclass
class Service:
    """A process that is started again when it dies."""

    name: str
    command: Sequence[str]
    patience: float = 8.0
    """Seconds that it may take to stop."""


@dataclass
class Kept:
    """A process that is kept alive: the more often it dies, the longer it waits to start again."""

    name: str
    start: Callable[[], Child]
    child: Child | None = None
    deaths: collections.deque[float] = field(
        default_factory=lambda: collections.deque(maxlen=DEATHS)
    )
    starts_at: float = 0.0

    def note_death(self, moment: float) -> None:
        """Work out when it starts again."""
        self.child = None
        self.deaths.append(moment)
        recent = sum(1 for each in self.deaths if moment - each < WITHIN)
        self.starts_at = moment + min(FIRST_PAUSE * 4 ** (recent - 1), LONGEST_PAUSE)

    def is_hopeless(self) -> bool:
        """Whether it died too often in too short a time."""
        return len(self.deaths) == DEATHS and self.deaths[-1] - self.deaths[0] < WITHIN


class Supervisor:
    """Runs services, and the stores that run already, until a signal comes.

    Whatever dies is started again, and everything else goes on meanwhile.
    """

    def __init__(
        self,
        services: Sequence[Service],
        stores: Iterable[Store],
        *,
        folder: VarFolder,
        lock: FolderLock,
        environment: Mapping[str, str],
    ) -> None:
        self._services = [(each, Kept(each.name, partial(self._start, each))) for each in services]
        self._stores = [(each, Kept(each.child.name, each.start, each.child)) for each in stores]
        self._folder = folder
        self._lock = lock
        self._environment = environment
        self._asked = threading.Event()

    def listen_for_signals(self) -> None:
        """From now on Ctrl-C and SIGTERM ask for the end instead of cutting us off."""
        for each in ENDINGS:
            signal.signal(each, lambda *_: self._asked.set())

    @property
    def is_asked_to_stop(self) -> bool:
        """Whether a signal came."""
        return self._asked.is_set()

    def start(self) -> None:
        """Start every service."""
        for _, kept in self._services:
            kept.child = kept.start()

    def wait(self, until: Callable[[], bool] | None = None) -> None:
        """Watch over all until a signal comes, or *until* says that the start is over.

        Raises:
            ChildStopped: while starting, something cannot stay alive.
        """
        while not (self.is_asked_to_stop or (until and until())):
            for store, kept in self._stores:
                self._revive(kept, gives_up=until is not None)
                if kept.child is not None:
                    store.child = kept.child
            for _, kept in self._services:
                self._revive(kept, gives_up=until is not None)
            self._asked.wait(PULSE)

    def stop(self) -> None:
        """End all services, side by side; those that linger are killed."""
        asked_at = time.monotonic()
        running = [(kept.child, each.patience) for each, kept in self._services if kept.child]
        for child, _ in running:
            child.ask_to_stop()
        for child, patience in running:
            child.stop(max(0.1, asked_at + patience - time.monotonic()))

    def _start(self, service: Service) -> Child:
        return Child(
            service.name,
            service.command,
            log=self._folder.log / f"{service.name}.log",
            environment=self._environment,
            keep=self._lock.descriptor,
            hear=tell_what_matters,
        )

    def _revive(self, kept: Kept, *, gives_up: bool) -> None:
        child = kept.child
        if child is not None and child.code is not None:
            kept.note_death(time.monotonic())
            if gives_up and kept.is_hopeless():
                child.check()
            click.echo(f"{kept.name} ended with code {child.code} and is started again.", err=True)
        if kept.child is None and time.monotonic() >= kept.starts_at:
            try:
                kept.child = kept.start()
            except (ChildStopped, OSError, PyMongoError) as error:
                kept.note_death(time.monotonic())
                click.echo(f"{kept.name} does not start: {error}", err=True)
                if gives_up and kept.is_hopeless():
                    raise


def tell_what_matters(name: str, line: str) -> None:
    """Show a line of a service on the terminal when it reports an error; all are in its log."""
    if IMPORTANT.search(line):
        click.echo(f"{name}: {words_in(line)}", err=True)


def words_in(line: str) -> str:
    """What a line of a log says to people: its event and, of a breakdown, the last line."""
    try:
        facts = json.loads(line)
        last = str(facts.get("exception", "")).strip().rpartition("\n")[2]
        return ": ".join(filter(None, (facts["event"], last)))
    except (ValueError, KeyError, TypeError, AttributeError):
        return line
