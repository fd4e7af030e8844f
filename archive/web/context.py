"""What a view asks of the request it answers: the parts in use, and who is asking."""

from typing import cast

from flask import current_app, g
from flask_login import current_user

from archive.actor import Actor
from archive.errors import ArchiveError
from archive.seams import Seams
from archive.terms import N_

SEAMS = "archive.seams"


class SignInNeeded(ArchiveError):
    """Nobody is signed in, and the route is not open to everyone."""

    message = N_("请先登录。")
    remedy = N_("登录后会回到您要去的页面。")


def seams() -> Seams:
    """The outside parts in use."""
    return cast(Seams, current_app.extensions[SEAMS])


def current_actor() -> Actor | None:
    """Who is signed in, or None."""
    if "actor" not in g:
        g.actor = current_user.actor if current_user and current_user.is_authenticated else None
    return cast("Actor | None", g.actor)


def actor() -> Actor:
    """Who is signed in.

    Raises:
        SignInNeeded: nobody is.
    """
    who = current_actor()
    if who is None:
        raise SignInNeeded()
    return who
