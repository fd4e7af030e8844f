"""How recognition does, by what custodians made of its proposals."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from archive import clock
from archive.database import collection_of, kind_of
from archive.filing.models import Attachment, Deposit
from archive.filing.rules import AttachmentKind, DepositState
from archive.reading import Reading, ReadingState

LOOKED_AT = timedelta(days=30)
CAME_WITHIN = timedelta(days=7)  # what is read today came in lately
COMPARED = ("customer", "kind", "title", "document_on", "valid_until")


@dataclass(frozen=True)
class Trust:
    """Papers of a kind that were filed after they were read, and what was corrected on them."""

    kind: AttachmentKind | None
    filed: int
    sure: int
    """Of which the proposal was sure."""
    unchanged: int
    """Of the sure ones, filed exactly so: one key each."""
    customer: int
    """Of the sure ones, filed to another customer, or moved there later."""
    kind_corrected: int
    title: int
    days: int

    @property
    def share(self) -> int:
        """How many in a hundred were filed with one key."""
        return round(100 * self.unchanged / self.filed) if self.filed else 0


@dataclass(frozen=True)
class Today:
    """How reading goes at this moment."""

    read: int
    waiting: int
    failed: int


def today(now: datetime) -> Today:
    """How many papers were read today, and how many wait or could not be read."""
    since = clock.start_of(clock.local_day(now))
    lately = Deposit.objects(created_at__gte=since - CAME_WITHIN)
    return Today(
        read=lately.filter(proposal__made_at__gte=since).count(),
        waiting=Reading.objects(state__in=[ReadingState.WAITING, ReadingState.READING]).count(),
        failed=Reading.objects(state=ReadingState.FAILED, asked_at__gte=since - LOOKED_AT).count(),
    )


def by_kind(now: datetime) -> list[Trust]:
    """Of what was filed in the last 30 days, by the kind that it was filed as."""
    sums = {name: {"$sum": {"$cond": [f"${name}", 1, 0]}} for name in _CLAIMS}
    found = collection_of(Deposit).aggregate(
        [
            {
                "$match": {
                    "decided_at": {"$gte": now - LOOKED_AT},
                    "state": DepositState.FILED.value,
                    "proposal": {"$exists": True},
                    "filing.kind": {"$exists": True},
                }
            },
            {
                "$lookup": {
                    "from": kind_of(Attachment),
                    "localField": "filing.attachment_id",
                    "foreignField": "_id",
                    "as": "paper",
                }
            },
            {"$set": _CLAIMS},
            {
                "$set": {
                    "unchanged": _and("sure", *(f"same_{name}" for name in COMPARED)),
                    "is_other": {"$not": ["$same_customer"]},
                    "is_other_day": {"$not": [_and("same_document_on", "same_valid_until")]},
                }
            },
            {"$group": {"_id": "$filing.kind", "filed": {"$sum": 1}, **sums, **_COUNTS}},
        ]
    )
    order = {each.value: place for place, each in enumerate(AttachmentKind)}
    kinds = {each.value: each for each in AttachmentKind}
    rows = sorted(found, key=lambda each: order[each["_id"]])
    return [_trust(kinds[each["_id"]], each) for each in rows]


def total_of(rows: Sequence[Trust]) -> Trust:
    """All kinds together."""
    names = ("filed", "sure", "unchanged", "customer", "kind_corrected", "title", "days")
    return Trust(None, **{name: sum(getattr(each, name) for each in rows) for name in names})


def _trust(kind: AttachmentKind, found: dict[str, Any]) -> Trust:
    return Trust(
        kind=kind,
        filed=found["filed"],
        sure=found["sure"],
        unchanged=found["all_same"],
        customer=found["other_customer"],
        kind_corrected=found["filed"] - found["same_kind"],
        title=found["filed"] - found["same_title"],
        days=found["other_day"],
    )


def _and(*names: str) -> dict[str, Any]:
    return {"$and": [f"${name}" for name in names]}


def _same(name: str) -> dict[str, Any]:
    """Whether a field of the proposal was filed as it is; one that is missing is empty."""
    return {"$eq": [{"$ifNull": [f"$proposal.{name}", ""]}, {"$ifNull": [f"$filing.{name}", ""]}]}


_FIRST = {"$arrayElemAt": ["$proposal.candidates.customer_id", 0]}
_CLAIMS: dict[str, Any] = {
    "sure": {"$eq": ["$proposal.is_sure", True]},
    "same_customer": {
        "$and": [
            {"$eq": [_FIRST, "$filing.customer_id"]},
            {"$eq": [_FIRST, {"$arrayElemAt": ["$paper.customer_id", 0]}]},
        ]
    },
    "same_kind": _same("kind"),
    "same_title": _same("title"),
    "same_document_on": _same("document_on"),
    "same_valid_until": _same("valid_until"),
}
_COUNTS: dict[str, Any] = {
    "all_same": {"$sum": {"$cond": ["$unchanged", 1, 0]}},
    "other_customer": {"$sum": {"$cond": [_and("sure", "is_other"), 1, 0]}},
    "other_day": {"$sum": {"$cond": ["$is_other_day", 1, 0]}},
}
