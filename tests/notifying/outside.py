"""A real SMTP server and a real HTTP server on this machine, and a worker that they may kill."""

import json
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes
from email.header import decode_header, make_header
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from archive.config import Settings
from archive.embedded import environment_of
from tests.house.source import ROOT

Killing = Callable[[], None]
BASE = "https://archive.company.cn"


def nobody() -> None:
    """Kill nobody."""


@dataclass
class Received:
    """What a server took, and what it does at once when it has."""

    texts: list[str] = field(default_factory=list)
    subjects: list[str] = field(default_factory=list)
    then: Killing = nobody
    answer: Any = None


class Mailbox(Received):
    """Takes every mail; what it does before any of it was sent is `before`."""

    before: Killing = staticmethod(nobody)

    async def handle_MAIL(  # noqa: N802  # as aiosmtpd calls it
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        """Somebody is there with a mail."""
        self.before()
        envelope.mail_from = address
        envelope.mail_options.extend(options)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802  # as aiosmtpd calls it
        """Keep the mail; refuse it where an answer is set."""
        if self.answer:
            return str(self.answer)
        content = envelope.content
        message = message_from_bytes(content if isinstance(content, bytes) else b"")
        parts = [part for part in message.walk() if part.get_content_type() == "text/plain"]
        self.texts += [
            bytes(part.get_payload(decode=True)).decode().replace("\r\n", "\n") for part in parts
        ]
        self.subjects.append(str(make_header(decode_header(message["Subject"]))))
        self.then()
        return "250 OK"


@contextmanager
def mail_server() -> Iterator[tuple[Mailbox, int]]:
    """A mail server that runs, and its port."""
    mailbox = Mailbox()
    with socket.create_server(("127.0.0.1", 0)) as found:
        port = found.getsockname()[1]
    controller = Controller(mailbox, hostname="127.0.0.1", port=port)
    controller.start()
    try:
        yield mailbox, port
    finally:
        controller.stop()


@contextmanager
def robot_server() -> Iterator[tuple[Received, int]]:
    """A robot that listens, and its port."""
    received = Received(answer={"errcode": 0})

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:  # as the standard library calls it
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            received.texts.append(body["text"]["content"])
            received.then()
            said = json.dumps(received.answer).encode()
            self.send_response(200)
            self.send_header("Content-Length", str(len(said)))
            self.end_headers()
            self.wfile.write(said)

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield received, server.server_address[1]
    finally:
        server.shutdown()
        server.server_close()


class Worker:
    """A process that sends what is due, once."""

    def __init__(self, settings: Settings) -> None:
        self.environment = {**os.environ, **environment_of(settings)}
        self.process: subprocess.Popen[bytes] | None = None

    def work(self, **more: str) -> int:
        """Send what is due in a process of its own; how that ended."""
        command = [sys.executable, "-m", "tests.notifying.working"]
        self.process = subprocess.Popen(command, cwd=ROOT, env={**self.environment, **more})
        return self.process.wait()

    def die(self) -> None:
        """Kill the process as the machine would that loses its power."""
        assert self.process is not None
        os.kill(self.process.pid, signal.SIGKILL)
        self.process.wait()
