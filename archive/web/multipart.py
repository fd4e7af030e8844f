"""The parts of a form with files, whatever encoding the names of the files are in.

RFC 7578 wants UTF-8; programs on Chinese Windows send GB18030, plain or escaped as RFC 5987 does.
Each name is read by itself, so that no other file of the request is lost with it.
"""

import re
from collections.abc import Callable, Iterator
from typing import IO
from urllib.parse import quote, unquote_to_bytes

from werkzeug.datastructures import FileStorage, Headers, MultiDict
from werkzeug.exceptions import RequestEntityTooLarge
from werkzeug.formparser import MultiPartParser
from werkzeug.sansio.multipart import (
    Data,
    Epilogue,
    Event,
    Field,
    File,
    MultipartDecoder,
    NeedData,
)

ESCAPED_NAME = re.compile(rb"\bfilename\*=(?:gbk|gb2312|gb18030)'[^']*'([^;\s]*)", re.IGNORECASE)
UNQUOTED_NAME = re.compile(rb'\bfilename=([^";\s][^;\r\n]*)', re.IGNORECASE)


def read_text(content: bytes) -> str:
    """*content* as text, in UTF-8 or else in GB18030."""
    try:
        return content.decode()
    except UnicodeDecodeError:
        return content.decode("gb18030", "replace")


def head_in_utf8(head: bytes) -> bytes:
    """The *head* of a part as its standard wants it."""
    head = b"".join(read_text(line).encode() for line in head.splitlines(keepends=True))
    head = ESCAPED_NAME.sub(_escaped_in_utf8, head)
    return UNQUOTED_NAME.sub(lambda name: b'filename="%s"' % name[1].strip(), head)


def _escaped_in_utf8(name: re.Match[bytes]) -> bytes:
    text = unquote_to_bytes(name[1]).decode("gb18030", "replace")
    return f"filename*=UTF-8''{quote(text)}".encode()


class PartsDecoder(MultipartDecoder):
    """The library's decoder, which takes heads in UTF-8 alone."""

    def _parse_headers(self, data: bytes | bytearray) -> Headers:
        return super()._parse_headers(head_in_utf8(bytes(data)))


class PartsParser(MultiPartParser):
    """Reads fields and files out of a request; after an error no file stays open."""

    def parse(
        self, stream: IO[bytes], boundary: bytes, content_length: int | None
    ) -> tuple[MultiDict[str, str], MultiDict[str, FileStorage]]:
        """The fields, and the files where `stream_factory` put them."""
        fields: list[tuple[str, bytearray]] = []
        files: list[tuple[str, FileStorage]] = []
        write: Callable[[bytes], object] = bytearray().extend
        try:
            for event in self._events(stream, boundary):
                if isinstance(event, File):
                    place = self.start_file_streaming(event, content_length)
                    file = FileStorage(place, event.filename, event.name, headers=event.headers)
                    files.append((event.name, file))
                    write = place.write
                elif isinstance(event, Field):
                    fields.append((event.name, bytearray()))
                    write = self._bounded(fields[-1][1])
                elif isinstance(event, Data):
                    write(event.data)
            for _, file in files:
                file.stream.seek(0)
        except BaseException:
            for _, file in files:
                file.close()
            raise
        return self.cls([(name, read_text(bytes(text))) for name, text in fields]), self.cls(files)

    def _events(self, stream: IO[bytes], boundary: bytes) -> Iterator[Event]:
        decoder = PartsDecoder(
            boundary, max_form_memory_size=self.max_form_memory_size, max_parts=self.max_form_parts
        )
        while not isinstance(event := decoder.next_event(), Epilogue):
            if isinstance(event, NeedData):
                decoder.receive_data(stream.read(self.buffer_size) or None)
            yield event

    def _bounded(self, text: bytearray) -> Callable[[bytes], object]:
        """Writes to *text* as much as a request may hold in memory."""

        def write(part: bytes) -> None:
            text.extend(part)
            if self.max_form_memory_size is not None and len(text) > self.max_form_memory_size:
                raise RequestEntityTooLarge()

        return write
