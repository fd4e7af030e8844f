"""The verbs on absences: who decides in whose place, and when."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from archive.actor import Actor, Right
from archive.contracts.errors import StandsInForThemselves
from archive.contracts.models import Absence, Contract
from archive.contracts.rules import ContractStatus
from archive.contracts.service.routing import reviewer_called
from archive.contracts.service.steering import refresh_asked


def be_away(facts: Mapping[str, Any], *, actor: Actor, now: datetime) -> Absence:
    """Say that *actor* is away, and who decides meanwhile; they may still decide themselves.

    Raises:
        NotPermitted, NoSuchReviewer, StandsInForThemselves.
    """
    actor.require(Right.REVIEW_CONTRACT)
    if earlier := Absence.asked_before():
        return earlier
    substitute = reviewer_called(facts["substitute"])
    if substitute.key == actor.id:
        raise StandsInForThemselves()
    absence = Absence.open_new(
        actor,
        now,
        "absence.arranged",
        {
            "person_id": actor.id,
            "person_name": actor.name,
            "substitute_id": substitute.key,
            "substitute_name": substitute.name,
            "starts_on": facts["starts_on"],
            "ends_on": facts["ends_on"],
        },
    )
    refresh_all(now=now)
    return absence


def be_back(absence: Absence, *, actor: Actor, now: datetime) -> None:
    """End *absence*: nobody stands in from now on.

    Raises:
        NotPermitted: it is another's.
    """
    actor.require(Right.REVIEW_CONTRACT, absence)
    absence.change(actor, now, "absence.ended", {"ended_at": now})
    refresh_all(now=now)


def refresh_all(*, now: datetime) -> int:
    """See for every contract under review whose turn it is; how many it is somebody else for."""
    found = Contract.objects(status=ContractStatus.IN_REVIEW)
    return sum(refresh_asked(contract, now=now) for contract in found)
