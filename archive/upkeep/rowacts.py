"""Handing over as an act on many rows: each customer, plan and task, with the way back."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from flask import url_for
from flask_babel import gettext

from archive import clock
from archive.accounts.models import User
from archive.actor import Actor, Right
from archive.customers.lists import CUSTOMERS
from archive.customers.models import Customer
from archive.listed import Listed, RowAct
from archive.listwork.models import Run
from archive.listwork.rules import AT_ONCE, UNDOABLE, Outcome
from archive.listwork.service import begin, begin_undoing
from archive.listwork.serving import carry_on
from archive.terms import N_
from archive.upkeep.forms import HandoverInput
from archive.upkeep.lists import COMPLETENESS
from archive.upkeep.models import Handed, HandedKind, Handover
from archive.upkeep.service.handing_over import HandedRecord, find_handed, open_handover
from archive.upkeep.serving import check_people
from archive.web.context import actor
from archive.web.language import language

LISTS = (
    Listed(
        key=COMPLETENESS.key,
        page=COMPLETENESS,
        endpoint="completeness.list_page",
        rows=Customer.visible_to,
    ),
)


def tell(facts: Mapping[str, Any]) -> str:
    """From whom, to whom."""
    return gettext(
        "%(leaver)s 交接给 %(receivers)s（%(number)s）",
        leaver=facts.get("leaver", ""),
        receivers=gettext("、").join(facts.get("receivers", [])),
        number=facts.get("handover", ""),
    )


def is_handed(handed: HandedRecord, _: Mapping[str, Any]) -> bool:
    """Whether whoever was to get it has it."""
    return handed.owner == str(handed.thing.to_id)


def before(handed: HandedRecord) -> dict[str, Any]:
    """Who had it, and who looked after the customer."""
    return {"owner": handed.owner, "keeper": handed.keeper}


def hand_over(
    handed: HandedRecord, _: Mapping[str, Any], who: Actor, now: datetime, reason: str
) -> None:
    """Give it to whoever is to get it; the customer's keeper goes along where it was the leaver."""
    keeps = handed.keeper == handed.thing.leaver_id
    handed.give(handed.thing.to_id, keeps=keeps, reason=reason, actor=who, now=now)


def give_back(
    handed: HandedRecord, kept: Mapping[str, Any], who: Actor, now: datetime, reason: str
) -> None:
    """Give it back to whoever had it."""
    keeps = bool(kept["keeper"]) and kept["keeper"] == kept["owner"]
    handed.give(kept["owner"], keeps=keeps, reason=reason, actor=who, now=now)


def addresses(keys: Sequence[Any]) -> dict[Any, str]:
    """The pages of what was handed over."""
    found = {}
    for each in Handed.objects(id__in=list(keys)):
        if each.kind is HandedKind.CUSTOMER:
            found[each.id] = url_for("dossier.customer", archive_number=each.code)
        elif each.kind is HandedKind.PLAN:
            found[each.id] = url_for("development.page", number=each.code)
    return found


HAND_OVER = RowAct(
    key="hand_over",
    on=CUSTOMERS.key,
    label=N_("客户交接"),
    icon="users-group",
    right=Right.ASSIGN_CUSTOMER,
    lead=N_("一位销售员的全部客户、开拓计划和任务一次交给同事。"),
    model=HandoverInput,
    facts=lambda _: {},
    tell=tell,
    find=find_handed,
    is_so=is_handed,
    before=before,
    do=hand_over,
    restore=give_back,
    addresses=addresses,
    is_offered=False,
)
ACTS = (HAND_OVER,)


def begin_handover(typed: HandoverInput) -> Handover:
    """Hand over what was *typed*, in the name of the person of the request.

    Some few things are handed over at once, more by the worker.

    Raises:
        InvalidInput, SamePerson, NotPermitted, NothingToHandOver.
    """
    check_people(typed.leaver, typed.receivers)
    handover = open_handover(
        User.find(typed.leaver),
        typed.receivers,
        typed.customers,
        actor=actor(),
        now=clock.now(),
        reason=typed.reason,
        last_day=typed.last_day,
    )
    if handover.run_number:  # the same request once more
        return handover
    things = list(Handed.of(handover).scalar("id"))
    run = begin(
        HAND_OVER,
        {
            "handover": handover.number,
            "leaver": handover.leaver_name,
            "receivers": handover.receiver_names,
        },
        things,
        seen=len(things),
        reason=typed.reason,
        language=language(),
        actor=actor(),
        now=clock.now(),
    )
    Handover.objects(id=handover.id).update_one(set__run_number=run.number)
    if run.total <= AT_ONCE:
        carry_on(run.key)
    return Handover.find(handover.key)


def run_of(handover: Handover) -> Run:
    """The act that carries out *handover*."""
    return Run.numbered(handover.run_number or "")


def is_undoable(run: Run) -> bool:
    """Whether anything can be given back."""
    return run.state in UNDOABLE and run.counts()[Outcome.DONE] > 0


def undo_handover(handover: Handover, reason: str) -> None:
    """Give everything back that is still with whoever got it.

    Raises:
        NotPermitted, NotInThatState.
    """
    run = begin_undoing(run_of(handover), actor=actor(), now=clock.now(), reason=reason)
    if run.total <= AT_ONCE:
        carry_on(run.key)
