"""`archive run` as people use it: one command, a signal to end it."""

import http.client
import json
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from http import HTTPStatus
from pathlib import Path

import pytest

from archive.embedded import free_port
from tests.waiting import until

ARCHIVE = [sys.executable, "-c", "from archive.cli import main; main()"]
HOUSE = Path(__file__).parents[2]

# Whole starts with every process: slow where other work goes on beside them.
pytestmark = pytest.mark.timeout(300)


class Run:
    """An `archive run` of its own."""

    def __init__(self, var: Path) -> None:
        self.var = var
        self.port = free_port()
        self.environment = {
            **os.environ,
            "ARCHIVE_VAR": str(var),
            "ARCHIVE_PORT": str(self.port),
            "LANG": "C.UTF-8",
            "PYTHONPATH": str(HOUSE),
            "PYTHONUNBUFFERED": "1",
        }
        self.said: list[str] = []
        self.process = subprocess.Popen(
            [*ARCHIVE, "run"],
            env=self.environment,
            cwd=var.parent,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )

    def read_until(self, words: str) -> None:
        """Read what it says until a line holds *words*."""
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self.said.append(line)
            if words in line:
                return
        self.process.wait()
        raise AssertionError("".join([*self.said, *self.holders()]))

    def holders(self) -> list[str]:
        """Every process that keeps the data folder, with its command and its state."""
        lock = str(self.var / "run" / "lock")
        return [
            f"{each.name} holds it: {(each / 'cmdline').read_bytes()!r}"
            for each in Path("/proc").glob("[0-9]*")
            if lock in opened_by(each)
        ]

    def ask(self, *arguments: str, **environment: str) -> "subprocess.CompletedProcess[str]":
        """Another command on the same folder."""
        return subprocess.run(
            [*ARCHIVE, *arguments],
            env={**self.environment, **environment},
            capture_output=True,
            text=True,
            check=False,
        )

    def status_of(self, path: str, token: str = "") -> int:
        """What the web server answers."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        try:
            connection.request("GET", path, headers=headers)
            return connection.getresponse().status
        except OSError:
            return 0
        finally:
            connection.close()

    def stop(self) -> None:
        """End it."""
        self.process.send_signal(signal.SIGTERM)
        rest, _ = self.process.communicate(timeout=120)
        self.said.append(rest)

    def processes(self) -> dict[int, str]:
        """Every living process that works in its folder, with its command."""
        found = {}
        for each in Path("/proc").glob("[0-9]*"):
            try:
                environment = (each / "environ").read_bytes().split(b"\0")
                command = (each / "cmdline").read_bytes().replace(b"\0", b" ").decode()
            except OSError:
                continue
            is_ours = f"ARCHIVE_VAR={self.var}".encode() in environment
            if command and is_ours:
                found[int(each.name)] = command
        return found


def parent_of(pid: int) -> int:
    """The process that started *pid*."""
    facts = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return int(facts[1])


def opened_by(process: Path) -> set[str]:
    """The files that *process*, a folder of /proc, has open, as far as we may know."""
    try:
        return {str(each.readlink()) for each in (process / "fd").iterdir()}
    except OSError:  # it has ended, or is another person's
        return set()


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Run]:
    """The archive of a first start, open."""
    started = Run(tmp_path_factory.mktemp("run") / "var")
    started.read_until("Ctrl-C")
    yield started
    if started.process.poll() is None:
        started.stop()


def test_a_first_start_says_where_the_archive_is_and_who_may_sign_in(run: Run) -> None:
    said = "".join(run.said)
    assert f"http://127.0.0.1:{run.port}" in said
    path = run.var / "demo-accounts.json"
    accounts = json.loads(path.read_text())
    assert path.stat().st_mode & 0o777 == 0o600
    for account in accounts.values():
        assert account["username"] in said
        assert account["password"] in said
    assert run.status_of("/readyz") == HTTPStatus.OK


def test_a_token_for_the_running_archive_opens_its_api(run: Run) -> None:
    username = json.loads((run.var / "demo-accounts.json").read_text())["custodian"]["username"]
    token = run.ask("token", "create", username).stdout.strip()
    assert run.status_of("/api/v1/deposits", token) == HTTPStatus.OK


def test_a_second_run_on_the_same_folder_says_that_one_is_running(run: Run) -> None:
    refused = run.ask("run", ARCHIVE_PORT=str(free_port()))
    assert refused.returncode == 1
    assert f"already running (process {run.process.pid})" in refused.stderr


def test_a_taken_port_is_named_with_the_remedy(run: Run, tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        refused = run.ask("run", ARCHIVE_PORT=str(port), ARCHIVE_VAR=str(tmp_path / "var"))
    assert f"Port {port} of 127.0.0.1 is taken" in refused.stderr
    assert "Set ARCHIVE_PORT" in refused.stderr


@pytest.mark.parametrize("service", ["gunicorn", "celery", "archive.follower"])
def test_a_service_that_is_killed_is_started_again(run: Run, service: str) -> None:
    def working() -> set[int]:
        return {pid for pid, command in run.processes().items() if service in command}

    before = working()
    [first] = [pid for pid in before if parent_of(pid) not in before]  # numbers start over at 32768
    os.kill(first, signal.SIGKILL)
    until(lambda: working() - before and not before & working())
    until(lambda: run.status_of("/readyz") == HTTPStatus.OK)


def test_a_signal_ends_everything(run: Run) -> None:
    run.stop()
    assert run.process.returncode == 0
    assert run.processes() == {}


def test_a_start_right_after_a_kill_keeps_the_data_and_is_not_refused(run: Run) -> None:
    again = Run(run.var)
    again.read_until("Ctrl-C")
    assert not any("First start" in line for line in again.said)
    again.process.kill()
    before = again.processes()
    third = Run(run.var)  # at once: nobody has asked for the exit code of the one that was killed
    third.read_until("Ctrl-C")
    again.process.communicate()
    assert not before.keys() & third.processes().keys(), "nothing outlives a kill"
    third.stop()


def test_when_a_store_dies_it_is_started_again_and_the_rest_goes_on(run: Run) -> None:
    again = Run(run.var)
    again.read_until("Ctrl-C")
    before = again.processes()
    for part, command in (("mongod", "--replSet"), ("s3", "serve s3")):
        [store] = [pid for pid, each in before.items() if command in each]
        os.kill(store, signal.SIGKILL)
        again.read_until(f"{part} ended with code -9 and is started again")
        until(lambda: again.status_of("/readyz") == HTTPStatus.OK)
    web = [pid for pid, each in before.items() if "gunicorn" in each]
    assert set(web) <= set(again.processes()), "the web server went on"
    again.stop()
    assert again.process.returncode == 0
    assert again.processes() == {}
