"""An index folder, read again when somebody has committed to it."""

from collections.abc import Collection, Iterable
from contextlib import suppress
from pathlib import Path
from time import sleep

from whoosh.index import TOC
from whoosh.reading import SegmentReader

from archive.search.entry import IndexEntry
from archive.search.index_format import DamagedIndex
from archive.search.whoosh.part import Part, bits_of
from archive.search.whoosh.schema import CODEC, SCHEMA
from archive.search.whoosh.snapshot import Piece, WhooshSnapshot
from archive.search.whoosh.storage import MappedStorage
from archive.search.whoosh.sums import check_seal, check_segment
from archive.search.whoosh.writing import commit

_PAUSES = (0.0, 0.001, 0.01)  # seconds
INDEX_NAME = "MAIN"


class WhooshIndex:
    """See `OpenIndex`."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._storage = MappedStorage(folder)
        self._generation = -1
        self._parts: dict[str, Part] = {}
        self._snapshot = WhooshSnapshot(())

    def snapshot(self) -> WhooshSnapshot:
        """See `OpenIndex.snapshot`."""
        while True:
            generation = self._latest()
            # Never back: a folder that is listed while a commit renames its files may show an old
            # one.
            if generation <= self._generation:
                return self._snapshot
            try:
                self._read(generation)
            except Exception as error:  # unpickling damaged bytes raises anything
                if not self._has_moved(generation):
                    raise DamagedIndex(str(self.folder)) from error

    def commit(self, entries: Iterable[IndexEntry], removals: Collection[str], token: str) -> None:
        """See `OpenIndex.commit`."""
        commit(self.folder, self._snapshot.pieces, entries, removals, token)

    def verify(self) -> None:
        """See `OpenIndex.verify`."""
        self._check_list(self._generation)
        for segment in self._parts:
            check_segment(self.folder, segment)

    def close(self) -> None:
        """See `OpenIndex.close`; the writer holds nothing between commits."""

    def _latest(self) -> int:
        """The newest generation of the index.

        Raises:
            DamagedIndex: there is none.
        """
        for pause in _PAUSES:
            with suppress(FileNotFoundError):
                generation: int = TOC._latest_generation(self._storage, INDEX_NAME)
                if generation >= 0:
                    return generation
            sleep(pause)  # listed in the instant in which one list took the place of another
        raise DamagedIndex(str(self.folder))

    def _has_moved(self, generation: int) -> bool:
        """Whether there is a newer one. What a commit merged is removed after its list is there.

        So files of *generation* that are gone are no damage then.
        """
        for pause in _PAUSES:
            sleep(pause)
            if self._latest() != generation:
                return True
        return False

    def _read(self, generation: int) -> None:
        self._check_list(generation)
        contents = TOC.read(self._storage, INDEX_NAME, generation, schema=SCHEMA)
        parts: dict[str, Part] = {}
        pieces = []
        for segment in contents.segments:
            name = segment.segment_id()
            part = self._parts.get(name)
            if part is None:
                check_segment(self.folder, name)
                part = Part(SegmentReader(self._storage, SCHEMA, segment, codec=CODEC))
            parts[name] = part
            everything = (1 << part.size) - 1
            pieces.append(
                Piece(part, everything & ~bits_of(list(segment.deleted_docs()), part.size))
            )
        # Parts that are gone are closed by the garbage collector: a search may be reading them.
        self._snapshot = WhooshSnapshot(tuple(pieces))
        self._parts, self._generation = parts, generation

    def _check_list(self, generation: int) -> None:
        check_seal(self.folder / TOC._filename(INDEX_NAME, generation))
