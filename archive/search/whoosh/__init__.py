"""An index kept with Whoosh; the sets of records that answer a search are worked out here."""

from archive.search.index_format import IndexFormat
from archive.search.whoosh.index import WhooshIndex
from archive.search.whoosh.schema import VERSION
from archive.search.whoosh.writing import create_index

FORMAT = IndexFormat(f"v{VERSION}", create_index, WhooshIndex)
