"""What leaves the archive arrives: at a real SMTP server, at a real HTTP server, whoever dies."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask

from archive import clock
from archive.accounts.models import User
from archive.actor import Role
from archive.assigning import service as assigning
from archive.channels import Channels
from archive.config import MailSecurity, Settings
from archive.notifying import rules, service
from archive.notifying.models import GROUP, Arrangements, Notice
from archive.notifying.rules import Channel, How, OutState
from archive.notifying.serving.sending import send_due
from archive.notifying.serving.telling import tell_all
from archive.urgency import Step
from tests.builders import a_user
from tests.notifying.outside import BASE, Mailbox, Received, Worker, mail_server, robot_server

pytestmark = pytest.mark.slow

SECRET = "只有看到档案的人才知道的事"


@pytest.fixture
def paging(empty_site: Flask) -> Iterator[None]:
    """Duties name their pages."""
    with empty_site.test_request_context():
        yield


@pytest.fixture
def mail(settings: Settings) -> Iterator[tuple[Mailbox, Settings]]:
    """A mail server, and settings that lead there."""
    with mail_server() as (mailbox, port):
        yield (
            mailbox,
            replace(
                settings,
                public_url=BASE,
                smtp_host="127.0.0.1",
                smtp_port=port,
                smtp_security=MailSecurity.NONE,
                mail_from="archive@company.test",
            ),
        )


@pytest.fixture
def robot(settings: Settings) -> Iterator[tuple[Received, Settings]]:
    """A robot, and settings that lead there."""
    with robot_server() as (received, port):
        address = f"http://127.0.0.1:{port}/cgi-bin/webhook/send?key=x"
        yield (
            received,
            replace(settings, public_url=BASE, robot_url=address, robot_loopback=True),
        )


def someone(how: How, **facts: object) -> User:
    """A person who wants to be told by mail, and who has a task that was given to them."""
    person = a_user(Role.STAFF)
    now = clock.now()
    wished = {"how": how, "email": "person@company.test", "steps": [], **facts}
    service.say_wishes(actor=person.as_actor(), now=now, **wished)
    assigning.give_task(
        actor=a_user(Role.STAFF).as_actor(),
        now=now,
        title=SECRET,
        due_on=clock.local_day(now),
        owner=person.key,
    )
    return person


def state_of(person_id: str) -> OutState:
    found: Notice = Notice.of(person_id).get()
    state: OutState = found.out.state
    return state


@pytest.mark.usefixtures("paging")
def test_a_mail_says_what_to_do_and_where_and_nothing_else(
    mail: tuple[Mailbox, Settings],
) -> None:
    mailbox, settings = mail
    person, channels = someone(How.AT_ONCE), Channels.from_settings(settings)
    tell_all(channels, clock.now())
    assert send_due(channels, clock.now()) == 1
    assert send_due(channels, clock.now()) == 0
    [text] = mailbox.texts
    assert f"完成任务 · 新的待办\n{BASE}/notices/{Notice.of(person.key).get().key}" in text
    assert SECRET not in text
    assert person.name not in text
    assert mailbox.subjects == ["客户档案：1 条通知"]
    assert state_of(person.key) is OutState.SENT


@pytest.mark.usefixtures("paging")
def test_the_mornings_mail_is_one_and_waits_for_a_working_day(
    mail: tuple[Mailbox, Settings],
) -> None:
    mailbox, settings = mail
    person, channels = someone(How.MORNING), Channels.from_settings(settings)
    now = clock.now()
    for ahead in (0, 1):  # given; overdue the day after
        tell_all(channels, now + timedelta(days=ahead))
    assert Notice.of(person.key).count() == 2
    morning = max(each.out.at for each in Notice.of(person.key))
    assert send_due(channels, now) == 0
    assert mailbox.texts == []
    assert send_due(channels, morning) == 1
    assert mailbox.subjects == ["客户档案：2 条通知"]
    assert mailbox.texts[0].count(f"{BASE}/notices/") == 3


@pytest.mark.usefixtures("paging")
def test_a_mail_whose_sender_was_killed_is_sent_once_more_and_not_again(
    mail: tuple[Mailbox, Settings],
) -> None:
    mailbox, settings = mail
    person, channels = someone(How.MORNING), Channels.from_settings(settings)
    tell_all(channels, clock.now())
    Notice.of(person.key).update(set__out__at=clock.now())  # the morning has come
    worker = Worker(settings)
    mailbox.then = worker.die
    assert worker.work() == -9
    assert len(mailbox.texts) == 1
    assert state_of(person.key) is OutState.WAITING
    mailbox.then = lambda: None
    assert worker.work() == 0  # whoever was killed has it for some minutes
    assert len(mailbox.texts) == 1
    for minutes in ("4", "8"):
        assert worker.work(LATER=minutes) == 0
    assert len(mailbox.texts) == 2
    assert mailbox.texts[0] == mailbox.texts[1]
    assert state_of(person.key) is OutState.SENT


@pytest.mark.usefixtures("paging")
def test_a_mail_whose_sender_was_killed_before_sending_comes_exactly_once(
    mail: tuple[Mailbox, Settings],
) -> None:
    mailbox, settings = mail
    person, channels = someone(How.AT_ONCE), Channels.from_settings(settings)
    tell_all(channels, clock.now())
    Notice.of(person.key).update(set__out__at=clock.now())
    worker = Worker(settings)
    mailbox.before = worker.die
    assert worker.work() == -9
    assert mailbox.texts == []
    mailbox.before = lambda: None
    assert worker.work(LATER="8") == 0
    assert len(mailbox.texts) == 1
    assert state_of(person.key) is OutState.SENT


@pytest.mark.usefixtures("paging")
def test_a_group_whose_sender_was_killed_is_told_once_more_and_not_again(
    robot: tuple[Received, Settings],
) -> None:
    received, settings = robot
    someone(How.NOT)
    channels = Channels.from_settings(settings)
    for _ in range(2):
        tell_all(channels, clock.now() + timedelta(days=1))  # the task is overdue
    assert Notice.of(GROUP).count() == 1
    Notice.of(GROUP).update(set__out__at=clock.now())
    worker = Worker(settings)
    received.then = worker.die
    assert worker.work() == -9
    received.then = lambda: None
    for minutes in ("0", "4", "8"):
        assert worker.work(LATER=minutes) == 0
    assert len(received.texts) == 2
    assert state_of(GROUP) is OutState.SENT
    assert "完成任务 · 已逾期" in received.texts[0]
    assert f"{BASE}/tasks/RW-" in received.texts[0]
    assert SECRET not in received.texts[0]


@pytest.mark.usefixtures("paging")
def test_the_group_is_told_the_steps_that_the_company_has_arranged(
    robot: tuple[Received, Settings],
) -> None:
    received, settings = robot
    someone(How.NOT)
    channels, now = Channels.from_settings(settings), clock.now()
    who = a_user(Role.ADMINISTRATOR).as_actor()
    arranged = service.arrange(
        Arrangements.in_force(), actor=who, now=now, seen=0, group_steps=[Step.ARRIVED]
    )
    tell_all(channels, now)
    assert send_due(channels, clock.now()) == 1
    assert "完成任务 · 新的待办" in received.texts[0]
    service.arrange(arranged, actor=who, now=now, seen=1, group_steps=[])
    tell_all(channels, now + timedelta(days=3))
    assert send_due(channels, now + timedelta(days=3)) == 0
    assert len(received.texts) == 1


@pytest.mark.usefixtures("paging")
def test_a_robot_that_refuses_with_status_200_is_asked_again_after_growing_pauses(
    robot: tuple[Received, Settings],
) -> None:
    received, settings = robot
    someone(How.NOT)
    channels = Channels.from_settings(settings)
    now = clock.now() + timedelta(days=1)
    tell_all(channels, now)
    received.answer = {"errcode": 45009, "errmsg": "api freq out of limit"}
    pauses = []
    for _ in range(4):
        assert send_due(channels, now) == 0
        again = Notice.of(GROUP).get().out.at
        pauses.append((again - now) // timedelta(minutes=1))
        assert send_due(channels, again - timedelta(seconds=1)) == 0
        now = again
    assert pauses == [1, 2, 4, 8]
    assert Notice.refused(Channel.ROBOT) == 1
    received.answer = {"errcode": 0}
    assert send_due(channels, now) == 1
    assert Notice.refused(Channel.ROBOT) == 0


@pytest.mark.usefixtures("paging")
def test_a_mail_that_is_never_taken_is_given_up_after_a_week_and_stays_in_the_product(
    mail: tuple[Mailbox, Settings],
) -> None:
    mailbox, settings = mail
    person, channels = someone(How.AT_ONCE), Channels.from_settings(settings)
    mailbox.answer = "550 no such mailbox"
    now = clock.now()
    tell_all(channels, now)
    send_due(channels, now)
    assert state_of(person.key) is OutState.WAITING
    send_due(channels, now + timedelta(days=8))
    assert state_of(person.key) is OutState.GIVEN_UP
    assert Notice.unread(person.key).count() == 1


@pytest.mark.usefixtures("paging")
def test_who_no_longer_wishes_mails_gets_none_of_those_that_waited(
    mail: tuple[Mailbox, Settings],
) -> None:
    mailbox, settings = mail
    person, channels = someone(How.AT_ONCE), Channels.from_settings(settings)
    tell_all(channels, clock.now())
    service.say_wishes(
        actor=person.as_actor(), now=clock.now(), how=How.NOT, email="person@company.test"
    )
    assert send_due(channels, clock.now()) == 0
    assert mailbox.texts == []


@pytest.mark.usefixtures("paging")
def test_only_the_steps_that_a_person_wishes_are_sent(mail: tuple[Mailbox, Settings]) -> None:
    person, settings = someone(How.AT_ONCE, steps=[Step.LATE]), mail[1]
    channels = Channels.from_settings(settings)
    tell_all(channels, clock.now())
    assert send_due(channels, clock.now()) == 0
    tomorrow = clock.now() + timedelta(days=1)
    tell_all(channels, tomorrow)
    assert send_due(channels, tomorrow) == 1
    assert Notice.of(person.key).count() == 2


def in_shanghai(day: int, hour: int, minute: int = 0) -> datetime:
    """An instant of October 2026, on Shanghai's clock."""
    return datetime(2026, 10, day, hour, minute, tzinfo=UTC) - timedelta(hours=8)


@pytest.mark.parametrize(
    ("now", "at"),
    [
        (in_shanghai(14, 8, 29), in_shanghai(14, 8, 30)),
        (in_shanghai(14, 8, 31), in_shanghai(15, 8, 30)),
        (in_shanghai(16, 9), in_shanghai(19, 8, 30)),  # a Friday
    ],
)
def test_the_morning_is_the_next_of_a_working_day(now: datetime, at: datetime) -> None:
    assert rules.next_morning(now, lambda day: day.weekday() < 5) == at


@pytest.mark.parametrize(
    ("hour", "until"), [(21, 21), (22, 31), (23, 31), (24, 31), (30, 31), (31, 31)]
)
def test_quiet_hours_go_over_midnight(hour: int, until: int) -> None:
    now = in_shanghai(14, 0) + timedelta(hours=hour)
    assert rules.after_quiet(now, 22, 7) == in_shanghai(14, 0) + timedelta(hours=until)


def test_no_pause_grows_without_end() -> None:
    assert rules.pause_after(1) == timedelta(minutes=1)
    assert rules.pause_after(500) == timedelta(hours=6)
