"""What a list is that can be brought in from a spreadsheet, and what becomes of each of its rows.

A chapter declares an `ImportKind` for each such list in its ``imports.py``; files, columns, the dry
run, progress, stopping, going on and taking back are the work of `archive.importing`.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Generic, NamedTuple, Protocol, TypeVar

from archive.actor import Actor, Right
from archive.terms import N_, Term


class Verdict(Term):
    """What bringing in a row would do."""

    NEW = "new", N_("新增"), "good"
    CHANGED = "changed", N_("更新"), "active"
    SAME = "same", N_("无变化")
    ALIKE = "alike", N_("疑似重复"), "warn"
    REFUSED = "refused", N_("不能导入"), "bad"


Typed = TypeVar("Typed")


@dataclass(frozen=True)
class ImportColumn:
    """A column that a list may have."""

    name: str
    """The field of the row that it fills."""
    label: str
    is_needed: bool = False
    """Whether a row without it cannot be brought in."""
    aliases: tuple[str, ...] = ()
    """What else companies call it."""
    example: str = ""
    looks_right: Callable[[str], bool] | None = None
    """Whether a cell is known by its content alone, whatever the column is called."""

    @property
    def names(self) -> tuple[str, ...]:
        """Everything that it may be called."""
        return (self.label, *self.aliases)


class Change(NamedTuple):
    """A field of a record before and after, in words."""

    label: str
    before: str
    after: str


@dataclass(frozen=True)
class Judgement:
    """What bringing in one row would do, in words."""

    verdict: Verdict
    record: str = ""
    """Identity of the record that it changes; of a new one the identity that it will have."""
    caption: str = ""
    changes: tuple[Change, ...] = ()
    why: str = ""
    revision: int = 0
    """Of the record as it was judged."""
    before: Mapping[str, Any] = field(default_factory=dict)
    """What taking it back restores, as MongoDB keeps it."""


@dataclass(frozen=True)
class Planned(Generic[Typed]):
    """A row that is to be written, as it was judged."""

    typed: Typed
    record: str
    revision: int
    is_new: bool
    before: Mapping[str, Any] = field(default_factory=dict)
    """What its judgement kept."""


@dataclass(frozen=True)
class Written:
    """A row that is in the archive at this revision; or in words why it is not."""

    revision: int = 0
    refused: str = ""


class Kept(Protocol):
    """A row that was written, as taking it back needs it."""

    record: str
    caption: str
    was_new: bool
    revision: int
    before: Mapping[str, Any]


class Reading(NamedTuple):
    """What the cells of a row hold; or, by field, what is wrong with them, in words."""

    typed: Any = None
    faults: Mapping[str, Sequence[str]] = {}


@dataclass(frozen=True)
class ImportKind(Generic[Typed]):
    """A list that can be brought in.

    The verbs get rows of one import, some hundred at a time, and the person who brings them in.
    `write` may be asked for the same row twice and writes it once.
    """

    key: str
    label: str
    right: Right
    columns: tuple[ImportColumn, ...]
    read: Callable[[Mapping[str, str]], Reading]
    """From the cells of a row, by field."""
    identity: Callable[[Typed], str]
    """By what two rows of one file are the same thing; empty for none."""
    judge: Callable[[Sequence[Typed], Actor], list[Judgement]]
    write: Callable[[Sequence[Planned[Typed]], Actor, datetime], list[Written]]
    take_back: Callable[[Sequence[Kept], Actor, datetime, str], list[str]]
    """Why each row stays, in words; empty for one that was taken back. The last is the reason."""
    reads_again: bool = True
    """Whether the cells of a row are read once more when it is written. Where what its judgement
    kept says all of it, they need not be: of such rows there is no `Planned.typed`."""
    help: str = ""

    def column(self, name: str) -> ImportColumn:
        """The column that fills the field *name*."""
        return next(each for each in self.columns if each.name == name)

    @property
    def needed(self) -> list[ImportColumn]:
        """The columns without which no row can be brought in."""
        return [each for each in self.columns if each.is_needed]
