"""The photographs and files of a complaint: added, seen, taken away and put back."""

import io
from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient

from archive import clock
from archive.accounts.models import User
from archive.actor import Role
from archive.blobs.checking import named
from archive.communication.models import Complaint, Evidence
from archive.communication.service import complaints
from archive.trail.collecting import collect_all
from archive.trail.history import history_of
from archive.trail.models import TrailEntry
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
    page = added(client, complaint, (ugly.a_jpeg(), "破损.jpg"), (b"nothing known", "x.bin"))
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
