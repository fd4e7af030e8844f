"""The password, asked for once more before somebody gives powers: tokens, roles, new passwords."""

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar

from flask import render_template, request
from flask_login import current_user

from archive import clock
from archive.accounts.errors import OwnPasswordWrong, TooManyAttempts
from archive.accounts.forms import AgainInput
from archive.accounts.service import again
from archive.accounts.service.attempts import Origin
from archive.accounts.views.devices import known_device
from archive.web.context import seams
from archive.web.forms import Form

F = TypeVar("F", bound=Callable[..., Any])

FIELD = "own_password"
NOT_SENT_AGAIN = (FIELD, "csrf_token")


def asks_password(view: F) -> F:
    """Have *view* answer only those who gave their password a short while ago.

    Others are asked for it on a page that holds all that they typed, and sends it with the
    password: nothing has to be typed twice.
    """

    @wraps(view)
    def ask(**named: Any) -> Any:
        fault = None
        if FIELD in request.form:
            try:
                _give_password(request.form[FIELD])
            except (OwnPasswordWrong, TooManyAttempts) as wrong:
                fault = wrong
        if fault is None and again.is_password_fresh(current_user.token, now=clock.now()):
            return view(**named)
        typed = [
            (name, text)
            for name, text in request.form.items(multi=True)
            if name not in NOT_SENT_AGAIN
        ]
        form = Form(AgainInput, fault=fault)
        return render_template("accounts/again.html", form=form, typed=typed), 422

    return ask  # type: ignore[return-value]  # wraps keeps the signature


def _give_password(password: str) -> None:
    user = current_user.user
    origin = Origin(user.username, request.remote_addr or "", known_device(user.username))
    again.give_password_again(
        user,
        current_user.token,
        password,
        now=clock.now(),
        settings=seams().settings,
        origin=origin,
    )
