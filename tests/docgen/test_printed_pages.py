"""Every printed page says which it is of how many, whatever the template counts."""

import subprocess
from pathlib import Path

import docx
import pytest

from tests.docgen.test_notices import TAG, in_sections
from tests.docgen.word_files import fill, saved
from tests.office import convert

pytestmark = pytest.mark.slow


def pages_of(content: bytes, folder: Path) -> list[str]:
    printed = convert(content, "pdf", folder)
    text = subprocess.run(
        ["pdftotext", str(printed), "-"], check=True, capture_output=True, text=True
    ).stdout
    return ["".join(page.split()) for page in text.split("\f")[:-1]]


def test_pages_are_counted_through_all_sections_of_a_draft(writer, tmp_path):
    pages = pages_of(fill(writer, saved(in_sections()), {}), tmp_path)
    assert len(pages) == 3
    for number, page in enumerate(pages, start=1):
        assert f"第{number}页共3页" in page


def test_a_template_that_numbers_no_pages_gets_numbers(writer, tmp_path):
    document = docx.Document()
    document.add_paragraph(TAG)
    document.add_section()
    document.add_paragraph("附件")
    pages = pages_of(fill(writer, saved(document), {}), tmp_path)
    assert ["第1页共2页" in pages[0], "第2页共2页" in pages[1]] == [True, True]
