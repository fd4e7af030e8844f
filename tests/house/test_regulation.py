"""Every article of the regulation is accounted for, and what is named for it exists."""

import ast
import importlib
import re
from pathlib import Path

import pytest

from tests.house.source import ROOT

ROW = re.compile(r"^\| (\d+) \| (.+?) \| (.+?) \| (.+?) \|$", re.MULTILINE)
ROWS = ROW.findall((ROOT / "docs" / "regulation.md").read_text())
NAMED = re.compile(r"`([^`]+)`")
NOTHING_YET = ("a principle", "still to be built")


def find(name: str) -> object:
    """What Python finds under the dotted *name*."""
    parts = name.split(".")
    for length in range(len(parts), 0, -1):
        try:
            found: object = importlib.import_module(".".join(parts[:length]))
        except ModuleNotFoundError:
            continue
        for part in parts[length:]:
            found = getattr(found, part)
        return found
    raise AssertionError(name)


def names_in(path: Path) -> set[str]:
    """The names of the tests in the file at *path*."""
    tree = ast.parse(path.read_text())
    return {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}


def test_each_of_the_26_articles_has_one_row() -> None:
    assert [int(article) for article, *_ in ROWS] == list(range(1, 27))


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"article {row[0]}")
def test_what_carries_out_an_article_exists_and_is_shown(row: tuple[str, str, str, str]) -> None:
    _, asks, carried_out_by, shown_by = row
    names, tests = NAMED.findall(carried_out_by), NAMED.findall(shown_by)
    assert bool(names) == bool(tests)
    assert names or any(reason in asks for reason in NOTHING_YET)
    for name in names:
        find(name)
    for each in tests:
        file, _, name = each.partition("::")
        assert name in names_in(ROOT / file), each
