"""Sign-in, the person's own page and the administration of people, as a browser meets them."""

import re
from collections.abc import Callable
from dataclasses import replace

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from archive.accounts import service
from archive.accounts.models import ApiToken, SignIn, User
from archive.actor import Role
from archive.trail.models import TrailEntry
from archive.web.context import SEAMS
from tests.browser import submit
from tests.builders import a_user

ClientAs = Callable[..., FlaskClient]
PASSWORD = "correct horse battery"


@pytest.fixture
def person(empty_site: Flask) -> User:
    return a_user(
        Role.SALESPERSON, username="chenxiao", password_hash=service.hasher.hash(PASSWORD)
    )


@pytest.fixture
def browser(empty_site: Flask) -> FlaskClient:
    return empty_site.test_client()


def sign_in(browser: FlaskClient, password: str = PASSWORD, to: str = "") -> TestResponse:
    return submit(browser, "/sign-in", username="chenxiao", password=password, next=to)


def is_signed_in(browser: FlaskClient) -> bool:
    return browser.get("/profile").status_code == 200


def cookie_of(browser: FlaskClient) -> str:
    cookie = browser.get_cookie("archive")
    assert cookie is not None
    return cookie.value


def test_the_right_password_opens_the_pages(browser: FlaskClient, person: User) -> None:
    assert not is_signed_in(browser)
    answer = sign_in(browser)
    assert (answer.status_code, answer.headers["Location"]) == (302, "/")
    assert is_signed_in(browser)


@pytest.mark.parametrize("username", ["chenxiao", "nobody"])
def test_a_wrong_password_and_an_unknown_name_are_answered_with_the_same_words(
    browser: FlaskClient, person: User, username: str
) -> None:
    answer = submit(browser, "/sign-in", username=username, password="wrong")
    text = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert "用户名或密码不正确。" in text
    assert f'value="{username}"' in text
    assert "wrong" not in text.replace('class="wrong"', "")


def test_a_password_is_never_shown_again(browser: FlaskClient, person: User) -> None:
    sign_in(browser)
    answer = submit(
        browser, "/profile/password", page="/profile", current_password="My-Secret-1",
        new_password="My-Secret-2",
    )  # fmt: skip
    assert answer.status_code == 422
    assert "My-Secret" not in answer.get_data(as_text=True)


@pytest.mark.parametrize("username", ["chenxiao", "nobody"])
def test_whoever_tries_too_often_is_told_how_long_to_wait_and_not_whether_the_name_exists(
    browser: FlaskClient, person: User, username: str
) -> None:
    for _ in range(9):
        answer = submit(browser, "/sign-in", username=username, password="wrong")
    assert answer.status_code == 422
    assert "暂时不能从这里登录" in answer.get_data(as_text=True)
    assert "1 分钟" in answer.get_data(as_text=True)


def test_a_device_that_is_known_signs_in_while_a_stranger_is_guessing(
    browser: FlaskClient, empty_site: Flask, person: User
) -> None:
    sign_in(browser)
    submit(browser, "/sign-out", page="/profile")
    stranger = empty_site.test_client()
    for _ in range(9):
        answer = sign_in(stranger, "wrong")
    assert sign_in(stranger).status_code == 422
    assert "暂时不能从这里登录" in answer.get_data(as_text=True)
    assert sign_in(browser).status_code == 302


def test_a_device_is_not_known_by_a_cookie_that_somebody_wrote(
    browser: FlaskClient, person: User
) -> None:
    browser.set_cookie("archive_device", "e30.x.y")
    for _ in range(9):
        sign_in(browser, "wrong")
    assert sign_in(browser).status_code == 422


def test_a_disabled_account_cannot_sign_in(browser: FlaskClient, person: User) -> None:
    User.objects.update(is_disabled=True)
    assert "用户名或密码不正确。" in sign_in(browser).get_data(as_text=True)


def test_one_address_may_try_thirty_times_a_minute(browser: FlaskClient, person: User) -> None:
    shown = browser.get("/sign-in").get_data(as_text=True)
    token = re.findall(r'name="csrf-token" content="([^"]+)"', shown)[0]
    given = {"csrf_token": token, "username": "", "password": ""}
    statuses = [browser.post("/sign-in", data=given).status_code for _ in range(31)]
    assert statuses == [422] * 30 + [429]


def test_signing_in_begins_a_fresh_cookie(browser: FlaskClient, person: User) -> None:
    with browser.session_transaction() as session:
        session["planted"] = "by somebody else"
    sign_in(browser)
    with browser.session_transaction() as session:
        assert "planted" not in session


