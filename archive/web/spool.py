"""Where an uploaded file is kept while it is received: on disk, measured and hashed on the way.

Memory stays flat however large the file is. A file that passes the limit is counted to its end
but no longer written, so that the other files of the same request are not lost with it.
"""

import hashlib
import tempfile
import time
from collections.abc import Callable
from contextlib import suppress
from functools import cached_property
from pathlib import Path
from typing import IO, Any, TypeVar

from flask import Flask, Request, current_app
from werkzeug.datastructures import FileStorage, MultiDict
from werkzeug.exceptions import RequestEntityTooLarge
from werkzeug.formparser import FormDataParser

from archive.config import Settings
from archive.web.multipart import PartsParser

SPOOL = "archive.spool"
PIECE = 512 * 1024
MOST_FILES = 200  # of one request; each is open until its end
ENVELOPE = 1024 * 1024  # bytes around the files of a request
UP_TO = "__takes_files_up_to__"

View = TypeVar("View", bound=Callable[..., Any])

Parsed = tuple[IO[bytes], MultiDict[str, str], MultiDict[str, FileStorage]]
LEFT_BEHIND_SECONDS = 24 * 3600


class SpooledFile:
    """A file under way: what was written, how much, and its SHA-256. Gone once it is closed."""

    def __init__(self, folder: Path, limit: int) -> None:
        self.limit = limit
        self.size = 0
        self._hash = hashlib.sha256()
        self._file: IO[bytes] = tempfile.NamedTemporaryFile(  # noqa: SIM115  # `close` ends it
            dir=folder, prefix="upload-"
        )

    @property
    def path(self) -> Path:
        """Where the bytes are stored, for those that read files by name."""
        return Path(self._file.name)

    @cached_property
    def sha256(self) -> str:
        """The digest of all that was written, in hexadecimal; ask when the file is complete."""
        return self._hash.hexdigest()

    @property
    def is_too_large(self) -> bool:
        """Whether more came than the limit allows; what is on disk is then not the whole."""
        return self.size > self.limit

    def write(self, part: bytes) -> int:
        """Take the next bytes."""
        self.size += len(part)
        if not self.is_too_large:
            self._hash.update(part)
            self._file.write(part)
        return len(part)

    def read(self, amount: int = -1) -> bytes:
        """The next bytes of what was written."""
        return self._file.read(amount)

    def readline(self, amount: int = -1) -> bytes:
        """The next line of what was written."""
        return self._file.readline(amount)

    def seek(self, offset: int, whence: int = 0) -> int:
        """Go to a place; what was written is then on disk for others to read."""
        self._file.flush()
        return self._file.seek(offset, whence)

    def tell(self) -> int:
        """The present place."""
        return self._file.tell()

    def close(self) -> None:
        """Remove the file."""
        self._file.close()


class FormParser(FormDataParser):
    """Takes a form in pieces of half a megabyte: by far the most of it is files."""

    def _parse_multipart(
        self,
        stream: IO[bytes],
        mimetype: str,
        content_length: int | None,
        options: dict[str, str],
    ) -> Parsed:
        boundary = options.get("boundary", "").encode("ascii")
        if not boundary:
            raise ValueError("Missing boundary")
        parser = PartsParser(
            stream_factory=self.stream_factory,
            max_form_memory_size=self.max_form_memory_size,
            max_form_parts=self.max_form_parts,
            cls=self.cls,
            buffer_size=PIECE,
        )
        return stream, *parser.parse(stream, boundary, content_length)


def takes_files(up_to: int | None = None) -> Callable[[View], View]:
    """Let a view be sent files, of *up_to* bytes together; by default of the largest file taken in.

    To any other view no file is sent: it is refused before it is received.
    """

    def mark(view: View) -> View:
        setattr(view, UP_TO, up_to)
        return view

    return mark


def files_up_to(endpoint: str | None) -> int:
    """How many bytes of files the view of *endpoint* may be sent; 0: it takes none."""
    settings: Settings = current_app.extensions[SPOOL]
    view = current_app.view_functions.get(endpoint or "")
    up_to: int | None = getattr(view, UP_TO, 0)
    return settings.max_file_bytes if up_to is None else up_to


class ArchiveRequest(Request):
    """A request whose uploaded files go to the spool; they are gone when it ends, in any way."""

    form_data_parser_class = FormParser
    _spooled: list[SpooledFile] | None = None

    def close(self) -> None:
        super().close()
        for each in self._spooled or ():
            each.close()

    def _get_file_stream(  # type: ignore[override]  # Werkzeug wants any writable file
        self,
        total_content_length: int | None,
        content_type: str | None,
        filename: str | None = None,
        content_length: int | None = None,
    ) -> SpooledFile:
        self._spooled = self._spooled or []
        if not files_up_to(self.endpoint) or len(self._spooled) >= MOST_FILES:
            raise RequestEntityTooLarge
        settings: Settings = current_app.extensions[SPOOL]
        self._spooled.append(spooled := SpooledFile(settings.spool, settings.max_file_bytes))
        return spooled


def spooled(upload: FileStorage) -> SpooledFile:
    """The spooled file behind an upload of this request."""
    stream: Any = upload.stream
    assert isinstance(stream, SpooledFile), "the request class of the app is ArchiveRequest"
    return stream


def install(app: Flask, settings: Settings) -> None:
    """Have *app* receive files through the spool."""
    settings.spool.mkdir(parents=True, exist_ok=True, mode=0o700)
    remove_leftovers(settings.spool)
    app.extensions[SPOOL] = settings
    app.request_class = ArchiveRequest


def remove_leftovers(spool: Path) -> None:
    """Remove what a process that was killed left behind; no upload lasts a day."""
    for leftover in spool.glob("upload-*"):
        with suppress(FileNotFoundError):  # another process may be starting too
            if leftover.stat().st_mtime < time.time() - LEFT_BEHIND_SECONDS:
                leftover.unlink()
