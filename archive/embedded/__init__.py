"""The stores that start by themselves where no URI is set: MongoDB and an S3 server."""

from archive.embedded.errors import AlreadyRunning, ChildStopped, PortTaken, ProgramMissing
from archive.embedded.folder import VarFolder, environment_of
from archive.embedded.lock import FolderLock
from archive.embedded.processes import Child, tethered
from archive.embedded.stores import (
    RunningStores,
    Store,
    find_stores,
    free_port,
    join_stores,
    running_stores,
)

__all__ = [
    "AlreadyRunning",
    "Child",
    "ChildStopped",
    "FolderLock",
    "PortTaken",
    "ProgramMissing",
    "RunningStores",
    "Store",
    "VarFolder",
    "environment_of",
    "find_stores",
    "free_port",
    "join_stores",
    "running_stores",
    "tethered",
]
