"""The page on which a year of figures is typed, like a sheet, and the company's figures."""

from datetime import date

from flask import Blueprint, Response, render_template, request, url_for
from flask_babel import gettext

from archive import clock
from archive.actor import Right
from archive.customers.models import Customer
from archive.database import kind_of
from archive.errors import NotFound
from archive.figures import rules, service
from archive.figures.forms import FIRST_YEAR, LAST_YEAR, YearInput, held
from archive.figures.lists import COLUMNS, GROUPINGS, groups_of
from archive.figures.models import YearFigures, sums_by_month
from archive.terms import N_
from archive.trail.looks import note
from archive.web.context import actor
from archive.web.documents import send_document
from archive.web.editing import Answer, Editing
from archive.web.export import export, wanted_export
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


@blueprint.get("/customers/<archive_number>/figures/<int:year>.docx")
@needs(Right.OPEN_FIGURES)
def sheet(archive_number: str, year: int) -> Response:
    """The year sheet as a Word file."""
    customer = Customer.numbered(archive_number)
    content = service.write_sheet(customer, year, actor=actor(), now=clock.now())
    return send_document(content, f"{gettext('客户业绩分析')}-{customer.name}-{year}.docx")


@blueprint.get("/figures")
@needs(Right.OPEN_FIGURES)
def company() -> str | Response:
    """What the customers that the person may see brought, by what they have in common."""
    who, today = actor(), clock.local_day(clock.now())
    year = request.args.get("year", today.year, type=int)
    if not FIRST_YEAR < year <= LAST_YEAR:
        raise NotFound()
    by = request.args.get("by", GROUPINGS[0].key)
    grouping = next((each for each in GROUPINGS if each.key == by), GROUPINGS[0])
    groups, total, through = groups_of(grouping, year, who)
    if kind := wanted_export():
        who.require(Right.EXPORT_LISTS)
        name = gettext("%(year)s 年业绩（按%(by)s）", year=year, by=gettext(grouping.label))
        note(
            "list.exported",
            actor=who,
            now=clock.now(),
            subject_kind=kind_of(YearFigures),
            subject_id="list",
            caption=name,
        )
        return export(COLUMNS, [*groups, total], name, kind)
    months = rules.months_before(date(year, through, 1), rules.SHOWN_MONTHS)
    sums = sums_by_month(months, who)
    bars, zero = rules.bars(
        [f"{at}-{month:02d}" for at, month in months],
        [sums[each].profit if each in sums else None for each in months],
    )
    return render_template(
        "figures/company.html",
        year=year,
        this_year=today.year,
        through=through,
        grouping=grouping,
        groupings=GROUPINGS,
        groups=groups,
        total=total,
        columns=COLUMNS,
        months=months,
        bars=bars,
        zero=zero,
    )


def _figures(archive_number: str, year: int) -> YearFigures:
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise NotFound()
    return YearFigures.of_year(Customer.numbered(archive_number), year)
