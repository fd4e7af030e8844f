"""The short way for the two requests that every upload makes: store a blob, read it back.

botocore spends about 2 ms of processor time on a request beside the bytes themselves, and moves
those in small pieces. Here the kernel sends the file, and the answer is digested in place.
botocore still signs. Whatever is not plain success is left to botocore, with its retries and its
words for errors: a False or a None from here means "ask it".

Only for servers reached over plain HTTP without a proxy, that is, inside the company's own network;
see docs/decisions/upload-path.md.
"""

import hashlib
import weakref
from collections import deque
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from http import HTTPStatus
from http.client import HTTPConnection, HTTPException, HTTPResponse
from typing import Any, BinaryIO
from urllib.parse import quote, urlsplit
from urllib.request import getproxies

from botocore.auth import S3SigV4Auth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials

NOTHING = hashlib.sha256().hexdigest()
PIECE = 256 * 1024
CONNECT_SECONDS = 3
ANSWER_SECONDS = 60


class KnownPayload(S3SigV4Auth):
    """Signs a payload whose SHA-256 is known, without reading it again."""

    def payload(self, request: Any) -> str:
        """The SHA-256 that came with *request*."""
        return str(request.context["sha256"])


class DirectWay:
    """Signed requests to one bucket over connections that are kept. Safe between threads."""

    def __init__(
        self, *, endpoint: str, region: str, bucket: str, access_key: str, secret_key: str
    ) -> None:
        self._endpoint = endpoint.rstrip("/")
        self._base = f"{urlsplit(self._endpoint).path}/{bucket}"
        self._host = urlsplit(self._endpoint).netloc
        self._signer = KnownPayload(Credentials(access_key, secret_key), "s3", region)
        self._idle: deque[HTTPConnection] = deque()
        weakref.finalize(self, close_all, self._idle)

    @staticmethod
    def leads_to(endpoint: str) -> bool:
        """Whether *endpoint* can be reached this way."""
        return urlsplit(endpoint).scheme == "http" and "http" not in getproxies()

    def put(
        self, key: str, stream: BinaryIO, size: int, sha256: str, headers: Mapping[str, str]
    ) -> bool:
        """Send *stream* from its start; True when the server says that it is stored."""
        stream.seek(0)
        try:
            with self._asking("PUT", key, sha256, {**headers, "Content-Length": str(size)}) as ask:
                if ask.sock.sendfile(stream, count=size or None) != size:
                    return False
                answer = ask.getresponse()
                answer.read()
                return answer.status == HTTPStatus.OK
        except (OSError, HTTPException):
            return False

    def digest(self, key: str) -> tuple[str, int] | None:
        """SHA-256 and size of what the server gives out for *key*; None when it gives nothing."""
        try:
            with self._asking("GET", key, NOTHING, {}) as ask:
                answer = ask.getresponse()
                if answer.status != HTTPStatus.OK:
                    answer.read()
                    return None
                return digest_of(answer)
        except (OSError, HTTPException):
            return None

    @contextmanager
    def _asking(
        self, method: str, key: str, sha256: str, headers: dict[str, str]
    ) -> Iterator[HTTPConnection]:
        """A connection on which the head of the request has gone out; kept when all went well."""
        path = f"{self._base}/{quote(key)}"
        request = AWSRequest(method, f"http://{self._host}{path}", headers)
        request.context["sha256"] = sha256
        self._signer.add_auth(request)
        connection = self._connection()
        try:
            connection.putrequest(method, path, skip_accept_encoding=True)
            for name, value in request.headers.items():
                connection.putheader(name, value)
            connection.endheaders()
            yield connection
        except BaseException:
            connection.close()
            raise
        self._idle.append(connection)

    def _connection(self) -> HTTPConnection:
        """The connection used last, or a new one."""
        try:
            return self._idle.pop()
        except IndexError:
            connection = HTTPConnection(self._host, timeout=CONNECT_SECONDS)
            connection.connect()
            connection.sock.settimeout(ANSWER_SECONDS)
            return connection


def close_all(connections: deque[HTTPConnection]) -> None:
    """Hang up on every one of *connections*."""
    while connections:
        connections.pop().close()


def digest_of(answer: HTTPResponse) -> tuple[str, int] | None:
    """SHA-256 and size of the body of *answer*; None when it broke off."""
    digest, size = hashlib.sha256(), 0
    expected = answer.length
    room = memoryview(bytearray(PIECE))
    while taken := answer.readinto(room):
        digest.update(room[:taken])
        size += taken
    return (digest.hexdigest(), size) if size == expected else None
