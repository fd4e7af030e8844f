"""Pure rules of upkeep: what becomes of two archives that are one."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

from archive.terms import N_, Term

UNDOABLE_FOR = timedelta(days=30)


class MergeState(Term):
    """How far a merge is."""

    MERGING = "merging", N_("正在合并"), "active"
    MERGED = "merged", N_("已并成一份"), "good"
    UNDOING = "undoing", N_("正在拆回"), "active"
    UNDONE = "undone", N_("已拆回")


WORKING = (MergeState.MERGING, MergeState.UNDOING)
"""States in which something is still to be done."""


class RestrictionState(Term):
    """How far the restriction of an archive is."""

    RESTRICTING = "restricting", N_("正在限制"), "active"
    RESTRICTED = "restricted", N_("限制处理中"), "warn"
    LIFTING = "lifting", N_("正在解除"), "active"
    LIFTED = "lifted", N_("已解除限制")


RESTRICTING = (RestrictionState.RESTRICTING, RestrictionState.LIFTING)
"""States in which something is still to be done."""


class Choice(Term):
    """Which of two archives is right about something."""

    KEPT = "kept", N_("保留的档案")
    OTHER = "other", N_("并入的档案")
    BOTH = "both", N_("两者都留")


def has_value(value: Any) -> bool:
    """Whether anything is said: False and 0 are something."""
    return value not in (None, "", [], {})


def usual_choice(kept: Any, other: Any) -> Choice:
    """What is chosen unless a person says otherwise: nothing that only one archive says is lost."""
    if isinstance(kept, Sequence) and not isinstance(kept, str) and kept and other:
        return Choice.BOTH
    return Choice.KEPT if has_value(kept) or not has_value(other) else Choice.OTHER


def chosen(choice: Choice, kept: Any, other: Any) -> Any:
    """The value that *choice* makes of two."""
    if choice is Choice.BOTH:
        return [*kept, *(each for each in other if each not in kept)]
    return kept if choice is Choice.KEPT else other


def rows_together(
    kept: Sequence[Mapping[str, Any]],
    other: Sequence[Mapping[str, Any]],
    key: str,
    choices: Mapping[Any, Choice],
) -> list[Mapping[str, Any]]:
    """The rows of both, each once by its *key*; of two that differ the one that was chosen.

    Where nobody has chosen, that of *kept* stays.
    """
    rows = {row[key]: row for row in kept}
    for row in other:
        if row[key] not in rows or choices.get(row[key]) is Choice.OTHER:
            rows[row[key]] = row
    return [rows[each] for each in sorted(rows)]


def rows_turned(
    now: Sequence[Mapping[str, Any]],
    source: Sequence[Mapping[str, Any]],
    target: Sequence[Mapping[str, Any]],
    key: str,
) -> list[Mapping[str, Any]]:
    """The rows of *target*; where a row is no longer as in *source*, it stays as it is *now*."""
    was, rows = {row[key]: row for row in source}, {row[key]: row for row in target}
    current = {row[key]: row for row in now}
    for each in was.keys() | current.keys():
        if current.get(each) != was.get(each):
            rows.pop(each, None)
            if each in current:
                rows[each] = current[each]
    return [rows[each] for each in sorted(rows)]
