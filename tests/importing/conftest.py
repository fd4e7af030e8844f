"""Lists as companies have them, and bringing one in from file to archive."""

import hashlib
from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from flask import Flask

from archive.actor import Actor, Role
from archive.importable import Verdict
from archive.importing import service
from archive.importing.models import Import, ImportRow
from archive.importing.serving import kind_called
from archive.importing.tasks import work
from archive.seams import Seams
from tests.builders import a_user

Table = Sequence[Sequence[Any]]
BringIn = Callable[..., Import]


def as_xlsx(folder: Path, rows: Table, name: str = "客户名单.xlsx") -> Path:
    """*rows* as Excel keeps them."""
    book = openpyxl.Workbook()
    sheet = book.create_sheet(index=0)
    for row in rows:
        sheet.append(list(row))
    book.save(folder / name)
    return folder / name


@pytest.fixture
def custodian(in_app: Flask) -> Actor:
    return a_user(Role.CUSTODIAN).as_actor()


@pytest.fixture
def take_in(custodian: Actor, parts: Seams, now: datetime, tmp_path: Path) -> BringIn:
    """A list that was uploaded."""

    def take(source: Path | Table, kind: str = "customers") -> Import:
        path = source if isinstance(source, Path) else as_xlsx(tmp_path, source)
        content = path.read_bytes()
        return service.receive(
            path,
            kind=kind_called(kind),
            name=path.name,
            sha256=hashlib.sha256(content).hexdigest(),
            size=len(content),
            language="zh",
            actor=custodian,
            now=now,
            blobs=parts.blobs,
            recognition=parts.recognition,
        )

    return take


@pytest.fixture
def check(take_in: BringIn, custodian: Actor, now: datetime) -> BringIn:
    """A list that was checked, its columns as they were found."""

    def checked(source: Path | Table, kind: str = "customers") -> Import:
        given = take_in(source, kind)
        service.choose_columns(
            given, given.columns, kind=kind_called(kind), actor=custodian, now=now
        )
        work(given.key)
        return Import.find(given.key)

    return checked


@pytest.fixture
def bring_in(check: BringIn, custodian: Actor, now: datetime) -> BringIn:
    """A list that is in the archive."""

    def brought(source: Path | Table, kind: str = "customers") -> Import:
        given = check(source, kind)
        service.begin_writing(given, kind=kind_called(kind), actor=custodian, now=now)
        work(given.key)
        return Import.find(given.key)

    return brought


def verdicts(given: Import) -> list[Verdict]:
    """The verdict of each row, in the order of the sheet."""
    return [row.verdict for row in given.rows().order_by("number")]


def row(given: Import, number: int) -> ImportRow:
    """The row of the sheet with this number, as Excel counts."""
    found: ImportRow = given.rows().get(number=number)
    return found
