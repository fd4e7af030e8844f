"""Every route has a door, and every door lets in whom the table of rights names: all walked."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from archive.actor import Role
from archive.config import Settings
from archive.docgen import PdfMaker
from archive.seams import Seams
from archive.web.context import SEAMS
from archive.web.repeats import ONCE
from tests.builders import a_user
from tests.house.hardening import check_caches, check_headers
from tests.house.sites import (
    Route,
    Visitor,
    Whose,
    routes_of,
    samples_of,
    table_of_doors,
)

DOORS = Path(__file__).with_name("doors.txt")
# One walk is quick; what most changes need is that of the role with the most doors.
EVERY_ROLE = [
    role if role is Role.SALESPERSON else pytest.param(role, marks=pytest.mark.slow)
    for role in Role
]
ONCE_BY_THEMSELVES = {
    "/api/v1/complaints/<number>/files",  # the same file again is refused
    "/api/v1/deposits",  # each file of a request has its own key
    "/api/v1/deposits/<key>/confirm",  # as to file it
    "/api/v1/deposits/<key>/file",  # the attachment has the identity of the deposit
    "/api/v1/deposits/<key>/version",
    "/people/new",  # the user name is unique, and the password is shown to whoever made it
}
ENDS_THE_SIGN_IN = {"/sign-out", "/profile/sign-out-everywhere"}


def test_every_route_says_who_may_come_in(site: Flask) -> None:
    assert [route.name for route in routes_of(site) if route.door is None] == []


def test_the_doors_are_those_that_were_agreed_on(site: Flask) -> None:
    """A new or changed door is looked at, then taken down: ``python -m tests.house``."""
    now = list(table_of_doors(site))
    agreed = DOORS.read_text().splitlines()
    other = [f"+ {line}" for line in now if line not in agreed]
    other += [f"- {line}" for line in agreed if line not in now]
    assert other == [], "\n".join(other)


def test_every_route_that_creates_does_so_once_for_each_key(site: Flask) -> None:
    """A form posted twice, or a program that asks again, makes one record."""

    def creates(route: Route, view: Any) -> bool:
        answers = getattr(view, "_spec", {}).get("response", {})
        return answers.get("status_code") == 201 or route.rule.rule.endswith("/new")

    forgotten = [
        route.name
        for route in routes_of(site)
        if route.method == "POST"
        and creates(route, view := site.view_functions[route.rule.endpoint])
        and route.rule.rule not in ONCE_BY_THEMSELVES
        and not hasattr(view, ONCE)
    ]
    assert forgotten == []


def test_nobody_comes_in_without_signing_in(site: Flask, empty_site: Flask) -> None:
    client = site.test_client()
    for route in routes_of(site):
        assert route.door is not None
        if route.door.is_open:
            continue
        values = dict.fromkeys(route.rule.arguments, 1)
        _, address = route.rule.build(values) or ("", "")
        answer = client.open(address, method=route.method)
        if route.is_api:
            assert answer.status_code == 401, route.name
        else:
            assert answer.status_code == 302, route.name
            assert answer.headers["Location"].startswith("/sign-in"), route.name


class AtOnce(PdfMaker):
    """The walk asks who may have a PDF and not what is in it: each would take seconds."""

    is_available = True

    def make(self, document: bytes, *, kind: str = "docx", most_pages: int | None = None) -> bytes:
        return b"%PDF-1.7"


@pytest.fixture(autouse=True)
def pdfs_at_once(site: Flask, parts: Seams) -> Iterator[None]:
    site.extensions[SEAMS] = replace(parts, pdfs=AtOnce())
    yield
    site.extensions[SEAMS] = parts


@pytest.mark.timeout(400)
@pytest.mark.parametrize("role", EVERY_ROLE)
def test_a_role_comes_to_each_record_exactly_where_the_table_of_rights_says_so(
    role: Role, site: Flask, empty_site: Flask, settings: Settings
) -> None:
    """Each route is asked about a record of one's own, of another's and of nobody's.

    Every answer on the way carries the headers that harden it.
    """
    visitor = Visitor(site, settings, a_user(role))
    wrong = []
    for route in routes_of(site):
        assert route.door is not None
        if route.door.is_open:
            continue
        for whose in Whose if visitor.is_about_a_record(route) else (Whose.OWN,):
            answer = visitor.ask(route, whose)
            check_headers(answer, route.name)
            check_caches(answer, route.name)
            is_right = (
                opens(route, answer) if route.admits(role, whose) else answer.status_code == 403
            )
            if not is_right:
                wrong.append(f"{role} {route.name} {whose.value} {answer.status_code}")
            if answer.status_code == 302 and route.rule.rule not in ENDS_THE_SIGN_IN:
                assert not answer.headers["Location"].startswith("/sign-in"), route.name
    assert wrong == [], "\n".join(wrong)


def opens(route: Route, answer: TestResponse) -> bool:
    """Whether *answer* comes from behind the door: a page, or a word on what was sent."""
    if route.method == "GET":
        return answer.status_code in (200, 302)
    return answer.status_code not in (401, 403, 404, 405) and answer.status_code < 500


def test_every_blueprint_whose_pages_are_about_a_record_has_a_sample(site: Flask) -> None:
    asked = {
        route.sample_in(site)
        for route in routes_of(site)
        if route.rule.arguments and route.door and not route.door.is_open
    }
    assert asked == set(samples_of(site))
