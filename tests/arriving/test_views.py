"""The page of the ways in."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from archive import clock
from archive.actor import Role
from archive.arriving.models import Arrival, SeenFile, WayState
from archive.arriving.rules import Outcome, Way
from archive.arriving.tasks import look_into_folder
from archive.filing.models import Deposit
from archive.recognition.codes import SeparatorCode, write
from archive.web.qr import qr_of
from tests.browser import submit
from tests.builders import a_customer
from tests.recognition import ugly_files as ugly

ClientAs = Callable[..., FlaskClient]


@pytest.fixture
def scan_folder(empty_site: Flask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder that the settings of the site name."""
    parts = empty_site.extensions["archive.seams"]
    settings = replace(parts.settings, scan_folder=str(tmp_path / "扫描"))
    monkeypatch.setitem(empty_site.extensions, "archive.seams", replace(parts, settings=settings))
    (tmp_path / "扫描").mkdir()
    return tmp_path / "扫描"


def test_without_settings_the_page_says_how_a_way_is_opened(client_as: ClientAs) -> None:
    text = client_as(Role.CUSTODIAN).get("/ways").text
    assert "ARCHIVE_SCAN_FOLDER" in text
    assert "还没有来件" in text


def test_the_task_takes_files_in_and_the_page_says_so(
    scan_folder: Path, empty_site: Flask, client_as: ClientAs
) -> None:
    client = client_as(Role.CUSTODIAN)
    (scan_folder / "扫描0001.pdf").write_bytes(ugly.a_pdf())
    (scan_folder / "图.svg").write_bytes(b"<svg/>")
    with empty_site.app_context():
        look_into_folder()
        SeenFile.objects.update(set__since=clock.now() - timedelta(minutes=1))
        look_into_folder()
    assert [each.file.name for each in Deposit.objects] == ["扫描0001.pdf"]
    text = client.get("/ways").text
    assert "正常" in text
    assert "扫描0001.pdf" in text
    assert "SVG 矢量图" in text
    assert "扫描文件夹 上传" in client.get("/intake").text


def test_a_fault_is_shown_in_the_persons_language_and_tried_again_on_demand(
    scan_folder: Path, empty_site: Flask, client_as: ClientAs
) -> None:
    scan_folder.rmdir()
    with empty_site.app_context():
        look_into_folder()
    client = client_as(Role.ADMINISTRATOR)
    assert "请检查共享是否已挂载" in client.get("/ways").text
    client.set_cookie("language", "en")
    assert "Check that the share is mounted" in client.get("/ways").text
    client.set_cookie("language", "zh")
    assert submit(client, "/ways/folder/look", page="/ways").status_code == 302
    assert "正在查看" in client.get("/ways").text
    scan_folder.mkdir()
    with empty_site.app_context():
        look_into_folder()
        assert WayState.of(Way.FOLDER).fault == {}


def test_a_way_that_is_not_set_cannot_be_looked_at(client_as: ClientAs) -> None:
    client = client_as(Role.CUSTODIAN)
    assert submit(client, "/ways/folder/look", page="/intake").status_code == 302
    assert "没有开通这个来件渠道" in client.get("/intake").text
    assert submit(client, "/ways/elsewhere/look", page="/intake").status_code == 404


def test_the_list_is_narrowed_by_what_became_of_the_files(
    empty_site: Flask, client_as: ClientAs
) -> None:
    for name, outcome in (("好.pdf", Outcome.TAKEN), ("坏.svg", Outcome.REFUSED)):
        Arrival(way=Way.FOLDER, at=clock.now(), name=name, outcome=outcome).save()
    text = client_as(Role.CUSTODIAN).get("/ways?outcome=refused").text
    assert "坏.svg" in text
    assert "好.pdf" not in text


def test_a_separator_sheet_says_in_words_and_in_its_code_what_is_behind_it(
    client_as: ClientAs,
) -> None:
    customer, client = a_customer("演示海川物流有限公司"), client_as(Role.CUSTODIAN)
    asked = {"kind": "licence", "customer": customer.key, "count": "2"}
    text = client.get("/ways/separators", query_string=asked).text
    code = SeparatorCode(customer.customer_code, "licence")
    drawn = qr_of(write(code, "http://localhost/"))
    assert text.count(str(drawn)) == 2
    assert f'<dd>演示海川物流有限公司<span class="num">{customer.customer_code}</span>' in text
    assert "<dd>营业执照</dd>" in text


def test_what_no_sheet_can_say_is_pointed_out(client_as: ClientAs) -> None:
    client = client_as(Role.CUSTODIAN)
    answer = client.get("/ways/separators", query_string={"customer": "没有的公司", "count": "99"})
    assert "没有找到客户“没有的公司”" in answer.text
    assert client_as(Role.SALESPERSON).get("/ways/separators").status_code == 403
