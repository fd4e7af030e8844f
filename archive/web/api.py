"""What every route of the REST API shares: pages of results, ETags, safe repeats of a creation."""

import hashlib
from collections.abc import Callable
from datetime import timedelta
from functools import wraps
from typing import Any, Generic, TypeVar

from flask import Response, current_app, jsonify, make_response, request
from mongoengine import DateTimeField, DictField, Document, IntField, StringField
from pydantic import BaseModel, ConfigDict, Field
from pymongo.errors import DuplicateKeyError

from archive import clock
from archive.database import Record, durable
from archive.errors import ArchiveError, Conflict
from archive.terms import N_
from archive.web.context import actor

Out = TypeVar("Out", bound=BaseModel)
F = TypeVar("F", bound=Callable[..., Any])

CLAIMED_FOR = timedelta(minutes=5)
ANSWER_KEPT_FOR = timedelta(days=1)


class Paging(BaseModel):
    """Which page of a list."""

    model_config = ConfigDict(extra="ignore")

    page: int = Field(1, ge=1, le=1_000_000)
    per_page: int = Field(25, ge=1, le=100)


class Page(BaseModel, Generic[Out]):
    """One page of a list."""

    items: list[Out]
    page: int
    per_page: int
    total: int


class ProblemOut(BaseModel):
    """An error (RFC 9457)."""

    type: str
    title: str
    status: int
    detail: str
    instance: str
    article: int | None = None
    errors: list[dict[str, str]] | None = None
    reference: str | None = None


class BadMatch(Conflict):
    """An If-Match header that no ETag of ours looks like."""

    message = N_("If-Match 应为读取时得到的 ETag。")
    remedy = N_("请重新读取这条记录，用它的 ETag 再试。")


class MatchNeeded(ArchiveError):
    """An edit that does not say which revision it is based on."""

    message = N_("修改时需要用 If-Match 注明所依据的版本。")
    remedy = N_("请先读取这条记录，再把它的 ETag 放进 If-Match。")


class KeyReused(Conflict):
    """An Idempotency-Key that came with another body before."""

    message = N_("这个 Idempotency-Key 已用于另一个请求。")
    remedy = N_("请为新的请求换一个 Idempotency-Key。")


class StillRunning(Conflict):
    """The first request with this Idempotency-Key is still being worked on."""

    message = N_("使用这个 Idempotency-Key 的请求仍在处理。")
    remedy = N_("请稍后用同一个 Idempotency-Key 再试。")


def page_of(found: Any, paging: Paging, show: Callable[[Any], Out]) -> dict[str, Any]:
    """The page of the query *found* that *paging* asks for."""
    start = (paging.page - 1) * paging.per_page
    return {
        "items": [show(record) for record in found.skip(start).limit(paging.per_page)],
        "page": paging.page,
        "per_page": paging.per_page,
        "total": found.count(),
    }


def with_etag(body: BaseModel, record: Record, status: int = 200) -> Response:
    """*body* as JSON, with the revision of *record* as its ETag."""
    response = make_response(jsonify(body.model_dump(mode="json", by_alias=True)), status)
    response.set_etag(str(record.revision))
    return response


def seen_revision() -> int:
    """The revision that an edit is based on, from If-Match.

    Raises:
        MatchNeeded: the header is missing.
        BadMatch: it holds no ETag of ours.
    """
    tags = request.if_match.as_set()
    if "If-Match" not in request.headers:
        raise MatchNeeded()
    try:
        return int(next(iter(tags)))
    except (StopIteration, ValueError) as error:
        raise BadMatch() from error


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
    """Answer a repeated creation as the first time: same Idempotency-Key and body, same answer."""

    @wraps(view)
    def answer_once(*arguments: Any, **named: Any) -> Any:
        key = request.headers.get("Idempotency-Key", "")
        if not key:
            return view(*arguments, **named)
        identity = hashlib.sha256(
            f"{actor().id} {request.method} {request.path} {key}".encode()
        ).hexdigest()
        digest = hashlib.sha256(request.get_data(cache=True)).hexdigest()
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
