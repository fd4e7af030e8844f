"""The embedded stores, started, stopped and killed for real."""

import json
import os
import signal
import socket
import stat
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from pymongo import MongoClient
from pymongo.errors import OperationFailure

from archive.config import Settings
from archive.embedded import AlreadyRunning, FolderLock, VarFolder, join_stores, running_stores
from archive.storage import S3BlobStore

RUNNER = """
import sys
from pathlib import Path
from typing import Any
from archive.config import Settings
from archive.embedded import FolderLock, VarFolder, running_stores
from pymongo import MongoClient

folder = VarFolder(Path(sys.argv[1]))
with FolderLock(folder) as lock, running_stores(Settings(var=folder.path), lock) as stores:
    with MongoClient(stores.settings.mongodb_uri) as client:
        client.kept.things.insert_one({"n": 1})
    print(*(store.child.pid for store in stores.started), flush=True)
    sys.stdin.read()
"""


@pytest.fixture
def own(tmp_path: Path) -> Settings:
    """Settings with a data folder of their own."""
    return Settings(var=tmp_path / "var", s3_bucket="archive-test")


def start_runner(own: Settings) -> tuple["subprocess.Popen[str]", list[int]]:
    """Another process that runs the stores of *own*; and the stores' processes."""
    runner = subprocess.Popen(
        [sys.executable, "-c", RUNNER, str(own.var)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert runner.stdout is not None
    return runner, [int(pid) for pid in runner.stdout.readline().split()]


def count_kept(settings: Settings) -> int:
    """How many things the database holds."""
    with MongoClient[dict[str, object]](settings.mongodb_uri) as client:
        return client.kept.things.count_documents({})


def test_data_outlive_a_stop_and_also_a_kill_of_runner_and_database(own: Settings) -> None:
    for attempt in range(3):
        runner, children = start_runner(own)
        if attempt == 1:
            for pid in children:
                os.kill(pid, signal.SIGKILL)
        if attempt == 2:
            runner.kill()
        runner.communicate("")
    with join_stores(own) as settings:
        assert count_kept(settings) == 3


def test_the_stores_die_with_a_runner_that_is_killed(own: Settings) -> None:
    runner, children = start_runner(own)
    runner.kill()
    runner.communicate()
    with FolderLock(VarFolder(own.var)):  # free only once the last of them is gone
        assert not any(Path(f"/proc/{pid}").exists() and is_running(pid) for pid in children)


def test_the_folder_is_free_right_after_a_kill_that_nobody_has_noticed_yet(own: Settings) -> None:
    for _ in range(3):
        runner, _ = start_runner(own)
        runner.kill()  # listed until its parent, which is this test, asks for its exit code
        with FolderLock(VarFolder(own.var)) as lock:
            assert lock.holder() == os.getpid()
        runner.communicate()


def test_another_program_with_the_number_of_the_last_runner_is_no_hindrance(own: Settings) -> None:
    folder = VarFolder(own.var)
    with FolderLock(folder) as lock, subprocess.Popen(["sleep", "60"]) as other:
        with subprocess.Popen(["sleep", "0.3"], pass_fds=(lock.descriptor,)):  # a last child of it
            lock.release()
            folder.lock.write_text(str(other.pid))
            with FolderLock(folder) as again:
                assert again.holder() == os.getpid()
        other.kill()
        lock.descriptor = os.open(os.devnull, os.O_RDONLY)  # what the block lets go of at its end


def test_a_second_run_on_the_same_folder_is_told_who_runs(own: Settings) -> None:
    runner, _ = start_runner(own)
    with pytest.raises(AlreadyRunning) as refusal, FolderLock(VarFolder(own.var)):
        pass
    assert refusal.value.facts == {"var": own.var, "pid": runner.pid}
    runner.communicate("")


def test_a_command_joins_the_stores_that_run(own: Settings) -> None:
    runner, _ = start_runner(own)
    with join_stores(own) as settings:
        assert count_kept(settings) == 1
        S3BlobStore.from_settings(settings).make_bucket()
    runner.communicate("")


def test_the_database_moves_when_its_port_is_taken(own: Settings) -> None:
    with join_stores(own) as settings:
        port = json.loads(VarFolder(settings.var).stores.read_text())["ports"]["mongodb"]
    with socket.socket() as squatter:
        squatter.bind(("127.0.0.1", port))
        with (
            join_stores(own) as settings,
            MongoClient[dict[str, object]](settings.mongodb_uri) as client,
        ):
            assert f":{port}/" not in settings.mongodb_uri
            client.kept.things.insert_one({})
            with client.kept.watch() as changes:
                client.kept.things.insert_one({"n": 2})
                assert next(changes)["operationType"] == "insert"


def test_strangers_are_not_let_in(own: Settings) -> None:
    with join_stores(own) as settings:
        address = settings.mongodb_uri.split("@")[1]
        with (
            MongoClient[dict[str, object]](f"mongodb://{address}".split("?")[0]) as stranger,
            pytest.raises(OperationFailure),
        ):
            stranger.kept.things.find_one()


def test_secrets_are_made_once_for_the_owner_alone(own: Settings) -> None:
    folder = VarFolder(own.var)
    first = folder.secrets()
    assert folder.secrets() == first
    assert VarFolder(own.var.parent / "other").secrets() != first
    assert stat.S_IMODE((folder.path / "secrets.json").stat().st_mode) == 0o600
    assert stat.S_IMODE(folder.path.stat().st_mode) == 0o700


def test_a_data_folder_that_is_open_to_others_is_closed(own: Settings) -> None:
    own.var.mkdir(mode=0o777)
    own.var.chmod(0o777)
    assert stat.S_IMODE(VarFolder(own.var).path.stat().st_mode) == 0o700


def test_the_database_speaks_no_zlib_and_its_user_is_no_root(own: Settings) -> None:
    with join_stores(own) as settings:
        client: MongoClient[dict[str, Any]] = MongoClient(settings.mongodb_uri)
        hello = client.admin.command("hello", compression=["zlib", "snappy"])
        assert "zlib" not in hello.get("compression", [])
        with pytest.raises(OperationFailure):
            client.admin.command("createUser", "another", pwd="x", roles=["root"])
        client.close()


def test_only_the_store_that_is_left_open_is_started(own: Settings, settings: Settings) -> None:
    given = replace(own, mongodb_uri=settings.mongodb_uri)
    folder = VarFolder(own.var)
    with FolderLock(folder) as lock, running_stores(given, lock) as stores:
        assert [store.child.name for store in stores.started] == ["s3"]
        assert stores.settings.mongodb_uri == settings.mongodb_uri


def is_running(pid: int) -> bool:
    """Whether *pid* still runs, rather than waits to be reaped."""
    return Path(f"/proc/{pid}/stat").read_text().rsplit(") ", 1)[1][0] not in "ZX"
