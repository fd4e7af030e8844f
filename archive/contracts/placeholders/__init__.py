"""What a Word template may ask for: one table of facts, each with its words and where it is kept.

`Fact("地址", N_("地址"), "示例路1号", field="address")` is a placeholder of the catalogue, a value
of the document, and the field of the form where a person fills it in.
"""

from archive.contracts.placeholders.facts import Fact, Group, Source, Table
from archive.contracts.placeholders.table import (
    CATALOGUE,
    FIELDS,
    GROUPS,
    LEDGER,
    ORIGINAL,
    PLACEHOLDERS,
    values_of,
)

__all__ = [
    "CATALOGUE",
    "FIELDS",
    "GROUPS",
    "LEDGER",
    "ORIGINAL",
    "PLACEHOLDERS",
    "Fact",
    "Group",
    "Source",
    "Table",
    "values_of",
]
