"""The verbs of work on lists: something done to many rows, and views that are kept."""

from archive.listwork.service.runs import begin, begin_undoing, go_on, stop, work
from archive.listwork.service.saved import (
    bring_view_back,
    edit_view,
    make_default,
    redefine_view,
    remove_view,
    save_view,
)

__all__ = [
    "begin",
    "begin_undoing",
    "bring_view_back",
    "edit_view",
    "go_on",
    "make_default",
    "redefine_view",
    "remove_view",
    "save_view",
    "stop",
    "work",
]
