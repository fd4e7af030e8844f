"""The chapter of classes: who is important, where business stands, and why (Art. 3, 4)."""

from datetime import datetime

from archive.actor import Right
from archive.classing import api, file, rowacts, tasks, waiting
from archive.classing.demonstration import demonstrate
from archive.classing.forms import MeasuresInput
from archive.classing.samples import SAMPLES
from archive.classing.service import install_shipped
from archive.classing.views import BLUEPRINTS
from archive.customers.chapter import ARCHIVE
from archive.seams import Seams
from archive.terms import N_
from archive.web.chapter import Chapter
from archive.web.navigation import NavItem
from archive.web.wording import RecordWords

MEASURES_WORDS = RecordWords(
    kind="class_measures",
    label=N_("分类管理措施"),
    model=MeasuresInput,
    fields={"dimension": N_("分类标准"), "value": N_("类别")},
    actions={
        "measures.installed": N_("安装了随产品提供的分类管理措施"),
        "measures.edited": N_("更改了分类管理措施"),
    },
)

COMPUTING_WORDS = RecordWords(
    kind="class_computations",
    label=N_("分类计算"),
    fields={"is_asked": N_("等待计算")},
    actions={
        "classes.set_up": N_("准备了分类计算"),
        "classes.asked": N_("要求了重新计算分类"),
    },
)


def furnish(_: Seams, now: datetime) -> None:
    """The usual measures for each class."""
    install_shipped(now=now)


CHAPTER = Chapter(
    name="classing",
    pages=BLUEPRINTS,
    apis=(api.api,),
    navigation=(
        NavItem(
            ARCHIVE,
            N_("客户分类"),
            "classes.page",
            "chart-bar",
            (Right.OPEN_CLASSING,),
            badge=waiting.count_proposals,
        ),
        NavItem(
            ARCHIVE,
            N_("分类管理措施"),
            "measures.table",
            "list-check",
            (Right.MANAGE_MEASURES,),
        ),
    ),
    words=(MEASURES_WORDS, COMPUTING_WORDS),
    duties=waiting.duties_of,
    parts=file.PARTS,
    lists=rowacts.LISTS,
    row_acts=rowacts.ACTS,
    tasks=tasks,
    furnish=furnish,
    demonstrate=demonstrate,
    samples=SAMPLES,
)
