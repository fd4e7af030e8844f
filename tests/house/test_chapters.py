"""A chapter is added in its folder and one line: all else follows from its declaration."""

import json
import os
import re
import shutil
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from archive.chapters import CHAPTERS, NAMES
from archive.config import Settings
from archive.database import Record, kind_of
from archive.embedded import environment_of
from archive.web.chapter import Chapter
from tests.house.source import PRODUCT, ROOT
from tests.house.test_records import our_records

PARCELS = Path(__file__).with_name("parcels")


@pytest.fixture(scope="module")
def found(
    site: Flask, settings: Settings, tmp_path_factory: pytest.TempPathFactory
) -> dict[str, Any]:
    """What a site shows of a chapter that was written into a temporary folder."""
    folder = tmp_path_factory.mktemp("chapters")
    shutil.copytree(PARCELS, folder / "parcels", ignore=shutil.ignore_patterns("__pycache__"))
    var = tmp_path_factory.mktemp("parcels")
    own = replace(settings, var=var, mongodb_name=f"{settings.mongodb_name}_parcels")
    answer = subprocess.run(
        [sys.executable, "-m", "tests.house.mounting", str(folder)],
        cwd=ROOT,
        env={**os.environ, **environment_of(own)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert answer.returncode == 0, answer.stderr
    shown: dict[str, Any] = json.loads(answer.stdout)
    return shown


def test_its_pages_are_in_the_navigation_under_its_own_heading(found: dict[str, Any]) -> None:
    assert found["number"] in found["page"]
    for page in ("home", "page", "file"):
        assert 'href="/parcels"' in found[page]
        assert '<h2 id="nav-parcels">寄存</h2>' in found[page]
    headings = [found["home"].index(f"nav-{each}") for each in ("archive", "parcels", "contracts")]
    assert headings == sorted(headings)


def test_its_duty_and_its_figure_are_on_home(found: dict[str, Any]) -> None:
    assert "归还寄存物" in found["home"]
    assert f'href="/parcels/{found["number"]}"' in found["home"]
    assert "寄存物件数" in found["home"]


def test_its_part_is_a_tab_of_the_customers_file(found: dict[str, Any]) -> None:
    for page in ("file", "part", "line"):
        assert f'href="{found["file_address"]}/parcels"' in found[page]
    assert '<ul class="parcels"><li>木箱</li></ul>' in found["part"]


def test_its_moments_are_on_the_time_line_and_its_acts_in_the_head(found: dict[str, Any]) -> None:
    assert f'href="/parcels/{found["number"]}"' in found["line"]
    assert "登记寄存物" in found["file"]


def test_its_records_are_found_and_lead_to_their_page(found: dict[str, Any]) -> None:
    assert f'href="/parcels/{found["number"]}" data-hit' in found["search"]
    assert "<mark>木箱</mark>" in found["search"]


def test_its_api_answers(found: dict[str, Any]) -> None:
    assert found["api"] == {"items": [found["number"]]}


def test_its_task_is_done_by_a_worker(found: dict[str, Any]) -> None:
    assert found["task"] is True


def test_its_sample_takes_part_in_the_walk_of_rights(found: dict[str, Any]) -> None:
    assert found["walk"] == {
        "/parcels own": 200,
        "/parcels another's": 200,
        "/parcels nobody's": 200,
        "/parcels/<number> own": 200,
        "/parcels/<number> another's": 403,
        "/parcels/<number> nobody's": 403,
    }


def test_the_pages_across_chapters_lead_to_no_page_of_a_chapter_but_the_customers() -> None:
    names = [
        blueprint.name
        for chapter in CHAPTERS
        if chapter.name not in ("dossier", "customers")
        for blueprint in (*chapter.pages, *chapter.apis)
    ]
    named = re.compile(rf"""["']({"|".join(names)})\.\w+["']""")
    dossier = PRODUCT / "dossier"
    texts = {
        path: path.read_text() for path in dossier.rglob("*") if path.suffix in (".py", ".html")
    }
    assert len(texts) > 10
    assert [path.name for path, text in texts.items() if named.search(text)] == []


def folders() -> list[str]:
    """The folders that are chapters, for they declare one."""
    return sorted(path.parent.name for path in PRODUCT.glob("*/chapter.py"))


def test_every_folder_that_is_a_chapter_is_in_the_list() -> None:
    assert set(folders()) - {"web"} == set(NAMES)


def test_every_folder_with_records_or_pages_of_its_own_is_a_chapter() -> None:
    rooms = ("views", "api", "models", "service")
    lived_in = {
        path.relative_to(PRODUCT).parts[0]
        for room in rooms
        for path in (*PRODUCT.glob(f"*/{room}.py"), *PRODUCT.glob(f"*/{room}/__init__.py"))
    }
    none_of_a_chapter = {"blobs", "reading", "trail", "web"}  # neither records nor pages
    assert lived_in - set(NAMES) <= none_of_a_chapter


@pytest.mark.parametrize("chapter", CHAPTERS, ids=lambda chapter: chapter.name)
def test_a_chapter_bears_the_name_of_its_folder(chapter: Chapter) -> None:
    assert chapter.name in NAMES
    for blueprint in (*chapter.pages, *chapter.apis):
        assert blueprint.import_name.startswith(f"archive.{chapter.name}."), blueprint.name


@pytest.mark.parametrize("chapter", CHAPTERS, ids=lambda chapter: chapter.name)
def test_everything_that_a_chapter_has_is_declared(chapter: Chapter) -> None:
    prefix = f"archive.{chapter.name}."
    modules = {name: module for name, module in sys.modules.items() if name.startswith(prefix)}
    declared = {*map(id, chapter.pages), *map(id, chapter.apis)}
    found = {
        id(value): f"{name}.{attribute}"
        for name, module in modules.items()
        for attribute, value in vars(module).items()
        if type(value).__name__ in ("Blueprint", "APIBlueprint")
        and value.import_name.startswith(prefix)
    }
    assert [name for key, name in found.items() if key not in declared] == []
    assert (f"{prefix}tasks" in modules) == (chapter.tasks is not None)
    assert (PRODUCT / chapter.name / "tasks.py").exists() == (chapter.tasks is not None)
    for room, given in (
        ("demonstration", chapter.demonstrate),
        ("waiting", chapter.duties or chapter.figures or chapter.panels),
        ("file", chapter.parts or chapter.moments or chapter.acts),
        ("indexing", chapter.found),
        ("samples", chapter.samples),
    ):
        assert (f"{prefix}{room}" in modules) == bool(given), room


def test_every_kind_of_record_has_its_words_in_its_own_chapter() -> None:
    def folder_of(model: type[Record]) -> str:
        return model.__module__.split(".")[1]

    # Every chapter asks for the measures, so they are kept below all; their words know of papers.
    worded_above = {"class_measures": "classing"}
    worded = {words.kind: chapter.name for chapter in CHAPTERS for words in chapter.words}
    assert worded == {kind_of(model): folder_of(model) for model in our_records()} | worded_above
