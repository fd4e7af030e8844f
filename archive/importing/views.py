"""The pages of importing: choose a file, check its columns, look at what would happen, do it."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from archive import clock
from archive.actor import Right
from archive.errors import ArchiveError
from archive.importable import Verdict
from archive.importing import service
from archive.importing.lists import IMPORTS
from archive.importing.models import Import, ImportRow
from archive.importing.rules import ENDINGS, ImportState
from archive.importing.serving import (
    kind_called,
    kinds_for,
    open_import,
    receive_upload,
    refused_file,
    template_file,
)
from archive.web.answers import problem_of
from archive.web.context import actor, seams
from archive.web.editing import Answer
from archive.web.forms import CORRECTABLE, Form
from archive.web.guard import needs
from archive.web.inputs import ReasonInput
from archive.web.leafing import read_leaf
from archive.web.reasons import reasoned
from archive.web.repeats import once
from archive.web.spool import takes_files

blueprint = Blueprint("importing", __name__, template_folder="templates")

ROWS_A_PAGE = 50
SAMPLE_ROWS = 3


@blueprint.get("/imports")
@needs(Right.IMPORT_LISTS)
def list_page() -> str | Response:
    kinds = [kind.key for kind in kinds_for(actor())]
    return IMPORTS.answer(Import.objects(kind__in=kinds))


@blueprint.get("/imports/new")
@needs(Right.IMPORT_LISTS)
def new() -> str:
    return _new()


@blueprint.post("/imports/new")
@once
@takes_files()
@needs(Right.IMPORT_LISTS)
def receive() -> Response | tuple[str, int]:
    kind = kind_called(request.form.get("kind", ""))
    actor().require(kind.right)
    try:
        given = receive_upload(request.files.get("file"), kind)
    except CORRECTABLE as fault:
        return _new(fault), 422
    return redirect(address_of(given))


@blueprint.get("/imports/templates/<kind>.xlsx")
@needs(Right.IMPORT_LISTS)
def template(kind: str) -> Response:
    wanted = kind_called(kind)
    actor().require(wanted.right)
    return template_file(wanted)


@blueprint.get("/imports/<number>")
@needs(Right.IMPORT_LISTS)
def page(number: str) -> str:
    return _page(open_import(number))


@blueprint.get("/imports/<number>/progress")
@needs(Right.IMPORT_LISTS)
def progress(number: str) -> Response | str:
    """How far the worker is, as a fragment; once it is done, the page is asked for again."""
    given = open_import(number)
    if given.is_working:
        return render_template("importing/progress.html", given=given, **_progress(given))
    response = Response()
    response.headers["HX-Refresh"] = "true"
    return response


@blueprint.post("/imports/<number>/sheet")
@needs(Right.IMPORT_LISTS)
def choose_sheet(number: str) -> Answer:
    given = open_import(number)
    return _done(
        given,
        lambda: service.choose_sheet(
            given,
            request.form.get("sheet", ""),
            kind=kind_called(given.kind),
            actor=actor(),
            now=clock.now(),
            blobs=seams().blobs,
            recognition=seams().recognition,
        ),
    )


@blueprint.post("/imports/<number>/columns")
@needs(Right.IMPORT_LISTS)
def choose_columns(number: str) -> Answer:
    given = open_import(number)
    kind = kind_called(given.kind)
    chosen = {
        column.name: at
        for column in kind.columns
        if (at := request.form.get(column.name, -1, type=int)) in range(len(given.head))
    }
    return _done(
        given,
        lambda: service.choose_columns(given, chosen, kind=kind, actor=actor(), now=clock.now()),
        chosen=chosen,
    )


@blueprint.post("/imports/<number>/write")
@needs(Right.IMPORT_LISTS)
def write(number: str) -> Answer:
    return _act(number, service.begin_writing)


@blueprint.post("/imports/<number>/stop")
@needs(Right.IMPORT_LISTS)
def stop(number: str) -> Answer:
    return _act(number, service.stop)


@blueprint.post("/imports/<number>/discard")
@needs(Right.IMPORT_LISTS)
def discard(number: str) -> Answer:
    return _act(number, service.discard)


@blueprint.post("/imports/<number>/another")
@needs(Right.IMPORT_LISTS)
def take_as_another(number: str) -> Answer:
    """Rows that look like records that exist are new ones: the row named, or all of them."""
    given = open_import(number)
    row = request.form.get("row", type=int)

    def take() -> None:
        count = service.take_as_another(
            given,
            None if row is None else [row],
            kind=kind_called(given.kind),
            actor=actor(),
            now=clock.now(),
        )
        flash(gettext("%(count)d 行改为新增。", count=count), "success")

    return _done(given, take)


@blueprint.post("/imports/<number>/undo")
@needs(Right.IMPORT_LISTS)
def undo(number: str) -> Answer:
    given = open_import(number)
    return reasoned(
        lambda reason: service.begin_undoing(
            given, kind=kind_called(given.kind), actor=actor(), now=clock.now(), reason=reason
        ),
        page=lambda reason: _page(given, reason=reason),
        said=gettext("正在撤销这次导入。"),
        address=address_of(given),
    )


@blueprint.get("/imports/<number>/refused.xlsx")
@needs(Right.IMPORT_LISTS)
def refused(number: str) -> Response:
    return refused_file(open_import(number))


def address_of(given: Import) -> str:
    """The page of an import."""
    return url_for("importing.page", number=given.number)


def _act(number: str, verb: Any) -> Answer:
    given = open_import(number)
    return _done(
        given, lambda: verb(given, kind=kind_called(given.kind), actor=actor(), now=clock.now())
    )


def _done(given: Import, act: Any, chosen: dict[str, int] | None = None) -> Answer:
    """Do *act* and show the import, or say on its page why it was refused."""
    try:
        act()
    except CORRECTABLE as fault:
        return _page(Import.find(given.key), fault=fault, chosen=chosen), 422
    return redirect(address_of(given))


def _new(fault: ArchiveError | None = None) -> str:
    kinds = kinds_for(actor())
    wanted = request.values.get("kind", "")
    return render_template(
        "importing/new.html",
        kinds=kinds,
        wanted=wanted,
        problem=fault and problem_of(fault),
        endings=ENDINGS,
    )


def _page(
    given: Import,
    *,
    fault: ArchiveError | None = None,
    chosen: dict[str, int] | None = None,
    reason: Form | None = None,
) -> str:
    kind = kind_called(given.kind)
    more: dict[str, Any] = {}
    if given.state is ImportState.MAPPING:
        used = (given.columns if chosen is None else chosen).values()
        more["unused"] = [name for at, name in given.column_heads() if at not in used and name]
        more["sample"] = seams().recognition.rows(
            seams().blobs.copy_of(given.sha256),
            given.sheet,
            start=given.head_at + 1,
            count=SAMPLE_ROWS,
        )
    elif given.is_working:
        more.update(_progress(given))
    else:
        more.update(_rows(given))
    return render_template(
        "importing/page.html",
        given=given,
        kind=kind,
        problem=fault and problem_of(fault),
        chosen=given.columns if chosen is None else chosen,
        reason=reason or Form(ReasonInput),
        **more,
    )


def _progress(given: Import) -> dict[str, int]:
    """How many rows the worker has done, and of how many."""
    if given.state is ImportState.CHECKING:
        return {"done": given.staged(), "total": given.sheet_rows}
    written = given.written().count()
    if given.state is ImportState.UNDOING:
        undone = given.rows().filter(undone_at__ne=None).count()
        return {"done": undone, "total": undone + written}
    return {"done": written, "total": written + given.to_write().count()}


def _rows(given: Import) -> dict[str, Any]:
    counts = given.counts()
    asked = [each for each in Verdict if each.value == request.args.get("show")]
    first = next((each for each in (Verdict.REFUSED, Verdict.ALIKE) if counts[each]), Verdict.NEW)
    shown = asked[0] if asked else first
    rows: Any = given.rows(shown).order_by("number")

    def read(start: int, count: int) -> list[ImportRow]:
        return list(rows.skip(start).limit(count))

    return {
        "counts": counts,
        "shown": shown,
        "leaf": read_leaf(read, ROWS_A_PAGE),
        "to_write": given.to_write().count(),
        "written": given.written().count(),
        "stayed": given.rows().filter(stayed__ne=None).count(),
    }
