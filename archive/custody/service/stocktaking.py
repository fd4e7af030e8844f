"""Taking the stock of a place: what is there, what is missing, what belongs somewhere else.

Entries are written one by one as labels are scanned, so that several people may scan at once and
anybody goes on where another stopped.
"""

import re
from datetime import datetime
from typing import Any

from bson import ObjectId

from archive import clock
from archive.actor import Actor, Right
from archive.custody.errors import (
    BeingTaken,
    NoPlace,
    NothingKeptThere,
    NothingScanned,
    NotMovable,
    SeveralMeant,
    StockTakeOver,
)
from archive.custody.models import StockEntry, StockTake
from archive.custody.rules.places import is_inside, tidied
from archive.custody.rules.stock import SEEN, StockState, Whereabouts
from archive.custody.service.places import TAIL
from archive.database import collection_of, next_number
from archive.filing.models import Attachment
from archive.filing.service.deciding import put_at
from archive.recognition.codes import LabelCode, PlaceCode, parse

TYPED = re.compile(rf"[0-9A-Fa-f]{{{TAIL}}}")
LONGEST = 200  # characters of an unknown label that are kept


def open_stock_take(typed: str, *, actor: Actor, now: datetime) -> StockTake:
    """Begin to take the stock of the cabinet, compartment or volume *typed*.

    Raises:
        NotPermitted, NoPlace, NothingKeptThere.
        BeingTaken: it is being taken already.
    """
    actor.require(Right.TAKE_STOCK)
    if earlier := StockTake.asked_before():
        return _laid_out(earlier)
    place = tidied(typed)
    if place is None:
        raise NoPlace(typed=typed[:60])
    if other := StockTake.going_on(place):
        raise BeingTaken(place=place, number=other.number, name=other.made_by_name)
    total = kept_at(place).count()
    if not total:
        raise NothingKeptThere(place=place)
    year = clock.local(now).year
    facts = {
        "number": f"PD-{year}-{next_number(f'stock_take:{year}'):05d}",
        "place": place,
        "total": total,
        "made_by_id": actor.id,
        "made_by_name": actor.name,
    }
    return _laid_out(StockTake.open_new(actor, now, "stock_take.opened", facts))


def kept_at(place: str) -> Any:
    """The papers that are registered at *place* or inside of it, as a query."""
    return Attachment.filed().filter(
        paper_original=True, __raw__={"place": {"$regex": f"^{re.escape(place)}(-|$)"}}
    )


def scan(
    take: StockTake, text: str, *, actor: Actor, now: datetime, by_hand: bool = False
) -> StockEntry | None:
    """Write down that the label *text* was scanned, or its end typed; None for a place's label.

    Raises:
        NotPermitted, StockTakeOver, NothingScanned, SeveralMeant.
    """
    actor.require(Right.TAKE_STOCK)
    _demand_open(take)
    text = text.strip()
    if not text:
        raise NothingScanned()
    code = parse(text)
    if isinstance(code, PlaceCode):
        StockTake.objects(id=take.id).update_one(set__here=tidied(code.place) or None)
        return None
    key = code.attachment_key if isinstance(code, LabelCode) else _meant(take, text)
    paper = Attachment.filed().filter(id=ObjectId(key)).first() if key else None
    facts = {"at": now, "by_id": actor.id, "by_name": actor.name, "is_by_hand": by_hand}
    if paper is None:
        return StockEntry.write(take, text[:LONGEST], state=Whereabouts.UNKNOWN, **facts)
    take = StockTake.find(take.key)
    return _seen(take, paper, facts)


def mark_found(take: StockTake, key: str, *, actor: Actor, now: datetime) -> StockEntry:
    """Write down that the paper of an entry is there, although its label was not scanned.

    Raises:
        NotPermitted, StockTakeOver, NotFound.
    """
    actor.require(Right.TAKE_STOCK)
    _demand_open(take)
    entry = StockEntry.of(take, key)
    return StockEntry.write(
        take, entry.name, state=Whereabouts.FOUND, at=now, by_id=actor.id, by_name=actor.name,
        is_by_hand=True,
    )  # fmt: skip


def take_back(take: StockTake, key: str, *, actor: Actor, now: datetime) -> None:
    """Take an entry back: the paper is awaited again, and what does not belong here is forgotten.

    A paper that was moved here gets the place that it had.

    Raises:
        NotPermitted, StockTakeOver, NotFound.
    """
    actor.require(Right.TAKE_STOCK)
    _demand_open(take)
    entry = StockEntry.of(take, key)
    if entry.state is Whereabouts.MOVED:
        paper = Attachment.find(str(entry.attachment_id))
        put_at(paper, entry.place or None, take.number, actor=actor, now=now)
    if entry.is_expected:
        again = {"state": Whereabouts.AWAITED, "at": None, "by_id": None, "by_name": None}
        StockEntry.write(take, entry.name, is_by_hand=None, found_at=None, **again)
    else:
        entry.delete()


