"""Full-text search for Chinese business records, behind a seam of plain data.

Knows nothing of web pages or of the database. `SearchEngine` is the seam; `open_engine` in
`archive.search.engines` puts a library behind it, and none is loaded before. How chapters say what
of their records can be found is in `archive.web.projection`.
"""

from archive.search.engine import IndexState, PositionMoved, SearchEngine, SearchUnavailable
from archive.search.entry import IndexEntry, Tag
from archive.search.parsing import parse_query
from archive.search.query import Note, Query
from archive.search.results import (
    Count,
    Facet,
    Hit,
    Narrowing,
    Order,
    Results,
    Segment,
    Snippet,
    Suggestion,
)

__all__ = [
    "Count",
    "Facet",
    "Hit",
    "IndexEntry",
    "IndexState",
    "Narrowing",
    "Note",
    "Order",
    "PositionMoved",
    "Query",
    "Results",
    "SearchEngine",
    "SearchUnavailable",
    "Segment",
    "Snippet",
    "Suggestion",
    "Tag",
    "parse_query",
]
