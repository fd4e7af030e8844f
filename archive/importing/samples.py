"""An import for the walk of rights."""

import hashlib
import tempfile
from pathlib import Path

from archive.importing import service
from archive.importing.models import Import
from archive.importing.serving import all_kinds
from archive.web.chapter import Sample, Sampling

LIST = "公司名称,地区\n样例货运有限公司,上海\n"


def an_import(given: Sampling) -> Import:
    """A list of customers whose columns are to be checked."""
    content = LIST.encode()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "list.csv"
        path.write_bytes(content)
        return service.receive(
            path,
            kind=all_kinds()[0],
            name="样例.csv",
            sha256=hashlib.sha256(content).hexdigest(),
            size=len(content),
            language="zh",
            actor=given.maker,
            now=given.now,
            blobs=given.seams.blobs,
            recognition=given.seams.recognition,
        )


def of_imports(given: Sampling) -> Sample:
    """An import."""
    kind = all_kinds()[0].key
    return Sample(
        {"number": an_import(given).number, "kind": kind},
        sent={"importing.receive": {"kind": kind}},
    )


SAMPLES = {"importing": of_imports, "imports_api": of_imports}
