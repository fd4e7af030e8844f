"""What is written down about running the archive is what the code does."""

import re
from dataclasses import fields
from pathlib import Path

import pytest

from archive.cli import main
from archive.config import PREFIX, Settings

HOUSE = Path(__file__).parents[2]
ROW = re.compile(r"^\| `(ARCHIVE_\w+)` \| (?:`([^`]*)`)? ?\| (.+?) \|$", re.MULTILINE)


def as_written(default: object) -> str:
    """A default as the table writes it."""
    return str(default).lower() if isinstance(default, bool) else str(default)


def test_the_table_of_settings_is_the_one_of_the_code() -> None:
    table = (HOUSE / "docs" / "settings.md").read_text()
    written = {name: (default, meaning) for name, default, meaning in ROW.findall(table)}
    assert written == {
        PREFIX + each.name.upper(): (
            as_written(each.default),
            each.metadata["meaning"] + (" (secret)" if each.metadata["secret"] else ""),
        )
        for each in fields(Settings)
    }


def test_every_command_is_described_in_the_operations_page() -> None:
    page = (HOUSE / "docs" / "operations.md").read_text()
    missing = [name for name in main.commands if f"archive {name}" not in page]
    assert missing == []


def test_bare_make_lists_every_target_with_a_line() -> None:
    makefile = (HOUSE / "Makefile").read_text()
    [targets] = re.findall(r"^\.PHONY: (.+)$", makefile, re.MULTILINE)
    described = re.findall(r"^([a-z-]+):.*## \S", makefile, re.MULTILINE)
    assert sorted(targets.split()) == sorted(described)


@pytest.mark.parametrize("name", ["compose.yaml", "deploy/env.example"])
def test_a_production_installation_sets_only_settings_that_exist(name: str) -> None:
    known = {PREFIX + each.name.upper() for each in fields(Settings)} | {"ARCHIVE_DOMAIN"}
    named = set(re.findall(r"\bARCHIVE_[A-Z0-9_]+\b", (HOUSE / name).read_text()))
    assert named <= known


def test_every_secret_that_compose_asks_for_stands_in_the_example() -> None:
    asked = set(re.findall(r"\$\{(\w+):\?", (HOUSE / "compose.yaml").read_text()))
    example = (HOUSE / "deploy" / "env.example").read_text()
    assert asked == set(re.findall(r"^(\w+)=", example, re.MULTILINE))


def test_ci_does_what_the_readme_says() -> None:
    assert "make test" in (HOUSE / "README.md").read_text()
    assert (HOUSE / ".ci" / "run").read_text().rstrip().endswith("\nmake test")
