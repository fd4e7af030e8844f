"""An index kept with tantivy, which also answers: its tokenizers make the terms, it counts."""

from archive.search.index_format import IndexFormat
from archive.search.tantivy.index import TantivyIndex
from archive.search.tantivy.schema import VERSION
from archive.search.tantivy.writing import create_index

FORMAT = IndexFormat(f"t{VERSION}", create_index, TantivyIndex)
