"""Damaged files are on a page, and among what waits for those who can have them restored."""

from collections.abc import Callable

import pytest
from flask.testing import FlaskClient

from archive import clock
from archive.actor import Role
from archive.blobs import BlobCheck, Damage
from archive.filing.models import Deposit
from tests.browser import submit

ClientAs = Callable[..., FlaskClient]


@pytest.fixture
def damaged(client_as: ClientAs, receive: Callable[..., Deposit]) -> Deposit:
    deposit = receive()
    BlobCheck.note_damage(deposit.file.sha256, Damage.MISSING, clock.now())
    return deposit


@pytest.mark.parametrize(("role", "sees"), [(Role.CUSTODIAN, True), (Role.ADMINISTRATOR, False)])
def test_a_damaged_file_is_listed_with_its_name_only_for_whoever_files(
    client_as: ClientAs, damaged: Deposit, role: Role, *, sees: bool
) -> None:
    page = client_as(role).get("/damaged").get_data(as_text=True)
    assert damaged.file.sha256[2:] in page
    assert "存储中没有内容" in page
    assert (damaged.caption in page) is sees


@pytest.mark.parametrize("role", [Role.CUSTODIAN, Role.ADMINISTRATOR])
def test_damage_waits_for_the_custodian_and_the_administrator(
    client_as: ClientAs, damaged: Deposit, role: Role
) -> None:
    client = client_as(role)
    page = client.get("/").get_data(as_text=True)
    assert "从备份恢复受损的文件" in page
    assert submit(client, "/damaged/check", "/damaged").status_code == 302


def test_without_damage_the_page_says_so(client_as: ClientAs) -> None:
    assert "没有受损的文件" in client_as(Role.CUSTODIAN).get("/damaged").get_data(as_text=True)
