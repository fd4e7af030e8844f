"""Years of old scans in folders: what each file is taken for, and taking them in.

Nothing in the folder is touched. A file is known by its bytes, so that whoever goes on after an
interruption takes nothing twice. What is taken in waits behind what comes in today.
"""

import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from bson import ObjectId

from archive.actor import Actor, Right
from archive.arriving import rules
from archive.arriving.rules import Outcome, Verdict
from archive.arriving.service.hints import Hints
from archive.arriving.service.taking import PIECE, Spooled, Taken, Tools, take
from archive.errors import ArchiveError, Unavailable
from archive.filing.errors import PagesBusy
from archive.filing.models import Attachment, Deposit, Origin
from archive.filing.service import receiving

ONCE = "scans"


@dataclass(frozen=True, slots=True)
class Found:
    """A file, the folders that it is in, from the top; or a folder and why it cannot be read."""

    path: Path
    folders: tuple[str, ...]
    fault: OSError | None = None


@dataclass(frozen=True, slots=True)
class OldScan:
    """One file or unread folder, and what it was taken for."""

    place: str  # from the folder on
    verdict: Verdict
    customer_id: ObjectId | None = None
    named_by: str = ""  # the words of the path that name the customer
    kind: str = ""
    why: Mapping[str, str] | None = None


def scans_in(folder: Path) -> Iterator[Found]:
    """Every file below *folder* that a person put there, folder by folder, in the order of names.

    A folder that cannot be read hides no other: it is among what is found.

    Raises:
        OSError: *folder* itself cannot be read.
    """
    yield from _files_of(folder, ())


def _files_of(folder: Path, folders: tuple[str, ...]) -> Iterator[Found]:
    with os.scandir(folder) as entries:
        found = sorted(entries, key=lambda each: each.name)
    for entry in found:
        path = Path(entry.path)
        if entry.is_dir(follow_symlinks=False):
            if not rules.is_folder_passed_over(entry.name):
                try:
                    yield from _files_of(path, (*folders, entry.name))
                except OSError as fault:
                    yield Found(path, folders, fault)
        elif entry.is_file(follow_symlinks=False) and not rules.is_passed_over(entry.name):
            yield Found(path, folders)


class OldScans:
    """Judges files one by one, and takes them in where that is wanted: by who may upload."""

    def __init__(self, actor: Actor, tools: Tools) -> None:
        actor.require(Right.UPLOAD_DEPOSIT)
        self._actor = actor
        self._tools = tools
        self._hints = Hints()
        self._met: set[bytes] = set()

    def judge(self, found: Found, *, now: datetime | None) -> OldScan:
        """What *found* is taken for; it is taken in where a moment *now* is given.

        Raises:
            Unavailable: a store cannot be reached; it may be tried again from the beginning.
            PagesBusy: recognition has no room.
        """
        folders, name = tuple(map(in_words, found.folders)), in_words(found.path.name)
        place = "/".join((*folders, name))
        if found.fault:
            return OldScan(f"{place}/", Verdict.UNREAD, why=_reason(found.fault))
        upload = self._tools.spool()
        try:
            _copy(found.path, upload)
            taken = self._taken(upload, name, folders, now)
        except OSError as fault:
            return OldScan(place, Verdict.REFUSED, why=_reason(fault))
        finally:
            upload.close()
        if taken.outcome is not Outcome.TAKEN:
            is_there = taken.outcome is Outcome.AGAIN
            verdict = Verdict.THERE if is_there else Verdict.REFUSED
            return OldScan(place, verdict, why=taken.why)
        origin = self._hints.of(folders, name) or Origin()
        return OldScan(
            place,
            Verdict.NAMED if origin.customer_id else Verdict.DOUBTFUL,
            customer_id=origin.customer_id,
            named_by=", ".join(self._hints.naming(folders, name)),
            kind=origin.kind.label if origin.kind else "",
        )

    def _taken(
        self, upload: Spooled, name: str, folders: tuple[str, ...], now: datetime | None
    ) -> Taken:
        digest = bytes.fromhex(upload.sha256)
        if digest in self._met or _is_here(upload.sha256):
            return Taken(Outcome.AGAIN)
        try:
            if now is None:
                receiving.examine(upload, name, self._tools.recognition, asker=self._actor.id)
                taken = Taken(Outcome.TAKEN)
            else:
                taken = take(
                    upload,
                    name=name,
                    same=ONCE,
                    origin=self._origin(folders, name),
                    actor=self._actor,
                    now=now,
                    tools=self._tools,
                )
        except (Unavailable, PagesBusy):
            raise
        except ArchiveError as refused:
            return Taken(Outcome.REFUSED, why=self._tools.in_words(refused))
        self._met.add(digest)
        return taken

    def _origin(self, folders: tuple[str, ...], name: str) -> Origin:
        origin = self._hints.of(folders, name) or Origin()
        origin.is_old = True
        return origin


def in_words(name: str) -> str:
    """The *name* of a file as a text, also where an old Windows wrote it."""
    raw = os.fsencode(name)
    try:
        return raw.decode()
    except UnicodeDecodeError:
        return raw.decode("gb18030", "replace")


def _reason(fault: OSError) -> dict[str, str]:
    return {"": fault.strerror or str(fault)}


def _copy(path: Path, upload: Spooled) -> None:
    with path.open("rb") as stream:
        while part := stream.read(PIECE):
            upload.write(part)
    upload.seek(0)


def _is_here(sha256: str) -> bool:
    return bool(Deposit.others_with(sha256, None) or Attachment.with_bytes(sha256))
