"""Closed lists of acts on many rows."""

from archive.terms import N_, Term

AT_ONCE = 20
"""So few are done while the person waits; more are the worker's."""
MOST_ROWS = 50_000


class RunState(Term):
    """Where an act on many rows is."""

    RUNNING = "running", N_("正在进行"), "active"
    STOPPED = "stopped", N_("已停止"), "warn"
    DONE = "done", N_("已完成"), "good"
    UNDOING = "undoing", N_("正在撤销"), "active"
    UNDONE = "undone", N_("已撤销")


WORKING = (RunState.RUNNING, RunState.UNDOING)
"""States in which there is something to do."""
UNDOABLE = (RunState.DONE, RunState.STOPPED)


class Outcome(Term):
    """What became of a row."""

    WAITING = "waiting", N_("等待处理")
    BEGUN = "begun", N_("处理中"), "active"
    DONE = "done", N_("已更改"), "good"
    SAME = "same", N_("本来如此")
    REFUSED = "refused", N_("没有更改"), "bad"
    UNDONE = "undone", N_("已恢复")
    STAYED = "stayed", N_("没有恢复"), "warn"
