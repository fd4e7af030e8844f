"""A Word file with native tracked changes, by the real engine, opened by LibreOffice."""

import shutil
import subprocess
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

import docx
import pytest
from docx.oxml.ns import qn

from archive.docgen import PdfMaker
from archive.docgen.opening import accept_changes
from archive.redline import ObstacleKind, compare, find_obstacles
from archive.redline.errors import NotTracked
from archive.redline.tracking import track, unpack
from tests.docgen.word_files import saved
from tests.redline.test_comparing import CLAUSES, PRICES, a_contract

pytestmark = pytest.mark.slow
AT = datetime(2026, 11, 27, 2, 0, tzinfo=UTC)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the engine is unpacked, once for this module."""
    return tmp_path_factory.mktemp("engine")


@pytest.fixture(scope="module")
def versions() -> tuple[bytes, bytes]:
    """A contract, and the same with a changed clause, a moved one and a changed price."""
    changed = CLAUSES[1].replace("三十", "四十五")
    new = (CLAUSES[0], CLAUSES[3], changed, CLAUSES[2], CLAUSES[4])
    rows = [*PRICES[:2], ("2", "福州市", "南京市", "386.50"), PRICES[3]]
    return (
        saved(a_contract(*CLAUSES, rows=PRICES)),
        saved(a_contract(*new, rows=rows, header="示例运输有限公司（修改稿）")),
    )


@pytest.fixture(scope="module")
def tracked(versions: tuple[bytes, bytes], folder: Path) -> bytes:
    return track(*versions, author="示例客户", at=AT, folder=folder)


def test_all_changes_accepted_give_the_new_version(versions, tracked):
    assert compare(versions[1], tracked).is_same
    assert not compare(versions[0], tracked).is_same


def test_the_changes_are_native_with_their_author_day_and_kind(tracked):
    kinds = {each.kind for each in find_obstacles(tracked)}
    assert {ObstacleKind.INSERTED, ObstacleKind.DELETED, ObstacleKind.MOVED} <= kinds
    (change, *_) = docx.Document(BytesIO(tracked)).element.iter(qn("w:ins"))
    assert change.get(qn("w:author")) == "示例客户"
    assert change.get(qn("w:date")) == "2026-11-27T10:00:00Z"


def test_libreoffice_opens_it_and_prints_both_what_went_and_what_came(tracked, tmp_path):
    printed = tmp_path / "made.pdf"
    printed.write_bytes(PdfMaker().make(tracked))
    command = [shutil.which("pdftotext") or "pdftotext", str(printed), "-"]
    text = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    for words in ("385.00", "386.50", "四", "（修改稿）"):
        assert words in text


def test_a_file_that_it_cannot_read_is_a_clean_error_and_leaves_nothing_behind(folder):
    with pytest.raises(NotTracked):
        track(b"no zip", b"no zip", author="王某", at=AT, folder=folder)
    assert [each.name for each in folder.iterdir()] == [Path(unpack(folder)).parents[1].name]


def test_the_changes_of_a_file_are_taken_out_when_they_are_accepted(tracked):
    document = docx.Document(BytesIO(tracked))
    accept_changes(document.element)
    assert not [*document.element.iter(qn("w:ins"), qn("w:del"), qn("w:moveFrom"))]
