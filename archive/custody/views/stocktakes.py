"""The pages of taking stock: a phone scans label after label, the page says what is missing."""

from collections.abc import Callable
from typing import Any

from flask import Blueprint, flash, make_response, redirect, render_template, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from archive import clock
from archive.actor import Right
from archive.custody.forms import HereInput, ScanInput, StockTakeInput
from archive.custody.lists import ENTRIES, STOCK_TAKES
from archive.custody.models import StockEntry, StockTake
from archive.custody.rules.stock import Whereabouts
from archive.custody.service import stocktaking
from archive.web.answers import words_of
from archive.web.context import actor
from archive.web.editing import Answer
from archive.web.forms import CORRECTABLE, Form, read_form
from archive.web.guard import needs
from archive.web.inputs import ReasonInput
from archive.web.reasons import reasoned
from archive.web.repeats import once

blueprint = Blueprint("stock_takes", __name__, template_folder="../templates")

LATEST = 5
MOST_AWAITED = 200
Said = tuple[str, str]
"""What was done, in words, and the tone of the notice."""


@blueprint.get("/stock-takes")
@needs(Right.TAKE_STOCK)
def list_page() -> str | Response:
    return _list(Form(StockTakeInput, initial={"place": request.args.get("place", "")}))


@blueprint.post("/stock-takes")
@once
@needs(Right.TAKE_STOCK)
def begin() -> Answer:
    try:
        typed = read_form(StockTakeInput, request.form)
        take = stocktaking.open_stock_take(typed.place, actor=actor(), now=clock.now())
    except CORRECTABLE as fault:
        return make_response(_list(Form(StockTakeInput, request.form, fault=fault)), 422)
    return redirect(url_for("stock_takes.page", number=take.number))


def _list(form: Form) -> str | Response:
    return STOCK_TAKES.answer(StockTake.objects, form=form)


@blueprint.get("/stock-takes/<number>")
@needs(Right.TAKE_STOCK)
def page(number: str) -> str:
    return _page(StockTake.numbered(number))


@blueprint.get("/stock-takes/<number>/papers")
@needs(Right.TAKE_STOCK)
def papers(number: str) -> str | Response:
    """Everything that was found, and what was not: to be printed or taken as a table."""
    take = StockTake.numbered(number)
    return ENTRIES.answer(take.entries(), take=take)


@blueprint.post("/stock-takes/<number>/scans")
@needs(Right.TAKE_STOCK)
def scan(number: str) -> Answer:
    """A label that was scanned, or typed."""
    return _written(number, _scan)


@blueprint.post("/stock-takes/<number>/entries/<entry>/found")
@needs(Right.TAKE_STOCK)
def mark_found(number: str, entry: str) -> Answer:
    """Its paper is there, although nothing was scanned."""

    def mark(take: StockTake) -> Said:
        found = stocktaking.mark_found(take, entry, actor=actor(), now=clock.now())
        return gettext("已标为找到：%(title)s", title=found.title), "success"

    return _written(number, mark)


@blueprint.post("/stock-takes/<number>/entries/<entry>/back")
@needs(Right.TAKE_STOCK)
def take_back(number: str, entry: str) -> Answer:
    """It was scanned, or marked, by mistake."""

    def back(take: StockTake) -> Said:
        stocktaking.take_back(take, entry, actor=actor(), now=clock.now())
        return gettext("已撤销这一条。"), "success"

    return _written(number, back)


@blueprint.post("/stock-takes/<number>/entries/<entry>/here")
@needs(Right.TAKE_STOCK)
def move_here(number: str, entry: str) -> Answer:
    """Its paper stays where it was found, and is registered there."""

    def move(take: StockTake) -> Said:
        place = read_form(HereInput, request.form).place
        moved = stocktaking.move_here(take, entry, place, actor=actor(), now=clock.now())
        said = gettext(
            "%(title)s 的位置已改为 %(place)s。", title=moved.title, place=moved.found_at
        )
        return said, "success"

    return _written(number, move)


