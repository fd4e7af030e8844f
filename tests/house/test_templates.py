"""Templates can be read, and reviewed line by line."""

from pathlib import Path

import pytest

from tests.house.source import ROOT

LONGEST = 200  # characters
TEMPLATES = sorted((ROOT / "archive").glob("*/templates/**/*.html"))


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_line_of_a_template_can_be_read(path: Path) -> None:
    lines = path.read_text().splitlines()
    too_long = {number: len(line) for number, line in enumerate(lines, 1) if len(line) > LONGEST}
    assert too_long == {}


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(ROOT)))
def test_the_token_of_a_form_is_written_by_the_macro_alone(path: Path) -> None:
    places = path.read_text().count('name="csrf_token"')
    assert places == (1 if path.name == "forms.html" and path.parent.name == "macros" else 0)
