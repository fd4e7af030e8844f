"""What is typed in when a list is brought in."""

from typing import Any

from pydantic import Field

from archive.importing.rules import ENDINGS
from archive.terms import N_
from archive.web.inputs import Count, Input, Line, asked

NO_COLUMN = -1

__all__ = ["ENDINGS", "NO_COLUMN", "ColumnsInput", "KindInput"]


class KindInput(Input):
    """Which list is brought in."""

    kind: Line = asked(N_("内容"), widget="select", max_length=40)


class ColumnsInput(Input):
    """Which column, counted from 0, fills each field; fields that are left out stay as they are."""

    columns: dict[str, Count] = Field(default_factory=dict)

    def chosen(self) -> dict[str, Any]:
        """The fields that a column fills."""
        return {name: at for name, at in self.columns.items() if at > NO_COLUMN}
