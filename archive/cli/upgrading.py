"""Bringing data of an earlier release into the form of this one.

Each step is done once and may be cut short and run again. It changes the form of what is stored,
not what was said: revisions stay, and no event is written.
"""

from typing import Any

from mongoengine.connection import get_db

from archive import clock
from archive.communication.models import Complaint
from archive.contracts.models import Contract, DraftText
from archive.database import Record, durable, kind_of, records
from archive.database.differing import BOOKKEEPING, differences
from archive.filing.models import Attachment, Deposit
from archive.filing.rules import DepositState

EXACT_AND_OWNED = "exact amounts, owners on records, indexed names"
COMPLAINTS_IN_TURN = "complaints in the order of their clocks, each with somebody who sees to it"
NAMES_AS_HEARD = "names without dots and brackets, rare characters in their usual form"
NAMES_THAT_MEET = "names in one form where two characters meet in words: 锺 and 钟, 钜 and 巨"
INCOMPLETE_DRAFTS = "drafts that say whether something is still to be filled in"
STEPS = (
    EXACT_AND_OWNED,
    NAMES_AS_HEARD,
    COMPLAINTS_IN_TURN,
    NAMES_THAT_MEET,
    INCOMPLETE_DRAFTS,
)


def upgrade() -> list[str]:
    """Do the steps that this database has not seen; one sentence for each change made."""
    done = get_db()["upgrades"]
    seen = {each["_id"] for each in done.find()}
    new = [step for step in STEPS if step not in seen]
    said = []
    if EXACT_AND_OWNED in new:
        if moved := move_draft_texts():
            said.append(f"draft texts moved to a collection of their own: {moved}")
        if unfinished := mark_half_filed():
            said.append(f"filed papers that a crash had left unfinished: {unfinished}")
    if COMPLAINTS_IN_TURN in new and (given := give_handlers()):
        said.append(f"complaints that whoever accepted them sees to: {given}")
    if new:
        said += [
            f"{kind_of(model)} written in the present form: {rewritten}"
            for model in records()
            if (rewritten := write_in_present_form(model))
        ]
        done.insert_many({"_id": step, "at": clock.now()} for step in new)
    return said


def move_draft_texts() -> int:
    """Take the text of each contract's newest draft out of the contract."""
    moved = 0
    contracts = durable(Contract)
    for stored in contracts.find({"draft_text": {"$exists": True}}):
        if stored.get("drafts") and stored["draft_text"]:
            DraftText.keep(stored["drafts"][-1]["sha256"], stored["draft_text"])
        contracts.update_one({"_id": stored["_id"]}, {"$unset": {"draft_text": ""}})
        moved += 1
    return moved


def mark_half_filed() -> int:
    """Mark deposits that were filed and whose attachment a crash kept from being written."""
    marked = 0
    for deposit in Deposit.objects(state=DepositState.FILED).only("id"):
        if not Attachment.objects(versions__deposit_id=deposit.id).only("id").first():
            Deposit.objects(id=deposit.id).update_one(set__is_half_filed=True)
            marked += 1
    return marked


def give_handlers() -> int:
    """Let whoever accepted a complaint be its handler."""
    accepted = {"accepted_by_id": {"$exists": True}, "handler_id": {"$exists": False}}
    same = {"handler_id": "$accepted_by_id", "handler_name": "$accepted_by_name"}
    return int(durable(Complaint).update_many(accepted, [{"$set": same}]).modified_count)


def write_in_present_form(model: type[Record]) -> int:
    """Write amounts exactly, and the fields that follow from others; how many were changed."""
    rewritten = 0
    for stored in durable(model).find({}):
        record = model.from_stored(stored)
        for name, value in record.derive().items():
            setattr(record, name, value)
        present: dict[str, Any] = record.to_mongo()
        changed = {
            each["field"]: each["after"]
            for each in differences(stored, present)
            if each["field"] not in BOOKKEEPING and each["after"] is not None
        }
        if changed:
            same = {"_id": stored["_id"], "revision": stored.get("revision")}
            rewritten += durable(model).update_one(same, {"$set": changed}).modified_count
    return rewritten
