"""Reading our own source: the files of the product, and the words in them."""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_file
from babel.messages.pofile import read_po

ROOT = Path(__file__).parents[2]
PRODUCT = ROOT / "archive"
HAN = re.compile(r"[\u3400-\u9fff]")
KEY = re.compile(r"[a-z_]+$")  # as in gettext(page["section"])

KEYWORDS: dict[str, tuple[int | tuple[int, int] | tuple[int, str], ...] | None] = {
    "_": None,
    "N_": None,
    "gettext": None,
    "ngettext": (1, 2),
}


@dataclass(frozen=True)
class Word:
    """A msgid, and where the source says it."""

    msgid: str
    place: str


def python_files() -> list[Path]:
    """The modules of the product."""
    return sorted(PRODUCT.rglob("*.py"))


def templates() -> list[Path]:
    """The templates of its pages."""
    return sorted(path for path in PRODUCT.rglob("templates/**/*.html"))


def catalogues() -> dict[Path, Catalog]:
    """The English words of each chapter."""
    found = {}
    for path in sorted(PRODUCT.glob("*/translations/en/LC_MESSAGES/messages.po")):
        with path.open("rb") as file:
            found[path] = read_po(file, locale="en")
    return found


def words_in_source() -> list[Word]:
    """Every msgid that Python or a template names."""
    found = []
    methods = [(path, "python") for path in python_files()]
    methods += [(path, "jinja2.ext.babel_extract") for path in templates()]
    options = {"trimmed": "true", "silent": "false", "trim_blocks": "true", "lstrip_blocks": "true"}
    for path, method in methods:
        said = extract_from_file(method, path, keywords=KEYWORDS, options=options)
        for line, message, _, _ in said:
            place = f"{path.relative_to(ROOT)}:{line}"
            ids = message if isinstance(message, tuple) else (message,)
            found += [Word(msgid, place) for msgid in ids if msgid and not KEY.match(msgid)]
    return found


def text_constants(path: Path) -> Iterator[tuple[str, int, str]]:
    """Every text in the module at *path*: the text, its line and the name of the call it is in."""
    tree = ast.parse(path.read_text())
    parents = {child: node for node in ast.walk(tree) for child in ast.iter_child_nodes(node)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            outer: ast.AST | None = parents.get(node)
            while isinstance(outer, ast.BinOp | ast.JoinedStr):
                outer = parents.get(outer)
            name = ""
            if isinstance(outer, ast.Call):
                function = outer.func
                name = getattr(function, "id", "") or getattr(function, "attr", "")
            elif isinstance(outer, ast.Expr):
                name = "docstring"
            yield node.value, node.lineno, name
