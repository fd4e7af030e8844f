"""An index folder, read again when somebody has committed to it."""

from collections.abc import Collection, Iterable
from pathlib import Path

from archive.search.entry import IndexEntry
from archive.search.tantivy.reading import reading
from archive.search.tantivy.schema import index_in
from archive.search.tantivy.snapshot import TantivySnapshot
from archive.search.tantivy.writing import Writer

CONTENTS = "meta.json"
"""The list of the index's files; each commit puts a new one in its place."""


class TantivyIndex:
    """See `OpenIndex`."""

    def __init__(self, folder: Path) -> None:
        """Open the index in *folder*.

        Raises:
            DamagedIndex: it cannot be read.
        """
        self.folder = folder
        with reading():
            self._index = index_in(folder)
            self._index.config_reader(reload_policy="manual")
        self._seen: tuple[int, int] | None = None
        self._snapshot: TantivySnapshot | None = None
        self._writer: Writer | None = None

    def snapshot(self) -> TantivySnapshot:
        """See `OpenIndex.snapshot`."""
        with reading():
            facts = (self.folder / CONTENTS).stat()
            seen = (facts.st_ino, facts.st_mtime_ns)
            if self._snapshot is None or seen != self._seen:
                self._index.reload()
                self._snapshot = TantivySnapshot(self._index.searcher())
                self._seen = seen
            return self._snapshot

    def commit(self, entries: Iterable[IndexEntry], removals: Collection[str], token: str) -> None:
        """See `OpenIndex.commit`."""
        if self._writer is None:
            self._writer = Writer(self._index)
        try:
            self._writer.commit(entries, removals, token)
        except BaseException:  # whatever it still holds, the next commit is none of it
            self._writer = None
            raise

    def close(self) -> None:
        """See `OpenIndex.close`."""
        self._writer = None
