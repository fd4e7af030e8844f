"""Devices on which people signed in before: a signed cookie that outlives the sign-in.

It opens nothing. It only lets the person try their password while a stranger's wrong ones make
others wait (`archive.accounts.service.attempts`).
"""

import hashlib
import secrets
from typing import Any

from flask import current_app, request
from itsdangerous import BadSignature, URLSafeTimedSerializer
from werkzeug.wrappers import Response

from archive.web.context import seams

LASTS = 180 * 86400  # seconds after the last sign-in
MOST_PEOPLE = 12  # who share a device


def known_device(username: str) -> str:
    """The device that asks, if the person with this name signed in on it; else nothing."""
    held = _held()
    return str(held["device"]) if _digest(username) in held["names"] else ""


def remember_device(response: Response, username: str) -> None:
    """Have the device that asks known to be *username*'s."""
    held = _held()
    names = [_digest(username), *(each for each in held["names"] if each != _digest(username))]
    kept = {"device": held["device"], "names": names[:MOST_PEOPLE]}
    is_bound = seams().settings.tls
    response.set_cookie(
        _cookie_name(),
        _serializer().dumps(kept),
        max_age=LASTS,
        samesite="Lax",
        secure=is_bound,
        httponly=True,
    )


def _held() -> dict[str, Any]:
    try:
        held = _serializer().loads(request.cookies.get(_cookie_name(), ""), max_age=LASTS)
    except BadSignature:
        held = {"device": secrets.token_urlsafe(16), "names": []}
    return dict(held)


def _serializer() -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(str(current_app.secret_key), salt="known-device")


def _cookie_name() -> str:
    return f"{'__Host-' if seams().settings.tls else ''}archive_device"


def _digest(username: str) -> str:
    return hashlib.sha256(username.strip().lower().encode()).hexdigest()[:16]
