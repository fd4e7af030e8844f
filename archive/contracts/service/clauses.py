"""The verbs on the clauses that the company keeps."""

from datetime import datetime

from archive.actor import Actor, Right
from archive.contracts.errors import AlreadyInForce, ClauseHasFaults
from archive.contracts.models import Clause, ClauseVersion
from archive.docgen import DraftWriter
from archive.docgen.clauses import Clauses


def write_clause(
    name: str,
    text: str,
    *,
    actor: Actor,
    now: datetime,
    docgen: DraftWriter,
    note: str | None = None,
) -> Clause:
    """Keep a new clause, in force at once.

    Raises:
        NotPermitted, Taken: the name.
        ClauseHasFaults: every fault in one answer; nothing was kept.
    """
    actor.require(Right.MANAGE_TEMPLATES)
    if earlier := Clause.asked_before():
        return earlier
    version = _checked(text, note, 1, actor, now, docgen)
    return Clause.open_new(
        actor, now, "clause.written", {"name": name, "versions": [version], "version_in_force": 1}
    )


def revise_clause(
    clause: Clause,
    text: str,
    *,
    actor: Actor,
    now: datetime,
    seen: int,
    docgen: DraftWriter,
    note: str | None = None,
) -> Clause:
    """Put a new wording of *clause* in force; the earlier ones stay, and so do drafts made of them.

    Raises:
        NotPermitted, ClauseHasFaults, EditedMeanwhile.
    """
    actor.require(Right.MANAGE_TEMPLATES, clause)
    number = clause.newest.number + 1
    version = _checked(text, note, number, actor, now, docgen)
    return clause.change(
        actor,
        now,
        "clause.revised",
        {"versions": [*clause.versions, version], "version_in_force": number},
        seen=seen,
    )


def put_clause_in_force(clause: Clause, number: int, *, actor: Actor, now: datetime) -> Clause:
    """Use wording *number* from now on; an older one may come back into force.

    Raises:
        NotPermitted, NoSuchVersion, AlreadyInForce.
    """
    actor.require(Right.MANAGE_TEMPLATES, clause)
    clause.version(number)
    if clause.version_in_force == number:
        raise AlreadyInForce(number=number)
    return clause.change(actor, now, "clause.put_in_force", {"version_in_force": number})


def retire_clause(clause: Clause, reason: str, *, actor: Actor, now: datetime) -> Clause:
    """Offer *clause* no more; templates that name it already keep its last wording.

    Raises:
        NotPermitted.
    """
    actor.require(Right.MANAGE_TEMPLATES, clause)
    return clause.change(actor, now, "clause.retired", {"version_in_force": None}, reason=reason)


def texts_offered() -> Clauses:
    """What a template may name when it is uploaded: the clauses in force."""
    return {each.name: each.text for each in Clause.usable()}


def texts_kept() -> Clauses:
    """What templates are filled with: every clause, those out of use with their last wording."""
    return {each.name: each.text for each in Clause.objects}


def _checked(
    text: str, note: str | None, number: int, actor: Actor, now: datetime, docgen: DraftWriter
) -> ClauseVersion:
    report = docgen.check_clause(text)
    if not report.passed:
        raise ClauseHasFaults(report)
    return ClauseVersion(
        number=number,
        text=text,
        note=note,
        written_at=now,
        written_by_id=actor.id,
        written_by_name=actor.name,
    )
