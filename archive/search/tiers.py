"""What comes before anything that is only counted: the name, the very word, the run as typed.

Each is a constant far above what words add up to, so that libraries that weigh words in their own
ways put the same records first.
"""

from collections.abc import Iterator

from archive.search.query import Alike, Either, Every, Node, Phrase, Query, Words
from archive.search.terms import comparable, runs

NAMED = 32_768.0
"""The customer whose name is asked for, before all records that mention it."""
OWN_WORD = 4_096.0
"""A record with the word itself, before those with another word for the same."""
EXACT = 1_024.0
"""A record with a run of characters as it was typed, before those with its parts; and of the
customers that are called so in part, the one that is called so."""


def runs_typed(query: Query) -> list[str]:
    """The unquoted runs of *query* that a record may hold in one piece or only in parts."""
    texts = dict.fromkeys(
        comparable(node.text) for node in query.sought() if isinstance(node, Words)
    )
    return [text for text in texts if _has_parts(text)]


def _has_parts(text: str) -> bool:
    found = list(runs(text))
    return any(is_han for _, is_han in found) and (len(found) > 1 or len(found[0][0]) > 2)


def own_words(query: Query) -> list[Node]:
    """What was asked for itself, where other words for the same are looked for as well."""
    return [node.own for node in _nodes(query.root) if isinstance(node, Alike)]


def names_asked(query: Query) -> list[tuple[str, ...]]:
    """The texts that may mean a customer, each in its spellings; none for other queries."""
    parts = query.root.parts if isinstance(query.root, Every) else (query.root,)
    asked = [tuple(_spellings(part)) for part in parts]
    return asked if all(asked) else []


def _spellings(node: Node | None) -> Iterator[str]:
    match node:
        case Words(text) | Phrase(text):
            yield comparable(text)
        case Alike(own, _):
            yield from _spellings(own)
        case Either(parts) if all(isinstance(each, Words | Phrase) for each in parts):
            for each in parts:
                yield from _spellings(each)


def _nodes(root: Node | None) -> Iterator[Node]:
    waiting = [root] if root else []
    while waiting:
        node = waiting.pop(0)
        yield node
        if isinstance(node, Every | Either):
            waiting += node.parts
