"""A file store that hangs, or is full, holds up nothing but what needs it, and is told."""

import contextlib
import http.client
import json
import os
import resource
import signal
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from http import HTTPStatus

import pytest
from flask import Flask

from archive.actor import Role
from archive.cli.checks import check_s3, look_at
from archive.config import Settings
from archive.embedded import Child, VarFolder, free_port
from archive.embedded.s3server import start_s3
from archive.storage import S3BlobStore, StoreUnavailable
from tests.cli.servers import AT_ONCE, parts_of, status_of, web_server
from tests.recognition import ugly_files as ugly
from tests.waiting import until

MANY = 24
PART = (
    b'--b\r\nContent-Disposition: form-data; name="files"; filename="a.jpg"\r\n\r\n%s\r\n--b--\r\n'
)


@pytest.fixture(scope="module")
def own(
    settings: Settings, site: Flask, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Settings, Child]]:
    """The stores of all tests, but with a file store that may be frozen."""
    folder = VarFolder(tmp_path_factory.mktemp("frozen"))
    child, endpoint = start_s3(folder, free_port())
    words = folder.secrets()
    given = replace(
        settings,
        s3_endpoint=endpoint,
        s3_access_key=words.s3_access_key,
        s3_secret_key=words.s3_secret_key,
    )
    S3BlobStore.from_settings(given).make_bucket()
    try:
        yield given, child
    finally:
        os.kill(child.pid, signal.SIGCONT)
        child.stop()


@pytest.fixture(scope="module")
def port(own: tuple[Settings, Child]) -> Iterator[int]:
    with web_server(own[0]) as listens_at:
        yield listens_at


def test_a_store_that_takes_nothing_in_is_told_by_probe_doctor_and_pages(
    own: tuple[Settings, Child], port: int, token_as: Callable[..., dict[str, str]]
) -> None:
    headers = token_as(Role.CUSTODIAN) | {"Content-Type": "multipart/form-data; boundary=b"}
    store = S3BlobStore.from_settings(own[0])
    store.try_writing()
    limit = resource.prlimit(own[1].pid, resource.RLIMIT_FSIZE, (0, resource.RLIM_INFINITY))
    try:
        store.ping()
        with pytest.raises(StoreUnavailable):
            store.try_writing()
        assert parts_of(port)["storage"] == "unavailable"
        [told] = look_at(own[0], check_s3)
        assert told.is_fault and "that its disk has room" in told.remedy
        status, said = upload_to(port, headers)
        assert status == HTTPStatus.SERVICE_UNAVAILABLE
        assert "文件没有保存" in json.loads(said)["detail"]
    finally:
        resource.prlimit(own[1].pid, resource.RLIMIT_FSIZE, limit)
    store.try_writing()
    assert parts_of(port)["storage"] == "ok"
    assert [each.is_fault for each in look_at(own[0], check_s3)] == [False]
    assert upload_to(port, headers)[0] == HTTPStatus.CREATED


def upload_to(port: int, headers: dict[str, str]) -> tuple[int, str]:
    """What the server says to a program that sends it a photograph."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    connection.request("POST", "/api/v1/deposits", PART % ugly.a_jpeg(), headers)
    answer = connection.getresponse()
    said = answer.read().decode()
    connection.close()
    return answer.status, said


def test_while_the_store_is_frozen_pages_come_and_the_probes_tell(
    own: tuple[Settings, Child], port: int, token_as: Callable[..., dict[str, str]]
) -> None:
    headers = token_as(Role.CUSTODIAN) | {"Content-Type": "multipart/form-data; boundary=b"}

    def upload() -> None:
        with contextlib.suppress(OSError):
            upload_to(port, headers)

    for _ in range(4):
        upload()  # so that the processes that look into files have started
    os.kill(own[1].pid, signal.SIGSTOP)
    uploads = [threading.Thread(target=upload, daemon=True) for _ in range(MANY)]
    for each in uploads:
        each.start()
    time.sleep(3)  # so that every thread that can be taken is taken
    for _ in range(5):
        assert status_of(port, "/healthz", patience=AT_ONCE) == 200
        assert status_of(port, "/sign-in") == 200
        assert status_of(port, "/readyz") == 503
    assert parts_of(port)["storage"] == "unavailable"
    os.kill(own[1].pid, signal.SIGCONT)
    until(lambda: parts_of(port)["storage"] == "ok")
    for each in uploads:
        each.join(60)
