"""The seam: `PageReader` looks into files through child processes."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from itertools import accumulate, pairwise
from pathlib import Path
from typing import Any, Protocol, cast

from archive.recognition import errors
from archive.recognition.facts import (
    Corners,
    FileFacts,
    FileType,
    Flaw,
    Limits,
    Mark,
    PageImage,
    Reason,
    Refusal,
    SheetFacts,
)
from archive.recognition.mails import MailFacts, MailPart
from archive.recognition.pages import PageText
from archive.recognition.pool import READING, Budget, ChildPool, Turns
from archive.recognition.sniffing import BY_MEDIA_TYPE, sniff

THUMBNAIL_WIDTH = 320
WIDEST_PAGE = 2400
DRAWING = "fodg"
REWRITTEN = {
    FileType.CSV: ("book", FileType.XLSX.value),
    FileType.TXT: ("document", FileType.DOCX.value),
    FileType.OFD: ("drawing", DRAWING),
}
"""What is printed as a file of another type, and the job that makes it."""


class Printer(Protocol):
    """Prints Office documents: see `archive.docgen.pdf`."""

    def make(self, document: bytes, *, kind: str, most_pages: int | None = None) -> bytes:
        """*document* as PDF."""


class PageReader:
    """Says what a file is and draws its pages; safe to share between threads.

    A file that crashes its reader, or wants more memory or time than the budget, is a clean
    error here; the next file gets a fresh child.
    """

    def __init__(
        self,
        limits: Limits,
        *,
        printer: Printer,
        children: int = 2,
        budget: Budget | None = None,
        waiting: int = 5,
        waiting_each: int = 3,
        readers: int = 1,
        reading: Budget = READING,
    ) -> None:
        """*waiting*: how many threads may wait for a child, and how many for one person.

        *readers* of other children read what pages say, each within the budget *reading*.
        """
        self.limits = limits
        self._printer = printer
        self._pool = ChildPool(children, budget or Budget(), Turns(waiting, waiting_each))
        self._readers = ChildPool(readers, reading, Turns(readers, readers))

    def inspect(self, path: Path, *, asker: str = "") -> FileFacts:
        """What the bytes at *path* are. Never raises because of the content.

        Refusals and flaws are facts: see `FileFacts`. Costs a few milliseconds, as the pixels
        are not decoded unless the file's end looks cut off.

        Raises:
            ReaderBusy: too many wait already, for *asker* or for all.
        """
        try:
            head, _ = self._ask("inspect", asker, path=str(path.absolute()))
        except errors.ReaderGaveUp:
            return self._facts_without_reading(path)
        return read_facts(head["facts"])

    def render_page(
        self, path: Path, page: int, *, width: int, turn: int = 0, asker: str = ""
    ) -> PageImage:
        """Page *page* (from 1), *width* pixels across (at most 2400), upright, on white.

        A picture narrower than *width* is not blown up. *turn* turns it further to the right:
        90, 180 or 270 degrees.

        Raises:
            NoSuchPage: beyond the last page, or a file without pages of its own (Office).
            PageUnreadable: the page is damaged or locked.
            ReaderGaveUp: drawing it exceeds the budget or breaks the reader.
            ReaderBusy: as `inspect`.
        """
        where, width = str(path.absolute()), min(width, WIDEST_PAGE)
        head, content = self._ask("render", asker, path=where, page=page, width=width, turn=turn)
        return PageImage(content, **head["image"])

    def thumbnail(self, path: Path, *, turn: int = 0, asker: str = "") -> PageImage:
        """The first page, small. Raises as `render_page`."""
        return self.render_page(path, 1, width=THUMBNAIL_WIDTH, turn=turn, asker=asker)

    def read_page(self, path: Path, page: int) -> PageText:
        """What page *page* (from 1) says, upright and straight; seconds where it is a picture.

        Raises:
            NoSuchPage, PageUnreadable, ReaderGaveUp: as `render_page`.
        """
        head, _ = self._ask("read", "", self._readers, path=str(path.absolute()), page=page)
        return PageText.of(head["page"])

    def read_words(self, path: Path, file_type: FileType) -> PageText:
        """All words of a file whose type is among `WORDED`, without places on paper.

        Raises:
            PageUnreadable, TableUnreadable: it is damaged.
            ReaderGaveUp: as `render_page`.
        """
        where = str(path.absolute())
        head, _ = self._ask("words", "", path=where, file_type=file_type.value)
        return PageText.of(head["page"])

    def edges(self, path: Path, *, asker: str = "") -> tuple[Corners | None, bytes]:
        """The corners of the paper on a photograph, and how it looks made straight (JPEG, small).

        None and no bytes where its edges are not beyond doubt.

        Raises:
            NoSuchPage, PageUnreadable: it is no picture that can be read.
            ReaderGaveUp, ReaderBusy: as `render_page`.
        """
        head, content = self._ask("edges", asker, path=str(path.absolute()))
        return head["corners"], content

    def codes(self, path: Path, *, asker: str = "") -> list[str]:
        """What the QR codes on a picture say.

        Raises:
            NoSuchPage, PageUnreadable: it is no picture that can be read.
            ReaderGaveUp, ReaderBusy: as `render_page`.
        """
        head, _ = self._ask("codes", asker, path=str(path.absolute()))
        return cast(list[str], head["codes"])

    def join(
        self,
        parts: Iterable[tuple[Path, Mapping[str, int]]],
        *,
        corners: Sequence[Corners | None] = (),
        asker: str = "",
    ) -> bytes:
        """All pages of *parts* in their order as one PDF; each file with how its pages are turned.

        Of a photograph for which there are *corners* it is the paper between them, made straight.

        Raises:
            PageUnreadable: one of them cannot be read.
            ReaderGaveUp: they are too much.
            ReaderBusy: as `inspect`.
        """
        named = [(str(path.absolute()), dict(turns)) for path, turns in parts]
        return self._ask("join", asker, parts=named, corners=list(corners))[1]

    def cut(
        self,
        path: Path,
        papers: Sequence[Sequence[int]],
        *,
        turns: Mapping[str, int],
        asker: str = "",
    ) -> list[bytes]:
        """A PDF for each of *papers*: pages of *path* (from 1), each turned as *turns* say.

        Raises:
            PageUnreadable: it cannot be read, or lacks one of the pages.
            ReaderGaveUp, ReaderBusy: as `join`.
        """
        where, named = str(path.absolute()), [list(pages) for pages in papers]
        head, content = self._ask("cut", asker, path=where, papers=named, turns=dict(turns))
        ends = list(accumulate(head["lengths"], initial=0))
        return [content[start:end] for start, end in pairwise(ends)]

    def searchable(
        self,
        path: Path,
        pages: Iterable[PageText],
        *,
        turns: Mapping[str, int],
        asker: str = "",
    ) -> bytes:
        """A PDF or a picture as a PDF on which *pages* are written where they were read, unseen.

        Its pages are turned as *turns* say, and stay as they are otherwise.

        Raises:
            PageUnreadable: it cannot be read.
            ReaderGaveUp, ReaderBusy: as `join`.
        """
        said, where = [asdict(each) for each in pages], str(path.absolute())
        return self._ask("searchable", asker, path=where, pages=said, turns=dict(turns))[1]

    def sheets(self, path: Path, *, asker: str = "") -> list[SheetFacts]:
        """The sheets that a workbook or CSV file shows.

        Raises:
            TableUnreadable: it is none, or `TableLocked`.
            ReaderGaveUp: reading it exceeds the budget or breaks the reader.
        """
        head, _ = self._ask("sheets", asker, path=str(path.absolute()))
        return [SheetFacts(**sheet) for sheet in head["sheets"]]

    def rows(
        self, path: Path, sheet: str, *, start: int, count: int, asker: str = ""
    ) -> list[list[str]]:
        """*count* rows of *sheet* from row *start* (from 0), each cell as a person would type it.

        Raises as `sheets`.
        """
        where = str(path.absolute())
        _, content = self._ask("rows", asker, path=where, sheet=sheet, start=start, count=count)
        return cast(list[list[str]], json.loads(content))

    def mail(self, path: Path, *, asker: str = "") -> MailFacts:
        """Who wrote the mail at *path*, and what is attached to it.

        Raises:
            MailUnreadable: it is built like no mail.
            ReaderGaveUp: reading it exceeds the budget or breaks the reader.
        """
        head, _ = self._ask("mail", asker, path=str(path.absolute()))
        parts = tuple(MailPart(**part) for part in head["mail"].pop("parts"))
        return MailFacts(parts=parts, **head["mail"])

    def mail_part(self, path: Path, number: int, *, asker: str = "") -> bytes:
        """The bytes of one attachment. Raises as `mail`."""
        return self._ask("mail_part", asker, path=str(path.absolute()), number=number)[1]

    def print_office(
        self, path: Path, file_type: FileType, *, most_pages: int, asker: str = ""
    ) -> bytes:
        """The first *most_pages* pages of an Office or OFD file, a CSV file or a text as PDF.

        Raises as its printer, and as `sheets` for a CSV file.
        """
        content, kind = path.read_bytes(), file_type.value
        if file_type in REWRITTEN:
            job, kind = REWRITTEN[file_type]
            _, content = self._ask(job, asker, path=str(path.absolute()))
        return self._printer.make(content, kind=kind, most_pages=most_pages)

    def marks(self, path: Path) -> list[Mark]:
        """What is to be known of a file before it is opened in its own program.

        Raises:
            ReaderGaveUp: looking exceeds the budget or breaks the reader.
        """
        head, _ = self._ask("marks", "", path=str(path.absolute()))
        return [Mark(each) for each in head["marks"]]

    def embedded(self, path: Path) -> bytes:
        """The files inside a PDF as one ZIP; empty where there are none. Raises as `marks`."""
        return self._ask("embedded", "", path=str(path.absolute()))[1]

    def close(self) -> None:
        """End the child processes."""
        self._pool.close()
        self._readers.close()

    def _ask(
        self, job: str, asker: str, pool: ChildPool | None = None, **details: Any
    ) -> tuple[dict[str, Any], bytes]:
        request = {"job": job, "limits": asdict(self.limits)}
        head, content = (pool or self._pool).ask(request | details, asker)
        if "error" in head:
            failure: type[errors.RecognitionError] = getattr(errors, head["error"])
            raise failure(head["why"])
        return head, content

    def _facts_without_reading(self, path: Path) -> FileFacts:
        """A file that broke the reader is kept if its first bytes alone show a type taken in."""
        size, media_type = path.stat().st_size, sniff(path)
        file_type = BY_MEDIA_TYPE.get(media_type)
        if file_type is None:
            return FileFacts(None, size, refusal=Refusal(Reason.UNKNOWN_TYPE, media_type))
        return FileFacts(file_type, size, flaw=Flaw.TOO_DEMANDING)


def read_facts(head: dict[str, Any]) -> FileFacts:
    """`FileFacts` as the child wrote them in JSON."""
    refusal = head.pop("refusal")
    file_type, flaw = head.pop("type"), head.pop("flaw")
    return FileFacts(
        type=FileType(file_type) if file_type else None,
        flaw=Flaw(flaw) if flaw else None,
        refusal=Refusal(Reason(refusal.pop("reason")), **refusal) if refusal else None,
        **head,
    )
