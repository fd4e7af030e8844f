"""Starting the embedded stores, and finding those that run already."""

import json
import socket
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from functools import partial

from archive.config import Settings
from archive.embedded.errors import AlreadyRunning
from archive.embedded.folder import VarFolder, write_private
from archive.embedded.lock import FolderLock
from archive.embedded.mongod import start_mongod
from archive.embedded.processes import Child
from archive.embedded.s3server import start_s3

Started = tuple[Child, str]  # a store's process, and its address

PATIENCE = 30.0  # seconds that the stores of another process may take to start


@dataclass
class Store:
    """A store that we started: its process, and how it is started again on the same port."""

    start: Callable[[], Child]
    child: Child

    def stop(self) -> None:
        """End the process that it runs in now."""
        self.child.stop()


@dataclass(frozen=True)
class RunningStores:
    """The settings with every URI filled in, and the stores behind those we started."""

    settings: Settings
    started: tuple[Store, ...]


@contextmanager
def running_stores(settings: Settings, lock: FolderLock) -> Iterator[RunningStores]:
    """Run whichever store *settings* leave open, in the data folder that *lock* holds.

    The stores stop when the block is left, and also when this process is killed.

    Raises:
        ProgramMissing, ChildStopped: a store does not start.
    """
    folder = VarFolder(settings.var)
    with ExitStack() as stack:
        found = with_own_secrets(settings, folder)
        last = last_ports(folder)
        ports: dict[str, int] = {}
        started = []

        def keep(name: str, start: Callable[[VarFolder, int, int | None], Started]) -> str:
            ports[name] = port = free_port(last.get(name, 0))
            child, address = start(folder, port, lock.descriptor)
            store = Store(lambda: start(folder, port, lock.descriptor)[0], child)
            started.append(store)
            stack.callback(store.stop)
            return address

        if not settings.s3_endpoint:
            found = replace(found, s3_endpoint=keep("s3", start_s3))
        if not settings.mongodb_uri:
            found = replace(
                found,
                mongodb_uri=keep(
                    "mongodb", partial(start_mongod, cache_mb=settings.mongodb_cache_mb)
                ),
            )
        note_stores(folder, found, ports)
        yield RunningStores(found, tuple(started))


@contextmanager
def join_stores(settings: Settings) -> Iterator[Settings]:
    """The settings with every URI filled in, for a command that is over soon.

    Uses the stores that `archive run` has started on the same folder; where none runs, starts
    them for as long as the block lasts.

    Raises:
        ProgramMissing, ChildStopped: a store does not start.
    """
    folder = VarFolder(settings.var)
    if settings.mongodb_uri and settings.s3_endpoint:
        yield with_own_secrets(settings, folder)
        return
    with ExitStack() as stack:
        try:
            lock = stack.enter_context(FolderLock(folder))
        except AlreadyRunning as error:
            yield found_stores(settings, folder, error)
            return
        yield stack.enter_context(running_stores(settings, lock)).settings


def find_stores(settings: Settings) -> Settings | None:
    """The settings with the address of each store that runs already; nothing is started.

    None where `archive run` would have to start one and does not run.

    Raises:
        AlreadyRunning: it is only just starting.
    """
    folder = VarFolder(settings.var)
    if settings.mongodb_uri and settings.s3_endpoint:
        return with_own_secrets(settings, folder)
    try:
        with FolderLock(folder):
            return None
    except AlreadyRunning as error:
        return found_stores(settings, folder, error)


def with_own_secrets(settings: Settings, folder: VarFolder) -> Settings:
    """*settings* with the folder's own secrets where none is given and one is needed."""
    words = folder.secrets()
    given = replace(settings, var=folder.path)
    if not given.secret_key:
        given = replace(given, secret_key=words.secret_key)
    if not given.s3_endpoint:
        given = replace(given, s3_access_key=words.s3_access_key, s3_secret_key=words.s3_secret_key)
    return given


def note_stores(folder: VarFolder, settings: Settings, ports: dict[str, int]) -> None:
    """Write down where the stores listen, for commands that come while they run."""
    note = {
        "pid": FolderLock(folder).holder(),
        "ports": ports,
        "mongodb_uri": settings.mongodb_uri if "mongodb" in ports else "",
        "s3_endpoint": settings.s3_endpoint if "s3" in ports else "",
    }
    write_private(folder.stores, json.dumps(note))


def last_ports(folder: VarFolder) -> dict[str, int]:
    """The ports of the last run: kept where free, as the database remembers its own."""
    if not folder.stores.exists():
        return {}
    ports: dict[str, int] = json.loads(folder.stores.read_text())["ports"]
    return ports


def found_stores(settings: Settings, folder: VarFolder, running: AlreadyRunning) -> Settings:
    """*settings* with the addresses that the process which holds *folder* wrote down."""
    lock = FolderLock(folder)
    deadline = time.monotonic() + PATIENCE
    while True:
        note = json.loads(folder.stores.read_text()) if folder.stores.exists() else {}
        if note and note["pid"] == lock.holder():
            break
        if time.monotonic() > deadline:
            raise running
        time.sleep(0.05)
    given = with_own_secrets(settings, folder)
    return replace(
        given,
        mongodb_uri=settings.mongodb_uri or note["mongodb_uri"],
        s3_endpoint=settings.s3_endpoint or note["s3_endpoint"],
    )


def free_port(wanted: int = 0) -> int:
    """*wanted*, where nothing listens on it on loopback, else any free port."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", wanted))
        except OSError:
            probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
