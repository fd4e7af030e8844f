"""Home: what must I do now?"""

from flask import Blueprint, render_template

from archive import clock
from archive.web.chapter import mounted
from archive.web.context import actor
from archive.web.duties import duties_of, number_of
from archive.web.guard import signed_in
from archive.web.waiting import MOST_SHOWN

MOST_SHORTCUTS = 6

blueprint = Blueprint("home", __name__, template_folder="../templates")


@blueprint.get("/")
@signed_in
def page() -> str:
    who, now, chapters = actor(), clock.now(), mounted()
    duties = duties_of(who, now)
    shortcuts = [each for chapter in chapters for each in chapter.shortcuts if who.may(each.right)]
    figures = (figure for each in chapters if each.figures for figure in each.figures(who, now))
    return render_template(
        "dossier/home.html",
        duties=duties[:MOST_SHOWN],
        more=duties[MOST_SHOWN:],
        number=number_of(duties),
        shortcuts=sorted(shortcuts, key=lambda each: each.order)[:MOST_SHORTCUTS],
        figures=sorted(figures, key=lambda figure: figure.order),
        now=now,
        hour=clock.local(now).hour,
    )
