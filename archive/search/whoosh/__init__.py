"""An index kept with Whoosh; the sets of records that answer a search are worked out here."""

from collections.abc import Iterable
from pathlib import Path

from archive.search.entry import IndexEntry
from archive.search.index_format import IndexFormat
from archive.search.whoosh.index import WhooshIndex
from archive.search.whoosh.schema import VERSION
from archive.search.whoosh.writing import create_index


class WhooshFormat:
    """See `IndexFormat`."""

    name = f"v{VERSION}"

    def create(self, folder: Path, entries: Iterable[IndexEntry], token: str) -> None:
        """See `IndexFormat.create`."""
        create_index(folder, entries, token)

    def open(self, folder: Path) -> WhooshIndex:
        """See `IndexFormat.open`."""
        return WhooshIndex(folder)


FORMAT: IndexFormat = WhooshFormat()
