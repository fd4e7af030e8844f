"""An index kept with tantivy, which also answers: its tokenizers make the terms, it counts."""

from collections.abc import Iterable
from pathlib import Path

from archive.search.entry import IndexEntry
from archive.search.index_format import IndexFormat
from archive.search.tantivy.index import TantivyIndex
from archive.search.tantivy.schema import VERSION
from archive.search.tantivy.writing import create_index


class TantivyFormat:
    """See `IndexFormat`."""

    name = f"t{VERSION}"

    def create(self, folder: Path, entries: Iterable[IndexEntry], token: str) -> None:
        """See `IndexFormat.create`."""
        create_index(folder, entries, token)

    def open(self, folder: Path) -> TantivyIndex:
        """See `IndexFormat.open`."""
        return TantivyIndex(folder)


FORMAT: IndexFormat = TantivyFormat()
