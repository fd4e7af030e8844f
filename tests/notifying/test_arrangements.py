"""What the company has arranged for notices: typed on its page, and followed."""

from collections.abc import Callable
from datetime import UTC, datetime, time, timedelta

import pytest
from flask.testing import FlaskClient

from archive import clock
from archive.actor import Role
from archive.notifying import service
from archive.notifying.forms import ArrangementsInput
from archive.notifying.models import Arrangements, NoticeWishes
from archive.notifying.rules import How
from archive.urgency import Step
from archive.web.inputs import InvalidInput
from tests.browser import submit
from tests.builders import a_user

ClientAs = Callable[..., FlaskClient]
ADDRESS = "/channels/arrangements"


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("8:30", "08:30"),
        ("８：３０", "08:30"),
        ("8点半", "08:30"),
        ("9点", "09:00"),
        ("下午5点05分", "17:05"),
    ],
)
def test_a_time_of_the_day_is_read_in_its_usual_spellings(typed: str, kept: str) -> None:
    assert ArrangementsInput.read({"morning_at": typed}).morning_at == kept


@pytest.mark.parametrize("typed", ["24:00", "8:60", "早上", "8:3:0", "-1:00"])
def test_what_is_no_time_of_the_day_is_refused(typed: str) -> None:
    with pytest.raises(InvalidInput):
        ArrangementsInput.read({"morning_at": typed})


def test_before_anybody_arranges_anything_it_is_as_usual(in_app: object) -> None:
    usual = Arrangements.in_force()
    assert (usual.morning, usual.group_steps) == (time(8, 30), [Step.LATE])
    assert Arrangements.objects.count() == 0


def test_what_is_typed_is_kept_and_shown_and_no_step_is_no_step(client_as: ClientAs) -> None:
    client = client_as(Role.ADMINISTRATOR)
    given = {"morning_at": "9点半", "group_steps": "today", "quiet_from": "22", "quiet_until": "7"}
    assert submit(client, ADDRESS, seen=0, **given).status_code == 302
    kept = Arrangements.in_force()
    assert (kept.morning, kept.group_steps, kept.quiet_until) == (time(9, 30), [Step.TODAY], 7)
    page = client.get("/channels").get_data(as_text=True)
    assert "09:30" in page
    assert "今天到期" in page
    assert "22 点到 7 点" in page
    assert submit(client, ADDRESS, seen=1, morning_at="9:30").status_code == 302
    assert Arrangements.in_force().group_steps == []
    assert Arrangements.in_force().quiet_from is None


def test_half_a_span_of_quiet_hours_stays_in_the_form(client_as: ClientAs) -> None:
    answer = submit(
        client_as(Role.ADMINISTRATOR), ADDRESS, seen=0, morning_at="8:00", quiet_from="22"
    )
    assert answer.status_code == 422
    assert "请一起填写" in answer.get_data(as_text=True)
    assert Arrangements.objects.count() == 0


def test_who_has_named_no_quiet_hours_has_those_of_the_company(in_app: object) -> None:
    person = a_user(Role.STAFF)
    now = datetime(2026, 3, 16, 15, 0, tzinfo=UTC)  # 23:00 on the company's clock
    company = Arrangements(quiet_from=22, quiet_until=7, morning_at="09:15")
    wishes = service.say_wishes(
        actor=person.as_actor(), now=now, how=How.AT_ONCE, email="person@company.test", steps=[]
    )
    assert wishes.send_at(Step.TODAY, now, company) == now + timedelta(hours=8)
    assert wishes.send_at(Step.TODAY, now, Arrangements()) == now
    own = service.say_wishes(actor=person.as_actor(), now=now, quiet_from=1, quiet_until=2)
    assert own.send_at(Step.TODAY, now, company) == now
    morning = NoticeWishes(how=How.MORNING, email="person@company.test")
    sent = morning.send_at(Step.TODAY, now, company)
    assert sent is not None
    assert clock.local(sent).time() == time(9, 15)
