"""Papers as the reader gives them: lines kept from real readings, and one read on the spot."""

import json
import random
import unicodedata
from collections.abc import Callable
from pathlib import Path

import pytest

from archive.recognition import PageReader
from archive.recognition.pages import Box, Line, PageText, TextSource
from archive.recognition.papers import PaperKind, Understood, understand
from bench.drawing.companies import companies
from bench.drawing.licences import landscape
from tests.recognition import papers_drawn

pytestmark = pytest.mark.slow

LINES = sorted((Path(__file__).parent / "lines").glob("*.json"))


def plain(value: str) -> str:
    return unicodedata.normalize("NFKC", value).replace(" ", "").replace("。", "")


def told(understood: Understood) -> dict[str, str]:
    return {each.name.value: plain(each.value) for each in understood.fields}


@pytest.mark.parametrize("file", LINES, ids=lambda file: file.stem)
def test_a_paper_tells_its_kind_and_its_facts_from_lines_that_were_read(file: Path) -> None:
    kept = json.loads(file.read_text())
    lines = tuple(Line(text, Box(*box), sure) for text, box, sure in kept["lines"])
    page = PageText(1, TextSource.OCR, kept["width"], kept["height"], lines)
    understood = understand([page])
    assert understood.kind.value == kept["kind"]
    assert understood.confidence >= 0.9
    facts = {name: plain(value) for name, value in kept["facts"].items()}
    assert facts.items() <= told(understood).items()


def test_a_drawn_licence_is_read_and_told_to_its_last_fact(
    reader: PageReader, keep: Callable[..., Path]
) -> None:
    drawn = landscape(next(companies(16)), random.Random(16))
    page = reader.read_page(keep(papers_drawn.as_jpeg(drawn.image), "scan.jpg"), 1)
    understood = understand([page])
    assert understood.kind is PaperKind.LICENCE
    facts = {name.value: plain(value) for name, value in drawn.facts.items()}
    assert facts.items() <= told(understood).items()
    assert all(0 <= each.box.left < each.box.right <= 1 for each in understood.fields)
