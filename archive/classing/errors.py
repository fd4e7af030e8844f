"""What can go wrong with classes."""

from archive.errors import Conflict, Refused
from archive.terms import N_


class EndPassed(Refused):
    """A decision that would have ended before it begins."""

    article = 4
    message = N_("截止日期 %(until)s 已经过去。")
    remedy = N_("请填写今天以后的日期。")
    field = "until"


class NothingProposed(Conflict):
    """There is no proposal to accept any more."""

    message = N_("“%(dimension)s”现在没有待确认的建议。")
    remedy = N_("请刷新页面查看最新的依据，或直接指定。")


class NothingDecided(Conflict):
    """The class is not set by a person any more."""

    message = N_("“%(dimension)s”现在没有人工指定。")
    remedy = N_("请刷新页面查看。")


class ClassSetSince(Conflict):
    """Somebody has set the class otherwise since."""

    message = N_("“%(dimension)s”之后被另行指定，保持现状。")
    remedy = N_("如需更改，请打开客户直接指定。")
