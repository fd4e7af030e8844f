"""Taking the stock of a cabinet: found, missing, misplaced, unknown; and every way back."""

from collections.abc import Callable
from datetime import datetime

import pytest

from archive.actor import Actor, Role
from archive.custody.errors import (
    BeingTaken,
    NoPlace,
    NothingKeptThere,
    NotMovable,
    SeveralMeant,
    StockTakeOver,
)
from archive.custody.models import StockEntry, StockTake
from archive.custody.rules.stock import StockState, Whereabouts
from archive.custody.service import stocktaking
from archive.custody.service.places import tail_of
from archive.database import collection_of
from archive.errors import NotPermitted
from archive.filing.models import Attachment
from archive.recognition.codes import LabelCode, PlaceCode, write
from archive.trail.history import history_of
from tests.builders import a_user

APaper = Callable[..., Attachment]
STRANGE = "6901234567892"
ADDRESS = "https://archive.example.com"


@pytest.fixture
def shelf(a_paper: APaper) -> list[Attachment]:
    """Two papers in one compartment of cabinet 03, one in another, one in cabinet 04."""
    places = ("03-2-001", "03-2-002", "03-3-001", "04-1-001")
    return [a_paper(place, title=f"原件 {place}") for place in places]


@pytest.fixture
def take(shelf: list[Attachment], custodian: Actor, now: datetime) -> StockTake:
    """The stock of cabinet 03 is being taken."""
    return stocktaking.open_stock_take(" 03 ", actor=custodian, now=now)


@pytest.fixture
def do(take: StockTake, custodian: Actor, now: datetime) -> Callable[..., StockEntry | None]:
    """Scan a paper's label as it is printed, or the text given."""

    def scan(what: Attachment | str, who: Actor = custodian) -> StockEntry | None:
        text = what if isinstance(what, str) else write(LabelCode(what.key), ADDRESS)
        return stocktaking.scan(take, text, actor=who, now=now)

    return scan


def state_of(take: StockTake, paper: Attachment) -> Whereabouts | None:
    entry = StockEntry.named(take, paper.key)
    return entry.state if entry else None


def test_a_cabinet_is_found_with_all_that_should_be_in_it(take: StockTake) -> None:
    assert (take.number[:3], take.place, take.total) == ("PD-", "03", 3)
    assert take.counts()[Whereabouts.AWAITED] == 3


def test_what_is_scanned_is_found_and_the_rest_is_missing_in_the_end(
    take: StockTake, shelf: list[Attachment], do: Callable[..., StockEntry],
    custodian: Actor, now: datetime,
) -> None:  # fmt: skip
    do(shelf[0])
    do(shelf[0])  # twice is once
    do(tail_of(shelf[1].key).lower())  # typed
    stocktaking.finish(take, actor=custodian, now=now)
    assert [state_of(take, each) for each in shelf[:3]] == [
        Whereabouts.FOUND, Whereabouts.FOUND, Whereabouts.MISSING,
    ]  # fmt: skip
    assert StockTake.find(take.key).state is StockState.FINISHED


def test_a_paper_of_another_cabinet_is_misplaced_and_stays_here_or_goes_back(
    take: StockTake, shelf: list[Attachment], do: Callable[..., StockEntry],
    custodian: Actor, now: datetime,
) -> None:  # fmt: skip
    stray = shelf[3]
    entry = do(stray)
    assert (entry.state, entry.place) == (Whereabouts.MISPLACED, "04-1-001")
    with pytest.raises(NoPlace):
        stocktaking.move_here(take, str(entry.id), "03", actor=custodian, now=now)
    moved = stocktaking.move_here(take, str(entry.id), "03-2-009", actor=custodian, now=now)
    assert moved.state is Whereabouts.MOVED
    assert Attachment.find(stray.key).place == "03-2-009"
    event = history_of(Attachment.find(stray.key))[0]
    assert (event.action, event.reason) == ("attachment.moved_place", take.number)
    with pytest.raises(NotMovable):
        stocktaking.move_here(take, str(entry.id), "03-2-010", actor=custodian, now=now)
    assert do(stray).state is Whereabouts.MOVED
    stocktaking.take_back(take, str(entry.id), actor=custodian, now=now)
    assert Attachment.find(stray.key).place == "04-1-001"
    assert state_of(take, stray) is None


