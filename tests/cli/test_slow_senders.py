"""Whoever sends slowly, or nothing at all, holds up nobody: real sockets, the real server."""

import http.client
import socket
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
from flask import Flask

from archive.actor import Role
from archive.cli import web_worker
from archive.config import Settings
from tests.cli.servers import AT_ONCE, status_of, web_server

MANY = 40
HEAD = b"POST %s HTTP/1.1\r\nHost: x\r\nContent-Type: %s\r\nContent-Length: %d\r\n\r\n"
FORM, FILES = b"application/x-www-form-urlencoded", b"multipart/form-data; boundary=b"


@pytest.fixture(scope="module")
def port(settings: Settings, site: Flask) -> Iterator[int]:
    with web_server(settings) as listens_at:
        yield listens_at


def is_answered(port: int, path: str = "/sign-in") -> bool:
    """Whether a page comes at once."""
    return status_of(port, path) == 200


def sender(port: int, beginning: bytes) -> socket.socket:
    """A connection that sends no more than *beginning*."""
    connection = socket.create_connection(("127.0.0.1", port), timeout=30)
    connection.sendall(beginning)
    return connection


SLOW = {
    "nothing at all": b"",
    "half a head": b"GET /sign-in HTTP/1.1\r\nHost: x\r\n",
    "a form without its end": HEAD % (b"/sign-in", FORM, 500) + b"username=",
    "a large body that does not come": HEAD % (b"/sign-in", FORM, 1_000_000) + b"username=",
    "files that do not come": HEAD % (b"/intake/upload", FILES, 400_000_000) + b"--b\r\n",
    "a body whose length nobody knows": (
        b"POST /sign-in HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nab"
    ),
}


@pytest.mark.parametrize("beginning", SLOW.values(), ids=SLOW.keys())
def test_pages_come_at_once_while_forty_senders_hang(port: int, beginning: bytes) -> None:
    slow = [sender(port, beginning) for _ in range(MANY)]
    try:
        time.sleep(0.5)  # so that every thread that can be taken is taken
        with ThreadPoolExecutor(8) as pool:
            assert all(pool.map(lambda _: is_answered(port), range(16)))
        assert is_answered(port, "/healthz")
    finally:
        for each in slow:
            each.close()


def test_pages_come_at_once_while_somebody_signed_in_sends_forty_files_slowly(
    port: int, token_as: Callable[..., dict[str, str]]
) -> None:
    token = token_as(Role.CUSTODIAN)["Authorization"].encode()
    head = HEAD % (b"/api/v1/deposits", FILES, 400_000_000)
    head = head.replace(b"Host: x", b"Host: x\r\nAuthorization: " + token)
    slow = [sender(port, head + b"--b\r\n") for _ in range(MANY)]
    try:
        time.sleep(0.5)
        assert all(is_answered(port) for _ in range(8))
    finally:
        for each in slow:
            each.close()


def test_a_form_that_comes_in_pieces_is_whole(port: int) -> None:
    connection = sender(port, (HEAD % (b"/sign-in", FORM, 26))[:40])
    for piece in ((HEAD % (b"/sign-in", FORM, 26))[40:], b"username=a&", b"password=bcdefg"):
        time.sleep(0.05)
        connection.sendall(piece)
    answer = connection.recv(4096)
    assert answer.startswith(b"HTTP/1.1 400")  # it came without the token of our page
    connection.close()


def test_one_connection_serves_one_request_after_the_other(port: int) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=AT_ONCE)
    for path in ("/sign-in", "/healthz", "/sign-in"):
        connection.request("GET", path)
        answer = connection.getresponse()
        answer.read()
        assert answer.status == 200
    connection.close()


def test_a_head_that_does_not_end_is_refused(port: int) -> None:
    connection = sender(port, b"GET / HTTP/1.1\r\n" + b"X: y\r\n" * 12_000)
    assert connection.recv(4096).startswith(b"HTTP/1.1 431")
    connection.close()


def test_what_does_not_arrive_in_time_is_told_so_and_ended(port: int) -> None:
    connection = sender(port, SLOW["half a head"])
    connection.settimeout(web_worker.ARRIVES_WITHIN + 5)
    assert connection.recv(4096).startswith(b"HTTP/1.1 408")
    assert connection.recv(4096) == b""
    connection.close()
