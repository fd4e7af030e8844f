"""The photographs and files of a complaint: added, seen, taken away and put back."""

import dataclasses
import io
import re
from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from archive import clock
from archive.accounts.models import User
from archive.actor import Role
from archive.blobs import Blobs
from archive.blobs.checking import named
from archive.communication.models import Complaint, Evidence
from archive.communication.service import complaints
from archive.storage import S3BlobStore
from archive.trail.collecting import collect_all
from archive.trail.history import history_of
from archive.trail.models import TrailEntry
from archive.web.context import SEAMS
from archive.web.repeats import FORM_KEY
from tests.browser import submit
from tests.builders import a_complaint, a_customer, a_user
from tests.recognition import ugly_files as ugly

ClientAs = Callable[..., FlaskClient]


@pytest.fixture
def recorder() -> User:
    """Whoever heard the complaint."""
    return a_user(Role.STAFF)


@pytest.fixture
def complaint(empty_site: object, recorder: User) -> Complaint:
    return a_complaint(actor=recorder.as_actor())


def added(client: FlaskClient, complaint: Complaint, *files: tuple[bytes, str]) -> str:
    """What the page says once *files* were sent to it."""
    url = f"/complaints/{complaint.number}"
    sent = [(io.BytesIO(content), name) for content, name in files]
    submit(client, f"{url}/files", page=url, files=sent, content_type="multipart/form-data")
    return client.get(url).get_data(as_text=True)


def the_file(complaint: Complaint) -> Evidence:
    file: Evidence
    [file] = Complaint.find(complaint.key).evidence
    return file


def test_photographs_are_added_by_whoever_heard_it_and_shown_small(
    client_as: ClientAs, complaint: Complaint, recorder: User
) -> None:
    client = client_as(user=recorder)
    page = added(client, complaint, (ugly.a_jpeg(), "破损.jpg"), (b"\xff\x00\x01", "x.bin"))
    assert "已添加 1 份照片或文件" in page
    assert "“x.bin”：" in page
    file = the_file(complaint)
    assert named([file.sha256]) == {file.sha256}
    url = f"/complaints/{complaint.number}/files/{file.key}"
    assert f"{url}/thumbnail" in page
    for address in (f"{url}/thumbnail", f"{url}/pages/1"):
        assert client.get(address).data.startswith(b"\xff\xd8"), address
    assert "破损.jpg" in client.get(url).get_data(as_text=True)
    assert client.get(f"/complaints/{complaint.number}/files/x").status_code == 404
    [event, _] = history_of(Complaint.find(complaint.key))
    assert (event.action, event.reason) == ("complaint.file_added", "破损.jpg")


def test_the_same_photograph_is_not_added_twice(
    client_as: ClientAs, complaint: Complaint, recorder: User
) -> None:
    client = client_as(user=recorder)
    added(client, complaint, (ugly.a_jpeg(), "一.jpg"))
    assert "“一.jpg”已经附在这件抱怨中" in added(client, complaint, (ugly.a_jpeg(), "二.jpg"))
    assert the_file(complaint).original_name == "一.jpg"


def test_who_may_not_open_the_complaint_sees_nothing_of_its_files(
    client_as: ClientAs, complaint: Complaint, recorder: User
) -> None:
    added(client_as(user=recorder), complaint, (ugly.a_jpeg(), "破损.jpg"))
    url = f"/complaints/{complaint.number}/files/{the_file(complaint).key}"
    for role in (Role.STAFF, Role.SALESPERSON, Role.AUDITOR):
        other = client_as(role)
        for address in (url, f"{url}/thumbnail", f"{url}/pages/1", f"{url}/original"):
            assert other.get(address).status_code == 403, address


