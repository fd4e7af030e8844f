"""Keeps the processes of `archive run` alive, and ends them together."""

import collections
import json
import re
import signal
import threading
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import click

from archive.embedded import Child, FolderLock, VarFolder

IMPORTANT = re.compile(r'\b(ERROR|CRITICAL)\b|"level": "(error|critical)"|"s":"[EF]"')
ENDINGS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
DEATHS = 5  # of one service
WITHIN = 60.0  # seconds: more is no accident, and the whole stops
PULSE = 0.25  # seconds between two looks at the children


@dataclass
class Service:
    """A process that is started again when it dies."""

    name: str
    command: Sequence[str]
    patience: float = 8.0
    """Seconds that it may take to stop."""
    child: Child | None = None
    deaths: collections.deque[float] = field(
        default_factory=lambda: collections.deque(maxlen=DEATHS)
    )

    def is_hopeless(self, moment: float) -> bool:
        """Whether a death at *moment* is one too many."""
        self.deaths.append(moment)
        return len(self.deaths) == DEATHS and moment - self.deaths[0] < WITHIN


class Supervisor:
    """Runs services in addition to stores that run already, until a signal or a store's end."""

    def __init__(
        self,
        services: Sequence[Service],
        stores: Iterable[Child],
        *,
        folder: VarFolder,
        lock: FolderLock,
        environment: Mapping[str, str],
    ) -> None:
        self._services = services
        self._stores = tuple(stores)
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
        for service in self._services:
            service.child = self._start(service)

    def wait(self, until: Callable[[], bool] = lambda: False) -> None:
        """Watch over all until a signal comes or *until* says so.

        Raises:
            ChildStopped: a store ended, or a service cannot stay alive.
        """
        while not self.is_asked_to_stop and not until():
            for store in self._stores:
                store.check()
            for service in self._services:
                self._revive(service)
            self._asked.wait(PULSE)

    def stop(self) -> None:
        """End all services, side by side; those that linger are killed."""
        asked_at = time.monotonic()
        running = [(each.child, each.patience) for each in self._services if each.child]
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

    def _revive(self, service: Service) -> None:
        child = service.child
        if child is None or child.code is None:
            return
        if service.is_hopeless(time.monotonic()):
            child.check()
        click.echo(f"{service.name} ended with code {child.code} and is started again.", err=True)
        service.child = self._start(service)


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
