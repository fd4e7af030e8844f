"""The chapter of upkeep: archives complete, kept by somebody, and one for each customer."""

from archive.actor import Right
from archive.customers.chapter import ARCHIVE
from archive.terms import N_
from archive.upkeep import api, file, rowacts, tasks, views, waiting
from archive.upkeep.forms import HandoverInput, MergeInput
from archive.upkeep.samples import SAMPLES
from archive.web.chapter import Chapter
from archive.web.navigation import NavItem
from archive.web.wording import RecordWords

MERGE_WORDS = RecordWords(
    kind="merges",
    label=N_("档案合并"),
    model=MergeInput,
    fields={
        "number": N_("编号"),
        "state": N_("状态"),
        "kept_id": N_("保留的档案"),
        "kept_number": N_("保留的档案编号"),
        "kept_name": N_("保留的档案名称"),
        "other_id": N_("并入的档案"),
        "other_number": N_("并入的档案编号"),
        "other_code": N_("并入的客户编码"),
        "other_name": N_("并入的档案名称"),
        "made_by_id": N_("经办人"),
        "made_by_name": N_("经办人"),
        "undoable_until": N_("可拆回至"),
        "undone_because": N_("拆回的原因"),
        "undone_by_id": N_("拆回人"),
        "undone_by_name": N_("拆回人"),
    },
    actions={
        "merge.begun": N_("开始了两份档案的合并"),
        "merge.done": N_("合并了两份档案"),
        "merge.undoing": N_("开始了两份档案的拆回"),
        "merge.undone": N_("拆回了两份档案"),
        "customer.merged": N_("并入了另一份档案"),
        "customer.merged_away": N_("并入到了另一份档案"),
        "customer.merge_undone": N_("拆回了合并的档案"),
        "customer.merged_records": N_("与并入的记录合成了一条"),
        "customer.parted_records": N_("与并入的记录分开了"),
    },
)

RESTRICTION_WORDS = RecordWords(
    kind="restrictions",
    label=N_("限制处理"),
    fields={
        "number": N_("编号"),
        "state": N_("状态"),
        "customer_key_kept": N_("客户"),
        "archive_number": N_("档案编号"),
        "customer_code": N_("客户编码"),
        "name": N_("公司名称"),
        "reason": N_("限制的原因"),
        "made_by_id": N_("经办人"),
        "made_by_name": N_("经办人"),
        "lifted_at": N_("解除时间"),
        "lifted_because": N_("解除的原因"),
        "lifted_by_id": N_("解除人"),
        "lifted_by_name": N_("解除人"),
    },
    actions={
        "restriction.begun": N_("开始了限制处理"),
        "restriction.done": N_("完成了限制处理"),
        "restriction.looked_at": N_("查看了限制处理的档案"),
        "restriction.lifting": N_("开始了解除限制"),
        "restriction.lifted": N_("解除了限制处理"),
        "customer.restricted": N_("限制了档案的处理"),
        "customer.restriction_lifted": N_("解除了档案的限制"),
    },
)

HANDOVER_WORDS = RecordWords(
    kind="handovers",
    label=N_("客户交接"),
    model=HandoverInput,
    fields={
        "number": N_("编号"),
        "leaver_id": N_("移交人"),
        "leaver_name": N_("移交人"),
        "receivers": N_("接收人"),
        "total": N_("项数"),
        "made_by_id": N_("经办人"),
        "made_by_name": N_("经办人"),
    },
    actions={
        "handover.opened": N_("开始了客户交接"),
        "handover.list_taken": N_("下载了客户交接清单"),
    },
)

CHAPTER = Chapter(
    name="upkeep",
    pages=views.PAGES,
    apis=api.APIS,
    navigation=(
        NavItem(
            ARCHIVE,
            N_("档案完整度"),
            "completeness.list_page",
            "checklist",
            (Right.OPEN_CUSTOMER,),
        ),
        NavItem(
            ARCHIVE,
            N_("档案合并记录"),
            "merges.list_page",
            "arrows-join",
            (Right.MERGE_CUSTOMERS,),
        ),
        NavItem(
            ARCHIVE,
            N_("客户交接记录"),
            "handovers.list_page",
            "users-group",
            (Right.ASSIGN_CUSTOMER,),
        ),
        NavItem(
            ARCHIVE,
            N_("限制处理的档案"),
            "restrictions.list_page",
            "lock",
            (Right.SEE_RESTRICTED,),
        ),
    ),
    words=(MERGE_WORDS, HANDOVER_WORDS, RESTRICTION_WORDS),
    duties=waiting.duties_of,
    figures=waiting.figures_of,
    panels=waiting.panels_of,
    lists=rowacts.LISTS,
    row_acts=rowacts.ACTS,
    parts=file.PARTS,
    acts=file.ACTS,
    tasks=tasks,
    samples=SAMPLES,
)
