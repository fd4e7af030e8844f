"""The verbs of importing, in the order in which a list goes through them."""

from archive.importing.service.receiving import choose_columns, choose_sheet, receive
from archive.importing.service.staging import stage, take_as_another
from archive.importing.service.undoing import begin_undoing, undo
from archive.importing.service.writing import begin_writing, discard, stop, write

__all__ = [
    "begin_undoing",
    "begin_writing",
    "choose_columns",
    "choose_sheet",
    "discard",
    "receive",
    "stage",
    "stop",
    "take_as_another",
    "undo",
    "write",
]