def test_an_original_leaves_through_the_desk_and_that_is_on_record(
    client_as: ClientAs, recorder: User
) -> None:
    seller = a_user(Role.SALESPERSON)
    complaint = a_complaint(a_customer(salesperson=seller), actor=recorder.as_actor())
    added(client_as(user=recorder), complaint, (ugly.a_jpeg(), "破损.jpg"))
    url = f"/complaints/{complaint.number}/files/{the_file(complaint).key}"
    assert client_as(user=seller).get(f"{url}/pages/1").status_code == 200
    assert client_as(user=seller).get(f"{url}/original").status_code == 403
    assert TrailEntry.objects(action="complaint.file_taken").count() == 0
    with client_as(Role.CUSTOMER_SERVICE).get(f"{url}/original") as answer:
        assert answer.data == ugly.a_jpeg()
    assert TrailEntry.objects(action="complaint.file_taken").count() == 1


def test_a_file_is_taken_away_with_a_reason_and_put_back(
    client_as: ClientAs, complaint: Complaint, recorder: User
) -> None:
    added(client_as(user=recorder), complaint, (ugly.a_jpeg(), "破损.jpg"))
    desk, page = client_as(Role.CUSTOMER_SERVICE), f"/complaints/{complaint.number}"
    url = f"{page}/files/{the_file(complaint).key}"
    assert submit(desk, f"{url}/remove", page=url, reason="").status_code == 422
    submit(desk, f"{url}/remove", page=url, reason="附错了抱怨")
    assert Complaint.find(complaint.key).files == []
    assert "已移除的 1 份" in desk.get(page).get_data(as_text=True)
    submit(desk, f"{url}/restore", page=page)
    assert [each.name for each in Complaint.find(complaint.key).files] == ["破损.jpg"]
    collect_all()
    removed = TrailEntry.objects(action="complaint.file_removed").first()
    assert removed.reason == "附错了抱怨"


def test_a_file_is_added_while_the_desk_changes_the_complaint(
    client_as: ClientAs, complaint: Complaint, recorder: User
) -> None:
    desk = a_user(Role.CUSTOMER_SERVICE).as_actor()
    complaints.accept_complaint(Complaint.find(complaint.key), actor=desk, now=clock.now())
    added(client_as(user=recorder), complaint, (ugly.a_jpeg(), "破损.jpg"))
    known = Complaint.find(complaint.key)
    assert (len(known.files), known.handler_id) == (1, desk.id)


def test_a_program_adds_a_file_and_reads_it(
    site: Flask, token_as: Callable[..., dict[str, str]], complaint: Complaint
) -> None:
    desk, client = token_as(Role.CUSTOMER_SERVICE), site.test_client()
    url = f"/api/v1/complaints/{complaint.number}/files"
    sent = {"files": [(io.BytesIO(ugly.a_jpeg()), "a.jpg")]}
    answer = client.post(url, data=sent, headers=desk, content_type="multipart/form-data")
    assert answer.status_code == 201, answer.get_data(as_text=True)
    [file] = answer.get_json()["files"]
    assert file["name"] == "a.jpg"
    with client.get(f"{url}/{file['key']}/content", headers=desk) as content:
        assert content.data == ugly.a_jpeg()


A_COMPLAINT: dict[str, str] = {
    "heard_at": "2026-11-20 09:30",
    "form": "oral",
    "content": "两箱玻璃破损",
}


def recorded(client: FlaskClient, *files: tuple[bytes, str], **typed: Any) -> TestResponse:
    """The answer to the form of recording, sent with *files*."""
    sent = [(io.BytesIO(content), name) for content, name in files]
    return submit(
        client, "/complaints/new", files=sent, content_type="multipart/form-data", **typed
    )


