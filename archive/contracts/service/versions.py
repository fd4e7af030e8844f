"""The verbs on versions of a draft that were edited in Word, and the way back to earlier ones."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from tempfile import NamedTemporaryFile

from archive.actor import Actor, Right
from archive.contracts.errors import (
    NewestAlready,
    NoFileChosen,
    NotADraft,
    NotThisContract,
    SameAsNewest,
    SaysNoContract,
)
from archive.contracts.models import Contract, DraftText, DraftVersion
from archive.contracts.rules import VersionSource
from archive.contracts.service.drafting import customer_of, demand_look
from archive.docgen import DOCX, Catalogue
from archive.masking import masked_text
from archive.recognition import PageReader
from archive.recognition.codes import DraftCode, parse
from archive.recognition.errors import RecognitionError
from archive.redline import Obstacle, ObstacleKind, Stamps, find_obstacles, read_stamps
from archive.seams import Seams

_NUMBER = re.compile(r"HT-\d{4}-\d{5,12}(?!\d)")
ACTIONS = {
    VersionSource.EDITED: "contract.version_uploaded",
    VersionSource.RETURNED: "contract.version_returned",
}


@dataclass(frozen=True)
class WordFile:
    """A file as a person chose it."""

    content: bytes
    name: str


def add_version(
    contract: Contract,
    file: WordFile,
    *,
    source: VersionSource,
    note: str | None,
    is_ours: bool,
    actor: Actor,
    now: datetime,
    seen: int,
    parts: Seams,
) -> Contract:
    """Keep *file*, edited by us or sent back by the customer, as the next version, byte for byte.

    What keeps it from being submitted for review keeps nobody from uploading it. *is_ours*: a
    person says that it is of this contract, whatever it says at its foot.

    Raises:
        NotPermitted, EditedMeanwhile, Infected, Unavailable.
        NotADraft: the contract has left that stage.
        NoFileChosen, WordFileUnreadable, SameAsNewest.
        NotThisContract: the file bears another contract's number, or none.
    """
    actor.require(Right.DRAFT_CONTRACT, contract)
    if earlier := Contract.asked_before():
        return earlier
    _demand_draft(contract)
    if not file.content:
        raise NoFileChosen()
    stamps, obstacles = read_stamps(file.content), find_obstacles(file.content)
    if not is_ours:
        demand_number(contract.number, stamps, parts.recognition)
    sha256 = parts.blobs.keep_bytes(file.content, media_type=DOCX)
    parts.blobs.demand_clean(sha256)
    before = contract.newest
    if before.sha256 == sha256:
        raise SameAsNewest(number=before.number)
    DraftText.keep(sha256, stamps.text)
    made = DraftVersion(
        number=before.number + 1,
        source=source,
        file_name=file.name[-200:] or None,
        note=note,
        template_id=before.template_id,
        template_name=before.template_name,
        template_version=before.template_version,
        sha256=sha256,
        size=len(file.content),
        missing=_missing(obstacles, before.missing, parts.docgen.catalogue),
        made_at=now,
        made_by_id=actor.id,
        made_by_name=actor.name,
    )
    return contract.change(
        actor, now, ACTIONS[source], {"drafts": [*contract.drafts, made]}, seen=seen
    )


def repeat_version(
    contract: Contract, number: int, reason: str, *, actor: Actor, now: datetime
) -> Contract:
    """Make version *number* the newest again, as a version that repeats it; the others stay.

    Raises:
        NotPermitted, NotADraft, NoSuchVersion, NewestAlready, EditedMeanwhile.
    """
    actor.require(Right.DRAFT_CONTRACT, contract)
    _demand_draft(contract)
    old, newest = contract.draft(number), contract.newest
    if old.sha256 == newest.sha256:
        raise NewestAlready(number=number)
    made = DraftVersion(
        number=newest.number + 1,
        source=VersionSource.REPEATED,
        repeats=old.number,
        template_id=old.template_id,
        template_name=old.template_name,
        template_version=old.template_version,
        sha256=old.sha256,
        size=old.size,
        missing=[*old.missing],
        made_at=now,
        made_by_id=actor.id,
        made_by_name=actor.name,
    )
    return contract.change(
        actor,
        now,
        "contract.version_repeated",
        {"drafts": [*contract.drafts, made]},
        reason=reason,
    )


def obstacles_of(
    contract: Contract, version: DraftVersion, *, actor: Actor, parts: Seams
) -> list[Obstacle]:
    """What keeps *version* from being submitted for review.

    Whoever may not see the customer's telephone numbers reads the words with the numbers masked.

    Raises:
        NotPermitted, ContentLost.
    """
    customer = customer_of(contract)
    demand_look(contract, actor)
    found = find_obstacles(parts.blobs.read(version.sha256))
    if actor.may(Right.REVEAL_PHONE, customer):
        return found
    return [
        Obstacle(
            each.kind,
            masked_text(each.subject, customer.phones),
            each.place,
            masked_text(each.clause, customer.phones),
        )
        for each in found
    ]


def demand_number(number: str, stamps: Stamps, recognition: PageReader) -> None:
    """Refuse a file that bears the number of another contract, or none.

    Raises:
        NotThisContract
    """
    printed, coded = set(_NUMBER.findall(stamps.words)), {*_codes(stamps, recognition)}
    others = sorted((printed | coded) - {number})
    if others and (number not in printed | coded or coded - {number}):
        raise NotThisContract(number=number, says=others[0])
    if number not in printed | coded | {stamps.name, *_NUMBER.findall(stamps.text)}:
        raise SaysNoContract(number=number, says="")


def _codes(stamps: Stamps, recognition: PageReader) -> Iterator[str]:
    """The contracts that the QR codes at head and foot name; a picture that breaks names none."""
    for picture in stamps.pictures:
        with NamedTemporaryFile() as copy:
            copy.write(picture)
            copy.flush()
            try:
                said = recognition.codes(Path(copy.name))
            except RecognitionError:
                continue
        for each in map(parse, said):
            if isinstance(each, DraftCode):
                yield each.number


def _missing(obstacles: list[Obstacle], before: list[str], catalogue: Catalogue) -> list[str]:
    """What is still to fill: what was *before*, by its name, then what else the file asks for.

    A blank on paper says a label, which several placeholders may have.
    """
    known = [each for top in catalogue.top for each in (top, *top.columns)]
    labels = {each.name: each.label for each in known}
    blanks = {each.subject for each in obstacles if each.kind is ObstacleKind.TO_FILL}
    kept = [name for name in before if labels.get(name, name) in blanks]
    others = blanks - {labels.get(name, name) for name in kept}
    names = {each.label: each.name for each in reversed(known)}
    return [*kept, *sorted(names.get(each, each) for each in others)]


def _demand_draft(contract: Contract) -> None:
    if not contract.is_draft:
        raise NotADraft(number=contract.number)
