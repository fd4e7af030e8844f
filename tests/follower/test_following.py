"""What is saved is found, whatever happens to the follower."""

import signal
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta
from functools import partial
from heapq import nlargest
from pathlib import Path

import pytest

from archive import clock, database
from archive.actor import SYSTEM, Role, Scope
from archive.config import SearchLibrary, Settings
from archive.customers import service as customers
from archive.customers.models import Customer
from archive.database import collection_of
from archive.search import Order, SearchUnavailable, parse_query
from archive.search.engines import open_engine
from archive.search.folder_engine import FolderEngine
from archive.search.pulse import Doing, read_pulse
from archive.trail.models import TrailEntry
from tests.builders import a_custodian, a_customer, a_user
from tests.follower.conftest import Started, running
from tests.search.entries import an_entry
from tests.waiting import until

MANY = 450  # records that are written while the follower is killed again and again
SEES_ALL = frozenset({f"open_customer:{Scope.ALL}"})


def total(engine: FolderEngine, typed: str, access: frozenset[str] = SEES_ALL) -> int:
    """How many *typed* finds; none while a damaged index waits for the new one."""
    try:
        return engine.search(parse_query(typed), access=access, order=Order.NEWEST).total
    except SearchUnavailable:
        return 0


def test_every_saved_record_is_found_while_the_follower_runs(followed: FolderEngine) -> None:
    actor = a_custodian()
    for number in range(20):
        a_customer(f"新增{number}号货运有限公司", actor=actor)
        until(partial(total, followed, f"新增{number}号"))


WITH_EVERY_LIBRARY = pytest.mark.parametrize("engine", SearchLibrary, indirect=True)


@WITH_EVERY_LIBRARY
def test_records_from_before_the_first_start_are_found(
    engine: FolderEngine, started: Started
) -> None:
    a_customer("早已建档物流有限公司")
    with started():
        until(lambda: total(engine, "早已建档"))


@pytest.mark.timeout(600)
def test_after_kills_in_the_middle_of_many_writes_every_record_is_found(
    engine: FolderEngine, started: Started
) -> None:
    written = 0
    seen: set[str | None] = set()

    def write_until(number: int) -> None:
        nonlocal written
        while written < number:
            Customer.open_new(
                SYSTEM,
                clock.now(),
                "customer.opened",
                {
                    "archive_number": f"KH-{written}",
                    "customer_code": f"C{written}",
                    "name": f"第{written:04d}号客户",
                },
            )
            written += 1

    for killed_at in (120, 240, 360):
        with started() as follower:
            until(lambda: engine.state().usable)
            write_until(killed_at - 60)
            seen.add(engine.token())
            write_until(killed_at)
            until(lambda: engine.token() not in seen)
            follower.send_signal(signal.SIGKILL)
            write_until(killed_at + 30)
            follower.wait()
    write_until(MANY)
    with started():
        until(lambda: total(engine, "") == MANY)
        for number in range(0, MANY, 37):
            assert total(engine, f'"第{number:04d}号客户"') == 1
        until(lambda: Customer.objects(pending__0__exists=True).count() == 0)
    assert TrailEntry.objects(action="customer.opened").count() == MANY


def test_a_customer_s_new_name_and_salesperson_reach_the_index(followed: FolderEngine) -> None:
    first, second = a_user(Role.SALESPERSON), a_user(Role.SALESPERSON)
    manager = a_user(Role.SALES_MANAGER).as_actor()
    own = {user.key: frozenset({f"open_customer:own:{user.key}"}) for user in (first, second)}
    customer = a_customer("旧名货运有限公司", salesperson=first)
    until(lambda: total(followed, "旧名", own[first.key]))
    assert not total(followed, "旧名", own[second.key])
    customers.assign_salesperson(
        Customer.find(customer.key), second.key, actor=manager, now=clock.now()
    )
    until(lambda: total(followed, "旧名", own[second.key]))
    assert not total(followed, "旧名", own[first.key])
    Customer.find(customer.key).change(SYSTEM, clock.now(), "renamed", {"name": "新名货运有限公司"})
    until(lambda: total(followed, "新名", own[second.key]))


def test_a_deleted_record_is_found_no_more(followed: FolderEngine) -> None:
    customer = a_customer("误建客户有限公司")
    until(lambda: total(followed, "误建"))
    Customer.objects(id=customer.id).delete()
    until(lambda: not total(followed, "误建"))


@WITH_EVERY_LIBRARY
def test_a_damaged_index_is_made_anew_while_the_follower_runs(
    engine: FolderEngine, started: Started
) -> None:
    a_customer("原有客户有限公司")
    with started():
        until(lambda: total(engine, "原有客户"))
        for file in engine.path.glob("*-*/*"):
            file.write_bytes(b"damaged")
        a_customer("新来客户有限公司")
        until(lambda: open_engine(engine.library, engine.path).state().records == 4)
        until(lambda: total(engine, "原有客户") == total(engine, "新来客户") == 1)


