"""The chapter of the ways in: files that come without a person at the page."""

from archive.actor import Right
from archive.arriving import tasks, views
from archive.arriving.samples import SAMPLES
from archive.terms import N_
from archive.web.chapter import Chapter
from archive.web.navigation import OVERSIGHT, NavItem

CHAPTER = Chapter(
    name="arriving",
    pages=(views.blueprint,),
    navigation=(
        NavItem(
            OVERSIGHT,
            N_("来件渠道"),
            "arriving.page",
            "transfer-in",
            (Right.FILE_DEPOSIT, Right.MANAGE_PEOPLE),
        ),
    ),
    tasks=tasks,
    samples=SAMPLES,
)
