"""A new tantivy index, and commits to one that carry their token."""

from collections.abc import Collection, Iterable
from pathlib import Path

import tantivy

from archive.search.entry import IndexEntry
from archive.search.index_format import POSITION_ID
from archive.search.tantivy.schema import document_of, index_in, token_document

REBUILD_MEMORY = 600_000_000
"""Bytes of terms and postings that a rebuild sorts at a time."""
REBUILD_THREADS = 2
COMMIT_MEMORY = 30_000_000


def create_index(folder: Path, entries: Iterable[IndexEntry], token: str) -> None:
    """A new index of *entries* in the empty *folder*."""
    index = index_in(folder, create=True)
    writer = index.writer(heap_size=REBUILD_MEMORY, num_threads=REBUILD_THREADS)
    for entry in entries:
        writer.add_document(document_of(entry))
    writer.add_document(token_document(token))
    writer.commit()
    writer.wait_merging_threads()


class Writer:
    """The one writer of an index. Merges of its segments go on in threads of their own."""

    def __init__(self, index: tantivy.Index) -> None:
        self._writer = index.writer(heap_size=COMMIT_MEMORY, num_threads=1)

    def commit(self, entries: Iterable[IndexEntry], removals: Collection[str], token: str) -> None:
        """Replace, remove and remember *token* in one step."""
        newest = {entry.id: entry for entry in entries}
        for gone in (*newest, *removals, POSITION_ID):
            self._writer.delete_documents_by_term("id", gone)
        for entry in newest.values():
            self._writer.add_document(document_of(entry))
        self._writer.add_document(token_document(token))
        self._writer.commit()
