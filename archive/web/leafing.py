"""Turning the pages of something long that is read from its newest end: no totals, no last page."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Generic, TypeVar

from flask import request, url_for

T = TypeVar("T")

LAST_PAGE = 1000  # as far as anyone turns


@dataclass(frozen=True)
class Leaf(Generic[T]):
    """One page of it: `{{ newer_and_older(leaf) }}` leads to the next ones."""

    items: list[T]
    number: int
    has_more: bool

    def address(self, number: int) -> str:
        """Where page *number* is."""
        kept = {**request.args.to_dict(flat=False), **(request.view_args or {})}
        return url_for(request.endpoint or "", **{**kept, "page": number})


def read_leaf(read: Callable[[int, int], Iterable[T]], size: int) -> Leaf[T]:
    """The page that the address asks for, of *size*; *read* gives so many from a place on."""
    number = min(max(1, request.args.get("page", 1, type=int)), LAST_PAGE)
    items = list(read((number - 1) * size, size + 1))
    return Leaf(items[:size], number, len(items) > size)
