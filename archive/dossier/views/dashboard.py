"""The dashboard: how do we stand?"""

from flask import Blueprint, render_template

from archive.actor import Right
from archive.dossier.serving.standing import standing_for
from archive.web.context import actor
from archive.web.guard import needs

blueprint = Blueprint("dashboard", __name__, template_folder="../templates")


@blueprint.get("/dashboard")
@needs(Right.SEE_DASHBOARD)
def page() -> str:
    counted_at, panels = standing_for(actor())
    return render_template("dossier/dashboard.html", counted_at=counted_at, panels=panels)
