"""How all customers are classed: the curve, who is important, what waits, who moved where."""

from datetime import date
from decimal import Decimal
from typing import Any

from flask import Blueprint, flash, redirect, render_template, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from archive import clock
from archive.actor import Right
from archive.classing import service
from archive.classing.lists import MOVED, PROPOSALS, moves
from archive.classing.models import Computation
from archive.classing.rules import percent
from archive.classing.waiting import waiting_for
from archive.customers.models import Customer
from archive.customers.rules.classes import TERMS, Dimension
from archive.database import collection_of
from archive.web.context import actor
from archive.web.guard import needs

blueprint = Blueprint("classes", __name__, template_folder="../templates")

MOST_SHOWN = 100


@blueprint.get("/classes")
@needs(Right.OPEN_CLASSING)
def page() -> str:
    latest = Computation.the_one(clock.now())
    return render_template(
        "classing/overview.html",
        latest=latest,
        points=points_of(latest.curve),
        important=important_ones(latest.total),
        most=MOST_SHOWN,
        counts=counts(),
        proposals=Customer.objects(proposed__0__exists=True).count(),
        this_month=clock.local_day(clock.now()).replace(day=1),
    )


@blueprint.post("/classes/compute")
@needs(Right.SET_CLASSES)
def compute() -> Response:
    service.ask_for_computing(actor=actor(), now=clock.now())
    flash(gettext("正在重新计算，一般几秒钟；刷新页面查看结果。"), "success")
    return redirect(url_for("classes.page"))


@blueprint.get("/classes/proposals")
@needs(Right.SET_CLASSES)
def proposals() -> str | Response:
    return PROPOSALS.answer(waiting_for(actor()))


@blueprint.get("/classes/moves")
@needs(Right.OPEN_CLASSING)
def moves_page() -> str | Response:
    today = clock.local_day(clock.now())
    return MOVED.answer(moves(), months=months_until(today))


def months_until(today: date) -> list[tuple[str, date, date]]:
    """The last six months: name, first and last day."""
    found = []
    last = today
    for _ in range(6):
        first = last.replace(day=1)
        found.append((f"{first.year}-{first.month:02d}", first, last))
        last = date.fromordinal(first.toordinal() - 1)
    return found


def points_of(curve: list[float]) -> str:
    """The curve in a field of 100 by 100, from the lower left."""
    steps = max(1, len(curve) - 1)
    return " ".join(
        f"{place * 100 / steps:.1f},{100 - share:.1f}" for place, share in enumerate(curve)
    )


def important_ones(total: Decimal | None) -> list[dict[str, Any]]:
    """The customers who make 80 % of the profit, as they were computed, with their part of it."""
    found = collection_of(Customer).find(
        {"standings": {"$elemMatch": {"dimension": "contribution", "found": "important"}}},
        {"name": 1, "archive_number": 1, "contribution": 1, "standings": 1},
    )
    rows = []
    for each in found:
        own = next(s for s in each["standings"] if s["dimension"] == "contribution")
        rows.append(
            {
                "name": each["name"],
                "number": each["archive_number"],
                "is_set_otherwise": each.get("contribution") != "important",
                "rank": own["numbers"]["rank"],
                "profit": own["numbers"]["profit"].to_decimal(),
            }
        )
    rows.sort(key=lambda row: (row["rank"], row["number"]))
    reached = Decimal(0)
    for row in rows:
        reached += row["profit"]
        row["part"] = percent(row["profit"], total or Decimal(0))
        row["reached"] = percent(reached, total or Decimal(0))
    return rows


def counts() -> list[tuple[Dimension, list[tuple[Any, int]]]]:
    """How many customers each class has."""
    found = []
    for dimension, term in TERMS.items():
        grouped = collection_of(Customer).aggregate(
            [{"$group": {"_id": f"${dimension.value}", "number": {"$sum": 1}}}]
        )
        numbers = {each["_id"]: each["number"] for each in grouped}
        found.append(
            (
                dimension,
                [*((value, numbers.get(value.value, 0)) for value in term),
                 (None, numbers.get(None, 0))],
            )
        )  # fmt: skip
    return found
