"""What importing does behind the pages. Each task may run twice, and may be killed anywhere."""

import logging
from datetime import timedelta
from typing import Any

from flask_babel import force_locale, gettext

from archive import clock, jobs
from archive.accounts.models import User
from archive.actor import Actor
from archive.errors import NotFound
from archive.importing.models import Import
from archive.importing.rules import WORKING, ImportState
from archive.importing.service import stage, undo, write
from archive.importing.serving import kind_called
from archive.web.context import seams

log = logging.getLogger(__name__)


@jobs.task("importing.work")
def work(key: str) -> None:
    """Do what the import *key* waits for, if no other worker is at it."""
    for state in WORKING:
        if (given := Import.take(key, state, clock.now())) is not None:
            with force_locale(given.language):
                carry_out(given, maker_of(given))


@jobs.task("importing.sweep", every=timedelta(minutes=1))
def sweep() -> None:
    """Ask again for imports whose worker has died, or that were never begun."""
    for each in Import.forgotten(clock.now()):
        jobs.enqueue("importing.work", each.key)


def carry_out(given: Import, actor: Actor) -> None:
    """Judge, write or take back the rows of *given*."""
    kind = kind_called(given.kind)
    if given.state is ImportState.CHECKING:
        parts: dict[str, Any] = {"blobs": seams().blobs, "recognition": seams().recognition}
        stage(given, kind=kind, actor=actor, words=in_words, **parts)
    elif given.state is ImportState.WRITING:
        write(given, kind=kind, actor=actor, words=in_words)
    else:
        undo(given, kind=kind, actor=actor)


def in_words(message: str, **facts: Any) -> str:
    """*message* in the language of whoever brings the list in."""
    return gettext(message, **facts)


def maker_of(given: Import) -> Actor:
    """Who brings the list in, with the rights they have now; none for an account that is closed."""
    try:
        person = User.find(given.made_by_id)
    except NotFound:
        return Actor(id=given.made_by_id, username="", name=given.made_by_name)
    if person.is_disabled:
        return Actor(id=person.key, username=person.username, name=person.name)
    return person.as_actor()
