"""The list of a person's notices: one declaration for the page and the API."""

from archive.notifying.models import Notice
from archive.terms import N_
from archive.urgency import Step
from archive.web.columns import Column, Show
from archive.web.filters import Choice, Days
from archive.web.listing import ListPage

NOTICES = ListPage[Notice](
    title=N_("通知"),
    model=Notice,
    template="notifying/list.html",
    sort="-told",
    columns=(
        Column("what", N_("事项"), lambda n: n.label, reads=("label",)),
        Column("step", N_("进度"), lambda n: n.step, show=Show.STATE, reads=("step",)),
        Column("due", N_("截止"), lambda n: n.due_at, show=Show.INSTANT, reads=("due_at",)),
        Column("told", N_("通知时间"), lambda n: n.created_at, sort="created_at", show=Show.WHEN),
        Column("read", N_("阅读"), lambda n: n.read_at, show=Show.INSTANT, reads=("read_at",)),
    ),
    filters=(Choice("step", N_("进度"), Step), Days("created_at")),
)  # fmt: skip