@WITH_EVERY_LIBRARY
@pytest.mark.timeout(600)
def test_no_damage_of_the_index_ends_the_follower(engine: FolderEngine, started: Started) -> None:
    """The smallest file of each sort, and the note which index is in use, with its bits turned."""
    a_customer("原有客户有限公司")
    with started() as follower:
        until(lambda: total(engine, "原有客户"))
        turned: set[str] = set()
        while sort := turn_bits_of_another_sort(engine, turned):
            turned.add(sort)
            a_customer(f"新来第{len(turned)}家客户有限公司")
        assert len(turned) > 2
        turn_bits(engine.path / "current")
        a_customer("最后一家客户有限公司")
        until(lambda: total(open_engine(engine.library, engine.path), "最后一家"))
        until(lambda: total(open_engine(engine.library, engine.path), "原有客户"))
        assert follower.poll() is None


@WITH_EVERY_LIBRARY
def test_what_hides_records_or_keeps_gone_ones_is_corrected_at_a_start(
    engine: FolderEngine, started: Started
) -> None:
    kept = a_customer("原有客户有限公司")
    with started():
        until(lambda: total(engine, "原有客户"))
    token = engine.token()
    assert token is not None
    gone = an_entry("customer:" + "0" * 24, title="不在客户有限公司", access=SEES_ALL)
    hidden = [f"customer:{kept.key}", f"customer-name:{kept.key}"]
    engine.write([gone], hidden, token)  # as after a restore that nobody made an index for
    assert total(engine, "不在客户") == 1
    with started():
        until(lambda: total(engine, "原有客户") == 1 and total(engine, "不在客户") == 0)
    [largest] = nlargest(1, engine.path.glob("*-*/*"), key=lambda each: each.stat().st_size)
    content = largest.read_bytes()
    middle = len(content) // 2
    largest.write_bytes(content[:middle] + bytes([content[middle] ^ 1]) + content[middle + 1 :])
    with started():
        until(lambda: total(open_engine(engine.library, engine.path), "原有客户") == 1)


def turn_bits_of_another_sort(engine: FolderEngine, turned: set[str]) -> str | None:
    """Turn the bits of a file of a sort that was not *turned*, and say which; None without one.

    The index in use is taken afresh each time: the damage before may have led to a new one.
    """
    while True:
        until(lambda: total(open_engine(engine.library, engine.path), "原有客户"))
        index = engine.path / (engine.path / "current").read_text("ascii")
        with suppress(FileNotFoundError):  # a new one takes its place in this moment
            files = sorted(index.iterdir(), key=lambda each: each.stat().st_size, reverse=True)
            smallest = {each.suffix or each.name: each for each in files}
            left = smallest.keys() - turned - {"damaged"}
            if not left:
                return None
            sort = min(left)
            turn_bits(smallest[sort])
            return sort


def turn_bits(file: Path) -> None:
    """In place, as a disk does it: a file cut off while it is mapped would end who maps it."""
    with file.open("r+b") as opened:
        turned = bytes(each ^ 0xFF for each in opened.read())
        opened.seek(0)
        opened.write(turned)


def test_the_follower_of_another_library_makes_an_index_of_its_own(
    engine: FolderEngine, started: Started, settings: Settings
) -> None:
    a_customer("原有客户有限公司")
    with started():
        until(lambda: total(engine, "原有客户"))
    other = open_engine(SearchLibrary.TANTIVY, engine.path)
    assert not other.state().usable
    with running(replace(settings, var=engine.path.parent, search=other.library)):
        until(lambda: total(other, "原有客户"))
        a_customer("新来客户有限公司")
        until(lambda: total(other, "新来客户"))


def test_a_dropped_collection_leads_to_a_new_index(engine: FolderEngine, started: Started) -> None:
    a_customer("原有客户有限公司")
    with started():
        until(lambda: total(engine, "原有客户"))
        Customer.drop_collection()
        database.create_indexes()
        until(lambda: not total(engine, "原有客户"))
        a_customer("新来客户有限公司")
        until(lambda: total(engine, "新来客户"))


@pytest.mark.parametrize("position", ['{"_data": "no position"}', "no position", "[1]"])
def test_a_position_that_mongodb_does_not_know_leads_to_a_new_index(
    engine: FolderEngine, started: Started, position: str
) -> None:
    a_customer("原有客户有限公司")
    engine.rebuild([], position)
    with started():
        until(lambda: total(engine, "原有客户"))


def test_one_unreadable_record_keeps_no_other_from_being_found(followed: FolderEngine) -> None:
    broken = a_customer("损坏客户有限公司")
    collection_of(Customer).update_one({"_id": broken.id}, {"$set": {"updated_at": "昨天"}})
    a_customer("完好客户有限公司")
    until(lambda: total(followed, "完好"))
    a_customer("后来客户有限公司")
    until(lambda: total(followed, "后来"))
    pulse = read_pulse(followed.path)
    assert pulse is not None
    assert pulse.unreadable == 1


def test_the_follower_says_how_it_is(followed: FolderEngine) -> None:
    a_customer()
    until(lambda: (pulse := read_pulse(followed.path)) and pulse.lag_ms is not None)
    pulse = read_pulse(followed.path)
    assert pulse is not None
    assert pulse.doing is Doing.FOLLOWING
    assert pulse.is_alive(clock.now())
    assert not pulse.is_alive(clock.now() + timedelta(minutes=5))
    assert pulse.lag_ms is not None and pulse.lag_ms < 5000
