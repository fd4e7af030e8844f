"""The child process in which strangers' files are parsed: ``python -m archive.recognition.child``.

It reads one request per line from standard input and answers on standard output: four bytes
length, a JSON head, four bytes length, the image if there is one. It owns nothing: no settings,
no network address, no secret, and it cannot write files.
"""

import json
import os
import resource
import sys
import warnings
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import Any, BinaryIO

from PIL import Image

from archive.recognition import active, images, joining, mails, ofd, office, pdf, tables, texts
from archive.recognition.errors import NoSuchPage, RecognitionError
from archive.recognition.facts import (
    IMAGES,
    FileFacts,
    FileType,
    Flaw,
    Limits,
    PageImage,
    Reason,
    Refusal,
)
from archive.recognition.pages import PageText
from archive.recognition.sniffing import BY_MEDIA_TYPE, LOCKED_OFFICE, TEXT, ZIP, sniff


def inspect(path: Path, limits: Limits) -> FileFacts:
    """What the file is, decided by content; limits are checked from the cheapest up."""
    size = path.stat().st_size
    if size == 0:
        return FileFacts(None, size, refusal=Refusal(Reason.EMPTY))
    media_type = sniff(path)
    file_type = BY_MEDIA_TYPE.get(media_type)
    if size > limits.bytes:
        refusal = Refusal(Reason.TOO_LARGE, size, limits.bytes)
        return FileFacts(file_type, size, refusal=refusal)
    if media_type == ZIP:
        return office.inspect(path, limits)
    if file_type is None:
        return FileFacts(None, size, refusal=Refusal(Reason.UNKNOWN_TYPE, media_type))
    flaw = Flaw.LOCKED if media_type == LOCKED_OFFICE else None
    try:
        if file_type is FileType.PDF:
            return pdf.inspect(path, limits)
        if file_type in IMAGES:
            return images.inspect(path, file_type, limits)
        if media_type == TEXT:
            return tables.inspect(path)
    except MemoryError:
        flaw = Flaw.TOO_DEMANDING
    return FileFacts(file_type, size, flaw=flaw)


def render(path: Path, page: int, width: int, turn: int, limits: Limits) -> PageImage:
    """One page of whatever the file is, turned by *turn* degrees to the right."""
    file_type = BY_MEDIA_TYPE.get(sniff(path))
    if file_type is FileType.PDF:
        return pdf.render(path, page, width, turn)
    if file_type not in IMAGES:
        raise NoSuchPage(page)
    return images.render(path, file_type, page, width, turn, limits)


def read_page(path: Path, page: int, limits: Limits) -> PageText:
    """What one page says."""
    from archive.recognition.page_texts.page import read  # noqa: PLC0415 - loads half a gigabyte

    return read(path, page, limits)


def confine(counted: str, memory: int, kindness: int) -> None:
    """Give up what parsing does not need, for good."""
    os.nice(kindness)
    what = resource.RLIMIT_DATA if counted == "written" else resource.RLIMIT_AS
    resource.setrlimit(what, (memory, memory))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_NOFILE, (64, 64))
    warnings.simplefilter("error", Image.DecompressionBombWarning)