def move_here(take: StockTake, key: str, typed: str, *, actor: Actor, now: datetime) -> StockEntry:
    """Register the paper of an entry at the place *typed*, where it was found.

    Raises:
        NotPermitted, StockTakeOver, NotFound, NotMovable.
        NoPlace: it is no volume of a compartment of a cabinet.
    """
    actor.require(Right.TAKE_STOCK)
    _demand_open(take)
    entry = StockEntry.of(take, key)
    if entry.state is not Whereabouts.MISPLACED:
        raise NotMovable(state=entry.state.label)
    place = tidied(typed)
    if place is None or place.count("-") != 2:
        raise NoPlace(typed=typed[:60])
    paper = Attachment.find(str(entry.attachment_id))
    put_at(paper, place, take.number, actor=actor, now=now)
    return StockEntry.write(
        take, entry.name, state=Whereabouts.MOVED, found_at=place, at=now, by_id=actor.id,
        by_name=actor.name,
    )  # fmt: skip


def finish(take: StockTake, *, actor: Actor, now: datetime) -> StockTake:
    """End the stock-take: what was not found is missing.

    Raises:
        NotPermitted, StockTakeOver.
    """
    return _end(take, StockState.FINISHED, "stock_take.finished", "", actor, now)


def cancel(take: StockTake, reason: str, *, actor: Actor, now: datetime) -> StockTake:
    """End the stock-take without a result; what was scanned, and moved, stays.

    Raises:
        NotPermitted, StockTakeOver.
    """
    return _end(take, StockState.CANCELLED, "stock_take.cancelled", reason, actor, now)


def reopen(take: StockTake, *, actor: Actor, now: datetime) -> StockTake:
    """Go on with a stock-take that was ended.

    Raises:
        NotPermitted.
        BeingTaken: another one of this place goes on.
    """
    actor.require(Right.TAKE_STOCK)
    if take.is_open:
        return take
    if other := StockTake.going_on(take.place):
        raise BeingTaken(place=take.place, number=other.number, name=other.made_by_name)
    facts = {"state": StockState.OPEN, "ended_at": None, "ended_by_id": None, "ended_by_name": None}
    opened = take.change(actor, now, "stock_take.reopened", facts)
    take.entries(Whereabouts.MISSING).update(set__state=Whereabouts.AWAITED)
    return opened


def _laid_out(take: StockTake) -> StockTake:
    """*take* with an entry for each paper that should be there; begun again after a crash."""
    if not take.is_laid_out:
        StockEntry.lay_out(take, Attachment.with_customers(kept_at(take.place)))
        collection_of(StockTake).update_one({"_id": take.id}, {"$set": {"is_laid_out": True}})
    return StockTake.find(take.key)


def _demand_open(take: StockTake) -> None:
    if not StockTake.find(take.key).is_open:
        raise StockTakeOver()


def _end(
    take: StockTake, state: StockState, action: str, reason: str, actor: Actor, now: datetime
) -> StockTake:
    actor.require(Right.TAKE_STOCK)
    take = StockTake.find(take.key)
    if not take.is_open:
        raise StockTakeOver()
    facts = {
        "state": state, "ended_at": now, "ended_by_id": actor.id, "ended_by_name": actor.name,
    }  # fmt: skip
    ended = take.change(actor, now, action, facts, reason=reason)
    if state is StockState.FINISHED:
        take.entries(Whereabouts.AWAITED).update(set__state=Whereabouts.MISSING)
    return ended


def _meant(take: StockTake, typed: str) -> str | None:
    """The identity of the paper whose last characters were *typed*: here first, then anywhere."""
    if re.fullmatch(r"[0-9A-Fa-f]{24}", typed):
        return typed.lower()
    if not TYPED.fullmatch(typed):
        return None
    ends = {"$regex": f"{typed.lower()}$"}
    found = collection_of(StockEntry).distinct(
        "name", {"stock_take_id": take.id, "attachment_id": {"$ne": None}, "name": ends}
    ) or [
        str(each["_id"])
        for each in collection_of(Attachment).aggregate(
            [
                {"$match": {"paper_original": True, "withdrawn_at": None}},
                {"$project": {"key": {"$toString": "$_id"}}},
                {"$match": {"key": ends}},
                {"$limit": 2},
            ]
        )
    ]
    if len(found) > 1:
        raise SeveralMeant(typed=typed)
    return found[0] if found else None


def _seen(take: StockTake, paper: Attachment, facts: dict[str, Any]) -> StockEntry:
    """Write down that *paper* is here: in its place, or in a wrong one."""
    known = StockEntry.named(take, paper.key)
    if known is not None and known.state in SEEN and known.found_at in {take.here, paper.place}:
        return known  # scanned twice
    is_right = is_inside(paper.place, take.place)
    if take.here:
        is_right = is_right and (
            is_inside(paper.place, take.here) or is_inside(take.here, paper.place or "-")
        )
    return StockEntry.write(
        take,
        paper.key,
        attachment_id=paper.id,
        title=paper.title,
        customer=_customer_of(paper),
        place=paper.place or "",
        state=Whereabouts.FOUND if is_right else Whereabouts.MISPLACED,
        found_at=take.here,
        **facts,
    )


def _customer_of(paper: Attachment) -> str:
    return paper.customer.name if paper.customer else ""
