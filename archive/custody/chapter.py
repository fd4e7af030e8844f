"""The chapter of custody: the papers themselves, where they are kept, and how long."""

from archive.actor import Right
from archive.custody import api, views, waiting
from archive.custody.forms import StockTakeInput
from archive.custody.samples import SAMPLES
from archive.customers.chapter import ARCHIVE
from archive.filing.lists import PAPERS
from archive.listed import RowPage
from archive.terms import N_
from archive.web.chapter import Chapter
from archive.web.navigation import NavItem
from archive.web.wording import RecordWords

STOCK_TAKE_WORDS = RecordWords(
    kind="stock_takes",
    label=N_("盘点"),
    model=StockTakeInput,
    fields={
        "number": N_("编号"),
        "state": N_("状态"),
        "total": N_("应有份数"),
        "here": N_("现在的位置"),
        "made_by_id": N_("开始人"),
        "made_by_name": N_("开始人"),
        "ended_at": N_("结束时间"),
        "ended_by_id": N_("结束人"),
        "ended_by_name": N_("结束人"),
    },
    actions={
        "stock_take.opened": N_("开始了盘点"),
        "stock_take.finished": N_("结束了盘点"),
        "stock_take.cancelled": N_("取消了盘点"),
        "stock_take.reopened": N_("重新打开了盘点"),
    },
)

CHAPTER = Chapter(
    name="custody",
    pages=views.PAGES,
    apis=api.APIS,
    navigation=(
        NavItem(ARCHIVE, N_("存放位置"), "places.list_page", "map-pin", (Right.FILE_DEPOSIT,)),
        NavItem(ARCHIVE, N_("盘点"), "stock_takes.list_page", "list-check", (Right.TAKE_STOCK,)),
    ),
    words=(STOCK_TAKE_WORDS,),
    duties=waiting.duties_of,
    row_pages=(
        RowPage(
            key="labels",
            on=PAPERS.key,
            label=N_("打印标签"),
            icon="qrcode",
            right=Right.FILE_DEPOSIT,
            endpoint="labels.of_papers",
        ),
    ),
    samples=SAMPLES,
)
