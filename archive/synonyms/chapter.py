"""The chapter of words that mean the same."""

from datetime import datetime

from archive.actor import Right
from archive.seams import Seams
from archive.synonyms import api, views
from archive.synonyms.forms import SynonymsInput
from archive.synonyms.models import Synonyms
from archive.synonyms.samples import SAMPLES
from archive.synonyms.service import install_shipped
from archive.terms import N_
from archive.web.chapter import Chapter
from archive.web.navigation import OVERSIGHT, NavItem
from archive.web.wording import RecordWords

WORDS = RecordWords(
    kind="synonyms",
    label=N_("近义词"),
    model=SynonymsInput,
    fields={"state": N_("状态")},
    actions={
        "synonyms.installed": N_("安装了随产品提供的近义词"),
        "synonyms.added": N_("增加了近义词"),
        "synonyms.edited": N_("更改了近义词"),
        "synonyms.stopped": N_("停用了近义词"),
        "synonyms.resumed": N_("重新启用了近义词"),
    },
)


def furnish(_: Seams, now: datetime) -> None:
    """The trade's usual words."""
    install_shipped(now=now)


CHAPTER = Chapter(
    name="synonyms",
    pages=(views.blueprint,),
    apis=(api.api,),
    navigation=(
        NavItem(
            OVERSIGHT,
            N_("近义词"),
            "synonyms.list_page",
            "arrows-join",
            (Right.MANAGE_SYNONYMS,),
        ),
    ),
    words=(WORDS,),
    alike=Synonyms.used,
    furnish=furnish,
    samples=SAMPLES,
)
