"""Commits to a Whoosh index: small ones stay fast, each carries its token."""

from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import Any

from whoosh.index import FileIndex
from whoosh.reading import SegmentReader
from whoosh.writing import IndexWriter, SegmentWriter

from archive.search.entry import IndexEntry
from archive.search.index_format import POSITION_ID
from archive.search.whoosh.schema import (
    CODEC,
    SCHEMA,
    document_of,
    token_document,
)
from archive.search.whoosh.snapshot import Piece
from archive.search.whoosh.storage import MappedStorage
from archive.search.whoosh.sums import SUMS, write_sums

TIERS = (24, 160, 1200)
"""Segments with at most so many records are put together once eight of a size have gathered.

Larger ones are left alone: putting them together would hold up a commit for seconds. A rebuild
makes one segment of all."""
GATHERED = 8
SEGMENT_RECORDS = 5_000
"""A rebuild writes segments of so many records, each sorted in memory without a file between."""
MEMORY_MB = 1024
"""Never reached: Whoosh counts about 150 bytes for a posting, and a segment has some millions."""


def create_index(folder: Path, entries: Iterable[IndexEntry], token: str) -> None:
    """A new index of *entries* in the empty *folder*."""
    index = open_index(folder, create=True)
    remaining = iter(entries)
    while some := list(islice(remaining, SEGMENT_RECORDS)):
        _add_segment(index, map(document_of, some))
    _add_segment(index, [token_document(token)])


_Writer: Any = SegmentWriter


class SummedWriter(_Writer):
    """Writes down the sums of new files before the list that shows them."""

    def __init__(self, index: FileIndex) -> None:
        super().__init__(index, codec=CODEC, compound=False, limitmb=MEMORY_MB)

    def _commit_toc(self, segments: list[Any]) -> None:
        folder = Path(self.storage.folder)
        for segment in segments:
            if not (folder / f"{segment.segment_id()}{SUMS}").exists():
                write_sums(folder, segment.segment_id())
        super()._commit_toc(segments)


def _add_segment(index: FileIndex, documents: Iterable[dict[str, object]]) -> None:
    writer = SummedWriter(index)
    with cancelled_on_error(writer):
        for document in documents:
            writer.add_document(**document)
    writer.commit(merge=False)


def open_index(folder: Path, *, create: bool = False) -> FileIndex:
    """The index in *folder*. The schema is always ours, never one unpickled from there."""
    storage = MappedStorage(folder)
    return FileIndex.create(storage, SCHEMA) if create else FileIndex(storage, SCHEMA)


def commit(
    folder: Path,
    pieces: Iterable[Piece],
    entries: Iterable[IndexEntry],
    removals: Collection[str],
    token: str,
) -> None:
    """Replace, remove and remember *token* in one step; *pieces* are the index as it is."""
    newest = {entry.id: entry for entry in entries}
    writer = SummedWriter(open_index(folder))
    with cancelled_on_error(writer):
        base = 0
        for part, _ in pieces:
            for gone in (*newest, *removals, POSITION_ID):
                for record in part.read_postings("id", gone).records:
                    writer.delete_document(base + record)
            base += part.size
        for entry in newest.values():
            writer.add_document(**document_of(entry))
        writer.add_document(**token_document(token))
    writer.commit(mergetype=merge_gathered)


@contextmanager
def cancelled_on_error(writer: IndexWriter) -> Iterator[None]:
    """Let go of the index when what is inside fails. `commit` does so by itself."""
    try:
        yield
    except BaseException:
        writer.cancel()
        raise


def merge_gathered(writer: SegmentWriter, segments: list[Any]) -> list[Any]:
    """Whoosh's hook: add small segments to the one being written, return those that stay."""
    limit = next(
        (
            tier
            for tier in reversed(TIERS)
            if sum(_tier(each) == tier for each in segments) >= GATHERED
        ),
        0,
    )
    kept = []
    for segment in segments:
        if segment.doc_count() == 0:
            continue
        if segment.doc_count_all() > limit:
            kept.append(segment)
            continue
        reader = SegmentReader(writer.storage, writer.schema, segment, codec=CODEC)
        writer.add_reader(reader)
        reader.close()
    return kept


def _tier(segment: Any) -> int:
    return next((tier for tier in TIERS if segment.doc_count_all() <= tier), 0)
