"""What pages and the worker share: the acts that chapters declare, and whose they are."""

from typing import Any
from urllib.parse import urlencode

from flask import url_for
from flask_babel import force_locale, gettext

from archive import clock
from archive.accounts.models import User
from archive.actor import Actor, Right
from archive.database import following_up
from archive.errors import ArchiveError, NotFound
from archive.listed import RowAct
from archive.listwork import service
from archive.listwork.models import Run, SavedView
from archive.listwork.rules import WORKING, RunState
from archive.web.answers import problem_of
from archive.web.chosen import all_acts, list_called
from archive.web.context import actor
from archive.web.saved import SAVED, SavedLink


def act_of(run: Run) -> RowAct:
    """The act that *run* is.

    Raises:
        NotFound: no chapter declares it any more.
    """
    for act in all_acts():
        if (act.on, act.key) == (run.on, run.act):
            return act
    raise NotFound()


def open_run(number: str) -> Run:
    """The act on many rows *number*, for whoever did it and those who see what all did.

    Raises:
        NotFound, NotPermitted.
    """
    run = Run.numbered(number)
    actor().require(Right.SEE_RUNS, run)
    return run


def found_for(act: RowAct) -> tuple[Any, Any]:
    """The list as the address asks for it, and the rows that it chooses, as a query.

    Raises:
        ChoiceGone.
    """
    listed = list_called(act.on)
    return listed.page.chosen_of(listed.rows(actor()), listed.within)  # type: ignore[no-any-return]  # its page is Any


def carry_on(key: str) -> None:
    """Do what the act *key* waits for, if nobody else is at it."""
    for state in WORKING:
        if (run := Run.take(key, state, clock.now(), is_laid_out=True)) is not None:
            with force_locale(run.language), following_up():
                service.work(run, act=act_of(run), actor=doer_of(run), words=in_words)


def in_words(said: Any) -> str:
    """A message, or what an error says, in the language of whoever asked for the act."""
    return problem_of(said).message if isinstance(said, ArchiveError) else gettext(said)


def doer_of(run: Run) -> Actor:
    """In whose name rows are changed: who asked for the act, or has it taken back.

    With the rights that they have now; none for an account that is closed.
    """
    undoes = run.state is RunState.UNDOING and run.undone_by_id
    key, name = (
        (run.undone_by_id, run.undone_by_name) if undoes else (run.made_by_id, run.made_by_name)
    )
    try:
        person = User.find(key)
    except NotFound:
        return Actor(id=key, username="", name=name)
    if person.is_disabled:
        return Actor(id=person.key, username=person.username, name=person.name)
    return person.as_actor()


def links_for(key: str, who: Actor) -> list[SavedLink]:
    """The views of the list *key* that *who* may open: their own first."""
    found = SavedView.offered_to(who).filter(on=key).order_by("name", "id")
    links = [
        SavedLink(
            key=view.key,
            name=view.name,
            pairs=view.definition.pairs(),
            filters=list(view.filters),
            columns=list(view.columns),
            is_mine=view.owner_id == who.id,
            is_default=who.id in view.default_of,
            by="" if view.owner_id == who.id else view.owner_name,
        )
        for view in found
    ]
    return sorted(links, key=lambda link: not link.is_mine)


def title_of_list(key: str) -> str:
    """What the list *key* is called; nothing where no chapter declares it any more."""
    try:
        return gettext(list_called(key).page.title)
    except NotFound:
        return ""


def address_of_view(view: SavedView) -> str:
    """The list of *view*, opened with it; nothing where no chapter declares it any more."""
    try:
        address = url_for(list_called(view.on).endpoint)
    except NotFound:
        return ""
    return f"{address}?{urlencode([*view.definition.pairs(), (SAVED, view.key)])}"