def test_a_new_password_ends_the_old_cookie_and_keeps_this_browser_signed_in(
    browser: FlaskClient, person: User, empty_site: Flask
) -> None:
    sign_in(browser)
    old = cookie_of(browser)
    answer = submit(
        browser,
        "/profile/password",
        page="/profile",
        current_password=PASSWORD,
        new_password="another good one",
    )
    assert answer.status_code == 302
    assert is_signed_in(browser)
    thief = empty_site.test_client()
    thief.set_cookie("archive", old)
    assert not is_signed_in(thief)


def test_signing_out_ends_the_cookie_itself(
    browser: FlaskClient, person: User, empty_site: Flask
) -> None:
    sign_in(browser)
    old = cookie_of(browser)
    ended = submit(browser, "/sign-out", page="/profile")
    assert ended.headers["Clear-Site-Data"] == '"cache"'
    assert not is_signed_in(browser)
    thief = empty_site.test_client()
    thief.set_cookie("archive", old)
    assert not is_signed_in(thief)


def test_signing_out_everywhere_ends_all_browsers(
    browser: FlaskClient, client_as: ClientAs, person: User
) -> None:
    sign_in(browser)
    other = client_as(user=person)
    submit(browser, "/profile/sign-out-everywhere", page="/profile")
    assert not is_signed_in(browser)
    assert not is_signed_in(other)
    assert SignIn.objects.count() == 0


def test_a_change_of_roles_holds_from_the_next_click(client_as: ClientAs, person: User) -> None:
    client = client_as(user=person)
    assert client.get("/people").status_code == 403
    User.objects(id=person.id).update(roles=[Role.ADMINISTRATOR])
    assert client.get("/people").status_code == 200


@pytest.mark.parametrize("to", ["/customers?q=华盛", "/profile#tokens"])
def test_after_signing_in_one_goes_where_one_was_going(
    browser: FlaskClient, person: User, to: str
) -> None:
    location = sign_in(browser, to=to).headers["Location"]
    assert location.startswith(to.split("?", maxsplit=1)[0].split("#", maxsplit=1)[0])


@pytest.mark.parametrize(
    "to",
    [
        "https://evil.example/",
        "//evil.example/",
        "/\\evil.example",
        "\\\\evil.example",
        "/\t/evil.example",
        "/\n/evil.example",
        "/ /evil.example",
        "javascript:alert(1)",
        "evil.example",
        "",
    ],
)
def test_next_leads_only_inside(browser: FlaskClient, person: User, to: str) -> None:
    assert sign_in(browser, to=to).headers["Location"] == "/"


def test_a_page_asked_for_before_signing_in_is_remembered(browser: FlaskClient) -> None:
    answer = browser.get("/customers?q=x")
    assert answer.headers["Location"] == "/sign-in?next=/customers?q%3Dx"


# A password that somebody else made


@pytest.fixture
def newcomer(person: User) -> User:
    User.objects(id=person.id).update(is_password_temporary=True)
    return User.find(person.key)


def test_whoever_has_a_temporary_password_is_led_to_change_it_from_every_page(
    browser: FlaskClient, newcomer: User
) -> None:
    sign_in(browser)
    for page in ("/", "/profile", "/customers"):
        answer = browser.get(page)
        assert answer.status_code == 302
        assert answer.headers["Location"].startswith("/profile/password")
    posted = submit(browser, "/profile/tokens", page="/profile/password", label="x", days="9")
    assert posted.status_code == 302
    assert ApiToken.objects.count() == 0
    assert browser.get("/api/v1/customers").status_code == 403
    assert browser.get("/nowhere").status_code == 404
    assert submit(browser, "/sign-out", page="/profile/password").status_code == 302


def test_after_the_change_one_is_where_one_was_going(browser: FlaskClient, newcomer: User) -> None:
    sign_in(browser)
    page = browser.get("/profile?x=1").headers["Location"]
    shown = browser.get(page).text
    assert "设置自己的密码" in shown
    assert 'name="next" value="/profile?x=1"' in shown
    typed = {"current_password": PASSWORD, "next": "/profile?x=1"}
    weak = submit(browser, "/profile/password", page=page, new_password="password123", **typed)
    assert weak.status_code == 422
    assert "这个密码太常见" in weak.text
    assert 'name="next" value="/profile?x=1"' in weak.text
    done = submit(browser, "/profile/password", page=page, new_password="another good one", **typed)
    assert done.headers["Location"] == "/profile?x=1"
    assert browser.get("/profile?x=1").status_code == 200
    assert browser.get("/profile/password").headers["Location"] == "/profile"


# One's own page


def test_a_token_is_shown_once_and_opens_the_api_but_no_page(
    browser: FlaskClient, person: User, empty_site: Flask
) -> None:
    sign_in(browser)
    made = submit(browser, "/profile/tokens", page="/profile", label="月报", days="30")
    assert made.status_code == 201
    text = re.findall(r"archive_[\w-]{40,}", made.get_data(as_text=True))[0]
    assert text not in browser.get("/profile").get_data(as_text=True)
    program, headers = empty_site.test_client(), {"Authorization": f"Bearer {text}"}
    assert program.get("/api/v1/customers", headers=headers).status_code == 200
    assert program.get("/customers", headers=headers).status_code == 302


