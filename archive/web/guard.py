"""The door: every route says who may come in, and a route that says nothing lets nobody in.

Which role holds which right is in one table, `archive.accounts.rights`. A right within a
scope only opens the door here; the service verb then asks about the very record.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from flask import Flask, current_app, request

from archive.actor import Actor, Right
from archive.errors import ArchiveError, NotPermitted
from archive.terms import N_
from archive.web.context import actor

F = TypeVar("F", bound=Callable[..., Any])
DOOR = "__door__"


class Unguarded(ArchiveError):
    """A route that does not say who may come in."""

    message = N_("这个页面没有登记访问权限，因此不能打开。")


@dataclass(frozen=True)
class Door:
    """Who may come in: everyone, any signed-in person, or holders of one of `rights`."""

    is_open: bool = False
    rights: tuple[Right, ...] = ()
    of: Callable[[str], Any] | None = None
    """Finds the record that the address names; one of the rights on it is asked for first."""

    def admits(self, who: Actor) -> bool:
        """Whether a signed-in person may come in."""
        return self.is_open or not self.rights or any(who.may(right) for right in self.rights)


def needs(*rights: Right, of: Callable[[str], Any] | None = None) -> Callable[[F], F]:
    """Let in whoever holds one of *rights*, in whatever scope.

    With *of*, which finds the record by the first value in the address, one of them is needed on
    that very record before what was sent is read: a fault in it would tell that it exists.
    """
    return _mark(Door(rights=rights, of=of))


def signed_in(view: F) -> F:
    """Let in every signed-in person."""
    return _mark(Door())(view)


def public(view: F) -> F:
    """Let in everyone."""
    return _mark(Door(is_open=True))(view)


def _mark(door: Door) -> Callable[[F], F]:
    def mark(view: F) -> F:
        setattr(view, DOOR, door)
        return view

    return mark


def door_of(app: Flask, endpoint: str) -> Door | None:
    """The door of *endpoint*, or None where its view says nothing."""
    return getattr(app.view_functions[endpoint], DOOR, None)


def enforce() -> None:
    """Before each request: let in or turn away.

    Raises:
        SignInNeeded: nobody is signed in.
        NotPermitted: the person holds none of the rights.
        Unguarded: the route is missing from the table.
    """
    if request.endpoint is None:
        return
    door = door_of(current_app, request.endpoint)
    if door is None:
        raise Unguarded()
    if door.is_open:
        return
    who = actor()
    if not door.admits(who):
        raise NotPermitted(right=door.rights[0])
    if door.of is not None:
        key = next(iter((request.view_args or {}).values()))
        found = door.of(key)
        if not any(who.may(right, found) for right in door.rights):
            raise NotPermitted(right=door.rights[0])
