"""The routes of the site, who may come in at each, and a request to each."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from itsdangerous import URLSafeTimedSerializer
from werkzeug.routing import Rule
from werkzeug.test import TestResponse

from archive import clock
from archive.accounts import service as accounts
from archive.accounts.models import User
from archive.accounts.rights import TABLE
from archive.actor import Role, Scope
from archive.config import Settings
from archive.web.guard import Door, door_of
from tests.builders import a_customer

UNKNOWN = "0123456789abcdef01234567"  # well formed, and nobody's
CHANGING = ("POST", "PUT", "PATCH", "DELETE")
CSRF_SECRET = "known to this test"


@dataclass(frozen=True)
class Route:
    """One address and one way to ask for it."""

    method: str
    rule: Rule
    door: Door | None

    @property
    def name(self) -> str:
        """As the table of doors names it."""
        return f"{self.method:6} {self.rule.rule}"

    @property
    def is_api(self) -> bool:
        """Whether programs ask here."""
        return self.rule.rule.startswith("/api/")

    @property
    def who(self) -> str:
        """Who may come in, in a few words."""
        if self.door is None:
            return "NOBODY: the view says nothing"
        if self.door.is_open:
            return "everyone"
        return " | ".join(self.door.rights) or "signed in"

    def admits(self, role: Role) -> bool:
        """Whether the table of rights lets *role* in."""
        assert self.door is not None
        return not self.door.rights or any(right in TABLE[role] for right in self.door.rights)

    def needs_own(self, role: Role) -> bool:
        """Whether *role* comes in for records of its own customers only."""
        assert self.door is not None
        scopes = [TABLE[role][right] for right in self.door.rights if right in TABLE[role]]
        return any(Scope.OWN in each for each in scopes) and not any(
            Scope.ALL in each for each in scopes
        )


def routes_of(site: Flask) -> list[Route]:
    """Every route of the site; HEAD and OPTIONS follow GET."""
    found = [
        Route(method, rule, door_of(site, rule.endpoint))
        for rule in site.url_map.iter_rules()
        for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"})
    ]
    return sorted(found, key=lambda route: (route.rule.rule, route.method))


@dataclass
class Visitor:
    """Someone with a role who asks for every route, as a browser or, of the API, as a program."""

    site: Flask
    settings: Settings
    user: User
    client: FlaskClient = field(init=False)

    def __post_init__(self) -> None:
        self.client = self.site.test_client()
        serializer = URLSafeTimedSerializer(str(self.site.secret_key), salt="wtf-csrf-token")
        self.csrf_token = str(serializer.dumps(CSRF_SECRET))
        _, text = accounts.create_token(
            self.user, actor=self.user.as_actor(), now=clock.now(), label="walk", days=1
        )
        self.bearer = {"Authorization": f"Bearer {text}"}

    def ask(self, route: Route, *, own: bool = False) -> TestResponse:
        """Ask with plausible values in the address and nothing in the body."""
        address = self._address(route, own=own)
        if route.is_api:
            body: dict[str, Any] = {"json": {}} if route.method in CHANGING else {}
            return self._open(self.site.test_client(), route, address, headers=self.bearer, **body)
        self._sign_in()
        typed = {"data": {"csrf_token": self.csrf_token}} if route.method in CHANGING else {}
        return self._open(self.client, route, address, **typed)

    def _open(self, client: FlaskClient, route: Route, address: str, **given: Any) -> TestResponse:
        return client.open(address, method=route.method, base_url="http://localhost", **given)

    def _address(self, route: Route, *, own: bool) -> str:
        salesperson = self.user if own else None
        values: dict[str, Any] = {}
        for name in route.rule.arguments:
            if name == "archive_number":
                values[name] = a_customer(salesperson=salesperson).archive_number
            elif name == "filename":
                values[name] = "robots.txt"
            elif route.rule._converters[name].regex == r"\d+":
                values[name] = 1
            else:
                values[name] = UNKNOWN
        _, address = route.rule.build(values) or ("", "/")
        return address

    def _sign_in(self) -> None:
        token = accounts.begin_sign_in(self.user, now=clock.now(), settings=self.settings)
        with self.client.session_transaction() as session:
            session["_user_id"] = token
            session["_fresh"] = True
            session["csrf_token"] = CSRF_SECRET


def table_of_doors(site: Flask) -> Iterator[str]:
    """One line for each route, as ``tests/house/doors.txt`` keeps them."""
    routes = routes_of(site)
    width = max(len(route.name) for route in routes)
    for route in routes:
        yield f"{route.name:{width}}  {route.who}"
