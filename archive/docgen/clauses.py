"""Named clauses: ``{{ 条款.违约责任 }}`` in a template stands for a text that the company keeps.

A clause is put in before the template is compiled, as if its text had been typed there: so it may
name placeholders, and everything that guards a template guards it too.
"""

import re
from collections.abc import Mapping
from difflib import get_close_matches
from xml.sax.saxutils import escape

CLAUSES = "条款"
Clauses = Mapping[str, str]
"""The text of each clause, by its name."""

_TAG = re.compile(rf"\{{\{{\s*{CLAUSES}\.([^\s{{}}|.]+)\s*\}}\}}")
_ANY_TAG = re.compile(r"(\{\{.*?\}\}|\{%.*?%\})")
_QUOTES = str.maketrans("“”‘’", "\"\"''")


def clause_named(inner: str) -> str | None:
    """The clause that a tag with this inside asks for; None where it asks for something else."""
    found = _TAG.fullmatch(f"{{{{{inner}}}}}")
    return found[1] if found else None


def nearest_clause(name: str, clauses: Clauses) -> str | None:
    """What is typed for the clause that *name* was probably meant to be."""
    near = get_close_matches(name, clauses, n=1, cutoff=0.4)
    return f"{{{{ {CLAUSES}.{near[0]} }}}}" if near else None


def insert_clauses(source: str, clauses: Clauses) -> str:
    """*source*, the XML of a part, with the clauses that it names in their places."""
    return _TAG.sub(lambda tag: as_xml(clauses[tag[1]]) if tag[1] in clauses else tag[0], source)


def as_xml(text: str) -> str:
    """*text* escaped, but for its tags: those are read before the XML is."""
    pieces = _ANY_TAG.split(text.replace("\r\n", "\n"))
    return "".join(
        piece.translate(_QUOTES) if place % 2 else escape(piece)
        for place, piece in enumerate(pieces)
    )
