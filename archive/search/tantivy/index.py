"""An index folder, read again when somebody has committed to it."""

from collections.abc import Collection, Iterable
from pathlib import Path

from archive.search.entry import IndexEntry
from archive.search.index_format import DamagedIndex
from archive.search.tantivy.reading import reading
from archive.search.tantivy.schema import index_in
from archive.search.tantivy.snapshot import TantivySnapshot
from archive.search.tantivy.sums import CONTENTS, check_file, files_of
from archive.search.tantivy.writing import Writer


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
        self._checked: set[str] = set()
        self._snapshot: TantivySnapshot | None = None
        self._writer: Writer | None = None

    def snapshot(self) -> TantivySnapshot:
        """See `OpenIndex.snapshot`."""
        while (seen := self._latest()) != self._seen or self._snapshot is None:
            try:
                self._check_new(files_of(self.folder))
                with reading():
                    self._index.reload()
                    snapshot = TantivySnapshot(self._index.searcher())
            except DamagedIndex:
                # What a commit merged is removed after its list is there: files that are gone are
                # no damage where a newer list is there.
                if self._latest() == seen:
                    raise
            else:
                self._snapshot, self._seen = snapshot, seen
        return self._snapshot

    def _check_new(self, files: set[str]) -> None:
        for name in files - self._checked:
            check_file(self.folder / name)
        self._checked = files

    def _latest(self) -> tuple[int, int]:
        """Which list of files is there now."""
        with reading():
            facts = (self.folder / CONTENTS).stat()
            return facts.st_ino, facts.st_mtime_ns

    def commit(self, entries: Iterable[IndexEntry], removals: Collection[str], token: str) -> None:
        """See `OpenIndex.commit`."""
        if self._writer is None:
            self._writer = Writer(self._index)
        try:
            self._writer.commit(entries, removals, token)
        except BaseException:  # whatever it still holds, the next commit is none of it
            self._writer = None
            raise

    def verify(self) -> None:
        """See `OpenIndex.verify`. Merges go on meanwhile: their files may take others' place."""
        while True:
            seen = self._latest()
            try:
                for name in files_of(self.folder):
                    check_file(self.folder / name)
            except DamagedIndex:
                if self._latest() == seen:
                    raise
            else:
                return

    def close(self) -> None:
        """See `OpenIndex.close`."""
        self._writer = None
