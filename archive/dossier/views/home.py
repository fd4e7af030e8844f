"""Home: what must I do now?"""

from flask import Blueprint, render_template

from archive import clock
from archive.web.chapter import mounted
from archive.web.context import actor
from archive.web.guard import signed_in
from archive.web.waiting import MOST_SHOWN, most_urgent_first

blueprint = Blueprint("home", __name__, template_folder="../templates")


@blueprint.get("/")
@signed_in
def page() -> str:
    who, now, chapters = actor(), clock.now(), mounted()
    duties = (duty for each in chapters if each.duties for duty in each.duties(who, now))
    figures = (figure for each in chapters if each.figures for figure in each.figures(who, now))
    return render_template(
        "dossier/home.html",
        duties=most_urgent_first(duties, now)[:MOST_SHOWN],
        figures=sorted(figures, key=lambda figure: figure.order),
        now=now,
        hour=clock.local(now).hour,
    )