@blueprint.post("/stock-takes/<number>/finish")
@needs(Right.TAKE_STOCK)
def finish(number: str) -> Response:
    stocktaking.finish(StockTake.numbered(number), actor=actor(), now=clock.now())
    flash(gettext("盘点已结束。"), "success")
    return redirect(url_for("stock_takes.page", number=number))


@blueprint.post("/stock-takes/<number>/reopen")
@needs(Right.TAKE_STOCK)
def reopen(number: str) -> Response:
    stocktaking.reopen(StockTake.numbered(number), actor=actor(), now=clock.now())
    flash(gettext("盘点已重新打开，可以接着扫描。"), "success")
    return redirect(url_for("stock_takes.page", number=number))


@blueprint.post("/stock-takes/<number>/cancel")
@needs(Right.TAKE_STOCK)
def cancel(number: str) -> Answer:
    take = StockTake.numbered(number)
    return reasoned(
        lambda reason: stocktaking.cancel(take, reason, actor=actor(), now=clock.now()),
        page=lambda form: _page(StockTake.numbered(number), reason=form),
        said=gettext("盘点已取消。"),
        address=url_for("stock_takes.page", number=number),
    )


def _scan(take: StockTake) -> Said:
    code = read_form(ScanInput, request.form).code
    entry = stocktaking.scan(take, code, actor=actor(), now=clock.now())
    is_odd = entry is not None and entry.state in (Whereabouts.UNKNOWN, Whereabouts.MISPLACED)
    return _told(StockTake.find(take.key), entry), "warning" if is_odd else "success"


def _told(take: StockTake, entry: StockEntry | None) -> str:
    """What a scan came to, in words."""
    if entry is None:
        return gettext("现在的位置：%(place)s", place=take.here or take.place)
    if entry.state is Whereabouts.UNKNOWN:
        return gettext("不认识这个标签：%(text)s", text=entry.name[:60])
    if entry.state is Whereabouts.MISPLACED:
        place = entry.place or gettext("没有登记位置")
        return gettext(
            "放错位置：%(title)s，登记的位置是 %(place)s", title=entry.title, place=place
        )
    return gettext("已找到：%(title)s", title=entry.title)


def _written(number: str, verb: Callable[[StockTake], Said]) -> Answer:
    """Do *verb* and show the board with what it says; as a fragment where a script asked."""
    take = StockTake.numbered(number)
    try:
        (said, tone), status = verb(take), 200
    except CORRECTABLE as fault:
        said, tone, status = " ".join(filter(None, words_of(fault))), "danger", 422
    fresh = StockTake.find(take.key)
    if request.headers.get("HX-Request") == "true":
        return make_response(
            render_template("custody/board.html", said=said, tone=tone, **_shown(fresh))
        )
    if status == 200:
        flash(said, tone)
        return redirect(url_for("stock_takes.page", number=number))
    return _page(fresh, said=said, tone=tone), status


def _page(take: StockTake, *, reason: Form | None = None, said: str = "", tone: str = "") -> str:
    return render_template(
        "custody/stock_take.html",
        reason=reason or Form(ReasonInput),
        said=said,
        tone=tone,
        **_shown(take),
    )


def _shown(take: StockTake) -> dict[str, Any]:
    counts = take.counts()
    awaited = counts[Whereabouts.AWAITED] + counts[Whereabouts.MISSING]
    amiss = take.entries(Whereabouts.MISPLACED, Whereabouts.UNKNOWN).order_by("-at")
    return {
        "take": take,
        "counts": {each.value: number for each, number in counts.items()},
        "awaited_count": awaited,
        "here": take.here or (take.place if take.place.count("-") == 2 else ""),
        "latest": list(
            take.entries(Whereabouts.FOUND, Whereabouts.MOVED).order_by("-at").limit(LATEST)
        ),
        "amiss": list(amiss.limit(MOST_AWAITED)),
        "awaited": list(
            take.entries(Whereabouts.AWAITED, Whereabouts.MISSING)
            .order_by("place", "name")
            .limit(MOST_AWAITED)
        ),
    }
