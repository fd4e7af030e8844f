"""Closed lists of acts on many rows, and what a saved view holds."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Self

from archive.terms import N_, Term

AT_ONCE = 20
"""So few are done while the person waits; more are the worker's."""
MOST_ROWS = 50_000
MOST_VIEWS = 30  # of one person, of one list
MOST_VALUES = 200  # that narrow a list
LONGEST_VALUE = 100
NAME_OF_FILTER = re.compile(r"[a-z][a-z_]{0,39}")
NO_FILTER = frozenset({"page", "per_page", "chosen", "export", "saved", "rows"})


class RunState(Term):
    """Where an act on many rows is."""

    RUNNING = "running", N_("正在进行"), "active"
    STOPPED = "stopped", N_("已停止"), "warn"
    DONE = "done", N_("已完成"), "good"
    UNDOING = "undoing", N_("正在撤销"), "active"
    UNDONE = "undone", N_("已撤销")


WORKING = (RunState.RUNNING, RunState.UNDOING)
"""States in which there is something to do."""
UNDOABLE = (RunState.DONE, RunState.STOPPED)


class Outcome(Term):
    """What became of a row."""

    WAITING = "waiting", N_("等待处理")
    BEGUN = "begun", N_("处理中"), "active"
    DONE = "done", N_("已更改"), "good"
    SAME = "same", N_("本来如此")
    REFUSED = "refused", N_("没有更改"), "bad"
    UNDONE = "undone", N_("已恢复")
    STAYED = "stayed", N_("没有恢复"), "warn"


@dataclass(frozen=True)
class Definition:
    """What a saved view opens: the values of each filter as they are typed, columns and sort.

    Names and texts of our own, whatever the list makes of them: nothing that a store would run.
    """

    filters: Mapping[str, Sequence[str]] = field(default_factory=dict)
    columns: Sequence[str] = ()
    sort: str = ""

    @classmethod
    def of(cls, pairs: Iterable[tuple[str, str]]) -> Self:
        """What the address of a list asks for, as *pairs* of name and value."""
        filters: dict[str, list[str]] = {}
        columns: list[str] = []
        sort = ""
        for name, value in list(pairs)[:MOST_VALUES]:
            if not value or len(value) > LONGEST_VALUE or name in NO_FILTER:
                continue
            if name == "columns":
                columns.append(value)
            elif name == "sort":
                sort = value
            elif NAME_OF_FILTER.fullmatch(name):
                filters.setdefault(name, []).append(value)
        return cls(filters, columns, sort)

    def pairs(self) -> list[tuple[str, str]]:
        """As an address asks for it."""
        found = [(name, value) for name, values in self.filters.items() for value in values]
        found += [("columns", column) for column in self.columns]
        return [*found, ("sort", self.sort)] if self.sort else found

    def as_kept(self) -> dict[str, Any]:
        """As it is kept."""
        filters = {name: list(values) for name, values in self.filters.items()}
        return {"filters": filters, "columns": list(self.columns), "sort": self.sort or None}
