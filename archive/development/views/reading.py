"""What the pages of development share in reading a request."""

from archive.database import Record
from archive.trail.history import history_of
from archive.trail.models import History
from archive.web.wording import action_words

CHANGES_SHOWN = 12


def recent_changes(record: Record) -> list[tuple[History, str]]:
    """The newest changes of *record*, each with what was done, in words."""
    return [(event, action_words(event.action)) for event in history_of(record)[:CHANGES_SHOWN]]
