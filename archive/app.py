"""The composition root: settings become parts, parts become a site, chapters are mounted."""

from collections.abc import Iterable, Sequence
from pathlib import Path

from apiflask import APIFlask
from flask import Flask, render_template

from archive import database, jobs
from archive.blobs import Blobs
from archive.channels import Channels
from archive.chapters import CHAPTERS
from archive.config import Settings
from archive.docgen import Catalogue, DraftWriter, PdfMaker
from archive.malware import ScannerAway, VirusScanner
from archive.recognition import Limits, PageReader, ReaderGaveUp
from archive.seams import Seams
from archive.search.engines import open_engine
from archive.storage import S3BlobStore
from archive.web import openapi, readiness, site
from archive.web.chapter import Chapter, mount
from archive.web.guard import signed_in
from archive.web.measuring import metrics


def build_seams(settings: Settings) -> Seams:
    """The outside parts that *settings* name. Nothing is contacted yet."""
    pdfs = PdfMaker(settings.office)
    recognition = PageReader(
        Limits(
            bytes=settings.max_file_bytes,
            pages=settings.max_pages,
            pixels=settings.max_pixels,
            unpacked=settings.max_unpacked_bytes,
        ),
        printer=pdfs,
        waiting=max(2, settings.web_threads - 3),
        readers=max(1, settings.reading_lanes),
    )
    return Seams(
        settings=settings,
        blobs=Blobs(
            S3BlobStore.from_settings(settings),
            settings.cache,
            scanner=open_scanner(settings, recognition),
        ),
        search=open_engine(settings.search, settings.index),
        docgen=DraftWriter(
            Catalogue(each for chapter in CHAPTERS for each in chapter.placeholders)
        ),
        pdfs=pdfs,
        channels=Channels.from_settings(settings),
        recognition=recognition,
    )


def open_scanner(settings: Settings, recognition: PageReader) -> VirusScanner | None:
    """The virus scanner that *settings* name, if any; it sees the files inside PDFs too."""
    if not settings.virus_scanner:
        return None

    def unpack(path: Path) -> Iterable[bytes]:
        try:
            inside = recognition.embedded(path)
        except ReaderGaveUp as failure:
            raise ScannerAway(f"what is inside cannot be unpacked: {failure}") from failure
        return [inside] if inside else []

    return VirusScanner(settings.virus_scanner, unpack)


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
    readiness.install(app, hidden)
    app.add_url_rule("/metrics", "metrics", hidden(metrics))


@signed_in
def api_docs() -> str:
    """The API, to read and to try."""
    return render_template("api_docs.html")
