"""Two Word files held against each other, clause by clause."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from archive.docgen.places import Region
from archive.redline.marking import Mark, Stretch, mark_text
from archive.redline.opened import open_word
from archive.redline.steps import steps_of
from archive.redline.units import Unit, units_of
from archive.terms import N_, Term

ORDER = (Region.BODY, Region.FOOTNOTE, Region.ENDNOTE, Region.HEADER, Region.FOOTER)
Cell = tuple[Stretch, ...]


class ChangeKind(Term):
    """What became of a paragraph or a row."""

    SAME = "same", N_("未改动")
    RENUMBERED = "renumbered", N_("只是编号变了")
    CHANGED = "changed", N_("有改动"), "warn"
    INSERTED = "inserted", N_("增加"), "good"
    DELETED = "deleted", N_("删去"), "bad"
    MOVED = "moved", N_("移位"), "active"


COUNTED = (ChangeKind.CHANGED, ChangeKind.INSERTED, ChangeKind.DELETED, ChangeKind.MOVED)
"""What is a change of the text."""


@dataclass(frozen=True)
class Change:
    """What became of one paragraph or row; `cells` has one entry for a paragraph."""

    kind: ChangeKind
    cells: tuple[Cell, ...]
    old: Unit | None
    new: Unit | None

    @property
    def unit(self) -> Unit:
        """The unit as it is now; of one that was deleted, as it was."""
        unit = self.new or self.old
        assert unit is not None  # no change without one
        return unit

    @property
    def clause(self) -> str:
        """The heading that it is under; under which it was, where it was deleted."""
        return self.unit.clause

    @property
    def came_from(self) -> str:
        """The heading after which it was, where it was moved from under another."""
        if self.kind is not ChangeKind.MOVED or not self.old or not self.new:
            return ""
        return self.old.above if self.old.above != self.new.clause else ""

    @property
    def old_label(self) -> str:
        """The number that it had, where it has another now."""
        is_other = self.old and self.new and self.old.label != self.new.label
        return self.old.label if is_other and self.old else ""


@dataclass(frozen=True)
class Comparison:
    """Everything that both files say, once, in the order of the new one."""

    changes: tuple[Change, ...]

    @cached_property
    def counts(self) -> Counter[ChangeKind]:
        """How many paragraphs and rows there are of each kind."""
        return Counter(each.kind for each in self.changes)

    @property
    def is_same(self) -> bool:
        """Whether both say the same."""
        return not any(self.counts[kind] for kind in COUNTED)


def compare(old: bytes, new: bytes) -> Comparison:
    """What *new* says otherwise than *old*, both .docx, their tracked changes accepted.

    Looks (bold, fonts, margins) are not compared.

    Raises:
        WordFileUnreadable: one is no Word file that is opened here.
        TooLongToCompare
    """
    from archive.redline.aligning import align  # noqa: PLC0415 - brings numpy; few compare

    before, after = units_of(open_word(old)), units_of(open_word(new))
    found: list[Change] = []
    for region in ORDER:
        pairs = align(before[region], after[region])
        found += [
            _change_of(
                before[region][each.old] if each.old is not None else None,
                after[region][each.new] if each.new is not None else None,
                is_moved=each.is_moved,
            )
            for each in pairs
        ]
    return Comparison(tuple(found))


def _change_of(old: Unit | None, new: Unit | None, *, is_moved: bool) -> Change:
    if new is None:
        gone = old.cells if old else ()
        return Change(ChangeKind.DELETED, _all(Mark.DELETED, gone), old, new)
    if old is None:
        return Change(ChangeKind.INSERTED, _all(Mark.INSERTED, new.cells), old, new)
    kind, cells = ChangeKind.CHANGED, tuple(_mark_cells(old.cells, new.cells))
    if old.key == new.key:
        is_alike = old.label == new.label
        kind = ChangeKind.SAME if is_alike else ChangeKind.RENUMBERED
        cells = _all(Mark.SAME, new.cells)
    return Change(ChangeKind.MOVED if is_moved else kind, cells, old, new)


def _all(mark: Mark, cells: tuple[str, ...]) -> tuple[Cell, ...]:
    return tuple(_whole(mark, each) for each in cells)


def _whole(mark: Mark, text: str) -> Cell:
    return (Stretch(mark, text),) if text else ()


def _mark_cells(old: tuple[str, ...], new: tuple[str, ...]) -> Iterator[Cell]:
    """The cells of a row: each against its own, where none was put in or taken out."""
    if len(old) == len(new):
        yield from map(mark_text, old, new)
        return
    for step in steps_of(old, new):
        gone, come = [old[at] for at in step.old], [new[at] for at in step.new]
        both = min(len(gone), len(come))
        yield from map(mark_text, gone[:both], come[:both])
        yield from (_whole(Mark.DELETED, each) for each in gone[both:])
        yield from (_whole(Mark.INSERTED, each) for each in come[both:])
