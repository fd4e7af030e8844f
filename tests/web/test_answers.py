"""An error as a page, as a fragment of one and as JSON: what happened, and what to do."""

from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
from flask import Flask
from flask.testing import FlaskClient

from archive import database
from archive.actor import Role
from archive.app import create_app
from archive.config import Settings
from archive.database import DatabaseAway, connection
from archive.errors import ArchiveError, NotFound, Refused
from archive.web.answers import status_of
from archive.web.guard import public

ClientAs = Callable[..., FlaskClient]


class TooLate(Refused):
    """A refusal of this test."""

    message = "已过期限 %(days)s 天。"
    remedy = "请联系客服。"
    article = 14


@pytest.fixture(scope="module")
def troubled(settings: Settings) -> Iterator[Flask]:
    """The site with a page for each kind of trouble."""
    site = create_app(settings)

    @public
    def refuse() -> str:
        raise TooLate(days=3)

    @public
    def break_down() -> str:
        raise ZeroDivisionError("a secret of the inside")

    @public
    def lose_the_database() -> str:
        raise DatabaseAway()

    for name, view in (("refuse", refuse), ("break", break_down), ("away", lose_the_database)):
        site.add_url_rule(f"/trouble/{name}", name, view)
        site.add_url_rule(f"/api/trouble/{name}", f"api {name}", view)
    site.add_url_rule("/trouble/unguarded", "unguarded", lambda: "come in")
    yield site
    database.connect(settings)


@pytest.fixture
def browser(troubled: Flask, empty_site: Flask) -> FlaskClient:
    return troubled.test_client()


def test_a_refusal_names_what_to_do_and_the_article(browser: FlaskClient) -> None:
    answer = browser.get("/trouble/refuse")
    text = answer.get_data(as_text=True)
    assert answer.status_code == 422
    for words in ("已过期限 3 天。", "请联系客服。", "第 14 条", "<html"):
        assert words in text


def test_a_fragment_gets_a_fragment_for_the_place_of_messages(browser: FlaskClient) -> None:
    answer = browser.get("/trouble/refuse", headers={"HX-Request": "true"})
    text = answer.get_data(as_text=True)
    assert "已过期限 3 天。" in text
    assert "<html" not in text
    assert answer.headers["HX-Retarget"] == "#messages"


def test_a_program_gets_a_problem_with_the_article(browser: FlaskClient) -> None:
    for address, headers in (
        ("/api/trouble/refuse", {}),
        ("/trouble/refuse", {"Accept": "application/json"}),
    ):
        answer = browser.get(address, headers=headers)
        assert answer.content_type == "application/problem+json"
        assert answer.get_json() == {
            "type": "urn:archive:problem:too-late",
            "title": "不能这样做",
            "status": 422,
            "detail": "已过期限 3 天。 请联系客服。",
            "instance": address,
            "article": 14,
        }


@pytest.mark.parametrize("address", ["/trouble/break", "/api/trouble/break"])
def test_a_surprise_shows_a_number_and_nothing_of_the_inside(
    browser: FlaskClient, address: str, caplog: pytest.LogCaptureFixture
) -> None:
    answer = browser.get(address)
    text = answer.get_data(as_text=True)
    assert answer.status_code == 500
    assert "secret" not in text
    assert "Traceback" not in text
    assert answer.headers["X-Request-ID"] in text
    assert "failed" in caplog.text


def test_a_route_that_says_nothing_about_who_may_come_in_lets_nobody_in(
    troubled: Flask, browser: FlaskClient
) -> None:
    answer = browser.get("/trouble/unguarded")
    assert answer.status_code == 500
    assert "come in" not in answer.get_data(as_text=True)


def test_a_store_that_is_away_is_said_so_without_asking_it_again(browser: FlaskClient) -> None:
    answer = browser.get("/trouble/away")
    assert answer.status_code == 503
    assert "暂时无法使用" in answer.get_data(as_text=True)


def test_when_the_database_does_not_answer_every_page_says_so(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connection, "PATIENCE_MS", 200)
    nobody = "mongodb://127.0.0.1:9/?directConnection=true"
    broker = (
        settings.broker_url or settings.mongodb_uri
    )  # the queue of this process stays where it is
    site = create_app(replace(settings, mongodb_uri=nobody, broker_url=broker))
    try:
        client = site.test_client()
        with client.session_transaction() as session:
            session["_user_id"] = "of someone signed in"
        page, program = client.get("/customers"), client.get("/api/v1/customers")
        assert page.status_code == program.status_code == 503
        assert "暂时无法使用" in page.get_data(as_text=True)
        assert program.get_json()["title"] == "暂时无法使用"
        assert client.get("/readyz").status_code == 503
        assert client.get("/healthz").status_code == 200
    finally:
        database.connect(settings)


@pytest.mark.parametrize("address", ["/nowhere", "/customers/KH-2026-99999/edit"])
def test_what_is_not_there_is_said_so_inside_the_frame(client_as: ClientAs, address: str) -> None:
    answer = client_as(Role.CUSTODIAN).get(address)
    text = answer.get_data(as_text=True)
    assert answer.status_code == 404
    assert str(NotFound.message) in text
    assert 'class="shell"' in text


def test_the_wrong_method_is_told_with_those_that_are_right(client_as: ClientAs) -> None:
    answer = client_as(Role.CUSTODIAN).delete("/customers")
    assert answer.status_code == 405
    assert "GET" in answer.headers["Allow"]


def test_a_fragment_asked_for_after_the_sign_in_ended_leads_to_the_sign_in_page(
    browser: FlaskClient,
) -> None:
    answer = browser.get("/customers", headers={"HX-Request": "true"})
    assert answer.status_code == 401
    assert answer.headers["HX-Redirect"].startswith("/sign-in")


def test_every_error_has_a_status_and_a_slug() -> None:
    waiting: list[type[ArchiveError]] = [ArchiveError]
    slugs: dict[str, type[ArchiveError]] = {}
    while waiting:
        kind = waiting.pop()
        waiting += kind.__subclasses__()
        assert kind.slug() not in slugs, f"{kind} and {slugs.get(kind.slug())}"
        slugs[kind.slug()] = kind
        error = kind.__new__(kind)
        assert 400 <= status_of(error) < 600
        assert kind.message


def test_what_was_typed_is_shown_to_copy_when_the_sign_in_has_ended(empty_site: Flask) -> None:
    answer = empty_site.test_client().post(
        "/complaints/new",
        data={"content": "三箱受潮，客户要求换货。", "new_password": "geheim", "csrf_token": "x"},
    )
    page = answer.get_data(as_text=True)
    assert answer.status_code == 401
    assert "三箱受潮，客户要求换货。" in page
    assert "geheim" not in page
    assert "/sign-in" in page
