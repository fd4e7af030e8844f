"""The table of what is done for the customers of each class."""

from flask import Blueprint, render_template, url_for
from flask_babel import gettext

from archive.actor import Right
from archive.classing import service
from archive.classing.forms import MeasuresInput
from archive.customers.models import ClassMeasures
from archive.customers.rules.classes import ROWS
from archive.terms import N_
from archive.web.editing import Answer, Editing
from archive.web.guard import needs
from archive.web.wording import words_of_field

blueprint = Blueprint("measures", __name__, template_folder="../templates")


def title_of(row: ClassMeasures) -> str:
    """The class that the row is about."""
    return f"{gettext(row.dimension.label)}{gettext('：')}{gettext(row.class_.label)}"


EDITING = Editing[ClassMeasures](
    model=MeasuresInput,
    right=Right.MANAGE_MEASURES,
    verb=service.edit_measures,
    title=N_("分类管理措施"),
    name=title_of,
    lead=title_of,
    address=lambda _: url_for("measures.table"),
    crumbs=lambda _: [(gettext("分类管理措施"), url_for("measures.table"))],
)


@blueprint.get("/measures")
@needs(Right.OPEN_CUSTOMER, Right.MANAGE_MEASURES)
def table() -> str:
    written = {(each.dimension, each.class_): each for each in ClassMeasures.objects}
    rows = [
        {
            "row": written[row],
            "extras": words_of_field(MeasuresInput, "extras", written[row].extras),
            "papers": words_of_field(MeasuresInput, "papers", written[row].papers),
        }
        for row in ROWS
        if row in written
    ]
    return render_template("classing/measures.html", rows=rows)


@blueprint.get("/measures/<dimension>/<value>")
@needs(Right.MANAGE_MEASURES)
def edit(dimension: str, value: str) -> str:
    return EDITING.show(ClassMeasures.of(dimension, value))


@blueprint.post("/measures/<dimension>/<value>")
@needs(Right.MANAGE_MEASURES)
def save(dimension: str, value: str) -> Answer:
    return EDITING.save(ClassMeasures.of(dimension, value))
