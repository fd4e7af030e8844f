"""What holds for every route: headers, cookies, and a page's own token on every post."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from archive import database
from archive.accounts import service as accounts
from archive.actor import Role
from archive.app import create_app
from archive.config import Settings
from archive.web.security import SMALL_BODY
from tests.browser import submit
from tests.builders import a_user
from tests.house.hardening import check_headers
from tests.house.sites import CHANGING, Visitor, routes_of

ClientAs = Callable[..., FlaskClient]
UNKNOWN = "0123456789abcdef01234567"  # well formed, and nobody's
PASSWORD = "correct horse battery"


@pytest.fixture
def site_over_tls(empty_site: Flask, settings: Settings) -> Iterator[Flask]:
    """The same stores behind HTTPS."""
    yield create_app(replace(settings, tls=True, secret_key="s" * 32))
    database.connect(settings)


@pytest.mark.parametrize(
    ("method", "address", "status"),
    [
        ("GET", "/nowhere", 404),
        ("GET", "/static/nowhere.js", 404),
        ("GET", "/static/../../pyproject.toml", 404),
        ("DELETE", "/sign-in", 405),
        ("POST", "/sign-in", 400),
        ("GET", "/customers", 302),
        ("GET", "/api/v1/customers", 401),
        ("GET", "/api/v1/nowhere", 404),
    ],
)
def test_an_error_carries_the_hardening_headers_too(
    empty_site: Flask, method: str, address: str, status: int
) -> None:
    answer = empty_site.test_client().open(address, method=method)
    assert answer.status_code == status
    check_headers(answer, address)


def test_a_built_file_may_be_kept_for_ever_because_its_name_holds_its_digest(
    empty_site: Flask,
) -> None:
    dist = Path(empty_site.static_folder or "") / "dist" / "assets"
    name = next(path.name for path in dist.iterdir())
    answer = empty_site.test_client().get(f"/static/dist/assets/{name}")
    assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    answer.close()


def test_no_page_runs_a_script_of_its_own(client_as: ClientAs) -> None:
    client = client_as(*Role)
    for address in ("/", "/customers", "/customers/new", "/profile", "/people", "/api/docs"):
        text = client.get(address).get_data(as_text=True)
        assert "<script>" not in text, address
        assert " onclick=" not in text, address
        assert "javascript:" not in text, address


def test_every_route_that_changes_something_asks_for_the_pages_own_token(
    empty_site: Flask, settings: Settings
) -> None:
    """Whoever is lured to another site carries the cookie, but not the token."""
    visitor = Visitor(empty_site, settings, a_user(*Role))
    visitor.csrf_token = "of another site"
    met = 0
    for route in routes_of(empty_site):
        if route.method not in CHANGING or route.is_api:
            continue
        assert visitor.ask(route).status_code == 400, route.name
        met += 1
    assert met > 20


def test_the_api_too_asks_for_the_token_where_a_cookie_signs_in(client_as: ClientAs) -> None:
    client = client_as(Role.CUSTODIAN)
    answer = client.post("/api/v1/customers", json={"name": "甲公司"})
    assert (answer.status_code, answer.get_json()["type"]) == (400, "urn:archive:problem:csrf")


def test_a_bearer_header_on_a_page_is_no_way_round_the_token(client_as: ClientAs) -> None:
    client = client_as(Role.ADMINISTRATOR)
    answer = client.post(
        f"/people/{UNKNOWN}/disable", headers={"Authorization": "Bearer x"}, data={"reason": "x"}
    )
    assert answer.status_code == 400


def test_the_cookie_is_out_of_reach_of_scripts_and_of_other_sites(empty_site: Flask) -> None:
    a_user(Role.STAFF, username="li", password_hash=accounts.hasher.hash(PASSWORD))
    answer = submit(empty_site.test_client(), "/sign-in", username="li", password=PASSWORD)
    cookies = answer.headers.getlist("Set-Cookie")
    assert {each.partition("=")[0] for each in cookies} == {"archive", "archive_device"}
    for cookie in cookies:
        assert "HttpOnly" in cookie
        assert "SameSite=Lax" in cookie
        assert "Domain" not in cookie


def test_over_tls_every_cookie_is_bound_to_the_host(site_over_tls: Flask) -> None:
    client = site_over_tls.test_client()
    at = {"base_url": "https://archive.example", "headers": {"Referer": "https://archive.example"}}
    shown = client.get("/sign-in", base_url="https://archive.example")
    token = shown.get_data(as_text=True).split('name="csrf-token" content="')[1].split('"')[0]
    answer = client.post("/language", data={"csrf_token": token, "language": "en"}, **at)
    assert answer.status_code == 302
    for cookie in [*shown.headers.getlist("Set-Cookie"), *answer.headers.getlist("Set-Cookie")]:
        assert cookie.startswith("__Host-"), cookie
        for word in ("Secure", "HttpOnly", "Path=/", "SameSite=Lax"):
            assert word in cookie, cookie
    assert "max-age=" in shown.headers["Strict-Transport-Security"]


@pytest.mark.parametrize(
    ("address", "kind"),
    [
        ("/sign-in", "multipart/form-data; boundary=x"),
        ("/language", "multipart/form-data; boundary=x"),
        ("/sign-in", "application/json"),
    ],
)
def test_nobody_fills_the_disk_or_the_memory_without_signing_in(
    empty_site: Flask, address: str, kind: str
) -> None:
    answer = empty_site.test_client().post(
        address, data=b"x", content_type=kind,
        environ_overrides={"CONTENT_LENGTH": str(SMALL_BODY + 1)},
    )  # fmt: skip
    assert answer.status_code == 413


def test_a_body_without_files_stays_small_also_over_the_api(
    empty_site: Flask, token_as: Callable[..., dict[str, str]]
) -> None:
    answer = empty_site.test_client().post(
        "/api/v1/complaints", data=b"{", content_type="application/json",
        headers=token_as(Role.STAFF),
        environ_overrides={"CONTENT_LENGTH": str(SMALL_BODY + 1)},
    )  # fmt: skip
    assert answer.status_code == 413
    assert answer.content_type == "application/problem+json"


def multipart_of(parts: int) -> bytes:
    part = b'--b\r\nContent-Disposition: form-data; name="file"; filename="a.jpg"\r\n\r\nx\r\n'
    return part * parts + b"--b--\r\n"


def open_files() -> set[str]:
    """The files of the spool that this process holds open."""
    links = (str(each.readlink()) for each in Path("/proc/self/fd").iterdir() if each.is_symlink())
    return {link for link in links if "/upload-" in link}


@pytest.mark.parametrize("address", ["/sign-in", "/language", "/intake/upload"])
def test_no_file_of_somebody_signed_out_is_received(empty_site: Flask, address: str) -> None:
    answer = empty_site.test_client().post(
        address, data=multipart_of(100), content_type="multipart/form-data; boundary=b"
    )
    assert answer.status_code in (302, 400, 413)
    assert open_files() == set()


@pytest.mark.parametrize(
    "body",
    [
        pytest.param(multipart_of(1_999), id="too many files"),
        pytest.param(multipart_of(100)[:-30], id="without its end"),
        pytest.param(multipart_of(100).replace(b"x", b"x" * 30_000), id="none is a picture"),
    ],
)
def test_after_an_upload_that_failed_no_file_stays_open(
    empty_site: Flask, token_as: Callable[..., dict[str, str]], body: bytes
) -> None:
    answer = empty_site.test_client().post(
        "/api/v1/deposits", data=body, headers=token_as(Role.CUSTODIAN),
        content_type="multipart/form-data; boundary=b",
    )  # fmt: skip
    assert answer.status_code in (207, 400, 413, 422)
    assert open_files() == set()


@pytest.mark.parametrize(
    ("address", "size", "status"),
    [
        ("/api/v1/complaints", 150, 413),
        ("/api/v1/customers", 150, 413),
        ("/api/v1/templates", 150, 413),
        ("/api/v1/deposits", 150, 400),  # it takes files: this body breaks off
    ],
)
def test_a_route_takes_no_more_than_it_has_a_use_for(
    empty_site: Flask, token_as: Callable[..., dict[str, str]], address: str, size: int, status: int
) -> None:
    headers = token_as(Role.CUSTODIAN, Role.ADMINISTRATOR, Role.STAFF)
    answer = empty_site.test_client().post(
        address, data=b"--b--\r\n", content_type="multipart/form-data; boundary=b",
        headers=headers, environ_overrides={"CONTENT_LENGTH": str(size * 1024 * 1024)},
    )  # fmt: skip
    assert answer.status_code == status


def test_a_body_beyond_the_limit_is_turned_away(empty_site: Flask, client_as: ClientAs) -> None:
    client = client_as(Role.CUSTODIAN)
    answer = client.post(
        "/customers/new", data=b"x", environ_overrides={"CONTENT_LENGTH": str(10**12)},
        content_type="application/x-www-form-urlencoded",
    )  # fmt: skip
    assert answer.status_code == 413
