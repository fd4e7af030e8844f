"""The documents of notices."""

from archive.notifying.models.notices import GROUP, Notice, Outward, outward_of
from archive.notifying.models.wishes import NoticeWishes

__all__ = ["GROUP", "Notice", "NoticeWishes", "Outward", "outward_of"]
