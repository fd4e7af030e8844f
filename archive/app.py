"""The composition root: settings become parts, parts become a site, chapters are mounted."""

from collections.abc import Callable, Sequence
from typing import Any

from apiflask import APIFlask
from flask import Flask, Response, jsonify, render_template
from pymongo.errors import PyMongoError

from archive import clock, database, jobs
from archive.blobs import Blobs
from archive.chapters import CHAPTERS
from archive.config import Settings
from archive.docgen import Catalogue, DraftWriter
from archive.errors import Unavailable
from archive.recognition import Limits, PageReader
from archive.seams import Seams
from archive.search.engines import open_engine
from archive.search.pulse import require_search
from archive.storage import S3BlobStore
from archive.web import openapi, site
from archive.web.chapter import Chapter, mount
from archive.web.context import seams
from archive.web.guard import public, signed_in
from archive.web.measuring import metrics


def build_seams(settings: Settings) -> Seams:
    """The outside parts that *settings* name. Nothing is contacted yet."""
    return Seams(
        settings=settings,
        blobs=Blobs(S3BlobStore.from_settings(settings), settings.cache),
        search=open_engine(settings.search, settings.index),
        docgen=DraftWriter(
            Catalogue(each for chapter in CHAPTERS for each in chapter.placeholders)
        ),
        recognition=PageReader(
            Limits(
                bytes=settings.max_file_bytes,
                pages=settings.max_pages,
                pixels=settings.max_pixels,
                unpacked=settings.max_unpacked_bytes,
            )
        ),
    )


def create_app(settings: Settings | None = None, chapters: Sequence[Chapter] = CHAPTERS) -> Flask:
    """The whole site, ready to serve; needs the stores that *settings* name."""
    settings = settings or Settings.from_environment()
    app = APIFlask(
        "archive.web",
        title="客户档案",
        version="1",
        spec_path="/api/v1/openapi.json",
        docs_path=None,
        json_errors=False,
    )
    app.json.ensure_ascii = False  # type: ignore[attr-defined]  # Flask's own provider has it
    app.config.update(VALIDATION_ERROR_STATUS_CODE=422, OPENAPI_VERSION="3.1.0")
    app.security_schemes = {"token": {"type": "http", "scheme": "bearer"}}
    database.connect(settings)
    jobs.configure(settings)
    site.install(app, settings, build_seams(settings))
    openapi.install(app)
    mount(app, chapters)
    _add_own_routes(app)
    return app


def _add_own_routes(app: APIFlask) -> None:
    signed_in(app.view_functions["openapi.spec"])
    hidden = app.doc(hide=True)  # no part of the API
    app.add_url_rule("/api/docs", "api_docs", hidden(api_docs))
    app.add_url_rule("/healthz", "healthz", hidden(healthz))
    app.add_url_rule("/readyz", "readyz", hidden(readyz))
    app.add_url_rule("/metrics", "metrics", hidden(metrics))


@signed_in
def api_docs() -> str:
    """The API, to read and to try."""
    return render_template("api_docs.html")


@public
def healthz() -> Response:
    """The process answers."""
    return jsonify(status="ok")


@public
def readyz() -> tuple[Response, int]:
    """200 when all parts are up; each part by name."""
    parts = {name: _state_of(check) for name, check in _checks().items()}
    is_ready = all(state == "ok" for state in parts.values())
    return jsonify(
        status="ok" if is_ready else "unavailable", parts=parts
    ), 200 if is_ready else 503


def _checks() -> dict[str, Callable[[], Any]]:
    parts = seams()
    return {
        "database": database.ping,
        "storage": parts.blobs.store.ping,
        "search": lambda: require_search(parts.search, parts.settings.index, clock.now()),
    }


def _state_of(check: Callable[[], Any]) -> str:
    try:
        check()
    except (Unavailable, PyMongoError):
        return "unavailable"
    return "ok"
