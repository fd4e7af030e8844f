"""Real stores for the whole run, emptied before each test that uses them."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import hypothesis
import pytest
from argon2 import PasswordHasher
from flask import Flask
from flask.testing import FlaskClient
from mongoengine.connection import get_db
from xdist.remote import Producer
from xdist.scheduler import LoadScopeScheduling

from archive import clock, database
from archive.accounts import service as accounts
from archive.accounts.models import User
from archive.actor import Actor, Role
from archive.app import create_app
from archive.chapters import CHAPTERS
from archive.config import Settings
from archive.database import Record
from archive.database.differing import differences
from archive.embedded import join_stores
from archive.follower.changes import Projector
from archive.seams import Seams
from archive.search.pulse import Doing, Pulse, leave_pulse
from archive.storage import S3BlobStore
from archive.web.chapter import found_in
from tests.builders import a_user

hypothesis.settings.register_profile("calm", deadline=None)  # a busy machine is slow, not wrong
hypothesis.settings.load_profile("calm")

NOW = datetime(2026, 3, 16, 2, 0, tzinfo=UTC)  # a Monday, 10:00 in Shanghai

SLOW = ("journeys", "cli", "follower", "api", "embedded")
LONGEST_FIRST = (*SLOW, "house", "search", "web")

JOURNEYS = "tests/journeys/"

ClientAs = Callable[..., FlaskClient]


class ByFile(LoadScopeScheduling):
    """A file stays with one worker, and the journeys stay together: they share one whole archive.

    A fixture of a file is so made once, and its tests meet each other's work in their order.
    """

    def _split_scope(self, nodeid: str) -> str:
        file = nodeid.partition("::")[0]
        return JOURNEYS if file.startswith(JOURNEYS) else file


def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> ByFile:
    """Side by side, a file at a time."""
    return ByFile(config, log)


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What takes longest begins first, so that no worker is left alone with it at the end."""

    def turn(item: pytest.Item) -> int:
        folder = item.path.parent.name
        return LONGEST_FIRST.index(folder) if folder in LONGEST_FIRST else len(LONGEST_FIRST)

    for item in items:
        if item.path.parent.name in SLOW:
            item.add_marker(pytest.mark.slow)
    items.sort(key=turn)


@pytest.fixture(scope="session", autouse=True)
def every_write_is_read_again() -> Iterator[None]:
    """After each write of a record it is read again: what a verb returns is what is stored.

    So a test that looks at the returned record looks at the database. Counters that are kept
    beside the revision may have moved on since the record was read.
    """

    def check(record: Record, before: dict[str, Any]) -> None:
        stored = type(record).objects(id=record.id, revision=record.revision).first()
        if stored is None:  # somebody else has changed it in this very moment
            return
        returned = record.to_mongo()
        written = {each["field"] for each in differences(before, returned)}
        different = {each["field"] for each in differences(stored.to_mongo(), returned)}
        assert not written & different

    def opened(cls: type[Record], *arguments: Any, **named: Any) -> Record:
        record: Record = open_new(cls, *arguments, **named)
        check(record, {})
        return record

    def changed(self: Record, *arguments: Any, **named: Any) -> Record:
        before = self._as_read or {}
        check(record := change(self, *arguments, **named), before)
        return record

    open_new, change = Record.open_new.__func__, Record.change  # type: ignore[attr-defined]  # a class method
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Record, "open_new", classmethod(opened))
        patch.setattr(Record, "change", changed)
        yield


@pytest.fixture(scope="session")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Settings]:
    """The embedded stores, running for as long as the tests do."""
    wanted = Settings(
        var=tmp_path_factory.mktemp("var"),
        mongodb_name="archive_test",
        s3_bucket="archive-test",
        company="示例运输有限公司",
        token_requests_per_minute=0,  # a walk through the API asks more in a minute
    )
    with join_stores(wanted) as stores:
        yield stores


@pytest.fixture(scope="session")
def site(settings: Settings) -> Flask:
    """The whole site on the running stores."""
    app = create_app(settings)
    app.testing = True
    # Real hashes that cost little: no password of a test is worth more.
    accounts.hasher = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
    database.create_indexes()
    S3BlobStore.from_settings(settings).make_bucket()
    return app


@pytest.fixture
def empty_site(site: Flask) -> Flask:
    """The site with every collection empty."""
    store = get_db()
    for name in filled_collections(store):
        store[name].delete_many({})
    return site


def filled_collections(store: Any) -> list[str]:
    """The collections that hold anything, asked for in one query: most are empty in most tests."""
    names = store.list_collection_names()
    any_of = [[{"$limit": 1}, {"$project": {"_id": {"$literal": name}}}] for name in names]
    others = [
        {"$unionWith": {"coll": name, "pipeline": pipeline}}
        for name, pipeline in zip(names[1:], any_of[1:], strict=True)
    ]
    found = store[names[0]].aggregate([*any_of[0], *others]) if names else ()
    return [each["_id"] for each in found]


@pytest.fixture
def in_app(empty_site: Flask) -> Iterator[Flask]:
    """The site, empty, inside its own context: for code that reads `current_app`.

    Never together with a client: a request inside it would share its `g`.
    """
    with empty_site.app_context():
        yield empty_site


@pytest.fixture(scope="session")
def parts(settings: Settings, site: Flask) -> Seams:
    """The outside parts, as the service verbs take them."""
    found: Seams = site.extensions["archive.seams"]
    return found


@pytest.fixture
def index_all(empty_site: Flask, parts: Seams) -> Callable[[], None]:
    """Bring the index up to date with the database; for the site it is followed from then on."""

    def index() -> None:
        parts.search.rebuild(Projector(get_db(), found_in(CHAPTERS)).everything(), "t")
        until = clock.now() + timedelta(days=1)
        leave_pulse(parts.settings.index, Pulse(until, Doing.FOLLOWING))

    return index


@pytest.fixture
def now() -> datetime:
    """A fixed instant, for verbs that are told the time."""
    return NOW


@pytest.fixture
def actor_as(empty_site: Flask) -> Callable[..., Actor]:
    """A person with the roles given, kept in the database."""

    def make(*roles: Role, **facts: str) -> Actor:
        return a_user(*roles, **facts).as_actor()

    return make


@pytest.fixture
def client_as(empty_site: Flask, settings: Settings) -> ClientAs:
    """A browser in which someone with the roles given is signed in.

    The CSRF check is on: post with `tests.browser.submit`, which takes the token from the page.
    """

    def make(*roles: Role, user: User | None = None) -> FlaskClient:
        who = user or a_user(*roles)
        token = accounts.begin_sign_in(who, now=clock.now(), settings=settings)
        client = empty_site.test_client()
        with client.session_transaction() as session:
            session["_user_id"] = token
            session["_fresh"] = True
        return client

    return make


@pytest.fixture
def token_as(empty_site: Flask) -> Callable[..., dict[str, str]]:
    """The headers with which a program of someone with the roles given asks the API."""

    def make(*roles: Role, user: User | None = None) -> dict[str, str]:
        who = user or a_user(*roles)
        _, text = accounts.create_token(
            who, actor=who.as_actor(), now=clock.now(), label="test", days=1
        )
        return {"Authorization": f"Bearer {text}"}

    return make


@pytest.fixture
def data() -> Path:
    """The folder of sample files."""
    return Path(__file__).parent / "data"
