"""The chapter of custody: the papers themselves, where they are kept, and how long."""

from datetime import datetime

from archive.actor import SYSTEM, Right
from archive.custody import api, file, tasks, views, waiting
from archive.custody.demonstration import demonstrate
from archive.custody.forms import DisposalInput, HoldInput, RetentionInput, StockTakeInput
from archive.custody.lists import DUE
from archive.custody.samples import SAMPLES
from archive.custody.service.retaining import furnish_rules
from archive.custody.serving import due_papers
from archive.customers.chapter import ARCHIVE
from archive.filing.lists import PAPERS
from archive.listed import Listed, RowPage
from archive.seams import Seams
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

DISPOSAL_WORDS = RecordWords(
    kind="disposals",
    label=N_("附件销毁"),
    model=DisposalInput,
    fields={
        "number": N_("编号"),
        "state": N_("状态"),
        "total": N_("份数"),
        "made_by_id": N_("提出人"),
        "made_by_name": N_("提出人"),
        "decided_at": N_("审批时间"),
        "decided_by_id": N_("审批人"),
        "decided_by_name": N_("审批人"),
        "decided_because": N_("不批准的原因"),
        "due_at": N_("销毁不早于"),
        "stopped_because": N_("停止或撤回的原因"),
        "stopped_by_id": N_("停止或撤回的人"),
        "stopped_by_name": N_("停止或撤回的人"),
        "ended_at": N_("完成时间"),
    },
    actions={
        "disposal.proposed": N_("提出了销毁"),
        "disposal.approved": N_("批准了销毁"),
        "disposal.refused": N_("否决了销毁"),
        "disposal.withdrawn": N_("撤回了销毁申请"),
        "disposal.stopped": N_("停止了销毁"),
        "disposal.begun": N_("开始了销毁"),
        "disposal.done": N_("完成了销毁"),
        "disposal.list_taken": N_("下载了销毁清单"),
    },
)
HOLD_WORDS = RecordWords(
    kind="legal_holds",
    label=N_("保全"),
    model=HoldInput,
    fields={
        "number": N_("编号"),
        "customer_id": N_("所属客户"),
        "attachment_id": N_("附件"),
        "about": N_("保全的内容"),
        "made_by_id": N_("经办人"),
        "made_by_name": N_("经办人"),
        "lifted_at": N_("解除时间"),
        "lifted_because": N_("解除的原因"),
        "lifted_by_id": N_("解除人"),
        "lifted_by_name": N_("解除人"),
    },
    actions={"legal_hold.set": N_("保全了附件"), "legal_hold.lifted": N_("解除了保全")},
)
RETENTION_WORDS = RecordWords(
    kind="retention_rules",
    label=N_("保管期限"),
    model=RetentionInput,
    fields={"kind": N_("类别")},
    actions={
        "retention_rule.shipped": N_("写入了保管期限"),
        "retention_rule.changed": N_("修改了保管期限"),
    },
)


def furnish(_: Seams, now: datetime) -> None:
    """How long papers are kept until the company says otherwise."""
    furnish_rules(SYSTEM, now)


CHAPTER = Chapter(
    name="custody",
    pages=views.PAGES,
    apis=api.APIS,
    navigation=(
        NavItem(ARCHIVE, N_("存放位置"), "places.list_page", "map-pin", (Right.FILE_DEPOSIT,)),
        NavItem(ARCHIVE, N_("盘点"), "stock_takes.list_page", "list-check", (Right.TAKE_STOCK,)),
        NavItem(
            ARCHIVE,
            N_("销毁"),
            "disposals.list_page",
            "trash",
            (Right.SEE_DISPOSALS,),
            badge=waiting.count_to_approve,
        ),
    ),
    words=(STOCK_TAKE_WORDS, DISPOSAL_WORDS, HOLD_WORDS, RETENTION_WORDS),
    duties=waiting.duties_of,
    lists=(Listed(DUE.key, DUE, "disposals.due", due_papers),),
    row_pages=(
        RowPage(
            key="dispose",
            on=DUE.key,
            label=N_("提出销毁"),
            icon="trash",
            right=Right.PROPOSE_DISPOSAL,
            endpoint="disposals.new",
        ),
        RowPage(
            key="labels",
            on=PAPERS.key,
            label=N_("打印标签"),
            icon="qrcode",
            right=Right.FILE_DEPOSIT,
            endpoint="labels.of_papers",
        ),
    ),
    acts=file.ACTS,
    cautions=file.cautions_about,
    tasks=tasks,
    furnish=furnish,
    demonstrate=demonstrate,
    samples=SAMPLES,
)
