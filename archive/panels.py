"""How the company stands, in numbers: what a chapter gives to the managers' dashboard."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from archive.actor import Right


@dataclass(frozen=True)
class Number:
    """A number with its label (a msgid), and the list where it comes from."""

    label: str
    value: Decimal | int
    endpoint: str = ""
    values: Mapping[str, Any] = field(default_factory=dict)
    """The filters of that list, as its address names them."""
    before: Decimal | int | None = None
    """What it was at the same time last year."""


@dataclass(frozen=True)
class Panel:
    """Some numbers about one thing, for those who have *right* for every record."""

    title: str
    right: Right
    numbers: tuple[Number, ...]
    order: int = 500
