"""The chapter of tasks, and of duties that are put off or handed over."""

from archive.actor import Actor
from archive.assigning import api, file, rowacts, tasks, waiting
from archive.assigning.demonstration import demonstrate
from archive.assigning.forms import TaskInput
from archive.assigning.models import Task
from archive.assigning.samples import SAMPLES
from archive.assigning.views import duties as duty_pages
from archive.assigning.views import tasks as task_pages
from archive.terms import N_
from archive.web.chapter import Chapter
from archive.web.landmarks import Landmark
from archive.web.navigation import WORK, NavItem
from archive.web.wording import RecordWords

TASK_WORDS = RecordWords(
    kind="tasks",
    label=N_("任务"),
    model=TaskInput,
    fields={
        "number": N_("编号"),
        "status": N_("状态"),
        "owner_id": N_("由谁来做"),
        "owner_name": N_("由谁来做"),
        "giver_id": N_("交办人"),
        "giver_name": N_("交办人"),
        "member_ids": N_("参与的人"),
        "outcome": N_("结果"),
        "given_at": N_("交办时间"),
        "closed_at": N_("办结时间"),
    },
    actions={
        "task.given": N_("交办了任务"),
        "task.done": N_("完成了任务"),
        "task.handed_over": N_("转交了任务"),
        "task.postponed": N_("更改了任务的期限"),
        "task.taken_back": N_("收回了任务"),
        "task.reopened": N_("重新打开了任务"),
    },
)
ASIDE_WORDS = RecordWords(
    kind="duties_set_aside",
    label=N_("推迟或转交的待办"),
    fields={
        "person_id": N_("原负责人"),
        "person_name": N_("原负责人"),
        "duty_key": N_("待办事项"),
        "label": N_("待办事项"),
        "state": N_("状态"),
        "until": N_("推迟到"),
        "to_id": N_("转交给"),
        "to_name": N_("转交给"),
        "reason": N_("原因"),
        "set_at": N_("推迟或转交的时间"),
    },
    actions={
        "duty.put_off": N_("推迟了待办"),
        "duty.handed_over": N_("转交了待办"),
        "duty.brought_back": N_("收回了待办"),
        "duty.ended": N_("办完了待办"),
    },
)


def count_open(who: Actor) -> int:
    """How many tasks a person has to do, for the badge next to the page's name."""
    return int(Task.open_of(who).count())


CHAPTER = Chapter(
    name="assigning",
    pages=(task_pages.blueprint, duty_pages.blueprint),
    apis=(api.api,),
    navigation=(NavItem(WORK, N_("任务"), "tasks.list_page", "checkbox", badge=count_open),),
    landmarks={
        Landmark.GIVE_TASK: "tasks.new",
        Landmark.SET_ASIDE: "duties.list_page",
        Landmark.DUTY: "duties.page",
    },
    words=(TASK_WORDS, ASIDE_WORDS),
    duties=waiting.duties_of,
    arranges=waiting.arrange,
    news=waiting.news_of,
    acts=file.ACTS,
    lists=rowacts.LISTS,
    row_acts=rowacts.ACTS,
    tasks=tasks,
    demonstrate=demonstrate,
    samples=SAMPLES,
)
