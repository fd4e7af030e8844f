"""The pages across chapters, as a chapter of its own."""

from flask import Flask

from archive.actor import Right
from archive.dossier import api, file, tasks
from archive.dossier.samples import SAMPLES
from archive.dossier.views import customer, dashboard, home, search
from archive.terms import N_
from archive.web.chapter import Chapter
from archive.web.landmarks import Landmark
from archive.web.navigation import OVERSIGHT, WORK, NavItem


def install(app: Flask) -> None:
    """Pages for a customer's file; the search field for those who may find anything."""
    customer.install(app)
    app.context_processor(search.shared_by_pages)


CHAPTER = Chapter(
    name="dossier",
    pages=(home.blueprint, dashboard.blueprint, customer.blueprint, search.blueprint),
    apis=(api.api,),
    navigation=(
        NavItem(WORK, N_("首页"), "home.page", "home"),
        NavItem(OVERSIGHT, N_("经营看板"), "dashboard.page", "chart-bar", (Right.SEE_DASHBOARD,)),
    ),
    tasks=tasks,
    landmarks={Landmark.SEARCH: "search.page", Landmark.OFFERS: "search.offers"},
    parts=(file.PART,),
    install=install,
    samples=SAMPLES,
)
