"""The index as one commit left it."""

from pathlib import Path
from typing import NamedTuple

from whoosh.index import TOC
from whoosh.reading import SegmentReader

from archive.search.whoosh_part import DamagedIndex, Part, bits_of
from archive.search.whoosh_schema import SCHEMA
from archive.search.whoosh_storage import MappedStorage

_ATTEMPTS = 8
INDEX_NAME = "MAIN"


class Piece(NamedTuple):
    """A part with the set of its records that no later commit took out."""

    part: Part
    living: int


class OpenIndex:
    """An index folder, read again when somebody has committed to it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._storage = MappedStorage(folder)
        self._generation = -1
        self._parts: dict[str, Part] = {}
        self._pieces: tuple[Piece, ...] = ()

    def pieces(self) -> tuple[Piece, ...]:
        """The index as it is now.

        Raises:
            DamagedIndex: it cannot be read.
        """
        attempts = _ATTEMPTS
        while True:
            try:
                self._refresh()
            except FileNotFoundError as error:  # a commit has just replaced these files
                attempts -= 1
                if not attempts:
                    raise DamagedIndex(str(self.folder)) from error
            except Exception as error:  # unpickling damaged bytes raises anything
                raise DamagedIndex(str(self.folder)) from error
            else:
                return self._pieces

    def _refresh(self) -> None:
        generation = TOC._latest_generation(self._storage, INDEX_NAME)
        if generation < 0:
            raise FileNotFoundError(self.folder)
        # Never back: a folder that is listed while a commit renames its files may show an old one.
        if generation > self._generation:
            self._read(generation)

    def _read(self, generation: int) -> None:
        contents = TOC.read(self._storage, INDEX_NAME, generation, schema=SCHEMA)
        parts: dict[str, Part] = {}
        pieces = []
        for segment in contents.segments:
            name = segment.segment_id()
            part = self._parts.get(name)
            if part is None:
                part = Part(SegmentReader(self._storage, SCHEMA, segment))
            parts[name] = part
            everything = (1 << part.size) - 1
            pieces.append(
                Piece(part, everything & ~bits_of(list(segment.deleted_docs()), part.size))
            )
        # Parts that are gone are closed by the garbage collector: a search may be reading them.
        self._parts, self._pieces, self._generation = parts, tuple(pieces), generation
