"""Safe repeats of a creation: a client that has to ask again gets the first answer."""

import hashlib
import json
from collections.abc import Callable
from datetime import timedelta
from functools import wraps
from typing import Any, TypeVar

from flask import Response, current_app, make_response, request
from mongoengine import DateTimeField, DictField, Document, IntField, StringField
from pymongo.errors import DuplicateKeyError

from archive import clock
from archive.database import durable
from archive.errors import Conflict
from archive.terms import N_
from archive.web.context import actor
from archive.web.spool import spooled

F = TypeVar("F", bound=Callable[..., Any])

CLAIMED_FOR = timedelta(minutes=5)
ANSWER_KEPT_FOR = timedelta(days=1)
FORMS = frozenset({"multipart/form-data", "application/x-www-form-urlencoded"})


class KeyReused(Conflict):
    """An Idempotency-Key that came with another body before."""

    message = N_("这个 Idempotency-Key 已用于另一个请求。")
    remedy = N_("请为新的请求换一个 Idempotency-Key。")


class StillRunning(Conflict):
    """The first request with this Idempotency-Key is still being worked on."""

    message = N_("使用这个 Idempotency-Key 的请求仍在处理。")
    remedy = N_("请稍后用同一个 Idempotency-Key 再试。")


class Repeat(Document):
    """The answer to a creation, kept a day for a client that has to ask again."""

    meta = {
        "collection": "repeats",
        "auto_create_index": False,
        "indexes": [{"fields": ["kept_until"], "expireAfterSeconds": 0}],
    }

    id = StringField(primary_key=True)
    digest = StringField(required=True)
    status = IntField()
    body = StringField()
    headers = DictField()
    kept_until = DateTimeField(required=True)


def once(view: F) -> F:
    """Answer a repeated creation as the first time: same Idempotency-Key and input, same answer.

    Another input under the same key is refused with `KeyReused`.
    """

    @wraps(view)
    def answer_once(*arguments: Any, **named: Any) -> Any:
        key = request.headers.get("Idempotency-Key", "")
        if not key:
            return view(*arguments, **named)
        identity = hashlib.sha256(
            f"{actor().id} {request.method} {request.path} {key}".encode()
        ).hexdigest()
        digest = digest_of_request()
        if earlier := _claim(identity, digest):
            return _again(earlier, digest)
        try:
            response = current_app.make_response(view(*arguments, **named))
        except BaseException:
            Repeat.objects(id=identity).delete()
            raise
        _keep(identity, response)
        return response

    return answer_once  # type: ignore[return-value]  # wraps keeps the signature


def digest_of_request() -> str:
    """A digest of all that was sent: the body or, of a form, its fields and the files' digests.

    Files were hashed while they were received: none is read again, whatever its size.
    """
    digest = hashlib.sha256()
    if request.mimetype in FORMS:
        sent: list[object] = [*sorted(request.form.items(multi=True))]
        for name, file in sorted(request.files.items(multi=True), key=lambda each: each[0]):
            sent.append((name, file.filename, spooled(file).sha256))
        digest.update(json.dumps(sent).encode())
    else:
        digest.update(request.get_data(cache=True))
    return digest.hexdigest()


def _claim(identity: str, digest: str) -> Repeat | None:
    """Take the key for this request; the earlier one where it is taken already.

    A claim that was never answered (its process died) holds for a few minutes only.
    """
    now = clock.now()
    Repeat.objects(id=identity, kept_until__lt=now).delete()
    mine = Repeat(id=identity, digest=digest, kept_until=now + CLAIMED_FOR)
    try:
        durable(Repeat).insert_one(mine.to_mongo())
    except DuplicateKeyError:
        return Repeat.objects(id=identity).first()  # type: ignore[no-any-return]
    return None


def _keep(identity: str, response: Response) -> None:
    Repeat.objects(id=identity).update_one(
        status=response.status_code,
        body=response.get_data(as_text=True),
        headers={
            name: response.headers[name]
            for name in ("Content-Type", "ETag", "Location")
            if name in response.headers
        },
        kept_until=clock.now() + ANSWER_KEPT_FOR,
    )


def _again(earlier: Repeat, digest: str) -> Response:
    if earlier.digest != digest:
        raise KeyReused()
    if earlier.status is None:
        raise StillRunning()
    response = make_response(earlier.body, earlier.status)
    response.headers.update(earlier.headers)
    response.headers["Idempotent-Replay"] = "true"
    return response
