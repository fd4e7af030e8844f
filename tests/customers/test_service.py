"""The verbs of the customer's archive, on a real MongoDB."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime

import pytest

from archive.actor import SYSTEM, Actor, Role
from archive.customers import service
from archive.customers.errors import CreditCodeTaken, LooksAlike
from archive.customers.models import Customer
from archive.database import EditedMeanwhile
from archive.errors import NotPermitted
from archive.trail.collecting import collect_all
from archive.trail.history import as_before, history_of
from archive.trail.models import TrailEntry
from tests.builders import a_customer, a_user

ActorAs = Callable[..., Actor]


@pytest.fixture
def custodian(actor_as: ActorAs) -> Actor:
    return actor_as(Role.CUSTODIAN)


def test_many_archives_opened_at_once_get_numbers_without_a_duplicate(
    custodian: Actor, now: datetime
) -> None:
    def open_one(number: int) -> Customer:
        return service.open_archive(
            actor=custodian, now=now, name=f"并发客户{number}公司", is_another_company=True
        )

    with ThreadPoolExecutor(8) as pool:
        opened = list(pool.map(open_one, range(40)))
    assert len({each.archive_number for each in opened}) == 40
    assert len({each.customer_code for each in opened}) == 40
    assert min(each.archive_number for each in opened) == "KH-2026-00001"


def test_two_archives_with_one_credit_code_opened_at_once_leave_one(
    custodian: Actor, now: datetime
) -> None:
    def open_one(number: int) -> bool:
        try:
            service.open_archive(
                actor=custodian,
                now=now,
                name=f"某某{number}公司",
                credit_code="91110000600037341L",
                is_another_company=True,
            )
        except CreditCodeTaken:
            return False
        return True

    with ThreadPoolExecutor(8) as pool:
        assert sum(pool.map(open_one, range(8))) == 1
    assert Customer.objects.count() == 1


def test_of_two_who_open_one_name_at_once_the_second_is_asked(
    custodian: Actor, now: datetime
) -> None:
    def attempt(_: int) -> bool:
        try:
            service.open_archive(actor=custodian, now=now, name="深圳蓝湾电器有限公司")
        except LooksAlike:
            return False
        return True

    with ThreadPoolExecutor(4) as pool:
        assert sorted(pool.map(attempt, range(4))) == [False, False, False, True]
    assert Customer.objects.count() == 1


def test_a_name_of_the_same_company_is_pointed_out_once(custodian: Actor, now: datetime) -> None:
    known = a_customer("广东华盛货运有限公司")
    with pytest.raises(LooksAlike) as stopped:
        service.open_archive(actor=custodian, now=now, name="华盛货运（广东）股份有限公司")
    assert stopped.value.facts["candidates"] == [known.key]


def test_what_could_not_be_written_does_not_stay_on_the_record(now: datetime) -> None:
    customer = a_customer("甲公司", address="老地址")
    faster, slower = Customer.find(customer.key), Customer.find(customer.key)
    faster.change(SYSTEM, now, "customer.edited", {"address": "新地址"})
    with pytest.raises(EditedMeanwhile):
        slower.change(SYSTEM, now, "customer.edited", {"address": "没有保存的地址"})
    assert (slower.address, slower.revision) == ("老地址", 1)


def test_the_second_of_two_who_edit_at_once_is_told_and_nothing_is_overwritten(
    custodian: Actor, now: datetime
) -> None:
    customer = a_customer("甲公司", address="老地址")
    first, second = Customer.find(customer.key), Customer.find(customer.key)
    service.edit_archive(first, actor=custodian, now=now, seen=1, name="甲公司", address="新地址")
    with pytest.raises(EditedMeanwhile) as told:
        service.edit_archive(
            second, actor=custodian, now=now, seen=1, name="甲公司", address="别的地址"
        )
    assert isinstance(told.value.record, Customer)
    assert told.value.record.address == "新地址"
    newer = history_of(told.value.record)[:1]
    assert as_before(newer) == {"address": "老地址"}


def test_every_change_keeps_who_when_before_and_after_for_each_field(
    custodian: Actor, now: datetime
) -> None:
    customer = a_customer("乙公司", phone="0755-12345678")
    service.edit_archive(
        customer, actor=custodian, now=now, seen=1, name="乙公司", phone="0755-87654321"
    )
    collect_all()
    newest = history_of(Customer.find(customer.key))[0]
    assert newest.actor_name == custodian.name
    assert newest.at == now
    assert newest.changes == [
        {"field": "phone", "before": "0755-12345678", "after": "0755-87654321"}
    ]


def test_the_trail_holds_digests_and_no_personal_data(custodian: Actor, now: datetime) -> None:
    a_customer("丙公司", phone="0755-12345678")
    collect_all()
    entry = TrailEntry.objects(action="customer.opened").get()
    assert "12345678" not in str(entry.to_mongo())
    assert {each["field"] for each in entry.fields} >= {"name", "phone", "archive_number"}


def test_taking_the_events_twice_changes_nothing(custodian: Actor, now: datetime) -> None:
    a_customer("丁公司")
    collect_all()
    before = TrailEntry.objects.count()
    assert collect_all() == 0
    assert TrailEntry.objects.count() == before


def test_a_salesperson_opens_only_their_own_customers(actor_as: ActorAs) -> None:
    mine = a_user(Role.SALESPERSON)
    customer = a_customer("戊公司", salesperson=mine)
    assert service.open_file(customer.archive_number, actor=mine.as_actor()).key == customer.key
    with pytest.raises(NotPermitted):
        service.open_file(customer.archive_number, actor=actor_as(Role.SALESPERSON))


@pytest.mark.parametrize("asked", ["华盛", "hshy", "huasheng", "HUASHENG", "C0000", "華盛", "盛货"])
def test_a_customer_is_found_by_part_of_the_name_pinyin_initials_or_code(
    empty_site: object, asked: str
) -> None:
    a_customer("华盛货运有限公司")
    assert Customer.objects(Customer.called(asked)).count() == 1
