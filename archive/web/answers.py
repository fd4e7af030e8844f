"""The one place where an error becomes a status and words: as a page, a fragment or JSON."""

import logging
import re
from dataclasses import dataclass, field
from typing import Any

from apiflask.exceptions import HTTPError
from flask import (
    Flask,
    Response,
    g,
    jsonify,
    make_response,
    redirect,
    render_template,
    request,
    url_for,
)
from flask_babel import gettext
from flask_wtf.csrf import CSRFError
from pydantic import ValidationError
from pymongo.errors import ConnectionFailure
from werkzeug.exceptions import HTTPException

from archive import clock
from archive.actor import Right
from archive.database import DatabaseAway, EditedMeanwhile
from archive.errors import (
    ArchiveError,
    Conflict,
    Moved,
    NotFound,
    NotPermitted,
    Refused,
    Unavailable,
)
from archive.observing import request_id
from archive.terms import N_
from archive.trail.looks import note
from archive.web import landmarks
from archive.web.api import MatchNeeded
from archive.web.context import SignInNeeded, current_actor
from archive.web.faults import faults_of
from archive.web.inputs import InvalidInput
from archive.web.landmarks import Landmark

log = logging.getLogger(__name__)

IDENTITIES = re.compile(r"\b[0-9a-f]{24}\b")  # of records, which tell a person nothing

STATUS: tuple[tuple[type[ArchiveError], int], ...] = (
    (NotFound, 404),
    (SignInNeeded, 401),
    (NotPermitted, 403),
    (Refused, 422),
    (InvalidInput, 422),
    (Conflict, 409),
    (Unavailable, 503),
    (MatchNeeded, 428),
    (ArchiveError, 500),
)

TITLES = {
    400: N_("请求无法识别"),
    401: N_("请先登录"),
    403: N_("没有权限"),
    404: N_("没有找到"),
    405: N_("这个地址不接受这种操作"),
    409: N_("与他人的修改冲突"),
    412: N_("内容已被修改"),
    413: N_("文件太大"),
    415: N_("内容类型不受支持"),
    422: N_("不能这样做"),
    428: N_("需要注明所依据的版本"),
    429: N_("操作过于频繁"),
    500: N_("系统出错"),
    503: N_("暂时无法使用"),
}

PLAIN = {
    400: (N_("收到的内容无法识别。"), N_("请返回上一页重试。")),
    404: (NotFound.message, NotFound.remedy),
    405: (N_("这个地址不接受这种操作。"), N_("请从页面上的按钮或链接进入。")),
    413: (N_("上传的内容超过了允许的大小。"), N_("请拆分或压缩后再上传。")),
    415: (N_("这种内容类型不受支持。"), N_("请按接口文档的说明发送。")),
    429: (N_("操作过于频繁，请稍候。"), N_("请过一会儿再试。")),
    500: (
        N_("系统发生了错误，您的操作可能没有完成。"),
        N_("请重试；如果仍然出错，请把错误编号告诉系统管理员。"),
    ),
}


LOSING = (400, 401, 500, 503)  # the answers that do not show the form again
MACHINE_FIELDS = ("csrf_token", "seen", "next")


@dataclass
class Problem:
    """An error as people and programs read it."""

    status: int
    slug: str
    message: str
    remedy: str = ""
    article: int | None = None
    errors: dict[str, list[str]] = field(default_factory=dict)

    @property
    def title(self) -> str:
        """The status in a few words."""
        return gettext(TITLES.get(self.status, TITLES[500]))

    @property
    def reference(self) -> str:
        """The number of the request under which the log says more, where the fault is ours."""
        return request_id() if self.status >= 500 else ""

    def as_json(self) -> dict[str, Any]:
        """RFC 9457."""
        body: dict[str, Any] = {
            "type": f"urn:archive:problem:{self.slug}",
            "title": self.title,
            "status": self.status,
            "detail": " ".join(text for text in (self.message, self.remedy) if text),
            "instance": request.path,
        }
        if self.article is not None:
            body["article"] = self.article
        if self.errors:
            body["errors"] = [
                {"field": name, "message": text}
                for name, texts in self.errors.items()
                for text in texts
            ]
        if self.reference:
            body["reference"] = self.reference
        return body


def status_of(error: ArchiveError) -> int:
    """The HTTP status of the error's family."""
    return next(status for family, status in STATUS if isinstance(error, family))


def words_of(error: ArchiveError) -> tuple[str, str]:
    """What happened and what to do, in the person's language."""
    facts = {name: _shown(value) for name, value in error.facts.items()}
    remedy = gettext(error.remedy) % facts if error.remedy else ""
    return gettext(error.message) % facts, remedy


def _shown(value: object) -> object:
    label = getattr(value, "label", None)
    return gettext(label) if isinstance(label, str) else value


def problem_of(error: ArchiveError) -> Problem:
    """*error* as a problem; one that names its field is shown at that field."""
    message, remedy = words_of(error)
    errors = dict(error.errors) if isinstance(error, InvalidInput) else {}
    if error.field:
        errors = {error.field: [message]}
    return Problem(
        status=status_of(error),
        slug=error.slug(),
        message=message,
        remedy=remedy,
        article=getattr(error, "article", None),
        errors=errors,
    )


def wants_json() -> bool:
    """Whether a program asks."""
    return request.path.startswith("/api/") or (request.accept_mimetypes.best == "application/json")


