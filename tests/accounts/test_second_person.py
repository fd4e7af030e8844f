"""What gives powers: the own password is asked for again, and a second person looks at it."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient

from archive import clock
from archive.accounts import service
from archive.accounts.models import ApiToken, SignIn, User
from archive.accounts.waiting import duties_of
from archive.actor import Role
from archive.trail.history import history_of
from tests.browser import submit
from tests.builders import a_user

ClientAs = Callable[..., FlaskClient]
PASSWORD = "correct horse battery"


@pytest.fixture
def administrator(empty_site: Flask) -> User:
    return a_user(Role.ADMINISTRATOR, password_hash=service.hasher.hash(PASSWORD))


@pytest.fixture
def browser(client_as: ClientAs, administrator: User) -> FlaskClient:
    """The administrator's, who gave their password longer ago than it lasts."""
    client = client_as(user=administrator)
    SignIn.objects.update(password_at=clock.now() - timedelta(minutes=16))
    return client


def test_roles_change_only_once_the_password_was_given_again(
    browser: FlaskClient, administrator: User
) -> None:
    other = a_user(Role.STAFF)
    address, typed = f"/people/{other.key}", {"name": "王敏", "roles": "custodian", "seen": "1"}
    asked = submit(browser, address, **typed)
    text = asked.get_data(as_text=True)
    assert (asked.status_code, "请再输入一次您的密码" in text) == (422, True)
    assert 'name="name" value="王敏"' in text
    assert User.find(other.key).roles == [Role.STAFF]
    wrong = submit(browser, address, **typed, own_password="no such password")
    assert (wrong.status_code, "当前密码不正确" in wrong.get_data(as_text=True)) == (422, True)
    assert submit(browser, address, **typed, own_password=PASSWORD).status_code == 302
    stored = User.find(other.key)
    assert (stored.name, stored.roles) == ("王敏", [Role.CUSTODIAN])
    assert submit(browser, address, **typed | {"seen": "2", "name": "王敏敏"}).status_code == 302


@pytest.mark.parametrize("address", ["/people/{}/password", "/profile/tokens"])
def test_new_passwords_and_tokens_ask_for_it_too(browser: FlaskClient, address: str) -> None:
    other = a_user(Role.STAFF)
    address, page = address.format(other.key), "/profile"
    typed = {"label": "报表", "days": "30"}
    assert submit(browser, address, page=page, **typed).status_code == 422
    assert ApiToken.objects.count() == 0
    assert User.find(other.key).password_hash == other.password_hash
    done = submit(browser, address, page=page, **typed, own_password=PASSWORD)
    assert done.status_code in (200, 201)


def test_wrong_passwords_make_one_wait_there_as_well(browser: FlaskClient) -> None:
    for _ in range(12):
        answer = submit(
            browser, "/profile/tokens", page="/profile", label="x", days="1", own_password="wrong"
        )
    assert "密码连续输错次数过多" in answer.get_data(as_text=True)
    right = {"label": "x", "days": "1", "own_password": PASSWORD}
    assert submit(browser, "/profile/tokens", page="/profile", **right).status_code == 422
    assert ApiToken.objects.count() == 0


def a_new_custodian(administrator: User) -> User:
    other, now = a_user(Role.STAFF, name="王敏"), clock.now()
    return service.edit_user(
        other,
        actor=administrator.as_actor(),
        now=now,
        seen=1,
        name="王敏",
        roles=[Role.STAFF, Role.CUSTODIAN, Role.SALESPERSON],
    )


def test_the_general_manager_is_told_of_a_role_that_opens_every_archive(
    client_as: ClientAs, administrator: User, empty_site: Flask
) -> None:
    other = a_new_custodian(administrator)
    assert User.find(other.key).roles_to_confirm == [Role.CUSTODIAN]
    client = client_as(Role.GENERAL_MANAGER)
    home = client.get("/").get_data(as_text=True)
    assert "核对新给出的角色" in home and "王敏 · 档案保管员" in home
    page = client.get(f"/people/{other.key}/roles").get_data(as_text=True)
    assert administrator.name in page
    done = submit(client, f"/people/{other.key}/roles/confirm", page=f"/people/{other.key}/roles")
    assert done.status_code == 302
    stored = User.find(other.key)
    assert (stored.roles_to_confirm, Role.CUSTODIAN in stored.roles) == ([], True)
    assert "核对新给出的角色" not in client.get("/").get_data(as_text=True)


def test_the_general_manager_takes_such_a_role_back_with_a_reason(
    client_as: ClientAs, administrator: User
) -> None:
    other, client = a_new_custodian(administrator), client_as(Role.GENERAL_MANAGER)
    page = f"/people/{other.key}/roles"
    assert submit(client, f"{page}/take-back", page=page).status_code == 422
    done = submit(client, f"{page}/take-back", page=page, reason="不在保管岗位")
    assert done.status_code == 302
    stored = User.find(other.key)
    assert (stored.roles, stored.roles_to_confirm) == ([Role.STAFF, Role.SALESPERSON], [])
    assert history_of(stored)[0].reason == "不在保管岗位"
    again = submit(client, f"{page}/take-back", page=page, reason="再一次")
    assert again.status_code == 422


def test_roles_given_on_the_server_itself_wait_for_nobody(empty_site: Flask) -> None:
    manager = a_user(Role.GENERAL_MANAGER).as_actor()
    a_user(Role.CUSTODIAN)
    with empty_site.test_request_context():
        assert list(duties_of(manager, clock.now())) == []
