"""The folder that scanners write into, usually over SMB: looked at every few seconds.

Nothing here trusts that a file is whole because it exists. It is taken in once two looks found it
unchanged, then moved out of the way: to ``已收/<day>/`` or, with the reason next to it, to
``退回/<day>/``. A crash between taking in and moving makes the next look find the same path with
the same bytes, which the deposit's upload key knows.
"""

import hashlib
import os
import stat
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from archive import clock
from archive.actor import SCAN_FOLDER
from archive.arriving import rules
from archive.arriving.errors import FileUnreadable, FolderAway, FolderReadOnly
from archive.arriving.models import SeenFile, WayState
from archive.arriving.rules import KEPT_FOLDER, REASON_ENDING, REFUSED_FOLDER, Outcome, Way
from archive.arriving.service.hints import Hints
from archive.arriving.service.taking import PIECE, Spooled, Taken, Tools, note, take
from archive.errors import ArchiveError, Unavailable
from archive.filing.errors import PagesBusy
from archive.recognition import Flaw, Reason

MOST_SECONDS = 40.0  # of one look; the next goes on
MOST_LISTED = 50_000
TRIES_OF_NAMES = 10_000
LONGEST_NAME = 200  # bytes, so that a number and the ending of a reason have room


@dataclass(frozen=True, slots=True)
class Found:
    """A file as one look finds it."""

    path: Path
    folders: tuple[str, ...]
    size: int
    modified: int

    @property
    def name(self) -> str:
        """Its name."""
        return self.path.name

    @property
    def place(self) -> str:
        """Where it is, from the watched folder."""
        return "/".join((*self.folders, self.name))

    @property
    def key(self) -> str:
        """Its path, as an identity."""
        return hashlib.sha256(os.fsencode(self.place)).hexdigest()


def look(folder: Path, *, now: datetime, tools: Tools) -> bool:
    """Take in what is whole; whether more waits than one look takes.

    Raises:
        FolderAway, FolderReadOnly: it cannot be worked with; nothing was touched.
        Unavailable, PagesBusy: a store cannot be reached, or recognition has no room; what was not
            taken in stays where it is.
    """
    found = list_files(folder)
    steady = remember(found, now)
    hints, until = Hints(), time.monotonic() + MOST_SECONDS
    unreadable, done, stopped = 0, 0, False
    for each in steady:
        if stopped := time.monotonic() > until:
            break
        WayState.keep_in_hand(Way.FOLDER, clock.now())
        try:
            done += take_one(folder, each, hints, now=now, tools=tools)
        except FileUnreadable:
            unreadable += 1
    WayState.note_well(Way.FOLDER, now, waiting=len(found) - done, unreadable=unreadable)
    return stopped


def list_files(folder: Path) -> list[Found]:
    """Every file that a person or a scanner put there, the oldest first.

    Raises:
        FolderAway, FolderReadOnly.
    """
    try:
        found = list(_walk(folder, ()))
    except OSError as error:
        raise FolderAway(folder=str(folder), why=error.strerror or str(error)) from error
    try:
        for each in (KEPT_FOLDER, REFUSED_FOLDER):
            (folder / each).mkdir(exist_ok=True)
    except OSError as error:
        raise FolderReadOnly(folder=str(folder), why=error.strerror or str(error)) from error
    return sorted(found, key=lambda each: (each.modified, each.place))[:MOST_LISTED]


def _walk(folder: Path, folders: tuple[str, ...]) -> Iterator[Found]:
    with os.scandir(folder) as entries:
        for entry in entries:
            try:
                facts = entry.stat(follow_symlinks=False)
            except OSError:  # gone again, or not ours to see
                continue
            if stat.S_ISDIR(facts.st_mode):
                if _is_looked_into(entry.name, folders):
                    with suppress(OSError):  # one folder that may not be read hides no other
                        yield from list(_walk(Path(entry.path), (*folders, entry.name)))
            elif stat.S_ISREG(facts.st_mode) and not rules.is_passed_over(entry.name):
                yield Found(Path(entry.path), folders, facts.st_size, facts.st_mtime_ns)


def _is_looked_into(name: str, folders: tuple[str, ...]) -> bool:
    if rules.is_folder_passed_over(name) or len(folders) >= rules.DEEPEST:
        return False
    return bool(folders) or name not in (KEPT_FOLDER, REFUSED_FOLDER)


