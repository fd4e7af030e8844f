"""What can go wrong with words that mean the same."""

from archive.errors import Conflict, Refused
from archive.terms import N_


class WordTaken(Refused):
    """A word is in another group already: nobody could say which one counts."""

    message = N_("“%(word)s”已在另一组里：%(others)s。")
    remedy = N_("请改那一组，或从这里去掉这个词。")
    field = "words"


class StateUnchanged(Conflict):
    """Somebody stopped the group, or took it up again, before."""

    message = N_("这组近义词现在是“%(status)s”。")
    remedy = N_("请刷新页面查看。")