def test_a_token_lets_in_so_many_requests_a_minute_and_says_how_long_to_wait(
    empty_site: Flask, token_as: Callable[..., dict[str, str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    seams = empty_site.extensions[SEAMS]
    paced = replace(seams.settings, token_requests_per_minute=3)
    monkeypatch.setitem(empty_site.extensions, SEAMS, replace(seams, settings=paced))
    headers, another = token_as(Role.CUSTODIAN), token_as(Role.CUSTODIAN)
    program = empty_site.test_client()
    answers = [program.get("/api/v1/customers", headers=headers) for _ in range(7)]
    statuses = [each.status_code for each in answers]
    assert statuses[:3] == [200] * 3
    assert 429 in statuses  # a minute may have ended in between
    refused = answers[statuses.index(429)]
    assert 1 <= int(refused.headers["Retry-After"]) <= 60
    assert refused.get_json()["detail"] == "操作过于频繁，请稍候。 请过一会儿再试。"
    assert program.get("/api/v1/customers", headers=another).status_code == 200


def test_a_revoked_or_foreign_token_opens_nothing(
    browser: FlaskClient, person: User, empty_site: Flask
) -> None:
    sign_in(browser)
    kept, text = service.create_token(
        person, actor=person.as_actor(), now=person.created_at, label="x", days=366
    )
    submit(browser, f"/profile/tokens/{kept.key}/revoke", page="/profile")
    program = empty_site.test_client()
    for wrong in (text, "archive_", "x", ""):
        answer = program.get("/api/v1/customers", headers={"Authorization": f"Bearer {wrong}"})
        assert answer.status_code == 401
        assert answer.headers["WWW-Authenticate"] == "Bearer"
        assert answer.content_type == "application/problem+json"


def test_nobody_ends_the_token_of_another(client_as: ClientAs, person: User) -> None:
    kept, _ = service.create_token(
        person, actor=person.as_actor(), now=person.created_at, label="x", days=366
    )
    answer = submit(
        client_as(Role.ADMINISTRATOR), f"/profile/tokens/{kept.key}/revoke", page="/profile"
    )
    assert answer.status_code == 403
    assert ApiToken.find(kept.key).revoked_at is None


# People


def test_an_account_is_opened_with_a_password_shown_once(
    browser: FlaskClient, client_as: ClientAs
) -> None:
    administrator = client_as(Role.ADMINISTRATOR)
    made = submit(
        administrator,
        "/people/new",
        username="LiNa",
        name="李娜",
        department="销售部",
        roles=["salesperson", "staff"],
    )
    assert made.status_code == 201
    password = re.findall(r"[\w-]{16}(?=<|\")", made.get_data(as_text=True))
    user = User.objects(username="lina").get()
    assert set(user.roles) == {Role.SALESPERSON, Role.STAFF}
    assert user.is_password_temporary
    statuses = {
        submit(browser, "/sign-in", username="lina", password=each).status_code
        for each in dict.fromkeys(password)
    }
    assert 302 in statuses


def test_a_taken_or_odd_username_is_said_at_its_field(client_as: ClientAs, person: User) -> None:
    administrator = client_as(Role.ADMINISTRATOR)
    for username, words in (("ChenXiao", "已被使用"), ("陈晓", "只能使用字母")):
        answer = submit(administrator, "/people/new", username=username, name="陈晓", roles="staff")
        assert answer.status_code == 422
        assert words in answer.get_data(as_text=True)


def test_the_last_administrator_is_told_and_stays(client_as: ClientAs) -> None:
    last = a_user(Role.ADMINISTRATOR)
    client = client_as(user=last)
    page = f"/people/{last.key}"
    answer = submit(client, page, name="我", roles="staff", seen=1)
    assert answer.status_code == 422
    assert "这是最后一个可用的系统管理员账号。" in answer.get_data(as_text=True)
    closed = submit(client, f"{page}/disable", page=page, reason="试试")
    assert closed.status_code == 422
    assert list(User.objects(roles=Role.ADMINISTRATOR, is_disabled__ne=True)) == [last]


def test_an_administrator_who_takes_a_role_that_opens_archives_is_told_whom_to_ask(
    client_as: ClientAs,
) -> None:
    own = a_user(Role.ADMINISTRATOR)
    roles = ["administrator", "custodian"]
    answer = submit(client_as(user=own), f"/people/{own.key}", name="我", roles=roles, seen=1)
    assert answer.status_code == 422
    assert "不能给自己加上可以打开客户档案的角色：档案保管员。" in answer.text
    assert User.find(own.key).roles == [Role.ADMINISTRATOR]


def test_closing_and_opening_an_account_asks_for_a_reason_and_keeps_it(
    client_as: ClientAs, person: User
) -> None:
    client = client_as(Role.ADMINISTRATOR)
    page = f"/people/{person.key}"
    assert submit(client, f"{page}/disable", page=page, reason="").status_code == 422
    submit(client, f"{page}/disable", page=page, reason="离职")
    assert User.find(person.key).is_disabled
    submit(client, f"{page}/enable", page=page, reason="回来")
    assert not User.find(person.key).is_disabled
    assert TrailEntry.objects(reason="离职").count() + len(User.find(person.key).pending) > 1


@pytest.mark.parametrize(
    ("reason", "words"),
    [
        ("长" * 501, "最多 500 个字。"),
        ("", "请填写此项。"),
        ("   ", "请填写此项。"),
        ("嗯", "至少 2 个字。"),
    ],
)
def test_a_reason_that_is_not_taken_comes_back_in_its_open_dialog(
    client_as: ClientAs, person: User, reason: str, words: str
) -> None:
    client, page = client_as(Role.ADMINISTRATOR), f"/people/{person.key}"
    answer = submit(client, f"{page}/disable", page=page, reason=reason)
    assert answer.status_code == 422
    assert not User.find(person.key).is_disabled
    dialog = answer.text.partition('id="ask-disable"')[2].partition("</dialog>")[0]
    assert " open data-again" in dialog.partition(">")[0]
    assert f">{reason}</textarea>" in dialog
    assert 'data-longest="500"' in dialog
    assert words in dialog
    assert "data-again" not in client.get(page).text


def test_a_reason_as_long_as_the_dialog_takes_is_taken_line_by_line(
    client_as: ClientAs, person: User
) -> None:
    client, page = client_as(Role.ADMINISTRATOR), f"/people/{person.key}"
    typed = "\n".join(["长" * 249] * 2) + "完"
    sent = typed.replace("\n", "\r\n")  # as a browser does
    assert submit(client, f"{page}/disable", page=page, reason=sent).status_code == 302
    assert User.find(person.key).pending[-1].reason == typed


def test_whoever_may_not_be_closed_is_said_in_the_dialog_with_the_reason_kept(
    client_as: ClientAs,
) -> None:
    last = a_user(Role.ADMINISTRATOR)
    page = f"/people/{last.key}"
    answer = submit(client_as(user=last), f"{page}/disable", page=page, reason="试试看")
    dialog = answer.text.partition('id="ask-disable"')[2].partition("</dialog>")[0]
    assert answer.status_code == 422
    assert "这是最后一个可用的系统管理员账号。" in dialog
    assert ">试试看</textarea>" in dialog


def test_the_table_of_rights_is_shown_as_it_is_in_force(client_as: ClientAs) -> None:
    text = client_as(Role.AUDITOR).get("/rights").get_data(as_text=True)
    for role in Role:
        assert role.label in text


@pytest.mark.parametrize("odd", ["q=%00", "q=(", "role=nothing", "state=odd", "page=-1"])
def test_an_odd_address_still_shows_the_people(client_as: ClientAs, odd: str) -> None:
    assert client_as(Role.ADMINISTRATOR).get(f"/people?{odd}").status_code == 200


def test_the_second_of_two_who_edit_a_person_sees_both_versions(client_as: ClientAs) -> None:
    person = a_user(Role.STAFF, name="陈晓")
    client = client_as(Role.ADMINISTRATOR)
    page = f"/people/{person.key}"
    submit(client, page, name="陈晓", roles="salesperson", department="一部", seen=1)
    told = submit(client, page, name="陈晓", roles="custodian", department="二部", seen=1)
    assert told.status_code == 409
    text = told.get_data(as_text=True)
    for each in ("员工", "销售员", "档案保管员", "一部", "二部"):
        assert each in text
    chosen = {"keep-roles": "theirs", "keep-department": "yours"}
    saved = submit(
        client, page, name="陈晓", roles="custodian", department="二部", seen=2, **chosen
    )
    assert saved.status_code == 302
    now = User.find(person.key)
    assert (list(now.roles), now.department) == ([Role.SALESPERSON], "二部")


def test_a_form_sent_back_still_knows_which_version_it_was_opened_with(
    client_as: ClientAs,
) -> None:
    person = a_user(Role.STAFF, name="陈晓")
    client = client_as(Role.ADMINISTRATOR)
    page = f"/people/{person.key}"
    submit(client, page, name="陈小", roles="staff", seen=1)
    wrong = submit(client, page, name="", roles="staff", seen=1)
    assert wrong.status_code == 422
    assert 'name="seen" value="1"' in wrong.get_data(as_text=True)
