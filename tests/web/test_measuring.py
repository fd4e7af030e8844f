"""The number of a request, its line in the log, and ``/metrics``."""

import logging
from dataclasses import replace

import pytest
from flask import Flask
from flask.testing import FlaskClient
from prometheus_client.parser import text_string_to_metric_families

from archive import jobs
from archive.actor import Role
from archive.app import create_app
from archive.blobs import BlobCheck
from archive.config import Settings
from archive.observing import SHARED_FOLDER, begin_request
from archive.web.gauges import leave_worker_pulse
from tests.conftest import NOW, ClientAs


@pytest.fixture(autouse=True)
def figures_of_this_process(monkeypatch: pytest.MonkeyPatch) -> None:
    """A command tried in this process before may have left the folder of a server's figures."""
    monkeypatch.delenv(SHARED_FOLDER, raising=False)


def figures(client: FlaskClient, **headers: str) -> dict[tuple[str, ...], float]:
    """Every figure by its name and the values of its labels."""
    answer = client.get("/metrics", headers=headers)
    assert answer.status_code == 200
    return {
        (sample.name, *sample.labels.values()): sample.value
        for family in text_string_to_metric_families(answer.get_data(as_text=True))
        for sample in family.samples
    }


def test_each_answer_bears_a_number_of_its_own(empty_site: Flask) -> None:
    client = empty_site.test_client()
    numbers = {client.get("/healthz").headers["X-Request-ID"] for _ in range(3)}
    assert len(numbers) == 3


def test_a_number_is_believed_only_from_a_proxy(empty_site: Flask, settings: Settings) -> None:
    given = {"X-Request-ID": "of-somebody-else"}
    assert empty_site.test_client().get("/healthz", headers=given).headers["X-Request-ID"] != (
        "of-somebody-else"
    )
    behind = create_app(replace(settings, proxies=1)).test_client()
    assert behind.get("/healthz", headers=given).headers["X-Request-ID"] == "of-somebody-else"


def test_a_request_is_one_line_that_does_not_hold_what_was_searched(
    client_as: ClientAs, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.INFO, logger="archive.requests"):
        client_as(Role.CUSTODIAN).get("/customers?q=绝密")
    [line] = [vars(each) for each in caplog.records if each.name == "archive.requests"]
    assert (line["path"], line["status"], line["method"]) == ("/customers", 200, "GET")
    assert line["account"]
    assert "绝密" not in str(line)


def test_requests_are_counted_by_the_rule_of_their_address(client_as: ClientAs) -> None:
    client = client_as(Role.CUSTODIAN)
    key = ("archive_request_seconds_count", "GET", "/customers/<archive_number>", "404")
    before = figures(client).get(key, 0)
    assert client.get("/customers/KH-2026-99999").status_code == 404
    assert figures(client)[key] == before + 1


def test_made_up_methods_and_addresses_add_no_figures(empty_site: Flask) -> None:
    client = empty_site.test_client()
    for number in range(3):
        client.open(f"/nowhere/{number}", method=f"MADEUP{number}")
    read = figures(client)
    assert not any("MADEUP" in label or "nowhere" in label for key in read for label in key)


def test_the_house_and_its_chapters_are_read_off(empty_site: Flask) -> None:
    BlobCheck(id="0" * 64, damaged_since=NOW).save()
    BlobCheck(id="1" * 64, checked_at=NOW).save()
    leave_worker_pulse("a-host", NOW)
    read = figures(empty_site.test_client())
    assert read["archive_blobs", "known"] == 2
    assert read["archive_blobs", "unchecked"] == 1
    assert read["archive_blobs", "damaged"] == 1
    assert read["archive_blob_oldest_check_seconds",] > 0
    assert read["archive_worker_silent_seconds", "a-host"] > 0
    assert read["archive_deposits_waiting", "received"] == 0


def test_a_waiting_task_is_counted(empty_site: Flask) -> None:
    before = figures(empty_site.test_client())["archive_queue_tasks",]
    jobs.enqueue("filing.sweep")
    assert figures(empty_site.test_client())["archive_queue_tasks",] == before + 1


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Authorization": "Bearer wrong"},
        {"Authorization": "the-right-one"},
        {"Authorization": "Bearer né"},
    ],
)
def test_the_token_is_needed_where_there_is_one(settings: Settings, headers) -> None:
    client = create_app(replace(settings, metrics_token="the-right-one")).test_client()
    assert client.get("/metrics", headers=headers).status_code == 403
    figures(client, Authorization="Bearer the-right-one")


def test_without_a_token_only_this_machine_may_ask(empty_site: Flask) -> None:
    client = empty_site.test_client()
    elsewhere = {"REMOTE_ADDR": "192.0.2.7"}
    assert client.get("/metrics", environ_overrides=elsewhere).status_code == 403
    through = {"X-Forwarded-For": "192.0.2.7"}
    assert client.get("/metrics", headers=through).status_code == 403


def test_a_task_goes_on_under_the_number_of_the_request_that_asked(
    empty_site: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[dict[str, str]] = []
    monkeypatch.setattr(jobs.celery, "send_task", lambda *_, headers, **__: asked.append(headers))
    number = begin_request()
    jobs.enqueue("filing.sweep")
    assert asked == [{jobs.REQUEST_HEADER: number}]
