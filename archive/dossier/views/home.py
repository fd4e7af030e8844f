"""Home: what must I do now?"""

from flask import Blueprint, render_template

from archive import clock
from archive.dossier.duties import duties_of
from archive.dossier.figures import figures_of
from archive.web.context import actor
from archive.web.guard import signed_in

blueprint = Blueprint("home", __name__, template_folder="../templates")


@blueprint.get("/")
@signed_in
def page() -> str:
    who, now = actor(), clock.now()
    return render_template(
        "dossier/home.html",
        duties=duties_of(who, now),
        figures=figures_of(who, now),
        now=now,
        hour=clock.local(now).hour,
    )