def answer(problem: Problem) -> Response:
    """The response that tells of *problem*, in the form that the asker can read."""
    if wants_json():
        response = jsonify(problem.as_json())
        response.content_type = "application/problem+json"
        if problem.status == 401:
            response.headers["WWW-Authenticate"] = "Bearer"
    else:
        is_fragment = request.headers.get("HX-Request") == "true"
        page = "errors/fragment.html" if is_fragment else "errors/page.html"
        response = make_response(render_template(page, problem=problem, typed=typed_texts(problem)))
        if is_fragment:
            response.headers["HX-Retarget"] = "#messages"
            response.headers["HX-Reswap"] = "beforeend"
    response.status_code = problem.status
    return response


def typed_texts(problem: Problem) -> list[str]:
    """What the person had typed into a form that could not be taken, to be copied; no passwords."""
    if request.method != "POST" or problem.status not in LOSING:
        return []
    return [
        text
        for name, text in request.form.items(multi=True)
        if text.strip() and "password" not in name and name not in MACHINE_FIELDS
    ]


def on_archive_error(error: ArchiveError) -> Response:
    """A fact raised below."""
    problem = problem_of(error)
    if isinstance(error, Unavailable):
        g.actor = None  # the page around the words must not ask the store that is unavailable
    if problem.status >= 500:
        log.error("%s %r: %r", request.method, request.path, error, exc_info=error)
    if isinstance(error, NotPermitted) and problem.status == 403:
        _note_refusal(error)
    if isinstance(error, SignInNeeded) and not wants_json() and not typed_texts(problem):
        return _to_sign_in()
    if isinstance(error, EditedMeanwhile) and wants_json() and "If-Match" in request.headers:
        problem.status = 412
    return answer(problem)


def on_moved(error: Moved) -> Response:
    """Lead whoever may open it to where it is now; nothing is told to others."""
    who = current_actor()
    right: Any = error.facts["right"]
    record: Any = error.facts["record"]
    if who is None or request.endpoint is None or not who.may(right, record):
        return on_archive_error(NotPermitted(right=right))
    values = {
        name: error.facts["now"] if str(value).strip().upper() == error.facts["was"] else value
        for name, value in (request.view_args or {}).items()
    }
    asked: dict[str, Any] = request.args.to_dict(flat=False)
    address = url_for(request.endpoint, **{**asked, **values})
    is_read = request.method in ("GET", "HEAD")
    response = make_response(redirect(address, 301 if is_read else 308))
    response.headers["Cache-Control"] = "no-store"  # until the merge is undone, not for ever
    return response


def _note_refusal(error: NotPermitted) -> None:
    """Write down that somebody signed in was turned away: once an hour for each kind of page."""
    who = current_actor()
    if who is None or request.endpoint is None:
        return
    right = error.facts.get("right")
    try:
        note(
            "access.refused",
            actor=who,
            now=clock.now(),
            subject_kind="users",
            subject_id=f"{request.method} {request.endpoint}",
            caption=IDENTITIES.sub("…", request.path)[:200],
            reason=right.label if isinstance(right, Right) else "",
            counted=True,
        )
    except DatabaseAway:
        log.exception("a refusal could not be written down")


def on_database_away(_: ConnectionFailure) -> Response:
    """A page that only reads finds the database away."""
    return on_archive_error(DatabaseAway())


def _to_sign_in() -> Response:
    target = request.full_path.rstrip("?") if request.method == "GET" else None
    address = landmarks.address_of(Landmark.SIGN_IN, next=target)
    if request.headers.get("HX-Request") == "true":
        response = make_response("", 401)
        response.headers["HX-Redirect"] = address
        return response
    return make_response(redirect(address))


def on_http_error(error: HTTPException) -> Response | HTTPException:
    """What Flask itself turns away."""
    status = error.code or 500
    if status < 400:
        return error
    message, remedy = PLAIN.get(status, PLAIN[400 if status < 500 else 500])
    response = answer(Problem(status, f"http-{status}", gettext(message), gettext(remedy)))
    for name, value in error.get_headers():
        if name in ("Allow", "Retry-After"):
            response.headers[name] = value
    return response


def on_csrf_error(_: CSRFError) -> Response:
    """A form that was open too long, or that did not come from our pages."""
    return answer(
        Problem(
            400,
            "csrf",
            gettext("页面已过期，内容没有保存。"),
            gettext("请重新打开那个页面再提交；您填写的内容列在下面，可以复制。"),
        )
    )


def on_invalid_api_input(error: HTTPError) -> Response:
    """What the API's own reader of inputs found wrong."""
    cause = error.__cause__
    if isinstance(cause, ValidationError):
        return answer(problem_of(InvalidInput(faults_of(cause))))
    status = error.status_code
    message, remedy = PLAIN.get(status, PLAIN[400])
    return answer(Problem(status, f"http-{status}", gettext(message), gettext(remedy)))


def on_too_deep(error: RecursionError) -> Response:
    """JSON nested deeper than anybody means it; elsewhere it is a bug like any other."""
    if not request.is_json:
        return on_surprise(error)
    message, remedy = PLAIN[400]
    return answer(Problem(400, "http-400", gettext(message), gettext(remedy)))


def on_surprise(error: Exception) -> Response:
    """Any other exception is a bug: logged under the number that the page shows."""
    log.error("%s %r failed", request.method, request.path, exc_info=error)
    message, remedy = PLAIN[500]
    return answer(Problem(500, "internal", gettext(message), gettext(remedy)))


def install(app: Flask) -> None:
    """Have *app* answer every error here."""
    app.register_error_handler(ArchiveError, on_archive_error)
    app.register_error_handler(Moved, on_moved)
    app.register_error_handler(ConnectionFailure, on_database_away)
    app.register_error_handler(CSRFError, on_csrf_error)
    app.register_error_handler(HTTPError, on_invalid_api_input)
    app.register_error_handler(HTTPException, on_http_error)
    app.register_error_handler(RecursionError, on_too_deep)
    app.register_error_handler(Exception, on_surprise)
