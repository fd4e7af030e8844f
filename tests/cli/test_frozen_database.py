"""A database that hangs is told in plain words, holds up no probe, and is back by itself."""

import http.client
import json
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from dataclasses import replace
from http import HTTPStatus
from pathlib import Path

import pytest
from flask import Flask

from archive.config import Settings
from archive.embedded import Child, VarFolder, environment_of, free_port
from archive.embedded.mongod import start_mongod
from tests.cli.servers import AT_ONCE, HOUSE, parts_of, status_of, web_server
from tests.waiting import until

pytestmark = [pytest.mark.slow, pytest.mark.timeout(300)]

MANY = 16  # more than the web server has threads
ENDS_WITHIN = 100.0  # seconds; they take some twenty, on a busy machine more


@pytest.fixture(scope="module")
def own(
    settings: Settings, site: Flask, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Settings, Child]]:
    """The stores of all tests, but with a database that may be frozen."""
    folder = VarFolder(tmp_path_factory.mktemp("frozen"))
    child, uri = start_mongod(folder, free_port(), cache_mb=256)
    try:
        yield replace(settings, mongodb_uri=uri, var=folder.path), child
    finally:
        os.kill(child.pid, signal.SIGCONT)
        child.stop()


def answer_of(port: int, path: str) -> tuple[int, str]:
    """What the server says to a program whose token has to be looked up."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=ENDS_WITHIN)
    headers = {"Authorization": "Bearer nobody's", "Accept-Language": "zh-CN"}
    connection.request("GET", path, headers=headers)
    answer = connection.getresponse()
    body = answer.read().decode()
    connection.close()
    return answer.status, body


def doctor(settings: Settings) -> "subprocess.CompletedProcess[str]":
    """What `archive doctor` says."""
    return subprocess.run(
        [sys.executable, "-c", "from archive.cli import main; main()", "doctor"],
        env={**os.environ, **environment_of(settings), "PYTHONPATH": str(HOUSE)},
        cwd=Path(settings.var),
        capture_output=True,
        text=True,
        check=False,
        timeout=ENDS_WITHIN,
    )


def test_while_the_database_is_frozen_pages_say_so_and_the_probes_tell(
    own: tuple[Settings, Child],
) -> None:
    settings, child = own
    with web_server(settings) as port:
        assert answer_of(port, "/api/v1/customers")[0] == HTTPStatus.UNAUTHORIZED
        os.kill(child.pid, signal.SIGSTOP)
        answers: list[tuple[int, str]] = []
        asking = [
            threading.Thread(target=lambda: answers.append(answer_of(port, "/api/v1/customers")))
            for _ in range(MANY)
        ]
        for each in asking:
            each.start()
        for each in asking:
            each.join(ENDS_WITHIN)
        assert [status for status, _ in answers] == [HTTPStatus.SERVICE_UNAVAILABLE] * MANY
        [said] = {json.loads(body)["detail"] for _, body in answers}
        assert "暂时无法使用，您的操作没有保存" in said
        assert status_of(port, "/healthz", patience=AT_ONCE) == HTTPStatus.OK
        assert parts_of(port)["database"] == "unavailable"
        told = doctor(settings)
        assert told.returncode == 1 and "MongoDB cannot be used" in told.stdout, told.stdout
        assert "Traceback" not in told.stdout + told.stderr
        os.kill(child.pid, signal.SIGCONT)
        until(lambda: answer_of(port, "/api/v1/customers")[0] == HTTPStatus.UNAUTHORIZED)
        until(lambda: parts_of(port)["database"] == "ok")
