"""Index files as the operating system's pages: shared by all processes, copied by none.

Whoosh's own compound files are copied into the memory of every process that opens them.
"""

import os
from io import BytesIO
from mmap import ACCESS_READ, mmap
from pathlib import Path
from typing import Any

from whoosh.filedb.filestore import FileStorage
from whoosh.filedb.structfile import StructFile

from archive.search.whoosh.sums import seal


class MappedFile(StructFile):
    """A file of the index, mapped into memory for reading."""

    def get(self, position: int, length: int) -> bytes:
        """The bytes from *position* on."""
        found: bytes = self.file[position : position + length]  # type: ignore[index]  # a mapping
        return found


class MappedStorage(FileStorage):
    """A folder whose files are read as `MappedFile`."""

    def __init__(self, folder: Path) -> None:
        FileStorage.__init__(self, str(folder))

    def rename_file(self, oldname: str, newname: str, safe: bool = False) -> None:
        """Have the file *oldname*, a list of segments, show as *newname* in one step, sealed."""
        seal(Path(self.folder) / oldname)
        FileStorage.rename_file(self, oldname, newname, safe=safe)

    def open_file(self, name: str, **options: Any) -> StructFile:
        """The file *name*, for reading."""
        path = Path(self.folder) / name
        with path.open("rb") as file:
            if os.fstat(file.fileno()).st_size == 0:  # cannot be mapped
                return StructFile(BytesIO(), name=name, **options)
            mapped: Any = mmap(file.fileno(), 0, access=ACCESS_READ)
            return MappedFile(mapped, name=name, **options)
