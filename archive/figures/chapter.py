"""The chapter of figures: what each customer brings, month by month (Art. 8)."""

from archive.actor import Right
from archive.customers.chapter import ARCHIVE
from archive.figures import api, file, views, waiting
from archive.figures.demonstration import demonstrate
from archive.figures.forms import YearInput
from archive.figures.imports import IMPORTS
from archive.figures.samples import SAMPLES
from archive.terms import N_
from archive.web.chapter import Chapter
from archive.web.navigation import NavItem
from archive.web.wording import RecordWords

FIGURES_WORDS = RecordWords(
    kind="figures",
    label=N_("业绩"),
    model=YearInput,
    fields={"customer_id": N_("客户"), "year": N_("年份")},
    actions={
        "figures.recorded": N_("登记了业绩"),
        "figures.edited": N_("更新了业绩"),
        "figures.sheet_taken": N_("下载了业绩分析"),
        "figures.import_taken_back": N_("撤销了导入的业绩"),
    },
)

CHAPTER = Chapter(
    name="figures",
    pages=(views.blueprint,),
    apis=(api.api,),
    words=(FIGURES_WORDS,),
    parts=file.PARTS,
    acts=file.ACTS,
    navigation=(
        NavItem(ARCHIVE, N_("客户业绩"), "figures.company", "chart-bar", (Right.OPEN_FIGURES,)),
    ),
    imports=IMPORTS,
    demonstrate=demonstrate,
    panels=waiting.panels_of,
    samples=SAMPLES,
)
