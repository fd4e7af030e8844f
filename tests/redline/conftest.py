"""The writer that all tests of drafts share: it keeps nothing between two calls."""

import pytest

from archive.contracts.placeholders import CATALOGUE
from archive.docgen import DraftWriter


@pytest.fixture(scope="session")
def writer() -> DraftWriter:
    return DraftWriter(CATALOGUE)
