"""The verbs on words that mean the same."""

from collections.abc import Sequence
from datetime import datetime

from archive.actor import SYSTEM, Actor, Right
from archive.database import Taken
from archive.synonyms.errors import StateUnchanged, WordTaken
from archive.synonyms.models import Synonyms
from archive.synonyms.rules import SHIPPED, WordsState, folded


def add_group(words: Sequence[str], *, actor: Actor, now: datetime) -> Synonyms:
    """Have search look for all of *words* where one is asked for.

    Raises:
        NotPermitted.
        WordTaken: a word is in another group.
    """
    actor.require(Right.MANAGE_SYNONYMS)
    if (earlier := Synonyms.asked_before()) is not None:
        return earlier
    _refuse_taken(words)
    return Synonyms.open_new(actor, now, "synonyms.added", {"words": list(words)})


def edit_group(
    group: Synonyms, *, actor: Actor, now: datetime, seen: int, words: Sequence[str]
) -> Synonyms:
    """Have *group* hold *words*; *seen* is the revision the person had.

    Raises:
        NotPermitted, EditedMeanwhile.
        WordTaken: a word is in another group.
    """
    actor.require(Right.MANAGE_SYNONYMS, group)
    _refuse_taken(words, group)
    return group.change(actor, now, "synonyms.edited", {"words": list(words)}, seen=seen)


def stop_group(group: Synonyms, reason: str, *, actor: Actor, now: datetime) -> Synonyms:
    """Have search no longer use *group*; it stays, and can be taken up again.

    Raises:
        NotPermitted, StateUnchanged, EditedMeanwhile.
    """
    return _become(group, WordsState.STOPPED, "synonyms.stopped", reason, actor, now)


def resume_group(group: Synonyms, reason: str, *, actor: Actor, now: datetime) -> Synonyms:
    """Have search use *group* again.

    Raises:
        NotPermitted, StateUnchanged, EditedMeanwhile.
    """
    return _become(group, WordsState.USED, "synonyms.resumed", reason, actor, now)


def install_shipped(*, now: datetime) -> None:
    """Bring the trade's usual words, once: where any group is, the company keeps its own list."""
    if Synonyms.objects.first() is None:
        for words in SHIPPED:
            try:
                Synonyms.open_new(SYSTEM, now, "synonyms.installed", {"words": list(words)})
            except Taken:  # another process does the same
                return


def _become(
    group: Synonyms, state: WordsState, action: str, reason: str, actor: Actor, now: datetime
) -> Synonyms:
    actor.require(Right.MANAGE_SYNONYMS, group)
    if group.state is state:
        raise StateUnchanged(status=group.state.label)
    return group.change(actor, now, action, {"state": state}, reason=reason)


def _refuse_taken(words: Sequence[str], but: Synonyms | None = None) -> None:
    other = Synonyms.holding(list(words), but)
    if other is not None:
        word = next(word for word in words if folded([word])[0] in other.compared)
        raise WordTaken(word=word, others=other.caption)