def test_after_the_label_of_a_compartment_papers_of_the_next_one_are_misplaced(
    take: StockTake, shelf: list[Attachment], do: Callable[..., StockEntry]
) -> None:
    assert do(str(PlaceCode("03-2"))) is None
    assert StockTake.find(take.key).here == "03-2"
    assert do(shelf[0]).state is Whereabouts.FOUND
    assert do(shelf[2]).state is Whereabouts.MISPLACED
    do(str(PlaceCode("03-3")))
    assert do(shelf[2]).state is Whereabouts.FOUND


def test_a_label_that_is_none_of_ours_is_kept_as_it_reads_and_can_be_taken_back(
    take: StockTake, do: Callable[..., StockEntry], custodian: Actor, now: datetime
) -> None:
    entry = do(STRANGE)
    assert (entry.state, entry.name, entry.attachment_id) == (Whereabouts.UNKNOWN, STRANGE, None)
    stocktaking.take_back(take, str(entry.id), actor=custodian, now=now)
    assert take.counts()[Whereabouts.UNKNOWN] == 0


def test_a_paper_without_its_label_is_marked_by_hand_and_awaited_again_when_that_was_wrong(
    take: StockTake, shelf: list[Attachment], custodian: Actor, now: datetime
) -> None:
    entry = StockEntry.named(take, shelf[0].key)
    assert entry is not None
    marked = stocktaking.mark_found(take, str(entry.id), actor=custodian, now=now)
    assert (marked.state, marked.is_by_hand) == (Whereabouts.FOUND, True)
    stocktaking.take_back(take, str(entry.id), actor=custodian, now=now)
    assert state_of(take, shelf[0]) is Whereabouts.AWAITED


def test_a_colleague_goes_on_and_each_entry_says_who_scanned_it(
    take: StockTake, shelf: list[Attachment], do: Callable[..., StockEntry], custodian: Actor
) -> None:
    colleague = a_user(Role.CUSTODIAN, name="接班").as_actor()
    do(shelf[0])
    do(shelf[1], colleague)
    names = [getattr(StockEntry.named(take, each.key), "by_name") for each in shelf[:2]]  # noqa: B009
    assert names == [custodian.name, "接班"]


def test_a_finished_stock_take_takes_no_more_until_it_is_opened_again(
    take: StockTake, shelf: list[Attachment], do: Callable[..., StockEntry],
    custodian: Actor, now: datetime,
) -> None:  # fmt: skip
    stocktaking.finish(take, actor=custodian, now=now)
    with pytest.raises(StockTakeOver):
        do(shelf[0])
    stocktaking.reopen(StockTake.find(take.key), actor=custodian, now=now)
    assert do(shelf[0]).state is Whereabouts.FOUND
    assert take.counts()[Whereabouts.AWAITED] == 2
    stocktaking.cancel(take, "选错了柜", actor=custodian, now=now)
    assert StockTake.find(take.key).state is StockState.CANCELLED


def test_a_place_is_taken_once_at_a_time_and_only_where_papers_are(
    take: StockTake, custodian: Actor, now: datetime
) -> None:
    with pytest.raises(BeingTaken):
        stocktaking.open_stock_take("03", actor=custodian, now=now)
    with pytest.raises(NothingKeptThere):
        stocktaking.open_stock_take("99", actor=custodian, now=now)
    with pytest.raises(NoPlace):
        stocktaking.open_stock_take("三号 柜", actor=custodian, now=now)
    manager = a_user(Role.SALES_MANAGER).as_actor()
    with pytest.raises(NotPermitted):
        stocktaking.open_stock_take("04", actor=manager, now=now)


def test_an_end_that_two_papers_share_has_to_be_scanned(
    take: StockTake, shelf: list[Attachment], do: Callable[..., StockEntry]
) -> None:
    twin = "f" * 16 + shelf[0].key[-8:]
    one = collection_of(StockEntry).find_one({"name": shelf[1].key}, {"_id": 0})
    collection_of(StockEntry).insert_one({**(one or {}), "name": twin})
    with pytest.raises(SeveralMeant):
        do(tail_of(shelf[0].key))
