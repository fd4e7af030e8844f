"""An engine on a real index folder."""

from pathlib import Path

import pytest

from archive.search import WhooshEngine


@pytest.fixture
def engine(tmp_path: Path) -> WhooshEngine:
    """An engine whose folder is still empty."""
    return WhooshEngine(tmp_path / "index")
