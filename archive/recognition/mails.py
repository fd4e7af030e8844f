"""What is attached to a mail. Runs in the child process only: strangers wrote it.

Names of attachments come in every way that mail programs have found: RFC 2231, RFC 2047 inside of
quotes, and bare bytes in whatever the sender's system writes.
"""

import email
import mimetypes
from collections.abc import Iterator
from dataclasses import dataclass
from email.header import decode_header
from email.message import Message
from email.policy import compat32
from email.utils import parseaddr
from pathlib import Path
from typing import Any, cast
from urllib.parse import unquote_to_bytes

from archive.recognition.errors import MailUnreadable

MOST_PARTS = 500
SMALLEST_INLINE = 40_000  # bytes: below it, a picture in the text is a logo or a smiley
WIDER = {"gb2312": "gb18030", "gbk": "gb18030", "x-gbk": "gb18030", "hz-gb-2312": "hz"}
NO_PAPERS = frozenset(
    {
        "application/pgp-signature",
        "application/pkcs7-signature",
        "application/x-pkcs7-signature",
        "message/delivery-status",
        "text/calendar",
    }
)
_SURROGATES = ("\udc80", "\udcff")


@dataclass(frozen=True, slots=True)
class MailPart:
    """One attachment."""

    number: int  # among all parts of the mail, from 0
    name: str
    size: int


@dataclass(frozen=True, slots=True)
class MailFacts:
    """Who a mail says it is from, what it is about, and what is attached."""

    message_id: str
    sender: str
    subject: str
    parts: tuple[MailPart, ...]


def read(path: Path) -> MailFacts:
    """What the mail at *path* says and holds.

    Raises:
        MailUnreadable: it has no end of parts, or parts within parts without end.
    """
    message = _parsed(path)
    parts = tuple(
        MailPart(number, name_of(part) or _made_up(part, number), len(content_of(part)))
        for number, part in _parts(message)
        if _is_attached(part)
    )
    return MailFacts(
        message_id=text_of(message, "Message-ID").strip(),
        sender=parseaddr(text_of(message, "From"))[1].lower(),
        subject=" ".join(text_of(message, "Subject").split()),
        parts=parts,
    )


def part(path: Path, number: int) -> bytes:
    """The bytes of attachment *number*. Raises as `read`."""
    return next((content_of(each) for at, each in _parts(_parsed(path)) if at == number), b"")


def content_of(part: Message) -> bytes:
    """The bytes that *part* carries."""
    return cast("bytes | None", part.get_payload(decode=True)) or b""


def text_of(message: Message, name: str) -> str:
    """A header, decoded however it was written."""
    raw = next((str(each) for key, each in message.raw_items() if key.lower() == name.lower()), "")
    return decoded(_plain(raw))


def decoded(text: str) -> str:
    """*text* with its encoded words (RFC 2047) read."""
    if "=?" not in text:
        return text
    try:
        pieces = decode_header(text)
    except (ValueError, TypeError):
        return text
    return "".join(
        _decode(piece, charset) if isinstance(piece, bytes) else piece for piece, charset in pieces
    )


def name_of(part: Message) -> str:
    """What the sender called the attachment; empty where it has no name."""
    for header in ("Content-Disposition", "Content-Type"):
        raw = next(
            (str(each) for key, each in part.raw_items() if key.lower() == header.lower()), ""
        )
        if not raw:
            continue
        bare: Message[str, str] = Message()
        bare[header] = _plain(raw)
        value: Any = bare.get_param("filename" if "Disp" in header else "name", header=header)
        if isinstance(value, tuple):
            charset, _, written = value
            return _decode(unquote_to_bytes(written.encode("latin-1", "replace")), charset)
        if value:
            return decoded(str(value)).strip()
    return ""


def _parsed(path: Path) -> Message:
    try:
        with path.open("rb") as stream:
            return email.message_from_binary_file(stream, policy=compat32)
    except (RecursionError, ValueError, LookupError) as error:
        raise MailUnreadable(type(error).__name__) from error


def _parts(message: Message) -> Iterator[tuple[int, Message]]:
    try:
        for number, each in enumerate(message.walk()):
            if number > MOST_PARTS:
                raise MailUnreadable("parts")
            if not each.is_multipart():
                yield number, each
    except RecursionError as error:
        raise MailUnreadable("depth") from error


def _is_attached(part: Message) -> bool:
    media_type = part.get_content_type()
    if media_type in NO_PAPERS or part.get_content_maintype() == "multipart":
        return False
    is_attachment = part.get_content_disposition() == "attachment"
    if part.get_content_maintype() == "text":
        return is_attachment or bool(name_of(part))
    if part.get_content_maintype() == "image" and not is_attachment:
        return len(content_of(part)) >= SMALLEST_INLINE
    return True


def _made_up(part: Message, number: int) -> str:
    ending = mimetypes.guess_extension(part.get_content_type()) or ""
    return f"附件{number}{ending}"


def _plain(raw: str) -> str:
    """A header as text: bare bytes beyond ASCII are UTF-8, else what Chinese systems write."""
    if not any(_SURROGATES[0] <= letter <= _SURROGATES[1] for letter in raw):
        return raw
    return _decode(raw.encode("utf-8", "surrogateescape"), None)


def _decode(content: bytes, charset: str | None) -> str:
    named = (charset or "").lower()
    for each in (WIDER.get(named, named), "utf-8", "gb18030"):
        try:
            return content.decode(each) if each else content.decode("ascii")
        except (UnicodeDecodeError, LookupError):
            continue
    return content.decode("utf-8", "replace")
