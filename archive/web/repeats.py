"""Safe repeats: a request that comes a second time finds what the first one made.

Every form of a page carries a key of its own (`form_key`), a program may send an
`Idempotency-Key`. A view that is `once` has the verb write that key with the record.
"""

import hashlib
import json
import secrets
from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar

from flask import Flask, current_app, request

from archive.database import asking_as
from archive.web.context import actor
from archive.web.spool import spooled

F = TypeVar("F", bound=Callable[..., Any])

FORM_KEY = "form_key"
NO_CONTENT = frozenset({FORM_KEY, "csrf_token"})
FORMS = frozenset({"multipart/form-data", "application/x-www-form-urlencoded"})
ONCE = "__once__"


def once(view: F) -> F:
    """Have *view*, asked a second time with the same key and content, find what it made before.

    Other content under the same key is refused with `KeyReused`.
    """

    @wraps(view)
    def answer_once(*arguments: Any, **named: Any) -> Any:
        key = request.headers.get("Idempotency-Key", "") or request.form.get(FORM_KEY, "")
        if not key:
            return view(*arguments, **named)
        about = f"{actor().id} {request.method} {request.path} {key}"
        identity = hashlib.sha256(about.encode()).hexdigest()
        with asking_as(identity, digest_of_request()) as asking:
            response = current_app.make_response(view(*arguments, **named))
        if asking.is_repeat:
            response.headers["Idempotent-Replay"] = "true"
        return response

    setattr(answer_once, ONCE, True)
    return answer_once  # type: ignore[return-value]  # wraps keeps the signature


def digest_of_request() -> str:
    """A digest of all that was sent: the body or, of a form, its fields and the files' digests.

    Files were hashed while they were received: none is read again, whatever its size.
    """
    digest = hashlib.sha256()
    if request.mimetype in FORMS:
        fields = [each for each in request.form.items(multi=True) if each[0] not in NO_CONTENT]
        sent: list[object] = [*sorted(fields)]
        for name, file in sorted(request.files.items(multi=True), key=lambda each: each[0]):
            sent.append((name, file.filename, spooled(file).sha256))
        digest.update(json.dumps(sent).encode())
    else:
        digest.update(request.get_data(cache=True))
    return digest.hexdigest()


def new_form_key() -> str:
    """The key of one form, as it is shown."""
    return secrets.token_urlsafe(12)


def install(app: Flask) -> None:
    """Let every form of *app* carry a key."""
    app.jinja_env.globals["form_key"] = new_form_key
