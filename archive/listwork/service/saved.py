"""The verbs of saved views. A view is its owner's; those it is shared with only open it."""

from datetime import datetime

from archive.actor import Actor, Right, Role
from archive.listwork.errors import NothingToBringBack, TooManyViews
from archive.listwork.models import SavedView
from archive.listwork.rules import MOST_VIEWS, Definition


def save_view(
    on: str, name: str, definition: Definition, *, role: Role | None, actor: Actor, now: datetime
) -> SavedView:
    """Keep what narrows, sorts and shapes the list *on*, for oneself or shared with *role*.

    Raises:
        NotPermitted, TooManyViews.
    """
    actor.require(Right.SEE_VIEWS)
    if earlier := SavedView.asked_before():
        return earlier
    if SavedView.of_owner(actor).filter(on=on).count() >= MOST_VIEWS:
        raise TooManyViews(most=MOST_VIEWS)
    given = {
        "on": on,
        "name": name,
        "role": role,
        "owner_id": actor.id,
        "owner_name": actor.name,
        **definition.as_kept(),
    }
    return SavedView.open_new(actor, now, "view.saved", given)


def edit_view(
    view: SavedView, *, actor: Actor, now: datetime, seen: int, name: str, role: Role | None
) -> SavedView:
    """Give it another name, or share it with others.

    Raises:
        NotPermitted, EditedMeanwhile.
    """
    actor.require(Right.SEE_VIEWS, view)
    return view.change(actor, now, "view.edited", {"name": name, "role": role}, seen=seen)


def redefine_view(
    view: SavedView, definition: Definition, *, actor: Actor, now: datetime
) -> SavedView:
    """Have it open *definition* from now on; what it was is kept, to be brought back.

    Raises:
        NotPermitted, EditedMeanwhile.
    """
    actor.require(Right.SEE_VIEWS, view)
    facts = {**definition.as_kept(), "before": view.definition.as_kept()}
    return view.change(actor, now, "view.redefined", facts)


def remove_view(view: SavedView, *, actor: Actor, now: datetime) -> SavedView:
    """Offer it no more; it can be brought back.

    Raises:
        NotPermitted, EditedMeanwhile.
    """
    actor.require(Right.SEE_VIEWS, view)
    return view.change(actor, now, "view.removed", {"removed_at": now})


def bring_view_back(view: SavedView, *, actor: Actor, now: datetime) -> SavedView:
    """Offer again what was removed, or open again what it was before it was replaced.

    Raises:
        NotPermitted, EditedMeanwhile.
        NothingToBringBack: it was neither removed nor replaced.
    """
    actor.require(Right.SEE_VIEWS, view)
    if view.removed_at is not None:
        return view.change(actor, now, "view.brought_back", {"removed_at": None})
    if not view.before:
        raise NothingToBringBack()
    facts = {**view.before, "before": view.definition.as_kept()}
    return view.change(actor, now, "view.brought_back", facts)


def make_default(view: SavedView | None, on: str, *, actor: Actor) -> None:
    """Open the list *on* with *view* from now on, or as it is. A preference: no event."""
    actor.require(Right.SEE_VIEWS)
    SavedView.objects(on=on, default_of=actor.id).update(pull__default_of=actor.id)
    if view is not None:
        SavedView.objects(id=view.id).update_one(add_to_set__default_of=actor.id)
