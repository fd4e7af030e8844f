"""Checksums of the files of an index, so that damage is noticed before it hides a record.

Beside the files of a segment is one with their names and sums, written before the list of segments
that first names it. The list itself, which also says which records are gone, ends with its own.
"""

import json
import zlib
from pathlib import Path
from struct import Struct

from archive.search.index_format import DamagedIndex

SUMS = ".sums"
_SEAL = Struct("<4sI")
_MARK = b"seal"


def write_sums(folder: Path, segment: str) -> None:
    """Write down the sums of the files of *segment*, which are whole now."""
    files = {each.name: _sum_of(each) for each in folder.glob(f"{segment}.*")}
    (folder / f"{segment}{SUMS}").write_text(json.dumps(files))


def check_segment(folder: Path, segment: str) -> None:
    """Compare the files of *segment* with their sums.

    Raises:
        DamagedIndex: one is not as it was written, or missing.
    """
    try:
        files = json.loads((folder / f"{segment}{SUMS}").read_text())
        wrong = [name for name, told in files.items() if _sum_of(folder / name) != told]
    except (OSError, ValueError, AttributeError) as error:
        raise DamagedIndex(segment) from error
    if wrong:
        raise DamagedIndex(", ".join(wrong))


def seal(file: Path) -> None:
    """Put the sum of *file* at its end."""
    total = _sum_of(file)
    with file.open("ab") as sealed:
        sealed.write(_SEAL.pack(_MARK, total))


def check_seal(file: Path) -> None:
    """Compare *file* with the sum at its end.

    Raises:
        DamagedIndex: it is not as it was written.
        FileNotFoundError: it is not there.
    """
    content = file.read_bytes()
    body, end = content[: -_SEAL.size], content[-_SEAL.size :]
    if len(end) < _SEAL.size or _SEAL.unpack(end) != (_MARK, zlib.crc32(body)):
        raise DamagedIndex(file.name)


def _sum_of(file: Path) -> int:
    total = 0
    with file.open("rb") as opened:
        while some := opened.read(1 << 20):
            total = zlib.crc32(some, total)
    return total
