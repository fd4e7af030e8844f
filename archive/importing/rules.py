"""Finding a table's head and what each of its columns means; no input or output."""

import re
from collections.abc import Mapping, Sequence

from rapidfuzz import fuzz

from archive.chinese.folding import fold
from archive.terms import N_, Term

HEAD_WITHIN = 20  # rows from the top
SAMPLED = 50  # rows below the head whose cells are looked at
NEARLY = 86  # of 100, for names of columns that differ by a slip
MOSTLY = 0.8  # of a column's cells that must look like what it is taken for
EITHER = re.compile(r"[/／、|]")  # 统一社会信用代码/税号
ASIDE = re.compile(r"[\s*＊:：]|[(（\[【].*?[)）\]】]|必填|选填")


class ImportState(Term):
    """Where an import is."""

    MAPPING = "mapping", N_("待核对列"), "active"
    CHECKING = "checking", N_("正在检查"), "active"
    CHECKED = "checked", N_("待确认"), "warn"
    WRITING = "writing", N_("正在导入"), "active"
    STOPPED = "stopped", N_("已停止"), "warn"
    DONE = "done", N_("已导入"), "good"
    UNDOING = "undoing", N_("正在撤销"), "active"
    UNDONE = "undone", N_("已撤销")
    DISCARDED = "discarded", N_("已放弃")


WORKING = (ImportState.CHECKING, ImportState.WRITING, ImportState.UNDOING)
"""States in which the worker has something to do."""
WRITABLE = (ImportState.CHECKED, ImportState.STOPPED)
UNDOABLE = (ImportState.DONE, ImportState.STOPPED)
OPEN = (ImportState.MAPPING, ImportState.CHECKED)


ENDINGS = ".xlsx,.xls,.xlsm,.xlsb,.ods,.csv,.txt"
"""Of the files that are taken, for the field that chooses one."""


def bare(name: str) -> str:
    """The name of a column without units, stars and gaps."""
    folded = fold(name).replace("时间", "日期")
    return ASIDE.sub("", folded) or folded.strip()


def likeness(head: str, names: Sequence[str]) -> int:
    """How surely *head*, or a part of it, names the column that is called *names*: 0 to 100."""
    return max(_likeness(bare(part), names) for part in (head, *EITHER.split(head)))


def _likeness(given: str, names: Sequence[str]) -> int:
    best = 0
    if not given:
        return best
    for name in map(bare, names):
        if given == name:
            return 100
        if len(name) > 1 and len(given) > 1 and (given.endswith(name) or name.endswith(given)):
            best = max(best, 90)
        elif len(given) > 2 and fuzz.ratio(given, name) >= NEARLY:
            best = max(best, int(fuzz.ratio(given, name)))
    return best


def find_head(rows: Sequence[Sequence[str]], names: Mapping[str, Sequence[str]]) -> int:
    """Which of *rows* (from 0) holds the names of the columns.

    It is the one that names most fields; where none names any, the first that is filled.
    """
    top = rows[:HEAD_WITHIN]
    named = [len(match_names(row, names)) for row in top]
    if named and max(named) >= min(2, len(names)):
        return named.index(max(named))
    filled = [sum(1 for cell in row if cell.strip()) for row in top]
    return next((at for at, count in enumerate(filled) if count > 1 or count == max(filled)), 0)


def match_names(head: Sequence[str], names: Mapping[str, Sequence[str]]) -> dict[str, int]:
    """Which column (from 0) each field is in, by its name; the surest first, none twice."""
    pairs = sorted(
        (
            (-likeness(cell, names[name]), at, order, name)
            for order, name in enumerate(names)
            for at, cell in enumerate(head)
            if likeness(cell, names[name])
        ),
    )
    found: dict[str, int] = {}
    for _, at, _, name in pairs:
        if name not in found and at not in found.values():
            found[name] = at
    return found


def share_that_looks_right(cells: Sequence[str], looks: Sequence[bool]) -> float:
    """The share of the filled *cells* that look as the field wants."""
    filled = [right for cell, right in zip(cells, looks, strict=True) if cell.strip()]
    return sum(filled) / len(filled) if filled else 0.0
