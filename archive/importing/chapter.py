"""The chapter of importing: lists that a company already has, brought in from spreadsheets."""

from archive.actor import Right
from archive.importing import api, tasks, views
from archive.importing.samples import SAMPLES
from archive.terms import N_
from archive.web.chapter import Chapter
from archive.web.navigation import WORK, NavItem
from archive.web.wording import RecordWords

IMPORT_WORDS = RecordWords(
    kind="imports",
    label=N_("导入"),
    fields={
        "number": N_("编号"),
        "kind": N_("内容"),
        "state": N_("状态"),
        "language": N_("语言"),
        "made_by_id": N_("导入人"),
        "made_by_name": N_("导入人"),
        "sha256": N_("文件摘要"),
        "file_name": N_("文件"),
        "sheets": N_("工作表"),
        "sheet": N_("工作表"),
        "sheet_rows": N_("行数"),
        "head_at": N_("表头所在行"),
        "head": N_("列名"),
        "columns": N_("列的对应"),
        "undone_because": N_("撤销原因"),
    },
    actions={
        "import.received": N_("上传了要导入的表格"),
        "import.sheet_chosen": N_("选择了工作表"),
        "import.columns_chosen": N_("核对了列，开始检查"),
        "import.checked": N_("检查完了全部行"),
        "import.taken_as_another": N_("把疑似重复的行改为了新增"),
        "import.begun": N_("开始了写入档案"),
        "import.stopped": N_("停止了导入"),
        "import.finished": N_("完成了导入"),
        "import.discarded": N_("放弃了导入"),
        "import.undone": N_("开始了撤销导入"),
        "import.taken_back": N_("完成了撤销导入"),
    },
)

CHAPTER = Chapter(
    name="importing",
    pages=(views.blueprint,),
    apis=(api.api,),
    navigation=(
        NavItem(
            WORK,
            N_("导入"),
            "importing.list_page",
            "table-import",
            (Right.IMPORT_LISTS,),
        ),
    ),
    words=(IMPORT_WORDS,),
    tasks=tasks,
    samples=SAMPLES,
)
