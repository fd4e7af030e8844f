"""A form gives back what the person can correct; anything else has its own page and its log."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

from archive.errors import Unavailable
from tests.house.source import PRODUCT, ROOT, python_files, templates

ONE_PIECE = PRODUCT / "web" / "templates" / "conflict.html"


def too_much() -> set[str]:
    """What, caught at a form, would be shown as a mistake in it and logged nowhere."""
    waiting: list[type[Exception]] = [Unavailable]
    found = {"ArchiveError", "Exception", "BaseException", ""}
    while waiting:
        kind = waiting.pop()
        waiting += kind.__subclasses__()
        found.add(kind.__name__)
    return found


def views() -> list[Path]:
    """Every module of a room `views`."""
    return [
        path
        for path in python_files()
        if "views" in [part.removesuffix(".py") for part in path.relative_to(PRODUCT).parts]
    ]


def caught(path: Path) -> Iterator[tuple[str, int]]:
    """What each `except` of the module at *path* names, and where; nothing is the empty text."""
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.ExceptHandler):
            named = list(ast.walk(node.type)) if node.type else []
            names = [getattr(each, "id", "") or getattr(each, "attr", "") for each in named]
            for name in filter(None, names) if named else [""]:
                yield name, node.lineno


@pytest.mark.parametrize("path", views(), ids=lambda path: str(path.relative_to(PRODUCT)))
def test_a_view_catches_only_what_the_person_can_correct(path: Path, site: Flask) -> None:
    wrong = [
        f"{path.relative_to(ROOT)}:{line} {name or 'everything'}"
        for name, line in caught(path)
        if name in too_much()
    ]
    assert wrong == [], "catch CORRECTABLE of archive.web.forms"


def test_the_rooms_of_views_are_found() -> None:
    assert len(views()) > 10
    assert any(list(caught(path)) for path in views())


def test_the_choice_between_two_versions_is_drawn_in_one_place() -> None:
    drawn = [path for path in templates() if 'name="keep-' in path.read_text()]
    assert drawn == [ONE_PIECE]
