"""The checksums at the end of tantivy's files, which it does not look at when it opens them.

A file ends with a few facts as JSON, among them the CRC-32 of all before, the length of these facts
and a mark.
"""

import json
import zlib
from pathlib import Path
from struct import Struct

from archive.search.index_format import DamagedIndex

CONTENTS = "meta.json"
"""The list of the index's files; each commit puts a new one in its place."""
KINDS = ("store", "pos", "term", "idx", "fieldnorm", "fast")
_END = Struct("<II")
_MARK = 1337


def files_of(folder: Path) -> set[str]:
    """The names of the files that the index in *folder* is made of now, but for their list.

    Raises:
        DamagedIndex: the list cannot be read.
    """
    try:
        segments = json.loads((folder / CONTENTS).read_bytes())["segments"]
        names = set()
        for segment in segments:
            name = segment["segment_id"].replace("-", "")
            names |= {f"{name}.{kind}" for kind in KINDS}
            if segment["deletes"]:
                names.add(f"{name}.{segment['deletes']['opstamp']}.del")
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise DamagedIndex(CONTENTS) from error
    return names


def check_file(file: Path) -> None:
    """Compare *file* with the checksum at its end.

    Raises:
        DamagedIndex: it is not as it was written, or missing.
    """
    try:
        content = file.read_bytes()
        length, mark = _END.unpack(content[-_END.size :])
        start = len(content) - _END.size - length
        told = json.loads(content[start : -_END.size])["crc"]
        is_whole = mark == _MARK and told == zlib.crc32(memoryview(content)[:start])
    except Exception as error:  # whatever damaged bytes lead to
        raise DamagedIndex(file.name) from error
    if not is_whole:
        raise DamagedIndex(file.name)
