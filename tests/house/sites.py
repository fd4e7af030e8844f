"""The routes of the site, who may come in at each, and a request to each."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from enum import Enum
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
from archive.actor import Right, Role, Scope
from archive.config import Settings
from archive.web.chapter import Sample, Sampling, mounted
from archive.web.context import SEAMS
from archive.web.guard import Door, door_of
from tests.builders import a_user

CHANGING = ("POST", "PUT", "PATCH", "DELETE")
CSRF_SECRET = "known to this test"
# A refusal in short: the page around its words is the same at every door, and costs more.
IN_SHORT = {"Accept": "application/json"}


class Whose(Enum):
    """To whom a sample belongs, seen from a visitor."""

    OWN = "own"
    ANOTHERS = "another's"
    NOBODYS = "nobody's"


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

    def sample_in(self, site: Flask) -> str:
        """The name of its sample: of its endpoint, or of its blueprint."""
        samples, endpoint = samples_of(site), self.rule.endpoint
        return str(endpoint if endpoint in samples else endpoint.rpartition(".")[0])

    def admits(self, role: Role, whose: Whose) -> bool:
        """Whether the table of rights lets *role* in to a record of *whose*.

        A page for everybody who is signed in is, where it is about a record, about their own.
        """
        assert self.door is not None
        if not self.door.rights:
            return whose is Whose.OWN
        scopes = {scope for right in self.door.rights for scope in TABLE[role].get(right, ())}
        return bool(scopes) if whose is Whose.OWN else Scope.ALL in scopes


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
    samples: dict[tuple[str, Whose], Sample] = field(default_factory=dict)
    _signed_in: str = field(init=False, default="")

    def __post_init__(self) -> None:
        self.client = self.site.test_client()
        self.other = a_user(Role.SALESPERSON)
        self.stranger = a_user(Role.STAFF)
        serializer = URLSafeTimedSerializer(str(self.site.secret_key), salt="wtf-csrf-token")
        self.csrf_token = str(serializer.dumps(CSRF_SECRET))
        _, text = accounts.create_token(
            self.user, actor=self.user.as_actor(), now=clock.now(), label="walk", days=1
        )
        self.bearer = {"Authorization": f"Bearer {text}"}

    def ask(self, route: Route, whose: Whose = Whose.OWN) -> TestResponse:
        """Ask about a real record of *whose*; with what its sample says may be sent, or nothing."""
        sample = self._sample(route, whose)
        given = dict(sample.sent.get(route.rule.endpoint, {}))
        _, address = route.rule.build(dict(sample.values), append_unknown=False) or ("", "/")
        sent: dict[str, Any] = {"query_string": given}
        if route.is_api:
            if route.method in CHANGING:
                sent = {"json": given, "headers": {"If-Match": '"1"'}}
            sent["headers"] = {**self.bearer, **sent.get("headers", {})}
            answer = self._open(self.site.test_client(), route, address, **sent)
        else:
            self._sign_in()
            if route.method in CHANGING:
                sent = {"data": {"csrf_token": self.csrf_token, "seen": "1", **given}}
            answer = self._open(self.client, route, address, headers=IN_SHORT, **sent)
        if route.method in CHANGING and answer.status_code < 400:
            for each in Whose:  # it may have changed; what belongs to another chapter did not
                self.samples.pop((route.sample_in(self.site), each), None)
            self._signed_in = ""  # and the sign-in may have been ended
        return answer

    def _open(self, client: FlaskClient, route: Route, address: str, **given: Any) -> TestResponse:
        base = "http://localhost"
        return client.open(address, method=route.method, base_url=base, buffered=True, **given)

    def is_about_a_record(self, route: Route) -> bool:
        """Whether *route* names a record, in its address or in what is sent there."""
        sample = self._sample(route, Whose.OWN)
        return bool(route.rule.arguments) or route.rule.endpoint in sample.sent

    def _sample(self, route: Route, whose: Whose) -> Sample:
        if route.rule.endpoint == "static":
            return Sample({"filename": "robots.txt"})
        name = route.sample_in(self.site)
        if not route.rule.arguments and name not in samples_of(self.site):
            return Sample({})
        if (name, whose) not in self.samples:
            with self.site.app_context():
                self.samples[name, whose] = samples_of(self.site)[name](self._sampling(whose))
        return self.samples[name, whose]

    def _sampling(self, whose: Whose) -> Sampling:
        owner = {Whose.OWN: self.user, Whose.ANOTHERS: self.other}.get(whose)
        maker = (owner or self.stranger).as_actor()
        everything = dict.fromkeys(Right, frozenset({Scope.ALL}))
        return Sampling(
            seams=self.site.extensions[SEAMS],
            now=clock.now(),
            maker=replace(maker, roles=frozenset(), grants=everything),
            owner=owner.as_actor() if owner else None,
            follows_up=owner is not None and Role.SALESPERSON in owner.roles,
        )

    def _sign_in(self) -> None:
        if not self._signed_in:
            now = clock.now()
            self._signed_in = accounts.begin_sign_in(self.user, now=now, settings=self.settings)
        with self.client.session_transaction() as session:
            session["_user_id"] = self._signed_in
            session["_fresh"] = True
            session["csrf_token"] = CSRF_SECRET


def samples_of(site: Flask) -> dict[str, Callable[[Sampling], Sample]]:
    """The samples of every chapter of *site*, by the blueprint or the endpoint."""
    return {name: sample for chapter in mounted(site) for name, sample in chapter.samples.items()}


def table_of_doors(site: Flask) -> Iterator[str]:
    """One line for each route, as ``tests/house/doors.txt`` keeps them."""
    routes = routes_of(site)
    width = max(len(route.name) for route in routes)
    for route in routes:
        yield f"{route.name:{width}}  {route.who}"
