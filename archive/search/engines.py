"""The libraries that an index can be kept with."""

from importlib import import_module
from pathlib import Path

from archive.config import SearchLibrary
from archive.search.folder_engine import FolderEngine


def open_engine(library: SearchLibrary, path: Path) -> FolderEngine:
    """The index in the folder *path*, kept with *library*; the others are not even loaded.

    Raises:
        UnsafeIndexFolder: others may write to *path*, and so could run code here.
    """
    return FolderEngine(path, library, import_module(f"archive.search.{library}").FORMAT)
