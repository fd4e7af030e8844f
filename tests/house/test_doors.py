"""Every route has a door, and every door lets in whom the table of rights names: all walked."""

from pathlib import Path

import pytest
from flask import Flask

from archive.actor import Role
from archive.config import Settings
from tests.builders import a_user
from tests.house.sites import Visitor, routes_of, table_of_doors

DOORS = Path(__file__).with_name("doors.txt")
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


def test_nobody_comes_in_without_signing_in(site: Flask, stores: Flask) -> None:
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


@pytest.mark.parametrize("role", Role)
def test_a_role_is_turned_away_exactly_where_the_table_of_rights_says_so(
    role: Role, site: Flask, stores: Flask, settings: Settings
) -> None:
    visitor = Visitor(site, settings, a_user(role))
    wrong = []
    for route in routes_of(site):
        assert route.door is not None
        if route.door.is_open:
            continue
        answer = visitor.ask(route, own=route.needs_own(role))
        if (answer.status_code != 403) != route.admits(role) or answer.status_code >= 500:
            wrong.append(f"{role} {route.name} {answer.status_code}")
        if answer.status_code == 302 and route.rule.rule not in ENDS_THE_SIGN_IN:
            assert not answer.headers["Location"].startswith("/sign-in"), route.name
    assert wrong == [], "\n".join(wrong)


def test_a_salesperson_is_turned_away_from_the_archive_of_anothers_customer(
    site: Flask, stores: Flask, settings: Settings
) -> None:
    role = Role.SALESPERSON
    visitor = Visitor(site, settings, a_user(role))
    met = []
    for route in routes_of(site):
        assert route.door is not None
        if "archive_number" not in route.rule.arguments or not route.needs_own(role):
            continue
        answer = visitor.ask(route, own=False)
        met.append(route.name)
        # The API looks at what was sent before it looks for the record.
        turned_away = (403, 404, 422) if route.is_api else (403, 404)
        assert answer.status_code in turned_away, f"{route.name} {answer.status_code}"
    assert len(met) > 4
