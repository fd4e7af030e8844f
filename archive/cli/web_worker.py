"""gunicorn's worker with threads, for people who are slow on purpose.

A thread is given only what has arrived: the head of a request and, where it is small, its body.
Until then a connection costs no more than its bytes. Larger bodies are read in a thread as they
come, by no more threads than leave some for everybody else, and not slower than a poor line.
Whoever asks how the archive is has threads of their own.
"""

import re
import selectors
import socket
import time
from collections import Counter, deque
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from gunicorn import http
from gunicorn.workers import gthread

from archive.config import Settings

ARRIVES_WITHIN = 10.0  # seconds, for a head and a small body
GRACE = 10.0  # seconds, for a large body before its speed counts
SLOWEST = 16 * 1024  # bytes per second, on average
WAITS_FOR_A_THREAD = 60.0  # seconds, for a large body
LINGERS = 2.0  # seconds, for the last bytes of an answer

SMALL = 32 * 1024  # bytes of a body that is gathered before a thread has it
LARGEST_HEAD = 64 * 1024
PIECE = 64 * 1024
OPEN_FROM_ONE_ADDRESS = 64  # connections that have not sent a request yet

PROBES = re.compile(rb"(GET|HEAD) /(healthz|readyz)[ ?]")
PROBING = 2  # threads that answer nothing else

LENGTH = re.compile(rb"\r\ncontent-length:[ \t]*(\d{1,18})[ \t]*\r\n", re.IGNORECASE)
UNKNOWN_LENGTH = re.compile(rb"\r\n(transfer-encoding|expect):", re.IGNORECASE)
FORWARDED = re.compile(rb"\r\nx-forwarded-for:[ \t]*([^\r\n]*)\r\n", re.IGNORECASE)
TOO_LARGE = b"HTTP/1.1 431 Request Header Fields Too Large\r\nConnection: close\r\n\r\n"
TOO_SLOW = b"HTTP/1.1 408 Request Timeout\r\nConnection: close\r\n\r\n"
TOO_BUSY = b"HTTP/1.1 503 Service Unavailable\r\nRetry-After: 30\r\nConnection: close\r\n\r\n"


class PacedSocket(socket.socket):
    """A socket of which a thread reads: what comes too slowly has ended, as if it was cut off."""

    begun = 0.0
    moved = 0

    def begin(self) -> None:
        """Count from now on."""
        self.begun, self.moved = time.monotonic(), 0

    def recv(self, size: int, flags: int = 0) -> bytes:
        left = self.begun + GRACE + self.moved / SLOWEST - time.monotonic()
        if left <= 0:
            return b""
        self.settimeout(left)
        try:
            piece = super().recv(size, flags)
        except TimeoutError:
            return b""
        self.moved += len(piece)
        return piece

    def sendall(self, content: Any, flags: int = 0) -> None:
        self.settimeout(GRACE + len(content) / SLOWEST)
        super().sendall(content, flags)


@dataclass(eq=False)
class Arriving:
    """A connection from which a request is coming in."""

    conn: Any
    until: float
    received: bytearray = field(default_factory=bytearray)

    @property
    def head(self) -> bytes:
        """The head of the request; empty until it is there."""
        end = self.received.find(b"\r\n\r\n")
        return bytes(self.received[: end + 2]) if end >= 0 else b""

    def lacks(self) -> int | None:
        """How many bytes must still come before a thread has it; None: a thread reads its body."""
        head = self.head
        if not head:
            return 1
        found = LENGTH.search(head)
        length = int(found[1]) if found else 0
        if length > SMALL or UNKNOWN_LENGTH.search(head):
            return None
        return max(0, len(head) + 2 + length - len(self.received))

    def address(self, proxies: int) -> str:
        """Who sends it: the neighbour, or whom the proxies in front name."""
        if proxies and (found := FORWARDED.search(self.head)):
            hops = found[1].decode("latin-1").split(",")
            return hops[max(0, len(hops) - proxies)].strip()
        client = self.conn.client
        return str(client[0]) if isinstance(client, tuple) else str(client)