def remember(found: list[Found], now: datetime) -> list[Found]:
    """Those of *found* that are as an earlier look found them; what is new is remembered."""
    known = {each.id: each for each in SeenFile.objects}
    here = {each.key for each in found}
    if gone := known.keys() - here:
        SeenFile.objects(id__in=list(gone)).delete()
    steady = []
    for each in found:
        before = known.get(each.key)
        if before is None or (before.size, before.modified) != (each.size, each.modified):
            SeenFile(id=each.key, size=each.size, modified=each.modified, since=now).save()
        elif now - before.since >= rules.STEADY_FOR and not _is_locked(each.path):
            steady.append(each)
    return steady


def _is_locked(path: Path) -> bool:
    return any(path.with_name(each).exists() for each in rules.locks_of(path.name))


def take_one(folder: Path, found: Found, hints: Hints, *, now: datetime, tools: Tools) -> bool:
    """Take one steady file in and move it; False where it seems not whole yet.

    Raises:
        FileUnreadable: it cannot be read or moved; it stays.
        Unavailable, PagesBusy.
    """
    seen = SeenFile.objects(id=found.key).first()
    is_young = seen is None or now - seen.since < rules.WHOLE_WITHIN
    if found.size == 0 and is_young:
        return False
    upload = tools.spool()
    try:
        if not _is_copied(found, upload) or (is_young and _seems_cut_off(upload, tools)):
            return False
        taken = _taken(found, upload, hints, now, tools)
        _put_away(folder, found, taken, now)
    except OSError as error:
        fault = FileUnreadable(why=error.strerror or str(error))
        if seen and seen.fault is None:
            SeenFile.objects(id=found.key).update_one(set__fault=error.strerror or "?")
            refused = Taken(Outcome.REFUSED, why=tools.in_words(fault))
            note(Way.FOLDER, found.name, " / ".join(found.folders), refused, now)
        raise fault from error
    finally:
        upload.close()
    SeenFile.objects(id=found.key).delete()
    note(Way.FOLDER, found.name, " / ".join(found.folders), taken, now)
    return True


def _is_copied(found: Found, upload: Spooled) -> bool:
    """Copy the file as it is now; False where it was written to meanwhile."""
    descriptor = os.open(found.path, os.O_RDONLY | os.O_NOFOLLOW)
    with os.fdopen(descriptor, "rb") as stream:
        while part := stream.read(PIECE):
            upload.write(part)
        now = os.fstat(stream.fileno())
    return (now.st_size, now.st_mtime_ns) == (found.size, found.modified) and (
        upload.size == found.size
    )


def _seems_cut_off(upload: Spooled, tools: Tools) -> bool:
    upload.seek(0)
    if upload.is_too_large:
        return False
    facts = tools.recognition.inspect(upload.path)
    is_empty = facts.refusal is not None and facts.refusal.reason is Reason.EMPTY
    return facts.flaw is Flaw.CUT_OFF or is_empty


def _taken(found: Found, upload: Spooled, hints: Hints, now: datetime, tools: Tools) -> Taken:
    try:
        return take(
            upload,
            name=found.name,
            same=f"folder\0{found.place}",
            origin=hints.of(found.folders, found.name),
            actor=SCAN_FOLDER,
            now=now,
            tools=tools,
        )
    except (Unavailable, PagesBusy):
        raise
    except ArchiveError as refused:
        return Taken(Outcome.REFUSED, why=tools.in_words(refused))


def _put_away(folder: Path, found: Found, taken: Taken, now: datetime) -> None:
    """Move the file out of the way; one that was not taken in has its reason next to it."""
    is_refused = taken.outcome is Outcome.REFUSED
    top = folder / (REFUSED_FOLDER if is_refused else KEPT_FOLDER)
    place = top / rules.day_folder(clock.local_day(now)) / Path(*found.folders)
    place.mkdir(parents=True, exist_ok=True)
    target = _reserved(place, found.name)
    if is_refused and taken.why:
        reason = target.with_name(target.name + REASON_ENDING)
        # As the editor of Windows reads it.
        reason.write_text("\n\n".join(taken.why.values()) + "\n", "utf-8-sig", newline="\r\n")
    try:
        os.replace(found.path, target)  # noqa: PTH105  # Path.replace would hide that it overwrites what was reserved
    except FileNotFoundError:  # another look has just moved it
        target.unlink(missing_ok=True)


def _reserved(place: Path, name: str) -> Path:
    """A name in *place* that nothing else has, held by an empty file until the move."""
    ending = Path(name).suffix
    stem = name[: len(name) - len(ending)]
    while len(os.fsencode(stem + ending)) > LONGEST_NAME and stem:
        stem = stem[:-1]
    for number in range(1, TRIES_OF_NAMES):
        target = place / rules.numbered(stem + ending, number)
        with suppress(FileExistsError):
            os.close(os.open(target, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o666))
            return target
    raise FileExistsError(None, "no name is free", name)
