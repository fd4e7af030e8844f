"""Entries and questions for the tests of search."""

from dataclasses import replace
from datetime import UTC, datetime

from archive.search import (
    IndexEntry,
    Narrowing,
    Order,
    Results,
    Snippet,
    Tag,
    parse_query,
)
from archive.search.engines import open_engine
from archive.search.folder_engine import FolderEngine

ALL = frozenset({"all"})
HUASHENG = Tag("c1", "上海华盛货运有限公司")
SHUNDA = Tag("c2", "宁波顺达国际货运代理有限公司")

_PLAIN = IndexEntry(
    id="complaint:1",
    kind=Tag("complaint", "客户抱怨"),
    title="货物延误",
    access=ALL,
    at=datetime(2026, 11, 1, 4, tzinfo=UTC),
)


def an_entry(id: str = "complaint:1", **fields: object) -> IndexEntry:
    """A complaint that everybody with ``all`` sees, but for what *fields* say."""
    return replace(_PLAIN, id=id, **fields)  # type: ignore[arg-type]  # any field of IndexEntry


def another(engine: FolderEngine) -> FolderEngine:
    """An engine of another process, on the same folder."""
    return open_engine(engine.library, engine.path)


def ask(
    engine: FolderEngine,
    typed: str,
    access: frozenset[str] = ALL,
    narrowing: Narrowing = Narrowing(),  # noqa: B008  # frozen
    order: Order = Order.BEST,
) -> Results:
    """What *typed* finds."""
    return engine.search(
        parse_query(typed),
        access=access,
        narrowing=narrowing,
        order=order,
        per_page=100,
    )


def found(engine: FolderEngine, typed: str, access: frozenset[str] = ALL) -> set[str]:
    """The ids of what *typed* finds."""
    return {hit.id for hit in ask(engine, typed, access).hits}


def shown(snippet: Snippet) -> str:
    """A snippet with its marks in brackets."""
    return "".join(f"[{text}]" if marked else text for text, marked in snippet)
