"""Engines on a real index folder: every library that an index can be kept with."""

from pathlib import Path

import pytest

from archive.config import SearchLibrary
from archive.search.engines import open_engine
from archive.search.folder_engine import FolderEngine


@pytest.fixture(scope="session", params=SearchLibrary)
def library(request: pytest.FixtureRequest) -> SearchLibrary:
    """The library that the test is about: each test runs once for each."""
    return SearchLibrary(request.param)


@pytest.fixture
def engine(library: SearchLibrary, tmp_path: Path) -> FolderEngine:
    """An engine whose folder is still empty."""
    return open_engine(library, tmp_path / "index")
