"""Two languages: the person's choice holds on every page, and nothing of the other shows."""

import re
from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient

from archive.actor import Role
from tests.browser import submit
from tests.house.source import HAN

ClientAs = Callable[..., FlaskClient]
PAGES = ("/", "/customers", "/customers/new", "/profile", "/people", "/people/new", "/rights",
         "/trail", "/nowhere")  # fmt: skip
UNSPOKEN = re.compile(
    r"<(script|style|svg)\b.*?</\1>|<meta[^>]*>|<button[^>]*\slang=[^>]*>.*?</button>", re.DOTALL
)
NAMES = re.compile(r"员工\d+|示例运输有限公司")  # of this test's own people and company


def spoken(client: FlaskClient, address: str) -> str:
    """What *address* says to a person: its text, without marks."""
    source = client.get(address).get_data(as_text=True)
    body = UNSPOKEN.sub(" ", source[source.index("<body") :])
    return NAMES.sub("", re.sub(r"<[^>]+>", " ", body))


@pytest.fixture
def client(client_as: ClientAs) -> FlaskClient:
    return client_as(*Role)


def test_chinese_is_what_one_gets_without_a_choice(client: FlaskClient) -> None:
    client.environ_base["HTTP_ACCEPT_LANGUAGE"] = "en-US,en"
    source = client.get("/customers").get_data(as_text=True)
    assert '<html lang="zh-CN">' in source
    assert "新建客户档案" in source


def test_the_choice_holds_on_every_page_after_it(client: FlaskClient) -> None:
    answer = submit(client, "/language", page="/profile", language="en", next="/customers?q=x")
    assert answer.headers["Location"] == "/customers?q=x"
    source = client.get("/customers").get_data(as_text=True)
    assert '<html lang="en">' in source
    submit(client, "/language", page="/profile", language="zh", next="/")
    assert '<html lang="zh-CN">' in client.get("/customers").get_data(as_text=True)


@pytest.mark.parametrize("given", ["fr", "", "../en", "EN"])
def test_a_language_that_is_not_spoken_is_left_aside(client: FlaskClient, given: str) -> None:
    submit(client, "/language", page="/profile", language=given)
    assert '<html lang="zh-CN">' in client.get("/customers").get_data(as_text=True)


@pytest.mark.parametrize("address", PAGES)
def test_an_english_page_holds_no_chinese(client: FlaskClient, address: str) -> None:
    client.set_cookie("language", "en")
    left = re.findall(r"\S*" + HAN.pattern + r"\S*", spoken(client, address))
    assert left == []


@pytest.mark.parametrize("address", PAGES)
def test_a_chinese_page_holds_no_english(client: FlaskClient, address: str) -> None:
    text = re.sub(r"\S*(person\d+|KH-|HT-|test)\S*|&\w+;", "", spoken(client, address))
    words = set(re.findall(r"[A-Za-z]{3,}", text)) - {"English", "Excel", "CSV", "API", "PDF"}
    assert words == set()


def test_the_catalogues_of_all_chapters_are_in_use(in_app: Flask) -> None:
    folders = in_app.config["BABEL_TRANSLATION_DIRECTORIES"].split(";")
    assert {folder.split("/")[-2] for folder in folders} >= {"web", "accounts", "customers"}


def test_what_happened_and_what_to_do_stand_apart_in_english(empty_site: Flask) -> None:
    client = empty_site.test_client()
    client.set_cookie("language", "en")
    answer = submit(client, "/sign-in", username="nobody", password="wrong")
    assert "The username or the password is wrong. Check" in answer.get_data(as_text=True)
