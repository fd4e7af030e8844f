"""What was refused is in the trail, and cannot fill it."""

from collections.abc import Callable

from flask.testing import FlaskClient

from archive.actor import Role
from archive.trail.models import TrailEntry
from tests.builders import a_customer, a_user

ClientAs = Callable[..., FlaskClient]


def test_refusals_are_counted_by_person_page_and_hour(client_as: ClientAs) -> None:
    who, number = a_user(Role.STAFF), a_customer().archive_number
    client = client_as(user=who)
    for _ in range(5):
        assert client.get("/trail").status_code == 403
    assert client.get("/people").status_code == 403
    assert client.get(f"/customers/{number}/edit").status_code == 403
    kept = TrailEntry.objects(action="access.refused", actor_id=who.key)
    assert {(each.caption, each.times) for each in kept} == {
        ("/trail", 5),
        ("/people", 1),
        (f"/customers/{number}/edit", 1),
    }
    assert kept.get(caption="/people").reason == "管理人员与角色"


def test_the_auditor_reads_refusals_in_words(client_as: ClientAs) -> None:
    who = a_user(Role.STAFF)
    client_as(user=who).get(f"/people/{who.key}")
    text = client_as(Role.AUDITOR).get("/trail?action=access.refused").get_data(as_text=True)
    for words in ("尝试了无权的操作，被拒绝", "账号", "/people/…", "管理人员与角色"):
        assert words in text
    assert who.key not in text


def test_somebody_signed_out_leaves_nothing(empty_site: object, client_as: ClientAs) -> None:
    TrailEntry.objects.delete()
    client = client_as(Role.STAFF)
    client.delete_cookie("archive")
    assert client.get("/trail").status_code == 302
    assert TrailEntry.objects(action="access.refused").count() == 0
