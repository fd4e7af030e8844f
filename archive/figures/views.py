"""The page on which a year of figures is typed, like a sheet."""

from flask import Blueprint, url_for
from flask_babel import gettext

from archive.actor import Right
from archive.customers.models import Customer
from archive.errors import NotFound
from archive.figures import service
from archive.figures.forms import FIRST_YEAR, LAST_YEAR, YearInput, held
from archive.figures.models import YearFigures
from archive.terms import N_
from archive.web.editing import Answer, Editing
from archive.web.guard import needs

blueprint = Blueprint("figures", __name__, template_folder="templates")


def address_of(figures: YearFigures) -> str:
    """The figures in the customer's file."""
    number = figures.customer.archive_number if figures.customer else ""
    return url_for("dossier.figures", archive_number=number)


def name_of(figures: YearFigures) -> str:
    """The customer and the year."""
    name = figures.customer.name if figures.customer else ""
    return gettext("%(name)s %(year)s 年业绩", name=name, year=figures.year)


EDITING = Editing[YearFigures](
    model=YearInput,
    right=Right.RECORD_FIGURES,
    verb=service.record_year,
    title=N_("登记业绩"),
    name=name_of,
    lead=name_of,
    address=address_of,
    crumbs=lambda figures: [
        (gettext("客户列表"), url_for("customers.list_page")),
        (figures.customer.name if figures.customer else "", address_of(figures)),
    ],
    held=held,
    page="figures/edit.html",
)


@blueprint.get("/customers/<archive_number>/figures/<int:year>")
@needs(Right.RECORD_FIGURES, of=Customer.numbered)
def edit(archive_number: str, year: int) -> str:
    return EDITING.show(_figures(archive_number, year))


@blueprint.post("/customers/<archive_number>/figures/<int:year>")
@needs(Right.RECORD_FIGURES, of=Customer.numbered)
def save(archive_number: str, year: int) -> Answer:
    return EDITING.save(_figures(archive_number, year))


def _figures(archive_number: str, year: int) -> YearFigures:
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise NotFound()
    return YearFigures.of_year(Customer.numbered(archive_number), year)
