"""Words that people read, named where they are declared and translated where they are shown."""

from enum import StrEnum
from typing import Self


def N_(text: str) -> str:  # noqa: N802  # the name that extractors of words know
    """Mark *text* (Simplified Chinese) for translation; it is translated when it is shown."""
    return text


class Term(StrEnum):
    """A closed list of values, each with the word that people see.

    >>> class Nature(Term):
    ...     STATE = "state", N_("国有企业")
    >>> Nature("state").label
    '国有企业'

    A status also has a tone, by which every page colours it: ``good``, ``warn``, ``bad``,
    ``active`` or none.
    """

    label: str
    tone: str

    def __new__(cls, value: str, label: str, tone: str = "") -> Self:
        member = str.__new__(cls, value)
        member._value_ = value
        member.label = label
        member.tone = tone
        return member

    @classmethod
    def choices(cls) -> list[tuple[str, str]]:
        """The values with their untranslated labels, in the order of declaration."""
        return [(member.value, member.label) for member in cls]
