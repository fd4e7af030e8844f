"""What is typed in about tasks, and about duties that are set aside."""

from archive.terms import N_
from archive.web.inputs import Code, Day, Input, Line, Reason, Text, asked


class TaskInput(Input):
    """What a colleague is asked to do, and until when."""

    title: Line = asked(
        N_("要做什么"),
        max_length=120,
        help=N_("一句话写清要做的事；不要写客户的电话等个人信息。"),
    )
    owner: Code = asked(N_("由谁来做"), widget="select", max_length=24)
    due_on: Day = asked(N_("期限"))
    note: Text | None = asked(N_("说明"), None, widget="textarea", max_length=2000)
    about_kind: Code | None = asked(N_("相关记录的种类"), None, widget="hidden", max_length=40)
    about_key: Code | None = asked(N_("相关记录"), None, widget="hidden", max_length=24)


class OutcomeInput(Input):
    """What came of a task."""

    outcome: Text | None = asked(N_("结果"), None, widget="textarea", max_length=2000)


class TaskOwnerInput(Input):
    """Who does a task from now on."""

    owner: Code = asked(N_("由谁来做"), widget="select", max_length=24)
    reason: Reason = asked(N_("原因"), widget="textarea")


class TaskDayInput(Input):
    """Until when a task is to be done now."""

    due_on: Day = asked(N_("期限"))
    reason: Reason = asked(N_("原因"), widget="textarea")


class PauseInput(Input):
    """Until when a duty is left alone."""

    until: Day = asked(
        N_("推迟到"), help=N_("这件事到那天再列出来；时限不变，到时限前一天一定会回来。")
    )
    reason: Reason = asked(N_("原因"), widget="textarea")


class ColleagueInput(Input):
    """Who does a duty in one's place."""

    colleague: Code = asked(
        N_("转交给"), widget="select", max_length=24, help=N_("只列出有权处理这件事的同事。")
    )
    reason: Reason = asked(N_("原因"), widget="textarea")
