"""A running web server for a measurement, and programs that ask it."""

import http.client
import secrets
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from archive import clock, database
from archive.accounts import service as accounts
from archive.actor import SYSTEM, Role
from archive.cli.run import FLAT_MEMORY, is_ready
from archive.cli.services import web_command
from archive.config import Settings
from archive.embedded import Child, environment_of, free_port
from archive.storage import S3BlobStore

PATIENCE = 60.0  # seconds that the web server may take to start
BOUNDARY = "a-file-of-the-bench"


@contextmanager
def running_site(settings: Settings, *, workers: int) -> Iterator[tuple[Settings, Child]]:
    """The site as `archive run` serves it, with *workers* processes."""
    own = replace(settings, port=free_port(), web_workers=workers)
    S3BlobStore.from_settings(own).make_bucket()
    log = own.var / "log" / "web.log"
    web = Child("web", web_command(), log=log, environment=environment_of(own) | FLAT_MEMORY)
    try:
        deadline = time.monotonic() + PATIENCE
        while not is_ready(own, path="/healthz"):
            web.check()
            if time.monotonic() > deadline:
                raise TimeoutError(f"the web server is not ready: see {log}")
            time.sleep(0.1)
        yield own, web
    finally:
        web.stop()


def token_for(settings: Settings, role: Role) -> str:
    """A bearer token of a new person with *role*."""
    with database.connect(settings):
        database.create_indexes()
        user = accounts.create_user(
            actor=SYSTEM,
            now=clock.now(),
            username=f"bench-{role.value}",
            name="bench",
            password=secrets.token_urlsafe(),
            roles=[role],
        )
        _, text = accounts.create_token(user, actor=SYSTEM, now=clock.now(), label="bench", days=1)
    return text


def envelope(name: str) -> tuple[bytes, bytes]:
    """What stands before and behind the bytes of a file in a multipart request."""
    head = (
        f"--{BOUNDARY}\r\n"
        f'Content-Disposition: form-data; name="files"; filename="{name}"\r\n'
        "Content-Type: image/jpeg\r\n\r\n"
    )
    return head.encode(), f"\r\n--{BOUNDARY}--\r\n".encode()


class Uploader:
    """A program with one connection that uploads one file after the other."""

    def __init__(self, settings: Settings, token: str) -> None:
        self._connection = http.client.HTTPConnection(
            settings.host, settings.port, timeout=120, blocksize=256 * 1024
        )
        self._headers = {
            "Authorization": f"Bearer {token}",
            "Content-Type": f"multipart/form-data; boundary={BOUNDARY}",
        }

    def send(self, name: str, content: bytes) -> None:
        """Upload *content*."""
        head, tail = envelope(name)
        self._connection.request(
            "POST", "/api/v1/deposits", body=head + content + tail, headers=self._headers
        )
        self._expect_created()

    def send_file(self, path: Path) -> None:
        """Upload the file at *path* without holding it in memory."""
        head, tail = envelope(path.name)
        length = len(head) + path.stat().st_size + len(tail)
        self._connection.putrequest("POST", "/api/v1/deposits")
        for name, value in {**self._headers, "Content-Length": str(length)}.items():
            self._connection.putheader(name, value)
        self._connection.endheaders(head)
        with path.open("rb") as file:
            self._connection.send(file)
        self._connection.send(tail)
        self._expect_created()

    def close(self) -> None:
        """Hang up."""
        self._connection.close()

    def _expect_created(self) -> None:
        answer = self._connection.getresponse()
        body = answer.read()
        if answer.status != http.HTTPStatus.CREATED:
            raise RuntimeError(f"{answer.status}: {body[:500]!r}")
