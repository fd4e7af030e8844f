"""A real MongoDB as a replica set of one, with change streams and passwords, on loopback."""

import shutil
import signal
import time
from importlib import util
from pathlib import Path
from typing import cast
from urllib.parse import quote

from pymongo import MongoClient
from pymongo.errors import (
    ConnectionFailure,
    DuplicateKeyError,
    OperationFailure,
)

from archive.embedded.errors import ProgramMissing
from archive.embedded.folder import VarFolder, write_private
from archive.embedded.processes import Child

REPLICA_SET = "archive"
USER = "archive"
PATIENCE = 60.0  # seconds; recovering a large database after a crash takes its time

ROLES: list[str | dict[str, str]] = [
    "readWriteAnyDatabase",
    "dbAdminAnyDatabase",
    "clusterManager",  # the set is told its new address
    {"role": "read", "db": "local"},
]
"""What our user may do: no accounts, no other server's business."""

# Codes of the server's answers.
LOOKING_FOR_ITSELF = (94, 109)
ALREADY_INITIATED = 23
NOT_AUTHENTICATED = 18
USER_EXISTS = 51003

Client = MongoClient[dict[str, object]]


def find_mongod() -> Path:
    """The `mongod` of the PATH, else the one that a wheel carries.

    Raises:
        ProgramMissing.
    """
    if found := shutil.which("mongod"):
        return Path(found)
    wheel = util.find_spec("fiftyone")
    for folder in (wheel and wheel.submodule_search_locations) or ():
        program = Path(folder) / "db" / "bin" / "mongod"
        if program.exists():
            return program
    raise ProgramMissing(program="mongod", setting="ARCHIVE_MONGODB_URI")


def start_mongod(
    folder: VarFolder, port: int, keep: int | None = None, *, cache_mb: int
) -> tuple[Child, str]:
    """Start MongoDB on *port*; returns the process and the URI when it takes writes.

    Raises:
        ProgramMissing, ChildStopped.
    """
    words = folder.secrets()
    key = folder.path / "mongodb.key"
    write_private(key, words.mongodb_key)
    child = Child(
        "mongod",
        [
            str(find_mongod()),
            *("--dbpath", str(folder.mongodb), "--replSet", REPLICA_SET),
            *("--bind_ip", "127.0.0.1", "--port", str(port), "--nounixsocket"),
            *("--keyFile", str(key), "--wiredTigerEngineConfigString", f"cache_size={cache_mb}M"),
            *("--quiet", "--setParameter", "diagnosticDataCollectionEnabled=false"),
            # Without zlib, whose messages give out memory of older servers (CVE-2025-14847) to
            # any program of this machine that connects, signed in or not.
            *("--networkMessageCompressors", "snappy,zstd"),
        ],
        log=folder.log / "mongod.log",
        orphaned=signal.SIGTERM,  # so that it closes its files
        keep=keep,
    )
    try:
        make_ready(child, port, words.mongodb_password)
    except BaseException:
        child.stop()
        raise
    return child, uri_of(port, words.mongodb_password)


def uri_of(port: int, password: str, options: str = f"replicaSet={REPLICA_SET}") -> str:
    """The URI of the database on *port* of this machine."""
    return f"mongodb://{USER}:{quote(password)}@127.0.0.1:{port}/?authSource=admin&{options}"


def make_ready(child: Child, port: int, password: str) -> None:
    """Wait until the database takes writes; on first use found the set and its one user."""
    direct = "directConnection=true&serverSelectionTimeoutMS=500"
    wait_for_answer(child, f"mongodb://127.0.0.1:{port}/?{direct}")
    with MongoClient[dict[str, object]](uri_of(port, password, direct)) as client:
        if not knows_us(client):
            with MongoClient[dict[str, object]](
                f"mongodb://127.0.0.1:{port}/?{direct}"
            ) as stranger:
                found_replica_set(child, stranger, port, password)
        move_replica_set(child, client, port)
        wait_for_primary(child, client)
        give_up_root(client)


def wait_for_answer(child: Child, uri: str) -> None:
    """Return when the server answers at all."""
    deadline = time.monotonic() + PATIENCE
    with MongoClient[dict[str, object]](uri) as client:
        while True:
            child.check()
            try:
                client.admin.command("ping")
            except ConnectionFailure:
                if time.monotonic() > deadline:
                    raise
                continue
            return


def knows_us(client: Client) -> bool:
    """Whether our user is there, that is, whether the set was founded to the end."""
    try:
        client.admin.command("connectionStatus")
    except OperationFailure as error:
        if error.code == NOT_AUTHENTICATED:
            return False
        raise
    return True


def give_up_root(client: Client) -> None:
    """Take from our user what only its making needs: the server lets nobody but root make one."""
    status = client.admin.command("connectionStatus")
    if any(each["role"] == "root" for each in status["authInfo"]["authenticatedUserRoles"]):
        client.admin.command("updateUser", USER, roles=ROLES)


def found_replica_set(child: Child, stranger: Client, port: int, password: str) -> None:
    """Found the set and its user, through the door that the server leaves open until then.

    Each step may have been done by a start that was killed before the next.
    """
    config = {"_id": REPLICA_SET, "members": [{"_id": 0, "host": f"127.0.0.1:{port}"}]}
    try:
        stranger.admin.command("replSetInitiate", config)
    except OperationFailure as error:
        if error.code != ALREADY_INITIATED:
            raise
    wait_for_primary(child, stranger)
    try:
        stranger.admin.command("createUser", USER, pwd=password, roles=["root"])
    except (OperationFailure, DuplicateKeyError) as error:
        if error.code != USER_EXISTS:
            raise


def move_replica_set(child: Child, client: Client, port: int) -> None:
    """Tell the set its new address, where the port of the last run was taken."""
    config = client.local.system.replset.find_one({"_id": REPLICA_SET})
    member = {"_id": 0, "host": f"127.0.0.1:{port}"}
    if config is None or host_of(config) == member["host"]:
        return
    moved = config | {"members": [member], "version": cast(int, config["version"]) + 1}
    deadline = time.monotonic() + PATIENCE
    while True:
        child.check()
        try:
            client.admin.command("replSetReconfig", moved, force=True)
        except OperationFailure as error:
            # It still looks for itself under the old address.
            if error.code not in LOOKING_FOR_ITSELF or time.monotonic() > deadline:
                raise
            time.sleep(0.2)
        else:
            return


def host_of(config: dict[str, object]) -> str:
    """The address of the only member of the replica set *config*."""
    return cast("list[dict[str, str]]", config["members"])[0]["host"]


def wait_for_primary(child: Child, client: Client) -> None:
    """Return when the server takes writes."""
    deadline = time.monotonic() + PATIENCE
    while not client.admin.command("hello").get("isWritablePrimary"):
        child.check()
        if time.monotonic() > deadline:
            child.stop()
            child.check()
        time.sleep(0.02)