def allow_processor_seconds(seconds: int) -> None:
    """The kernel ends the process when this job has used up *seconds* of processor time."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    soft = int(used.ru_utime + used.ru_stime) + 1 + seconds
    resource.setrlimit(resource.RLIMIT_CPU, (soft, resource.RLIM_INFINITY))


WIDE_ENOUGH_FOR_CODES = 1600  # pixels
Request = dict[str, Any]
Answer = tuple[dict[str, Any], bytes]


def render_answer(path: Path, request: Request, limits: Limits) -> Answer:
    """One page as an image."""
    image = render(path, request["page"], request["width"], request["turn"], limits)
    size = {"width": image.width, "height": image.height, "media_type": image.media_type}
    return {"image": size}, image.content


def rows_answer(path: Path, request: Request, _: Limits) -> Answer:
    """Some rows of a sheet."""
    place = request["sheet"], request["start"], request["count"]
    return {}, json.dumps(tables.rows(path, *place), ensure_ascii=False).encode()


def cut_answer(path: Path, request: Request, limits: Limits) -> Answer:
    """Papers of its pages, one after the other, and how long each is."""
    papers = joining.cut(path, request["papers"], request["turns"], limits)
    return {"lengths": [len(each) for each in papers]}, b"".join(papers)


def edges_answer(path: Path, _: Request, limits: Limits) -> Answer:
    """The corners of the paper on a photograph, and a small picture of it made straight."""
    from archive.recognition import edges  # noqa: PLC0415 - photographs alone are looked at so

    corners, picture = edges.find(path, limits)
    return {"corners": corners}, images.encode(picture).content if corners else b""


def codes_answer(path: Path, _: Request, limits: Limits) -> Answer:
    """What the QR codes on a picture say."""
    import zxingcpp  # noqa: PLC0415 - few pictures are asked for their codes alone

    file_type = BY_MEDIA_TYPE.get(sniff(path))
    if file_type not in IMAGES:
        raise NoSuchPage(1)
    drawn = images.draw(path, file_type, 1, WIDE_ENOUGH_FOR_CODES, 0, limits)
    qr = zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode)
    found = zxingcpp.read_barcodes(drawn.convert("L"), formats=qr)
    return {"codes": [each.text for each in found if each.text]}, b""


def searchable_answer(path: Path, request: Request, limits: Limits) -> Answer:
    """The file with what was read on its pages."""
    from archive.recognition import searchable  # noqa: PLC0415 - few are asked for

    pages = [PageText.of(each) for each in request["pages"]]
    return {}, searchable.searchable(path, pages, request["turns"], limits)


def words_answer(path: Path, request: Request, _: Limits) -> Answer:
    """The words of an Office file."""
    from archive.recognition.page_texts import words  # noqa: PLC0415 - few files need it

    return {"page": asdict(words.read(path, FileType(request["file_type"])))}, b""


JOBS: dict[str, Callable[[Path, Request, Limits], Answer]] = {
    "inspect": lambda path, _, limits: ({"facts": asdict(inspect(path, limits))}, b""),
    "render": render_answer,
    "read": lambda path, request, limits: (
        {"page": asdict(read_page(path, request["page"], limits))},
        b"",
    ),
    "sheets": lambda path, *_: ({"sheets": [asdict(each) for each in tables.sheets(path)]}, b""),
    "book": lambda path, *_: ({}, tables.as_book(path)),
    "document": lambda path, *_: ({}, texts.as_document(path)),
    "drawing": lambda path, *_: ({}, ofd.as_drawing(path)),
    "marks": lambda path, *_: ({"marks": active.marks(path)}, b""),
    "embedded": lambda path, *_: ({}, active.embedded_in(path)),
    "rows": rows_answer,
    "cut": cut_answer,
    "edges": edges_answer,
    "codes": codes_answer,
    "searchable": searchable_answer,
    "words": words_answer,
    "mail": lambda path, *_: ({"mail": asdict(mails.read(path))}, b""),
    "mail_part": lambda path, request, _: ({}, mails.part(path, request["number"])),
}


def answer(request: Request) -> Answer:
    """Do what one request asks: the head of the answer, and the bytes that follow it."""
    limits = Limits(**request["limits"])
    allow_processor_seconds(request["processor_seconds"])
    try:
        if request["job"] == "join":
            parts = [(Path(path), turns) for path, turns in request["parts"]]
            return {}, joining.join(parts, request["corners"], limits)
        return JOBS[request["job"]](Path(request["path"]), request, limits)
    except RecognitionError as failure:
        return {"error": type(failure).__name__, "why": str(failure)}, b""
    except MemoryError:
        return {"error": "ReaderGaveUp", "why": "memory"}, b""


def send(out: BinaryIO, head: dict[str, Any], content: bytes) -> None:
    """Write one answer."""
    encoded = json.dumps(head).encode()
    out.write(len(encoded).to_bytes(4, "big") + encoded)
    out.write(len(content).to_bytes(4, "big") + content)
    out.flush()


def main() -> None:
    """Answer requests until the parent closes the pipe."""
    out = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # whatever a C library prints must not end up among the answers
    confine(sys.argv[1], *map(int, sys.argv[2:]))
    for line in sys.stdin.buffer:
        send(out, *answer(json.loads(line)))


if __name__ == "__main__":
    main()
