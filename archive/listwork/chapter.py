"""The chapter of work on lists: many rows chosen and something done to them."""

from archive.actor import Right
from archive.listwork import api, tasks, views
from archive.listwork.forms import ViewInput
from archive.listwork.samples import SAMPLES
from archive.terms import N_
from archive.web.chapter import Chapter
from archive.web.landmarks import Landmark
from archive.web.navigation import WORK, NavItem
from archive.web.wording import RecordWords

RUN_WORDS = RecordWords(
    kind="runs",
    label=N_("批量操作"),
    fields={
        "number": N_("编号"),
        "act": N_("操作"),
        "on": N_("列表"),
        "facts": N_("内容"),
        "reason": N_("原因"),
        "state": N_("状态"),
        "language": N_("语言"),
        "total": N_("记录数"),
        "made_by_id": N_("操作人"),
        "made_by_name": N_("操作人"),
        "undone_because": N_("撤销原因"),
        "undone_by_id": N_("撤销人"),
        "undone_by_name": N_("撤销人"),
    },
    actions={
        "run.begun": N_("开始了批量操作"),
        "run.stopped": N_("停止了批量操作"),
        "run.resumed": N_("继续了批量操作"),
        "run.finished": N_("完成了批量操作"),
        "run.undone": N_("开始了撤销批量操作"),
        "run.taken_back": N_("完成了撤销批量操作"),
    },
)

VIEW_WORDS = RecordWords(
    kind="saved_views",
    label=N_("列表视图"),
    model=ViewInput,
    fields={
        "on": N_("列表"),
        "owner_id": N_("所有人"),
        "owner_name": N_("所有人"),
        "filters": N_("筛选"),
        "columns": N_("显示列"),
        "sort": N_("排序"),
        "before": N_("替换前的内容"),
        "removed_at": N_("删除时间"),
    },
    actions={
        "view.saved": N_("保存了列表视图"),
        "view.edited": N_("更改了列表视图的名称或共享"),
        "view.redefined": N_("替换了列表视图的内容"),
        "view.removed": N_("删除了列表视图"),
        "view.brought_back": N_("恢复了列表视图"),
    },
)

CHAPTER = Chapter(
    name="listwork",
    pages=(views.blueprint,),
    apis=(api.api,),
    navigation=(NavItem(WORK, N_("批量操作"), "listwork.runs", "checklist", (Right.SEE_RUNS,)),),
    landmarks={Landmark.CHOOSE: "listwork.choose", Landmark.VIEWS: "listwork.views"},
    words=(RUN_WORDS, VIEW_WORDS),
    tasks=tasks,
    install=views.install,
    samples=SAMPLES,
)
