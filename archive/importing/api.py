"""Importing over REST."""

from typing import Any

from apiflask import APIBlueprint
from apiflask.fields import UploadFile
from flask import url_for
from pydantic import BaseModel, ConfigDict, Field

from archive import clock
from archive.actor import Right
from archive.importable import Verdict
from archive.importing import service
from archive.importing.forms import ColumnsInput
from archive.importing.models import Import
from archive.importing.rules import ImportState
from archive.importing.serving import kind_called, kinds_for, open_import, receive_upload
from archive.web.api import Page, Paging, page_of
from archive.web.context import actor
from archive.web.guard import needs
from archive.web.inputs import ReasonInput
from archive.web.repeats import once
from archive.web.shapes import Out, RecordOut, Tagged, reads, tagged
from archive.web.spool import takes_files

api = APIBlueprint("imports_api", __name__, url_prefix="/api/v1/imports", tag="imports")


class ImportFile(BaseModel):
    """A list, and what it is a list of."""

    model_config = ConfigDict(arbitrary_types_allowed=True)

    file: UploadFile


class KindQuery(BaseModel):
    """What the list is a list of."""

    model_config = ConfigDict(extra="ignore")

    kind: str = Field(description="`customers`, `contacts` …")


class ImportOut(RecordOut):
    """A list that is brought in: its columns by field, and how many rows have each verdict."""

    number: str
    kind: str
    state: ImportState
    file_name: str
    sheet: str
    head: list[str]
    columns: dict[str, int]
    counts: dict[Verdict, int] = reads(lambda given: given.counts())
    written: int = reads(lambda given: given.written().count())


class ImportPage(Page[ImportOut]):
    """A page of imports."""


class RowOut(Out):
    """A row: what bringing it in would do or did, or why it cannot be brought in."""

    number: int
    verdict: Verdict
    caption: str | None
    why: str | None
    changes: list[list[str]]
    is_written: bool = reads(lambda row: row.written_at is not None and row.undone_at is None)


class RowPage(Page[RowOut]):
    """A page of rows."""


class RowQuery(Paging):
    """Which rows."""

    verdict: Verdict | None = None


@api.get("")
@api.input(Paging, location="query")
@api.output(ImportPage)
@needs(Right.IMPORT_LISTS)
def list_imports(query_data: Paging) -> dict[str, Any]:
    """Lists that were brought in, the latest first."""
    kinds = [kind.key for kind in kinds_for(actor())]
    return page_of(Import.objects(kind__in=kinds).order_by("-created_at", "-id"), query_data)


@api.post("")
@once
@api.input(KindQuery, location="query")
@api.input(ImportFile, location="files")
@api.output(ImportOut, status_code=201)
@takes_files()
@needs(Right.IMPORT_LISTS)
def receive(query_data: KindQuery, files_data: ImportFile) -> Tagged:
    """Take a list in; its columns are found by name and content. Nothing is checked yet."""
    kind = kind_called(query_data.kind)
    given = receive_upload(files_data.file, kind)
    return tagged(given, address=url_for("imports_api.read_import", number=given.number))


@api.get("/<number>")
@api.output(ImportOut)
@needs(Right.IMPORT_LISTS)
def read_import(number: str) -> Tagged:
    """One import."""
    return tagged(open_import(number))


@api.get("/<number>/rows")
@api.input(RowQuery, location="query")
@api.output(RowPage)
@needs(Right.IMPORT_LISTS)
def list_rows(number: str, query_data: RowQuery) -> dict[str, Any]:
    """The rows of an import, in the order of the sheet."""
    given = open_import(number)
    found = given.rows(*([query_data.verdict] if query_data.verdict else []))
    return page_of(found.order_by("number"), query_data)


@api.post("/<number>/check")
@api.input(ColumnsInput)
@api.output(ImportOut)
@needs(Right.IMPORT_LISTS)
def check(number: str, json_data: ColumnsInput) -> Tagged:
    """Check every row. `columns` changes what was found; -1 leaves a field out."""
    given = open_import(number)
    kind = kind_called(given.kind)
    known = {column.name for column in kind.columns}
    wanted = {**given.columns, **json_data.columns}
    chosen = {
        name: at for name, at in wanted.items() if name in known and at in range(len(given.head))
    }
    return tagged(service.choose_columns(given, chosen, kind=kind, actor=actor(), now=clock.now()))


@api.post("/<number>/write")
@api.output(ImportOut)
@needs(Right.IMPORT_LISTS)
def write(number: str) -> Tagged:
    """Write the new and the changed rows; goes on where it was stopped."""
    return _act(number, service.begin_writing)


@api.post("/<number>/stop")
@api.output(ImportOut)
@needs(Right.IMPORT_LISTS)
def stop(number: str) -> Tagged:
    """Write no further row."""
    return _act(number, service.stop)


@api.post("/<number>/undo")
@api.input(ReasonInput)
@api.output(ImportOut)
@needs(Right.IMPORT_LISTS)
def undo(number: str, json_data: ReasonInput) -> Tagged:
    """Take back what was written and not changed since."""
    return _act(number, service.begin_undoing, reason=json_data.reason)


def _act(number: str, verb: Any, **more: Any) -> Tagged:
    given = open_import(number)
    kind = kind_called(given.kind)
    return tagged(verb(given, kind=kind, actor=actor(), now=clock.now(), **more))
