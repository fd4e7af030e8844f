"""Merges and handovers for the walk of rights."""

from archive.accounts.models import User
from archive.accounts.samples import a_person
from archive.actor import Role
from archive.customers.samples import a_customer
from archive.customers.service import assign_salesperson
from archive.listwork.service import begin
from archive.upkeep.models import Handed, Handover
from archive.upkeep.rowacts import HAND_OVER
from archive.upkeep.service.handing_over import open_handover
from archive.upkeep.service.merging import merge
from archive.upkeep.service.restricting import restrict
from archive.web.chapter import Sample, Sampling


def of_merges(given: Sampling) -> Sample:
    """Two archives that became one, and two that may."""
    kept, other, third = (a_customer(given) for _ in range(3))
    done = merge(
        kept,
        other,
        actor=given.maker,
        now=given.now,
        reason="重复建档",
        seen=(kept.revision, other.revision),
        choices={},
        rows={},
    )
    body = {
        "kept": third.customer_code,
        "other": done.kept_number,
        "reason": "重复建档",
        "kept_revision": third.revision,
        "other_revision": kept.revision + 1,
    }
    return Sample(
        {"archive_number": third.archive_number, "number": done.number},
        sent={"merges_api.merge_archives": body},
    )


def a_salesperson(given: Sampling) -> User:
    """An account that can follow up customers."""
    user = a_person(given)
    user.change(given.maker, given.now, "user.edited", {"roles": [Role.SALESPERSON]})
    return user


def of_handovers(given: Sampling) -> Sample:
    """A handover that is written down, and carried out."""
    leaver, receiver = (a_salesperson(given) for _ in range(2))
    assign_salesperson(a_customer(given), leaver.key, actor=given.maker, now=given.now)
    handover = open_handover(
        leaver, [receiver.key], {}, actor=given.maker, now=given.now, reason="离职"
    )
    begun = begin(
        HAND_OVER,
        {"handover": handover.number},
        list(Handed.of(handover).scalar("id")),
        seen=1,
        reason="离职",
        language="zh",
        actor=given.maker,
        now=given.now,
    )
    Handover.objects(id=handover.id).update_one(set__run_number=begun.number)
    body = {"leaver": leaver.key, "receivers": [receiver.key], "reason": "离职"}
    return Sample({"number": handover.number}, sent={"handovers_api.hand_over": body})


def of_restrictions(given: Sampling) -> Sample:
    """An archive that is restricted, and one that may be."""
    done = restrict(a_customer(given), actor=given.maker, now=given.now, reason="客户要求")
    return Sample({"archive_number": a_customer(given).archive_number, "number": done.number})


SAMPLES = {
    "restrictions": of_restrictions,
    "restrictions_api": of_restrictions,
    "merges": of_merges,
    "merges_api": of_merges,
    "handovers": of_handovers,
    "handovers_api": of_handovers,
}
