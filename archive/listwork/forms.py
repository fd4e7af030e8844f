"""What is typed in about a saved view."""

from archive.actor import Role
from archive.terms import N_
from archive.web.inputs import Input, Line, asked


class ViewInput(Input):
    """The name of a view, and with whom it is shared."""

    name: Line = asked(N_("视图名称"), max_length=40)
    role: Role | None = asked(N_("共享给"), None, help=N_("留空则只有自己看得到。"))
