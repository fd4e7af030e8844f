"""Files that came with a form which has to be corrected first: kept, so that none is chosen again.

Their bytes are in the store, where what nobody names is swept after two weeks; what names them
goes out with the form, signed, and comes back with it. It is good for its own person, for a day.
"""

from typing import Any

from flask import current_app
from itsdangerous import BadSignature, URLSafeTimedSerializer

from archive.actor import Actor
from archive.filing.models import StoredFile

LASTS = 24 * 3600
FACTS = ("sha256", "size", "original_name", "file_type", "pages", "width", "height", "flaw")


def ticket_of(file: StoredFile, actor: Actor) -> str:
    """What *actor*'s form carries for *file*, whose bytes are in the store."""
    facts = {name: file[name] for name in FACTS if file[name] is not None}
    return _serializer().dumps({"of": actor.id, "file": facts})


def held(ticket: str, actor: Actor) -> StoredFile | None:
    """The file of a *ticket* that was given to *actor*; None for any other, old or made."""
    try:
        known: dict[str, Any] = _serializer().loads(ticket, max_age=LASTS)
    except BadSignature:
        return None
    return StoredFile(**known["file"]) if known["of"] == actor.id else None


def _serializer() -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(str(current_app.secret_key), salt="held-files")
