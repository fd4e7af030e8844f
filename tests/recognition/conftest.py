"""One reader for all tests of the package, and a place for their files."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from archive.docgen import PdfMaker
from archive.docgen.pdf import NO_PROGRAM
from archive.recognition import Limits, PageReader

MIB = 1024 * 1024
LIMITS = Limits(bytes=20 * MIB, pages=1000, pixels=50_000_000, unpacked=30 * MIB)
NO_PRINTER = PdfMaker(NO_PROGRAM)


@pytest.fixture(scope="session")
def reader() -> Iterator[PageReader]:
    """A reader with the limits of these tests."""
    reader = PageReader(LIMITS, printer=NO_PRINTER)
    yield reader
    reader.close()


@pytest.fixture
def keep(tmp_path: Path) -> Callable[..., Path]:
    """Write bytes to a file: ``keep(content, "name.jpg")``."""

    def keep_file(content: bytes, name: str = "file") -> Path:
        path = tmp_path / name
        path.write_bytes(content)
        return path

    return keep_file
