"""The verbs of accounts, on a real MongoDB."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from archive import clock
from archive.accounts import service
from archive.accounts.errors import (
    CurrentPasswordWrong,
    LastAdministrator,
    OwnRole,
    SamePassword,
    TooManyAttempts,
    UsernameTaken,
    WeakPassword,
    WrongPassword,
)
from archive.accounts.models import ApiToken, SignIn, User
from archive.actor import Actor, Role
from archive.config import Settings
from archive.errors import NotPermitted
from archive.trail.collecting import collect_all
from archive.trail.models import TrailEntry
from tests.builders import a_user

ActorAs = Callable[..., Actor]
PASSWORD = "correct horse battery"


@pytest.fixture
def now() -> datetime:
    """The wall clock's: wrong passwords are forgotten by the database's own."""
    return clock.now().replace(microsecond=0)


@pytest.fixture
def administrator(actor_as: ActorAs) -> Actor:
    return actor_as(Role.ADMINISTRATOR)


@pytest.fixture
def person(empty_site: object) -> User:
    return a_user(Role.STAFF, username="chenxiao", password_hash=service.hasher.hash(PASSWORD))


def try_to_sign_in(
    password: str, now: datetime, settings: Settings, name: str = "chenxiao", **origin: str
) -> str:
    """What comes of it: the username, or the name of the error."""
    try:
        user, _ = service.sign_in(name, password, now=now, settings=settings, **origin)
    except (WrongPassword, TooManyAttempts) as error:
        return type(error).__name__
    return str(user.username)


# Signing in


def test_the_right_password_signs_in_and_only_its_digest_is_kept(
    person: User, now: datetime, settings: Settings
) -> None:
    user, token = service.sign_in(" ChenXiao ", PASSWORD, now=now, settings=settings)
    assert user == person
    kept = SignIn.objects.get()
    assert kept.id == service.digest_of(token)
    assert token not in str(kept.to_mongo())
    assert service.find_by_sign_in(token, now=now, settings=settings) == person


def test_a_sign_in_ends_after_its_hours(person: User, now: datetime, settings: Settings) -> None:
    busy = replace(settings, session_idle_minutes=0)
    token = service.begin_sign_in(person, now=now, settings=busy)
    last = now + timedelta(hours=busy.session_hours)
    early = last - timedelta(seconds=1)
    assert service.find_by_sign_in(token, now=early, settings=busy) == person
    assert service.find_by_sign_in(token, now=last, settings=busy) is None


def test_a_sign_in_that_nobody_uses_ends_before_its_hours(
    person: User, now: datetime, settings: Settings
) -> None:
    short = replace(settings, session_idle_minutes=30)
    token = service.begin_sign_in(person, now=now, settings=short)
    for minutes in (29, 58):
        used_at = now + timedelta(minutes=minutes)
        assert service.find_by_sign_in(token, now=used_at, settings=short) == person
    idle = used_at + timedelta(minutes=30)
    assert service.find_by_sign_in(token, now=idle, settings=short) is None
    assert SignIn.of(person, idle, short) == []
    never = replace(settings, session_idle_minutes=0)
    assert service.find_by_sign_in(token, now=idle, settings=never) == person


def test_a_sign_in_from_before_its_last_use_was_noted_goes_on(
    person: User, now: datetime, settings: Settings
) -> None:
    token = service.begin_sign_in(person, now=now, settings=settings)
    SignIn.objects.update(unset__seen_at=1)
    later = now + timedelta(minutes=settings.session_idle_minutes + 1)
    assert service.find_by_sign_in(token, now=later, settings=settings) == person
    assert SignIn.objects.get().seen_at == later


def test_a_wrong_password_an_unknown_name_and_a_closed_account_are_told_alike(
    person: User, administrator: Actor, now: datetime, settings: Settings
) -> None:
    told = []
    for username, password in (("chenxiao", "wrong"), ("nobody", PASSWORD)):
        with pytest.raises(WrongPassword) as refused:
            service.sign_in(username, password, now=now, settings=settings)
        told.append(str(refused.value))
    service.disable_user(person, actor=administrator, now=now, reason="离职")
    with pytest.raises(WrongPassword) as refused:
        service.sign_in("chenxiao", PASSWORD, now=now, settings=settings)
    assert told == [str(refused.value)] * 2


def test_wrong_passwords_in_a_row_make_the_next_try_wait_ever_longer(
    person: User, now: datetime, settings: Settings
) -> None:
    few = replace(settings, sign_in_attempts=3, lock_minutes=15)
    told = [try_to_sign_in("wrong", now, few) for _ in range(4)]
    assert told == ["WrongPassword"] * 3 + ["TooManyAttempts"]
    moment = now
    for seconds in (30, 60, 120, 240, 480, 900, 900):
        early, moment = moment + timedelta(seconds=seconds - 1), moment + timedelta(seconds=seconds)
        assert try_to_sign_in(PASSWORD, early, few) == "TooManyAttempts"
        assert try_to_sign_in("wrong", moment, few) == "WrongPassword"
    assert try_to_sign_in(PASSWORD, moment + timedelta(minutes=15), few) == "chenxiao"
    assert sum(each.times for each in TrailEntry.objects(action="user.locked")) == 8


def test_nobody_is_shut_out_by_guesses_made_elsewhere(
    person: User, now: datetime, settings: Settings
) -> None:
    for _ in range(40):
        try_to_sign_in("wrong", now, settings, address="203.0.113.9")
    assert try_to_sign_in(PASSWORD, now, settings, address="203.0.113.9") == "TooManyAttempts"
    assert try_to_sign_in(PASSWORD, now, settings, address="192.0.2.1") == "chenxiao"


def test_guesses_from_many_addresses_wait_too_and_a_known_device_does_not(
    person: User, now: datetime, settings: Settings
) -> None:
    few = replace(settings, sign_in_attempts=1)
    for number in range(10):
        assert try_to_sign_in("wrong", now, few, address=f"203.0.113.{number}") == "WrongPassword"
    assert try_to_sign_in(PASSWORD, now, few, address="192.0.2.1") == "TooManyAttempts"
    assert try_to_sign_in(PASSWORD, now, few, address="203.0.113.1", device="d1") == "chenxiao"


def test_a_known_device_has_a_count_of_its_own(
    person: User, now: datetime, settings: Settings
) -> None:
    few = replace(settings, sign_in_attempts=2)
    told = [try_to_sign_in("wrong", now, few, device="d1") for _ in range(3)]
    assert told == ["WrongPassword"] * 2 + ["TooManyAttempts"]


def test_an_address_that_tries_many_names_waits_for_each_of_them(
    person: User, now: datetime, settings: Settings
) -> None:
    few = replace(settings, sign_in_attempts=1)
    for number in range(10):
        try_to_sign_in("wrong", now, few, name=f"name{number}", address="203.0.113.9")
    assert try_to_sign_in(PASSWORD, now, few, address="203.0.113.9") == "TooManyAttempts"


def test_a_name_that_nobody_has_waits_alike(
    person: User, now: datetime, settings: Settings
) -> None:
    few = replace(settings, sign_in_attempts=2)
    told = {}
    for name in ("chenxiao", "nobody"):
        told[name] = [try_to_sign_in("wrong", now, few, name=name) for _ in range(4)]
    assert told["chenxiao"] == told["nobody"]
    words = set()
    for name in told:
        with pytest.raises(TooManyAttempts) as refused:
            service.sign_in(name, PASSWORD, now=now + timedelta(seconds=5), settings=few)
        words.add(str(refused.value))
    assert len(words) == 1


def test_a_right_password_makes_the_count_begin_anew(
    person: User, now: datetime, settings: Settings
) -> None:
    few = replace(settings, sign_in_attempts=2)
    for _ in range(3):
        assert try_to_sign_in("wrong", now, few) == "WrongPassword"
        assert try_to_sign_in(PASSWORD, now, few) == "chenxiao"


def test_guesses_side_by_side_get_no_more_tries_than_guesses_in_a_row(
    person: User, now: datetime, settings: Settings
) -> None:
    few = replace(settings, sign_in_attempts=3)
    with ThreadPoolExecutor(8) as pool:
        told = list(pool.map(lambda _: try_to_sign_in("wrong", now, few), range(16)))
    assert told.count("WrongPassword") == 3
    assert told.count("TooManyAttempts") == 13
    assert try_to_sign_in(PASSWORD, now, few) == "TooManyAttempts"


def test_names_that_nobody_has_are_one_entry_an_hour_for_each_address(
    person: User, now: datetime, settings: Settings
) -> None:
    for number in range(5):
        try_to_sign_in("wrong", now, settings, name=f"name{number}", address="203.0.113.9")
    entry = TrailEntry.objects(action="user.unknown_tried").get()
    assert (entry.times, entry.reason) == (5, "203.0.113.9")
    try_to_sign_in("wrong", now + timedelta(hours=1), settings, name="x", address="203.0.113.9")
    assert TrailEntry.objects(action="user.unknown_tried").count() == 2
    assert "name3" not in str([each.to_mongo() for each in TrailEntry.objects])


def test_every_attempt_stands_in_the_trail(person: User, now: datetime, settings: Settings) -> None:
    try_to_sign_in("wrong", now, settings)
    try_to_sign_in(PASSWORD, now, settings)
    actions = [entry.action for entry in TrailEntry.objects.order_by("id")]
    assert actions == ["user.sign_in_failed", "user.signed_in"]


# Passwords


def test_a_new_password_ends_every_sign_in(person: User, now: datetime, settings: Settings) -> None:
    token = service.begin_sign_in(person, now=now, settings=settings)
    service.change_password(person, PASSWORD, "another good one", actor=person.as_actor(), now=now)
    assert service.find_by_sign_in(token, now=now, settings=settings) is None
    assert try_to_sign_in(PASSWORD, now, settings) == "WrongPassword"
    assert try_to_sign_in("another good one", now, settings) == "chenxiao"


def test_a_password_is_changed_only_by_who_knows_the_old_one_and_to_a_good_one(
    person: User, now: datetime
) -> None:
    who = person.as_actor()
    with pytest.raises(CurrentPasswordWrong):
        service.change_password(person, "wrong", "another good one", actor=who, now=now)
    with pytest.raises(WeakPassword):
        service.change_password(person, PASSWORD, "1234567890", actor=who, now=now)


def test_a_reset_gives_a_password_that_works_and_unlocks(
    person: User, administrator: Actor, now: datetime, settings: Settings
) -> None:
    few = replace(settings, sign_in_attempts=1)
    for _ in range(2):
        try_to_sign_in("wrong", now, few)
    password = service.reset_password(User.find(person.key), actor=administrator, now=now)
    assert try_to_sign_in(password, now, few) == "chenxiao"


def test_a_reset_ends_the_tokens_of_whoever_held_the_old_password(
    person: User, administrator: Actor, now: datetime
) -> None:
    _, text = service.create_token(person, actor=person.as_actor(), now=now, label="x", days=9)
    service.reset_password(person, actor=administrator, now=now)
    assert service.find_by_token(text, now=now) is None


def test_a_new_password_ends_the_tokens_too_and_each_end_is_an_event(
    person: User, now: datetime
) -> None:
    who = person.as_actor()
    kept, text = service.create_token(person, actor=who, now=now, label="x", days=9)
    service.change_password(person, PASSWORD, "another good one", actor=who, now=now)
    assert service.find_by_token(text, now=now) is None
    assert [each.action for each in ApiToken.find(kept.key).pending][-1] == "token.revoked"


def test_a_new_password_is_another_one(person: User, now: datetime) -> None:
    with pytest.raises(SamePassword):
        service.change_password(person, PASSWORD, PASSWORD, actor=person.as_actor(), now=now)


def test_a_password_that_somebody_else_made_is_temporary_until_it_is_changed(
    person: User, administrator: Actor, now: datetime
) -> None:
    assert not person.is_password_temporary
    password = service.reset_password(person, actor=administrator, now=now)
    reset = User.find(person.key)
    assert reset.is_password_temporary
    service.change_password(reset, password, "another good one", actor=reset.as_actor(), now=now)
    assert not User.find(person.key).is_password_temporary


def test_no_password_and_no_digest_of_one_stands_in_the_trail(
    person: User, administrator: Actor, now: datetime
) -> None:
    password = service.reset_password(person, actor=administrator, now=now)
    collect_all()
    kept = str([entry.to_mongo() for entry in TrailEntry.objects])
    assert password not in kept
    assert "argon2" not in kept


# People


def test_a_username_is_given_once_however_it_is_written(
    person: User, administrator: Actor, now: datetime
) -> None:
    with pytest.raises(UsernameTaken):
        service.create_user(
            actor=administrator,
            now=now,
            username="CHENXIAO",
            name="陈晓",
            password=PASSWORD,
            roles=[Role.STAFF],
        )


def test_only_an_administrator_keeps_people(person: User, now: datetime) -> None:
    who = person.as_actor()
    with pytest.raises(NotPermitted):
        service.create_user(
            actor=who, now=now, username="x", name="x", password=PASSWORD, roles=[Role.STAFF]
        )
    with pytest.raises(NotPermitted):
        service.edit_user(person, actor=who, now=now, seen=1, name="x", roles=list(Role))
    with pytest.raises(NotPermitted):
        service.disable_user(person, actor=who, now=now, reason="x")
    with pytest.raises(NotPermitted):
        service.reset_password(person, actor=who, now=now)


def test_an_administrator_takes_no_role_that_opens_archives(
    administrator: Actor, now: datetime
) -> None:
    own = User.find(administrator.id)
    for role in (Role.CUSTODIAN, Role.SALESPERSON, Role.GENERAL_MANAGER):
        with pytest.raises(OwnRole):
            service.edit_user(
                own, actor=administrator, now=now, seen=1, name="x", roles=[*own.roles, role]
            )
    assert User.find(own.key).roles == [Role.ADMINISTRATOR]
    second = a_user(Role.ADMINISTRATOR).as_actor()
    both = [Role.ADMINISTRATOR, Role.CUSTODIAN]
    service.edit_user(own, actor=second, now=now, seen=1, name="x", roles=both)
    given = User.find(own.key)
    service.edit_user(given, actor=given.as_actor(), now=now, seen=2, name="y", roles=both)
    assert set(User.find(own.key).roles) == set(both)


def test_the_last_administrator_stays_one(administrator: Actor, now: datetime) -> None:
    last = User.find(administrator.id)
    with pytest.raises(LastAdministrator):
        service.disable_user(last, actor=administrator, now=now, reason="试试")
    with pytest.raises(LastAdministrator):
        service.edit_user(last, actor=administrator, now=now, seen=1, name="x", roles=[Role.STAFF])
    second = a_user(Role.ADMINISTRATOR)
    service.disable_user(last, actor=second.as_actor(), now=now, reason="换人")
    with pytest.raises(LastAdministrator):
        service.disable_user(second, actor=second.as_actor(), now=now, reason="试试")


def test_two_administrators_who_close_each_others_account_at_once_are_not_both_heeded(
    empty_site: object, now: datetime
) -> None:
    pair = [a_user(Role.ADMINISTRATOR), a_user(Role.ADMINISTRATOR)]

    def close(place: int) -> bool:
        actor = pair[1 - place].as_actor()
        try:
            service.disable_user(User.find(pair[place].key), actor=actor, now=now, reason="x")
        except LastAdministrator:
            return False
        return True

    for _ in range(5):
        with ThreadPoolExecutor(2) as pool:
            assert sum(pool.map(close, range(2))) < 2
        assert User.objects(roles=Role.ADMINISTRATOR, is_disabled__ne=True)
        User.objects.update(is_disabled=False)


def test_a_closed_account_loses_its_sign_ins_and_tokens_for_good(
    person: User, administrator: Actor, now: datetime, settings: Settings
) -> None:
    sign_in = service.begin_sign_in(person, now=now, settings=settings)
    _, token = service.create_token(person, actor=person.as_actor(), now=now, label="x", days=9)
    service.disable_user(person, actor=administrator, now=now, reason="离职")
    service.enable_user(User.find(person.key), actor=administrator, now=now, reason="回来")
    assert service.find_by_sign_in(sign_in, now=now, settings=settings) is None
    assert service.find_by_token(token, now=now) is None


# Tokens


def test_a_token_works_until_its_day_and_only_its_digest_is_kept(
    person: User, now: datetime
) -> None:
    kept, text = service.create_token(
        person, actor=person.as_actor(), now=now, label="月报", days=30
    )
    assert text not in str(ApiToken.find(kept.key).to_mongo())
    last = now + timedelta(days=30)
    assert service.find_by_token(text, now=last - timedelta(seconds=1)) == person
    assert service.find_by_token(text, now=last) is None


def test_a_revoked_token_ends_at_once(person: User, now: datetime) -> None:
    who = person.as_actor()
    kept, text = service.create_token(person, actor=who, now=now, label="月报", days=30)
    service.revoke_token(kept, actor=who, now=now)
    assert service.find_by_token(text, now=now) is None


def test_nobody_makes_or_ends_the_token_of_another(
    person: User, administrator: Actor, now: datetime
) -> None:
    with pytest.raises(NotPermitted):
        service.create_token(person, actor=administrator, now=now, label="x", days=1)
    kept, _ = service.create_token(person, actor=person.as_actor(), now=now, label="x", days=1)
    with pytest.raises(NotPermitted):
        service.revoke_token(kept, actor=administrator, now=now)


def test_the_last_use_of_a_token_is_noted_every_ten_minutes(person: User, now: datetime) -> None:
    kept, text = service.create_token(
        person, actor=person.as_actor(), now=now, label="月报", days=30
    )
    later = now + timedelta(minutes=5), now + timedelta(minutes=11)
    seen = []
    for moment in (now, *later):
        service.find_by_token(text, now=moment)
        seen.append(ApiToken.find(kept.key).last_used_at)
    assert seen == [now, now, later[1]]
