"""The pages and the API of words that mean the same."""

from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient

from archive.actor import Role
from archive.synonyms.models import Synonyms
from tests.browser import submit

ClientAs = Callable[..., FlaskClient]
TokenAs = Callable[..., dict[str, str]]


def test_a_group_is_added_and_its_page_shows_what_was_done(client_as: ClientAs) -> None:
    client = client_as(Role.CUSTODIAN)
    answer = submit(client, "/synonyms/new", words="货损\n破损\n\n 摔坏 ")
    assert answer.status_code == 302
    group = Synonyms.objects.get()
    assert group.words == ["货损", "破损", "摔坏"]
    assert "货损、破损、摔坏" in client.get("/synonyms?q=破损").get_data(as_text=True)
    assert "货损、破损" not in client.get("/synonyms?q=晚到").get_data(as_text=True)
    page = client.get(f"/synonyms/{group.key}").get_data(as_text=True)
    assert "增加了近义词" in page
    address = f"/synonyms/{group.key}"
    submit(client, f"{address}/stop", address, reason="会混淆")
    page = client.get(f"/synonyms/{group.key}").get_data(as_text=True)
    assert "会混淆" in page
    assert "重新启用" in page
    submit(client, f"{address}/resume", address, reason="还是要")
    assert Synonyms.used() == [("货损", "破损", "摔坏")]


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("货损", "至少两个不同的词"),
        ("货损\n貨損", "至少两个不同的词"),
        ("货损\n破损 摔坏", "不是一个词"),
        ("货损\n坏", ""),
        ("", ""),
    ],
)
def test_what_is_no_group_is_refused_and_stays_in_the_field(
    client_as: ClientAs, typed: str, said: str
) -> None:
    answer = submit(client_as(Role.CUSTODIAN), "/synonyms/new", words=typed)
    assert answer.status_code == 422
    assert said in answer.get_data(as_text=True)
    assert typed in answer.get_data(as_text=True)
    assert Synonyms.objects.count() == 0


def test_a_program_adds_changes_and_stops_a_group(site: Flask, token_as: TokenAs) -> None:
    client, headers = site.test_client(), token_as(Role.ADMINISTRATOR)
    made = client.post("/api/v1/synonyms", json={"words": ["延误", "晚到"]}, headers=headers)
    assert made.status_code == 201
    address = made.headers["Location"]
    tag = {"If-Match": made.headers["ETag"], **headers}
    assert client.put(address, json={"words": ["延误", "迟到"]}, headers=tag).status_code == 200
    assert client.put(address, json={"words": ["延误", "误点"]}, headers=tag).status_code == 412
    stopped = client.post(f"{address}/stop", json={"reason": "不用"}, headers=headers)
    assert stopped.get_json()["state"] == "stopped"
    listed = client.get("/api/v1/synonyms?state=stopped", headers=headers).get_json()
    assert [each["words"] for each in listed["items"]] == [["延误", "迟到"]]
