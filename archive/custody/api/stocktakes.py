"""Stock-takes, over REST."""

from typing import Any

from apiflask import APIBlueprint

from archive import clock
from archive.actor import Right
from archive.custody.forms import HereInput, ScanInput, StockTakeInput
from archive.custody.lists import ENTRIES, STOCK_TAKES
from archive.custody.models import StockEntry, StockTake
from archive.custody.rules.stock import StockState, Whereabouts
from archive.custody.service import stocktaking
from archive.web.api import Page, Paging, page_of
from archive.web.context import actor
from archive.web.guard import needs
from archive.web.inputs import ReasonInput
from archive.web.repeats import once
from archive.web.shapes import Instant, Key, Out, RecordOut, Tagged, reads, tagged

api = APIBlueprint("stock_takes_api", __name__, url_prefix="/api/v1", tag="custody")


class StockTakeOut(RecordOut):
    """A stock-take of a cabinet, a compartment or a volume."""

    number: str
    place: str
    state: StockState
    total: int
    opened_by: str = reads("made_by_name")
    ended_at: Instant | None
    ended_by: str | None = reads("ended_by_name")


class StockTakesPage(Page[StockTakeOut]):
    """A page of stock-takes."""


class EntryOut(Out):
    """What was found of one paper, or of one label. `place`: where the paper is registered."""

    key: Key = reads("id")
    attachment: Key | None = reads("attachment_id")
    label: str = reads("name")
    state: Whereabouts
    title: str | None
    place: str | None
    found_at: str | None
    by: str | None = reads("by_name")
    at: Instant | None


class EntriesPage(Page[EntryOut]):
    """A page of what was found."""


class ScanOut(Out):
    """What a scan came to: the entry of a paper or a label; none for the label of a place."""

    here: str | None
    entry: EntryOut | None


@api.get("/stock-takes")
@api.input(STOCK_TAKES.query("StockTakeQuery"), location="query")
@api.output(StockTakesPage)
@needs(Right.TAKE_STOCK)
def list_stock_takes(query_data: Paging) -> dict[str, Any]:
    """Every stock-take, the latest first."""
    found = STOCK_TAKES.narrow(StockTake.objects, query_data.model_dump())
    return page_of(found.order_by("-created_at", "id"), query_data)


@api.post("/stock-takes")
@once
@api.input(StockTakeInput)
@api.output(StockTakeOut, status_code=201)
@needs(Right.TAKE_STOCK)
def open_stock_take(json_data: StockTakeInput) -> Tagged:
    """Begin to take the stock of a place."""
    return tagged(stocktaking.open_stock_take(json_data.place, actor=actor(), now=clock.now()))


@api.get("/stock-takes/<number>")
@api.output(StockTakeOut)
@needs(Right.TAKE_STOCK)
def read_stock_take(number: str) -> Tagged:
    """One stock-take."""
    return tagged(StockTake.numbered(number))


@api.get("/stock-takes/<number>/entries")
@api.input(ENTRIES.query("StockEntryQuery"), location="query")
@api.output(EntriesPage)
@needs(Right.TAKE_STOCK)
def list_entries(number: str, query_data: Paging) -> dict[str, Any]:
    """What was found, by place."""
    found = ENTRIES.narrow(StockTake.numbered(number).entries(), query_data.model_dump())
    return page_of(found.order_by("place", "name"), query_data)


@api.post("/stock-takes/<number>/scans")
@api.input(ScanInput)
@api.output(ScanOut)
@needs(Right.TAKE_STOCK)
def scan_label(number: str, json_data: ScanInput) -> ScanOut:
    """Write down that a label was scanned; twice is once."""
    take = StockTake.numbered(number)
    entry = stocktaking.scan(take, json_data.code, actor=actor(), now=clock.now())
    here = StockTake.find(take.key).here
    return ScanOut(here=here, entry=EntryOut.of(entry) if entry else None)


@api.post("/stock-takes/<number>/entries/<entry>/found")
@api.output(EntryOut)
@needs(Right.TAKE_STOCK)
def mark_found(number: str, entry: str) -> StockEntry:
    """Write down that a paper is there, although its label was not scanned."""
    take = StockTake.numbered(number)
    return stocktaking.mark_found(take, entry, actor=actor(), now=clock.now())


@api.post("/stock-takes/<number>/entries/<entry>/move")
@api.input(HereInput)
@api.output(EntryOut)
@needs(Right.TAKE_STOCK)
def move_here(number: str, entry: str, json_data: HereInput) -> StockEntry:
    """Register a misplaced paper where it was found."""
    take = StockTake.numbered(number)
    return stocktaking.move_here(take, entry, json_data.place, actor=actor(), now=clock.now())


@api.post("/stock-takes/<number>/entries/<entry>/undo")
@api.output({}, status_code=204)
@needs(Right.TAKE_STOCK)
def take_back(number: str, entry: str) -> str:
    """Take an entry back."""
    stocktaking.take_back(StockTake.numbered(number), entry, actor=actor(), now=clock.now())
    return ""


@api.post("/stock-takes/<number>/finish")
@api.output(StockTakeOut)
@needs(Right.TAKE_STOCK)
def finish(number: str) -> Tagged:
    """End a stock-take: what was not found is missing."""
    return tagged(stocktaking.finish(StockTake.numbered(number), actor=actor(), now=clock.now()))


@api.post("/stock-takes/<number>/reopen")
@api.output(StockTakeOut)
@needs(Right.TAKE_STOCK)
def reopen(number: str) -> Tagged:
    """Go on with a stock-take that was ended."""
    return tagged(stocktaking.reopen(StockTake.numbered(number), actor=actor(), now=clock.now()))


@api.post("/stock-takes/<number>/cancel")
@api.input(ReasonInput)
@api.output(StockTakeOut)
@needs(Right.TAKE_STOCK)
def cancel(number: str, json_data: ReasonInput) -> Tagged:
    """End a stock-take without a result."""
    take = StockTake.numbered(number)
    return tagged(stocktaking.cancel(take, json_data.reason, actor=actor(), now=clock.now()))