def test_files_are_added_on_the_page_where_a_complaint_is_recorded(
    client_as: ClientAs, empty_site: Flask
) -> None:
    client = client_as(Role.STAFF)
    files = (ugly.a_jpeg(), "破损.jpg"), (b"\xff\x00\x01", "x.bin"), (ugly.a_pdf(1), "签收单.pdf")
    answer = recorded(client, *files, **A_COMPLAINT)
    [complaint] = Complaint.objects
    assert answer.location == f"/complaints/{complaint.number}"
    assert [each.name for each in complaint.files] == ["破损.jpg", "签收单.pdf"]
    page = client.get(answer.location).get_data(as_text=True)
    assert "已登记" in page and "“x.bin”：" in page and "已添加 2 份照片或文件" in page


def test_files_stay_with_a_form_that_has_to_be_corrected(
    client_as: ClientAs, empty_site: Flask
) -> None:
    client = client_as(Role.STAFF)
    files = (ugly.a_jpeg(), "破损.jpg"), (b"\xff\x00\x01", "x.bin"), (ugly.a_pdf(1), "签收单.pdf")
    again = recorded(client, *files, **A_COMPLAINT | {"heard_at": "2026-02-30"})
    page = again.get_data(as_text=True)
    assert again.status_code == 422 and Complaint.objects.count() == 0
    assert "两箱玻璃破损" in page and "2026-02-30" in page
    assert "“x.bin”：" in page and "破损.jpg" in page
    tickets = re.findall(r'name="held" value="([^"]+)"', page)
    assert len(tickets) == 2

    still_wrong = recorded(client, held=tickets, **A_COMPLAINT | {"heard_at": "2026-02-30"})
    assert re.findall(r'name="held" value="([^"]+)"', still_wrong.get_data(as_text=True))
    recorded(client, (ugly.a_png(), "现场.png"), held=tickets[1:], **A_COMPLAINT)
    [complaint] = Complaint.objects
    assert [each.name for each in complaint.files] == ["签收单.pdf", "现场.png"]
    url = f"/complaints/{complaint.number}/files/{complaint.files[0].key}/pages/1"
    assert client.get(url).data.startswith(b"\xff\xd8")


def test_a_ticket_of_another_person_or_a_made_one_names_no_file(
    client_as: ClientAs, empty_site: Flask
) -> None:
    theirs = recorded(
        client_as(Role.STAFF), (ugly.a_jpeg(), "破损.jpg"), **A_COMPLAINT | {"heard_at": "x"}
    )
    [ticket] = re.findall(r'name="held" value="([^"]+)"', theirs.get_data(as_text=True))
    recorded(client_as(Role.STAFF), held=[ticket, "made"], **A_COMPLAINT)
    [complaint] = Complaint.objects
    assert complaint.files == []


def test_a_form_with_files_that_is_sent_twice_adds_each_once(
    client_as: ClientAs, empty_site: Flask
) -> None:
    client = client_as(Role.STAFF)
    for _ in range(2):
        recorded(client, (ugly.a_jpeg(), "破损.jpg"), **A_COMPLAINT | {FORM_KEY: "the-same"})
    [complaint] = Complaint.objects
    assert len(complaint.evidence) == 1
    page = client.get(f"/complaints/{complaint.number}").get_data(as_text=True)
    assert "已经附在这件抱怨中" not in page


def test_a_complaint_is_recorded_where_the_file_store_is_away_and_that_is_said(
    client_as: ClientAs, in_app: Flask
) -> None:
    client = client_as(Role.STAFF)
    parts = in_app.extensions[SEAMS]
    nowhere = dataclasses.replace(parts.settings, s3_endpoint="http://127.0.0.1:9")
    blobs = Blobs(S3BlobStore.from_settings(nowhere), parts.settings.cache)
    in_app.extensions[SEAMS] = dataclasses.replace(parts, blobs=blobs)
    try:
        answer = recorded(client, (ugly.a_jpeg(), "破损.jpg"), **A_COMPLAINT)
    finally:
        in_app.extensions[SEAMS] = parts
    [complaint] = Complaint.objects
    assert complaint.content == "两箱玻璃破损" and complaint.files == []
    assert "“破损.jpg”：" in client.get(answer.location).get_data(as_text=True)
