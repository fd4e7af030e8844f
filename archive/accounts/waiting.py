"""What of accounts waits for a person."""

from collections.abc import Iterator
from datetime import datetime

from flask import url_for
from flask_babel import gettext

from archive.accounts.models import User
from archive.actor import Actor, Right
from archive.terms import N_
from archive.urgency import Step
from archive.web.waiting import MOST_SHOWN, Duty


def duties_of(who: Actor, now: datetime) -> Iterator[Duty]:
    """People to whom an administrator gave roles that open every archive."""
    if not who.may(Right.CONFIRM_ROLES):
        return
    for user in User.to_confirm().limit(MOST_SHOWN):
        roles = gettext("、").join(gettext(role.label) for role in user.roles_to_confirm)
        yield Duty(
            N_("核对新给出的角色"),
            icon="users",
            address=url_for("accounts.new_roles", key=user.key),
            about=f"{user.name} · {roles}",
            since=user.roles_given_at,
            tells=(Step.ARRIVED,),
        )
