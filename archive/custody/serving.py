"""What pages and API of disposal share."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from bson import ObjectId
from flask_babel import gettext

from archive import clock
from archive.actor import Actor
from archive.custody.models import Disposal, DisposalPaper
from archive.custody.service import disposing
from archive.custody.service.retaining import Keeps, past_retention
from archive.filing.models import Attachment
from archive.web.context import actor, seams
from archive.web.formatting import instant as instant_of

__all__ = ["approve", "due_papers", "instant_of", "keys_of", "what_keeps"]


def due_papers(who: Actor) -> Any:
    """Papers whose retention is over and that are not destroyed yet, as a query."""
    today = clock.local_day(clock.now())
    return Attachment.listed_for(who).filter(disposed_at=None, __raw__=past_retention(today))


def keys_of(texts: Iterable[str]) -> list[ObjectId]:
    """Those of *texts* that are identities."""
    return [ObjectId(each) for each in texts if ObjectId.is_valid(each)]


def approve(disposal: Disposal) -> Disposal:
    """Approve *disposal*, in the name of the person of the request, with the company's grace."""
    grace = timedelta(days=seams().settings.disposal_grace_days)
    return disposing.approve(disposal, grace=grace, actor=actor(), now=clock.now())


def what_keeps(paper: DisposalPaper) -> str:
    """Why *paper* was not destroyed, in words."""
    known = {each.value: each for each in Keeps}
    return gettext(known[paper.why].label) if paper.why in known else ""
