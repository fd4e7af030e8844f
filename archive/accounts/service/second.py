"""Roles that open every archive, looked at by a second person once they were given."""

from collections.abc import Iterable
from datetime import datetime

from archive.accounts.errors import NothingToConfirm
from archive.accounts.models import User
from archive.accounts.rights import OPENING_ALL
from archive.actor import SYSTEM, Actor, Right, Role


def to_be_confirmed(
    roles: Iterable[Role],
    held: Iterable[Role],
    waiting: Iterable[Role],
    actor: Actor,
    now: datetime,
) -> dict[str, object]:
    """What is written so that a second person looks at roles that open every archive."""
    still = [role for role in waiting if role in roles]
    given = [role for role in roles if role in OPENING_ALL and role not in held]
    if not given or actor is SYSTEM:  # the server's own command line has no second person
        return {"roles_to_confirm": still}
    return {
        "roles_to_confirm": [*still, *given],
        "roles_given_at": now,
        "roles_given_by": actor.name,
    }


def confirm_roles(user: User, *, actor: Actor, now: datetime) -> User:
    """Say that *user* rightly holds the roles that were given and open every archive.

    Raises:
        NotPermitted, NothingToConfirm.
    """
    actor.require(Right.CONFIRM_ROLES)
    if not user.roles_to_confirm:
        raise NothingToConfirm()
    return user.change(actor, now, "user.roles_confirmed", {"roles_to_confirm": []})


def take_roles_back(user: User, *, actor: Actor, now: datetime, reason: str) -> User:
    """Take from *user* the roles that were given and open every archive.

    Raises:
        NotPermitted, NothingToConfirm.
    """
    actor.require(Right.CONFIRM_ROLES)
    if not user.roles_to_confirm:
        raise NothingToConfirm()
    kept = [role for role in user.roles if role not in user.roles_to_confirm]
    facts = {"roles": kept or [Role.STAFF], "roles_to_confirm": []}
    return user.change(actor, now, "user.roles_taken_back", facts, reason=reason)
