"""Figures over REST."""

from typing import Any

from apiflask import APIBlueprint
from flask import Response

from archive import clock
from archive.actor import Right
from archive.customers.models import Customer
from archive.errors import NotFound
from archive.figures import rules, service
from archive.figures.forms import FIRST_YEAR, LAST_YEAR, YearInput
from archive.figures.models import YearFigures
from archive.web.context import actor
from archive.web.documents import WORD_FILE, send_document
from archive.web.guard import needs
from archive.web.shapes import Money, Number, Out, reads

api = APIBlueprint("figures_api", __name__, url_prefix="/api/v1/customers", tag="figures")


class MonthOut(Out):
    """The figures of one month; amounts in yuan, weights in tonnes."""

    month: int
    revenue: Money | None
    cost: Money | None
    profit: Money | None = reads("known_profit")
    tonnage: Number | None
    shipments: int | None
    invoiced: Money | None
    received: Money | None
    days_late: int | None


class YearOut(Out):
    """The figures of one year."""

    year: int
    revision: int
    planned_revenue: Money | None
    planned_profit: Money | None
    months: list[MonthOut]


@api.get("/<archive_number>/figures/<int:year>")
@api.output(YearOut)
@needs(Right.OPEN_FIGURES)
def read_year(archive_number: str, year: int) -> YearFigures:
    """A customer's year, month by month; months of which nothing is known are left out."""
    return _figures(archive_number, year, Right.OPEN_FIGURES)


@api.get("/<archive_number>/figures/<int:year>.docx")
@api.doc(responses=WORD_FILE)
@needs(Right.OPEN_FIGURES)
def read_sheet(archive_number: str, year: int) -> Response:
    """The year sheet as a Word file; each one taken is written down."""
    customer = Customer.numbered(archive_number)
    content = service.write_sheet(customer, year, actor=actor(), now=clock.now())
    return send_document(content, f"{customer.customer_code}-{year}.docx")


@api.patch("/<archive_number>/figures/<int:year>")
@api.input(YearInput)
@api.output(YearOut)
@needs(Right.RECORD_FIGURES)
def record_months(archive_number: str, year: int, json_data: YearInput) -> YearFigures:
    """Write the plan or some months; what is left out stays as it is."""
    figures = _figures(archive_number, year, Right.RECORD_FIGURES)
    given: dict[int, dict[str, Any]] = {
        each.month: each.model_dump(include=each.model_fields_set - {"month"})
        for each in json_data.months
    }
    customer = Customer.numbered(archive_number)
    return service.record_months(
        customer,
        figures.year,
        given,
        actor=actor(),
        now=clock.now(),
        plan=json_data.model_dump(include=json_data.model_fields_set & set(rules.PLANNED)),
    )


def _figures(archive_number: str, year: int, right: Right) -> YearFigures:
    customer = Customer.numbered(archive_number)
    actor().require(right, customer)
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise NotFound()
    return YearFigures.of_year(customer, year)
