"""The pages across chapters, as a chapter of its own."""

from archive.dossier import api, file
from archive.dossier.samples import SAMPLES
from archive.dossier.views import customer, home, search
from archive.terms import N_
from archive.web.chapter import Chapter
from archive.web.landmarks import Landmark
from archive.web.navigation import WORK, NavItem

CHAPTER = Chapter(
    name="dossier",
    pages=(home.blueprint, customer.blueprint, search.blueprint),
    apis=(api.api,),
    navigation=(NavItem(WORK, N_("首页"), "home.page", "home"),),
    landmarks={Landmark.SEARCH: "search.page"},
    parts=(file.PART,),
    install=customer.install,
    samples=SAMPLES,
)
