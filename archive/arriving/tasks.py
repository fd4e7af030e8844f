"""What looks at the ways in. Each task may run twice, and may be killed anywhere."""

import logging
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

from archive import clock, jobs
from archive.arriving.errors import WayAway
from archive.arriving.models import WayState
from archive.arriving.rules import Way
from archive.arriving.service import folder, mailbox
from archive.arriving.serving import TASKS, tools
from archive.channels import Mailbox
from archive.errors import ArchiveError, Unavailable
from archive.filing.errors import PagesBusy
from archive.web.context import seams

log = logging.getLogger(__name__)

EVERY = timedelta(seconds=15)


@jobs.task("arriving.look_into_folder", every=EVERY)
def look_into_folder() -> None:
    """Take in what scanners have written."""
    if watched := seams().settings.scan_folder:
        look_at(Way.FOLDER, lambda: folder.look(Path(watched), now=clock.now(), tools=tools()))


@jobs.task("arriving.look_into_mailbox", every=EVERY * 4)
def look_into_mailbox() -> None:
    """Take in what was sent."""
    if asked := Mailbox.from_settings(seams().settings):
        look_at(Way.MAILBOX, lambda: mailbox.look(asked, now=clock.now(), tools=tools()))


def look_at(way: Way, look: Callable[[], bool]) -> None:
    """Have *look* look at *way*, if nobody does; once more at once where more waits."""
    if not WayState.take_in_hand(way, clock.now()):
        return
    try:
        more = look()
    except (WayAway, Unavailable, PagesBusy) as fault:
        note_fault(way, fault)
    else:
        if more:
            jobs.enqueue(TASKS[way])


def note_fault(way: Way, fault: ArchiveError) -> None:
    """Say on the page why nothing comes in; it is tried again."""
    log.warning("%s: %s", way.value, fault)
    WayState.note_fault(way, clock.now(), tools().in_words(fault))
