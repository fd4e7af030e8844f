"""Roles that open every archive, looked at by a second person once they were given."""

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from archive import clock
from archive.accounts.models import User
from archive.accounts.service import second
from archive.accounts.views import people
from archive.actor import Right
from archive.web.context import actor
from archive.web.editing import Answer
from archive.web.forms import Form
from archive.web.guard import needs
from archive.web.inputs import ReasonInput
from archive.web.reasons import reasoned

blueprint = people.blueprint  # one name for all addresses of this chapter


@blueprint.get("/people/<key>/roles")
@needs(Right.CONFIRM_ROLES)
def new_roles(key: str) -> str:
    return _page(User.find(key), Form(ReasonInput))


@blueprint.post("/people/<key>/roles/confirm")
@needs(Right.CONFIRM_ROLES)
def confirm_roles(key: str) -> Response:
    user = second.confirm_roles(User.find(key), actor=actor(), now=clock.now())
    flash(gettext("已核对 %(name)s 的角色。", name=user.name), "success")
    return redirect(url_for("accounts.new_roles", key=key))


@blueprint.post("/people/<key>/roles/take-back")
@needs(Right.CONFIRM_ROLES)
def take_roles_back(key: str) -> Answer:
    user = User.find(key)
    return reasoned(
        lambda reason: second.take_roles_back(user, actor=actor(), now=clock.now(), reason=reason),
        page=lambda reason: _page(user, reason),
        said=gettext("已收回，%(name)s 不再有这些角色。", name=user.name),
        address=url_for("accounts.new_roles", key=key),
    )


def _page(user: User, reason: Form) -> str:
    return render_template("accounts/new_roles.html", user=user, reason=reason)
