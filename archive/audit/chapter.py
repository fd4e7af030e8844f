"""The chapter of the audit: the trail, to be read."""

from archive.actor import Right
from archive.audit import views
from archive.audit.lists import TRAIL
from archive.audit.samples import SAMPLES
from archive.listed import Listed
from archive.terms import N_
from archive.trail.models import TrailEntry
from archive.web.chapter import Chapter
from archive.web.navigation import OVERSIGHT, NavItem
from archive.web.waiting import Shortcut

CHAPTER = Chapter(
    name="audit",
    pages=(views.blueprint,),
    navigation=(
        NavItem(OVERSIGHT, N_("审计记录"), "audit.list_page", "history", (Right.READ_TRAIL,)),
    ),
    shortcuts=(
        Shortcut(
            N_("查看审计记录"),
            N_("谁在什么时候做了什么：按人员、操作和日期查，可以导出。"),
            "history",
            "audit.list_page",
            Right.READ_TRAIL,
            order=400,
        ),
    ),
    lists=(Listed("trail", TRAIL, "audit.list_page", lambda _: TrailEntry.objects),),
    samples=SAMPLES,
)
