"""``python -m tests.house.mounting FOLDER``: a site with the chapter in FOLDER, and what it shows.

In a process of its own, because a document class that exists is known to the whole process. The
addresses of the stores come from the environment; the answers are printed as JSON.
"""

import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from time import monotonic, sleep
from typing import Any

from celery.contrib.testing.worker import start_worker
from flask import Flask
from mongoengine.connection import get_db

from archive import database
from archive.actor import Role
from archive.app import create_app
from archive.chapters import CHAPTERS, chapter_in
from archive.config import Settings
from archive.follower.changes import Projector
from archive.jobs import celery, enqueue
from archive.web.chapter import Chapter, found_in
from archive.web.context import SEAMS
from tests.builders import a_user
from tests.house.sites import Visitor, Whose, routes_of

PATIENCE = 60.0  # seconds


@contextmanager
def site_with(chapter: Chapter, settings: Settings) -> Iterator[Flask]:
    """The site with one chapter more, on a database of its own."""
    site = create_app(settings, (*CHAPTERS, chapter))
    database.create_indexes()
    yield site
    get_db().client.drop_database(settings.mongodb_name)


def work_off(name: str, key: str, is_done: Callable[[], bool]) -> bool:
    """Have a worker do one task of those it knows."""
    enqueue(name, key)
    with start_worker(celery, pool="solo", perform_ping_check=False):
        until = monotonic() + PATIENCE
        while not is_done() and monotonic() < until:
            sleep(0.05)
    return is_done()


def is_counted(model: type[Any], key: str) -> bool:
    """Whether the task has been done."""
    return bool(model.find(key).is_counted)


def walk(site: Flask, visitor: Visitor, blueprint: str) -> dict[str, int]:
    """What a salesperson is answered on each route of *blueprint*, by whose record it is."""
    return {
        f"{route.rule.rule} {whose.value}": visitor.ask(route, whose).status_code
        for route in routes_of(site)
        if route.rule.endpoint.startswith(f"{blueprint}.")
        for whose in Whose
    }


def findings(chapter: Chapter, settings: Settings) -> Iterator[tuple[str, Any]]:
    """What the site shows of *chapter*, a name and an answer at a time."""
    model = chapter.found[0].model
    with site_with(chapter, settings) as site:
        seller = a_user(Role.SALESPERSON)
        visitor = Visitor(site, settings, seller)
        yield "walk", walk(site, visitor, "parcels")
        parcel = model.objects(salesperson_id=seller.id).first()
        engine = site.extensions[SEAMS].search
        engine.rebuild(Projector(get_db(), found_in((*CHAPTERS, chapter))).everything(), "t")
        file = f"/customers/{parcel.customer.archive_number}"
        for name, address in (
            ("home", "/"),
            ("page", f"/parcels/{parcel.number}"),
            ("file", file),
            ("part", f"{file}/parcels"),
            ("line", f"{file}/communication"),
            ("search", "/search?q=木箱"),
        ):
            yield name, visitor.client.get(address).get_data(as_text=True)
        answer = site.test_client().get("/api/v1/parcels", headers=visitor.bearer)
        yield "api", answer.get_json()
        counted = partial(is_counted, model, parcel.key)
        yield "task", work_off("parcels.count", parcel.key, counted)
        yield "number", parcel.number
        yield "file_address", file


def main(folder: str) -> None:
    """Print the findings."""
    sys.path.insert(0, folder)
    settings = Settings.from_environment()
    settings.index.mkdir(parents=True, exist_ok=True)
    chapter = chapter_in(next(Path(folder).iterdir()).name)
    found = dict(findings(chapter, settings))
    print(json.dumps(found, ensure_ascii=False))  # noqa: T201 - read by the test


if __name__ == "__main__":
    main(*sys.argv[1:])
