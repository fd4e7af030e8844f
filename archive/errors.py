"""What can go wrong, in five families.

A chapter raises a fact with its data. `archive.web.answers` turns the family into a status and
the fact into words; nothing below it knows of HTTP or of languages.
"""

import re
from typing import ClassVar

from archive.terms import N_


class ArchiveError(Exception):
    """A fact that stops a verb.

    `message` says what happened and `remedy` what to do, both as Chinese msgids whose
    ``%(name)s`` are filled from the facts. `field` names the input that a form marks.
    """

    message: ClassVar[str] = N_("操作没有完成。")
    remedy: ClassVar[str] = ""
    field: ClassVar[str | None] = None

    def __init__(self, **facts: object) -> None:
        self.facts = facts
        super().__init__(", ".join(f"{name}={value}" for name, value in facts.items()))

    @classmethod
    def slug(cls) -> str:
        """The name of this error in the API: ``EditedMeanwhile`` -> ``edited-meanwhile``."""
        return re.sub(r"(?<!^)(?=[A-Z])", "-", cls.__name__).lower()


class NotFound(ArchiveError):
    """What was asked for does not exist, or its existence is not this person's business."""

    message = N_("没有找到要查看的内容。")
    remedy = N_("它可能已被移动，或链接不完整。请检查链接，或用检索查找。")


class Moved(NotFound):
    """What was asked for is part of `record` now, and has the number `now` instead of `was`.

    Whoever has `right` on the record is led there.
    """


class NotPermitted(ArchiveError):
    """The person may not do this."""

    message = N_("您没有进行这项操作的权限。")
    remedy = N_("如果工作需要，请联系销售经理或系统管理员。")


class Refused(ArchiveError):
    """The regulation, or plain good sense, says no. `article` names the rule where there is one."""

    article: ClassVar[int | None] = None


class Conflict(ArchiveError):
    """Someone was faster, or the value is taken."""


class Unavailable(ArchiveError):
    """A store that the verb needs is unavailable."""

    message = N_("系统的一部分暂时无法使用，您的操作没有保存。")
    remedy = N_("请稍等片刻再试；如果一直如此，请通知系统管理员。")
