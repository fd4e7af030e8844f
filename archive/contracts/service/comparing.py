"""The verbs that hold two versions of a draft against each other."""

import hashlib
from dataclasses import dataclass
from datetime import datetime

from archive.actor import Actor
from archive.contracts.errors import NotMadeFromTemplate
from archive.contracts.models import Contract, DraftVersion
from archive.contracts.rules import VersionSource
from archive.contracts.service.drafting import as_seen_by, customer_of, demand_look
from archive.redline import Comparison, compare
from archive.redline.tracking import track
from archive.seams import Seams
from archive.trail.looks import note_look

TEMPLATE = "template"
"""Asked for in the place of a version: the company's template, as it was filled for this draft."""


@dataclass(frozen=True)
class Sides:
    """The two versions that are compared; `is_template`: the old one, as the template made it."""

    old: DraftVersion
    new: DraftVersion
    is_template: bool = False


def choose_sides(contract: Contract, old: str | None, new: int | None) -> Sides:
    """What *old*, the number of a version or `TEMPLATE`, and *new* ask for.

    Without them: the newest version and the one before it.

    Raises:
        NoSuchVersion, NotMadeFromTemplate.
    """
    later = contract.draft(new)
    if old == TEMPLATE:
        return Sides(as_generated(contract, later), later, is_template=True)
    earlier = int(old) if old else max(later.number - 1, 1)
    return Sides(contract.draft(earlier), later)


def as_generated(contract: Contract, version: DraftVersion) -> DraftVersion:
    """The version from which *version* was edited, as the company's template made it.

    Raises:
        NotMadeFromTemplate
    """
    while version.repeats:
        version = contract.draft(version.repeats)
    made: list[DraftVersion] = [
        each
        for each in contract.drafts
        if each.number <= version.number and each.source is VersionSource.GENERATED
    ]
    if not made:
        raise NotMadeFromTemplate(number=version.number)
    return made[-1]


def compare_versions(
    contract: Contract, sides: Sides, *, actor: Actor, now: datetime, parts: Seams
) -> Comparison:
    """What the new one says otherwise than the old; that it was looked at is written down.

    Whoever may not see the customer's telephone numbers compares copies with the numbers masked.

    Raises:
        NotPermitted, ContentLost, DatabaseAway, TooLongToCompare.
    """
    old, new = _copies(contract, sides, actor=actor, now=now, parts=parts)
    return compare(old, new)


def track_versions(
    contract: Contract, sides: Sides, *, actor: Actor, now: datetime, parts: Seams
) -> bytes:
    """The new one as a Word file in which the differences are tracked changes.

    They are by whoever made the version; by the customer, where it came back from there. The file
    is made once on each machine.

    Raises:
        As `compare_versions`; NotTracked, TrackingBusy.
    """
    old, new = _copies(contract, sides, actor=actor, now=now, parts=parts)
    if old == new:
        return new  # nothing to track
    is_theirs = sides.new.source is VersionSource.RETURNED
    author = contract.customer_name if is_theirs else sides.new.made_by_name
    digests = (hashlib.sha256(each).hexdigest() for each in (old, new, author.encode()))
    name = "tracked-" + "-".join(each[:32] for each in digests)
    content = parts.blobs.drawn(name)
    if content is None:
        folder = parts.settings.var / "redline"
        content = track(old, new, author=author, at=sides.new.made_at, folder=folder)
        parts.blobs.keep_drawn(name, content)
    return content


def _copies(
    contract: Contract, sides: Sides, *, actor: Actor, now: datetime, parts: Seams
) -> tuple[bytes, bytes]:
    demand_look(contract, actor)
    customer = customer_of(contract)
    files = [parts.blobs.read(each.sha256) for each in (sides.old, sides.new)]
    about = f"v{sides.old.number} → v{sides.new.number}"
    note_look(contract, actor=actor, now=now, action="contract.compared", reason=about)
    old, new = (as_seen_by(each, customer, actor=actor, parts=parts) for each in files)
    return old, new
