"""The documents of notices."""

from archive.notifying.models.arrangements import Arrangements
from archive.notifying.models.notices import GROUP, Notice, Outward, outward_of
from archive.notifying.models.wishes import NoticeWishes

__all__ = ["GROUP", "Arrangements", "Notice", "NoticeWishes", "Outward", "outward_of"]
