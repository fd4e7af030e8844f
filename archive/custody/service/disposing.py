"""Disposal (销毁): proposed by the custodian, approved by the general manager, then carried out.

Nothing is destroyed before the grace is over, inside a retention period, or under a hold; all of it
is asked again for each paper when its turn comes. Each step may be killed anywhere and done again.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any

from bson import ObjectId

from archive import clock
from archive.actor import SYSTEM, Actor, Right
from archive.blobs import Blobs, checking
from archive.custody.errors import (
    DecidedAlready,
    NotDisposable,
    NothingToDispose,
    OwnProposal,
)
from archive.custody.models import Disposal, DisposalPaper
from archive.custody.rules.retention import DisposalState, PaperState
from archive.custody.service.retaining import Keeps, Standing, standings
from archive.database import collection_of, next_number
from archive.filing.models import Attachment
from archive.filing.service.emptying import digests_of, empty_paper
from archive.reading.models import forget

MOST_PAPERS = 2000
ASIDE_FOR = timedelta(hours=1)  # in case the same bytes are being uploaded in this very moment
NAMED = 5  # of the papers that may not be destroyed, in the refusal
DONE_BETWEEN_SIGNS = 20


def propose(keys: Sequence[ObjectId], reason: str, *, actor: Actor, now: datetime) -> Disposal:
    """Propose to destroy the papers *keys*, whose retention is over, for a *reason*.

    Raises:
        NotPermitted, NothingToDispose.
        NotDisposable: of some the retention is not over, or a hold keeps them; it names them.
    """
    actor.require(Right.PROPOSE_DISPOSAL)
    if earlier := Disposal.asked_before():
        return _laid_out(earlier, keys)
    found = _standing(keys, now)
    if not found:
        raise NothingToDispose()
    kept = [each for each in found if each.keeps]
    if kept:
        raise NotDisposable(
            count=len(kept),
            names="；".join(f"{each.paper.title}：{in_words(each)}" for each in kept[:NAMED]),
        )
    year = clock.local(now).year
    facts = {
        "number": f"XH-{year}-{next_number(f'disposal:{year}'):05d}",
        "reason": reason,
        "total": len(found),
        "made_by_id": actor.id,
        "made_by_name": actor.name,
    }
    disposal = Disposal.open_new(actor, now, "disposal.proposed", facts, reason=reason)
    return _laid_out(disposal, keys)


def approve(disposal: Disposal, *, grace: timedelta, actor: Actor, now: datetime) -> Disposal:
    """Let the papers be destroyed once *grace* is over; until then it can be stopped.

    Raises:
        NotPermitted, DecidedAlready.
        OwnProposal: who proposed it cannot approve it.
    """
    facts = {"state": DisposalState.APPROVED, "due_at": now + grace, **_decided(actor, now)}
    return _decide(disposal, "disposal.approved", facts, "", actor, now)


def refuse(disposal: Disposal, reason: str, *, actor: Actor, now: datetime) -> Disposal:
    """Keep the papers, for a *reason*. Raises as `approve`."""
    facts = {"state": DisposalState.REFUSED, "decided_because": reason, **_decided(actor, now)}
    return _decide(disposal, "disposal.refused", facts, reason, actor, now)


def withdraw(disposal: Disposal, reason: str, *, actor: Actor, now: datetime) -> Disposal:
    """Take a proposal back that nobody has decided about.

    Raises:
        NotPermitted, DecidedAlready.
    """
    actor.require(Right.PROPOSE_DISPOSAL)
    facts = {"state": DisposalState.WITHDRAWN, **_stopped(actor, reason)}
    waiting = _in_state(disposal, DisposalState.PROPOSED)
    return waiting.change(actor, now, "disposal.withdrawn", facts, reason=reason)


def stop(disposal: Disposal, reason: str, *, actor: Actor, now: datetime) -> Disposal:
    """Keep the papers of an approved disposal after all: within its grace, by either side.

    Raises:
        NotPermitted.
        DecidedAlready: it is being carried out by now.
    """
    if not actor.may(Right.APPROVE_DISPOSAL):
        actor.require(Right.PROPOSE_DISPOSAL)
    facts = {"state": DisposalState.STOPPED, **_stopped(actor, reason)}
    waiting = _in_state(disposal, DisposalState.APPROVED)
    return waiting.change(actor, now, "disposal.stopped", facts, reason=reason)


def begin_due(now: datetime) -> int:
    """Begin with what was approved and whose grace is over; how many began."""
    begun = 0
    for each in Disposal.due(now):
        each.change(SYSTEM, now, "disposal.begun", {"state": DisposalState.CARRYING})
        begun += 1
    return begun


def carry_on(disposal: Disposal, *, blobs: Blobs, now: datetime) -> Disposal:
    """Do the next steps of every paper of *disposal*; the caller has taken it (`Disposal.take`).

    First the records name the bytes no more; then the bytes leave their place; an hour later they
    are gone, unless another record names them by then.
    """
    for paper in list(disposal.papers(PaperState.WAITING)):
        _empty(disposal, paper, now)
    for paper in list(disposal.papers(PaperState.EMPTIED)):
        _remove(paper, blobs, now)
    disposal.give_sign(clock.now())
    if disposal.papers(PaperState.WAITING, PaperState.EMPTIED).first():
        Disposal.objects(id=disposal.id).update_one(unset__worked_at=True)
        return Disposal.find(disposal.key)
    facts = {"state": DisposalState.DONE, "ended_at": now, "worked_at": None}
    return Disposal.find(disposal.key).change(SYSTEM, now, "disposal.done", facts)


def in_words(standing: Standing) -> str:
    """What keeps a paper, with the rule named; records speak Chinese."""
    if standing.keeps is None:
        return ""
    said = str(standing.keeps.label)
    if standing.by:
        return f"{said}（{standing.by}）"
    if standing.keeps is Keeps.NOT_YET and standing.kept_until:
        rule = f"{standing.rule.basis.label}起 {standing.rule.years} 年"
        return f"{said}（{rule}，到 {standing.kept_until.isoformat()}）"
    return said


def _empty(disposal: Disposal, paper: DisposalPaper, now: datetime) -> None:
    """Have the records of *paper* name its bytes no more, unless something keeps it by now."""
    found = Attachment.filed().filter(id=paper.attachment_id).first()
    if found is None:
        return paper.become(PaperState.KEPT, why=Keeps.ELSEWHERE.value)
    if found.disposal_number != disposal.number:
        today = clock.local_day(now)
        (standing,) = standings([found], today, within=disposal.number)
        if standing.keeps:
            return paper.become(PaperState.KEPT, why=standing.keeps.value)
    digests = digests_of(found)
    if digests:  # written down before the record forgets them
        DisposalPaper.objects(id=paper.id).update_one(add_to_set__digests=digests)
    decider = Actor(id=disposal.decided_by_id, username="", name=disposal.decided_by_name)
    empty_paper(found, disposal.number, disposal.reason, actor=decider, now=now)
    return paper.become(PaperState.EMPTIED, emptied_at=now)


def _remove(paper: DisposalPaper, blobs: Blobs, now: datetime) -> None:
    """Take the bytes of *paper* out of the store: aside first, for good an hour later."""
    paper.reload()
    shared = checking.named(paper.digests)
    own = [each for each in paper.digests if each not in shared]
    if paper.aside_at is None:
        forget(own)
        for sha256 in own:
            checking.set_aside(sha256, store=blobs.store)
        DisposalPaper.objects(id=paper.id).update_one(set__aside_at=now)
        return
    if paper.aside_at > now - ASIDE_FOR:
        return
    for sha256 in paper.digests:  # what somebody names by now is put back
        checking.forget(sha256, store=blobs.store)
    for sha256 in own:
        blobs.forget_copies(sha256)
    paper.become(PaperState.GONE, shared=len(shared))


def _standing(keys: Iterable[ObjectId], now: datetime) -> list[Standing]:
    papers = Attachment.filed().filter(id__in=list(keys)[:MOST_PAPERS])
    return standings(papers.order_by("customer_id", "kind", "id"), clock.local_day(now))


def _laid_out(disposal: Disposal, keys: Iterable[ObjectId]) -> Disposal:
    """*disposal* with each of its papers written down; begun again after a crash."""
    if not disposal.is_laid_out:
        papers = Attachment.filed().filter(id__in=list(keys)[:MOST_PAPERS])
        found = standings(papers.order_by("customer_id", "kind", "id"),
                          clock.local_day(disposal.created_at), within=disposal.number)  # fmt: skip
        DisposalPaper.lay_out(disposal, (_row(each) for each in found))
        collection_of(Disposal).update_one({"_id": disposal.id}, {"$set": {"is_laid_out": True}})
    return Disposal.find(disposal.key)


def _row(standing: Standing) -> dict[str, Any]:
    paper, customer = standing.paper, standing.paper.customer
    row = DisposalPaper(
        attachment_id=paper.id,
        title=paper.title,
        kind=paper.kind,
        customer=customer.name if customer else "",
        archive_number=customer.archive_number if customer else "",
        document_on=paper.document_on,
        filed_on=clock.local_day(paper.created_at),
        kept_until=standing.kept_until,
        kept_at=paper.place,
        copies=paper.copies,
        versions=len(paper.versions),
    ).to_mongo()
    return {name: value for name, value in row.items() if name not in ("_id", "disposal_id")}


def _decided(actor: Actor, now: datetime) -> dict[str, Any]:
    return {"decided_at": now, "decided_by_id": actor.id, "decided_by_name": actor.name}


def _decide(
    disposal: Disposal, action: str, facts: dict[str, Any], reason: str, actor: Actor, now: datetime
) -> Disposal:
    actor.require(Right.APPROVE_DISPOSAL)
    disposal = _in_state(disposal, DisposalState.PROPOSED)
    if disposal.made_by_id == actor.id:
        raise OwnProposal()
    return disposal.change(actor, now, action, facts, reason=reason)


def _in_state(disposal: Disposal, state: DisposalState) -> Disposal:
    """*disposal* as it is now.

    Raises:
        DecidedAlready: it is in another state.
    """
    disposal = Disposal.find(disposal.key)
    if disposal.state is not state:
        raise DecidedAlready(state=disposal.state)
    return disposal


def _stopped(actor: Actor, reason: str) -> dict[str, Any]:
    return {
        "stopped_because": reason,
        "stopped_by_id": actor.id,
        "stopped_by_name": actor.name,
    }
