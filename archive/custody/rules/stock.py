"""Closed lists of stock-taking."""

from archive.terms import N_, Term


class StockState(Term):
    """Where a stock-take is."""

    OPEN = "open", N_("盘点中"), "active"
    FINISHED = "finished", N_("已结束"), "good"
    CANCELLED = "cancelled", N_("已取消")


class Whereabouts(Term):
    """What a stock-take found of one paper, or of one label."""

    AWAITED = "awaited", N_("待找")
    FOUND = "found", N_("已找到"), "good"
    MISSING = "missing", N_("缺失"), "bad"
    MISPLACED = "misplaced", N_("放错位置"), "warn"
    MOVED = "moved", N_("已改为这里"), "good"
    UNKNOWN = "unknown", N_("不认识的标签"), "warn"


SEEN = (Whereabouts.FOUND, Whereabouts.MISPLACED, Whereabouts.MOVED)
NOT_SEEN = (Whereabouts.AWAITED, Whereabouts.MISSING)
