"""A web server of a test's own, with as many threads as by default."""

import http.client
import json
import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from archive.cli.services import web_command
from archive.config import Settings
from archive.embedded import environment_of, free_port
from tests.waiting import until

HOUSE = Path(__file__).parents[2]
AT_ONCE = 5.0  # seconds: a busy machine is slow; who hangs takes ten or more


@contextmanager
def web_server(settings: Settings) -> Iterator[int]:
    """The port on which a web server with *settings* listens."""
    port = free_port()
    environment = {
        **os.environ,
        **environment_of(settings),
        "ARCHIVE_PORT": str(port),
        "PYTHONPATH": str(HOUSE),
    }
    server = subprocess.Popen(web_command(), env=environment)
    try:
        until(lambda: status_of(port, "/sign-in") == 200)
        yield port
    finally:
        server.kill()
        server.wait()


def status_of(port: int, path: str, patience: float = AT_ONCE) -> int:
    """What the server answers within *patience* seconds; 0 for nothing."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=patience)
    try:
        connection.request("GET", path)
        return connection.getresponse().status
    except OSError:
        return 0
    finally:
        connection.close()


def parts_of(port: int) -> dict[str, str]:
    """What `/readyz` says of each part."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=AT_ONCE + 1)
    connection.request("GET", "/readyz")
    answer = connection.getresponse()
    parts: dict[str, str] = json.loads(answer.read())["parts"]
    connection.close()
    return parts
