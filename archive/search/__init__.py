"""Full-text search for Chinese business records, behind a seam of plain data.

Knows nothing of web pages or of the database. `SearchEngine` is the seam, `WhooshEngine` the
engine in use. How chapters say what of their records can be found is in `archive.web.projection`.
"""

from archive.search.engine import IndexState, PositionMoved, SearchEngine, SearchUnavailable
from archive.search.entry import Entry, Tag
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
from archive.search.whoosh_engine import WhooshEngine

__all__ = [
    "Count",
    "Entry",
    "Facet",
    "Hit",
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
    "WhooshEngine",
    "parse_query",
]