class PatientWorker(gthread.ThreadWorker):
    """Threads for what has arrived; some of them for bodies that are still coming."""

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self.proxies = Settings.from_environment().proxies
        self.most_large = max(1, self.cfg.threads // 2)
        self.most_large_each = max(1, self.cfg.threads // 4)
        self.arriving: dict[Any, Arriving] = {}  # by connection, the oldest first
        self.waiting: deque[Arriving] = deque()
        self.large: dict[Any, str] = {}  # connections whose bodies are read, and their addresses
        self.closing: dict[Any, float] = {}

    def init_process(self) -> None:
        """Begin, in the process that was forked."""
        self.probing = ThreadPoolExecutor(PROBING)
        super().init_process()

    def accept(self, listener: socket.socket) -> None:
        """Take a new connection; nothing of it is read yet."""
        try:
            accepted, client = listener.accept()
        except (BlockingIOError, ConnectionAbortedError):  # another process has it, or it is gone
            return
        self.nr_conns += 1
        paced = PacedSocket(
            accepted.family, accepted.type, accepted.proto, fileno=accepted.detach()
        )
        self.enqueue_req(gthread.TConn(self.cfg, paced, client, listener.getsockname()))

    def enqueue_req(self, conn: Any) -> None:
        """Gather the next request of *conn*, then give it to a thread."""
        each = Arriving(conn, time.monotonic() + ARRIVES_WITHIN)
        if conn.parser is not None:
            each.received += conn.parser.unreader.take_buffered()
        if not self.proxies:
            self._make_room(each.address(0))
        conn.sock.setblocking(False)
        self.arriving[conn] = each
        self.poller.register(conn.sock, selectors.EVENT_READ, partial(self._gather, each))
        self._hand_over(each)

    def finish_request(self, conn: Any, future: "Future[Any]") -> None:
        """Wait for the next request of *conn*, or end it without making others wait."""
        if self.large.pop(conn, None) is not None:
            self._admit()
        is_over = future.cancelled() or future.exception() is not None or not future.result()
        if is_over:
            self._let_go(conn)
        else:
            super().finish_request(conn, future)

    def murder_pending(self) -> None:
        """End what has taken too long."""
        now = time.monotonic()
        for each in list(self.arriving.values()):
            is_idle = not (self.alive or each.received)
            if is_idle or each.until < now:
                self._refuse(each, TOO_SLOW if each.received else b"")
        while self.waiting and self.waiting[0].until < now:
            self._refuse(self.waiting.popleft(), TOO_BUSY)
        for conn in [conn for conn, until in self.closing.items() if until < now]:
            self._close(conn)

    def _gather(self, each: Arriving, _: object) -> None:
        try:
            piece = socket.socket.recv(each.conn.sock, PIECE)
        except BlockingIOError:
            return
        except OSError:
            piece = b""
        if not piece:
            self._forget(each)
            self._close(each.conn)
            return
        each.received += piece
        self._hand_over(each)

    def _hand_over(self, each: Arriving) -> None:
        """Give *each* to a thread once it is there; a large body waits for one of its own."""
        lacks = each.lacks()
        if not each.head and len(each.received) > LARGEST_HEAD:
            self._refuse(each, TOO_LARGE)
        elif lacks is None:
            self._forget(each)
            each.until = time.monotonic() + WAITS_FOR_A_THREAD
            self.waiting.append(each)
            self._admit()
        elif lacks == 0:
            self._forget(each)
            self._begin(each)

    def _admit(self) -> None:
        """Give threads to the large bodies whose turn it is; no address has them all."""
        busy = Counter(self.large.values())
        for each in list(self.waiting):
            address = each.address(self.proxies)
            if len(self.large) < self.most_large and busy[address] < self.most_large_each:
                self.waiting.remove(each)
                busy[address] += 1
                self.large[each.conn] = address
                self._begin(each)

    def _begin(self, each: Arriving) -> None:
        conn = each.conn
        if conn.parser is None:
            conn.parser = http.get_parser(self.cfg, conn.sock, conn.client)
        conn.parser.unreader.unread(bytes(each.received))
        conn.data_ready = True
        conn.sock.begin()
        pool = self.probing if PROBES.match(each.received) else self.tpool
        pool.submit(self.handle, conn).add_done_callback(
            lambda future: self.method_queue.defer(self.finish_request, conn, future)
        )

    def _make_room(self, address: str) -> None:
        """Let the oldest go of too many connections of *address* that sent nothing whole yet."""
        same = [each for each in self.arriving.values() if each.address(0) == address]
        if len(same) >= OPEN_FROM_ONE_ADDRESS:
            self._refuse(same[0], b"")

    def _refuse(self, each: Arriving, answer: bytes) -> None:
        self._forget(each)
        try:
            each.conn.sock.setblocking(False)
            each.conn.sock.send(answer)
        except OSError:  # it does not listen either
            self._close(each.conn)
        else:
            self._let_go(each.conn)

    def _forget(self, each: Arriving) -> None:
        if self.arriving.pop(each.conn, None) is not None:
            self.poller.unregister(each.conn.sock)

    def _let_go(self, conn: Any) -> None:
        """Say that nothing more comes; close once the other side has read it, or soon."""
        try:
            conn.sock.shutdown(socket.SHUT_WR)
            conn.sock.setblocking(False)
            self.poller.register(conn.sock, selectors.EVENT_READ, partial(self._drain, conn))
        except (OSError, ValueError):
            self.nr_conns -= 1
            conn.close()
        else:
            self.closing[conn] = time.monotonic() + LINGERS

    def _drain(self, conn: Any, _: object) -> None:
        try:
            is_done = not socket.socket.recv(conn.sock, PIECE)
        except BlockingIOError:
            return
        except OSError:
            is_done = True
        if is_done:
            self._close(conn)

    def _close(self, conn: Any) -> None:
        if self.closing.pop(conn, None) is not None:
            self.poller.unregister(conn.sock)
        self.nr_conns -= 1
        conn.close()
