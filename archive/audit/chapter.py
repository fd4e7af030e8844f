"""The chapter of the audit: the trail, to be read."""

from archive.actor import Right
from archive.audit import views
from archive.audit.samples import SAMPLES
from archive.terms import N_
from archive.web.chapter import Chapter
from archive.web.navigation import OVERSIGHT, NavItem

CHAPTER = Chapter(
    name="audit",
    pages=(views.blueprint,),
    navigation=(
        NavItem(OVERSIGHT, N_("审计记录"), "audit.list_page", "history", (Right.READ_TRAIL,)),
    ),
    samples=SAMPLES,
)
