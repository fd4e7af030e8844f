"""A list as a page shows it: filtered, sorted, paged, with the columns chosen; all in the URL."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

from flask import request, url_for
from werkzeug.datastructures import MultiDict

from archive.web.inputs import clean

Row = TypeVar("Row")

PAGE_SIZES = (25, 50, 100)
EXPORT_LIMIT = 50_000


@dataclass(frozen=True)
class Column(Generic[Row]):
    """A column: its key in the URL, its label, and the value that a row has in it.

    `sort` is the field that the store sorts by; a column without one cannot be sorted.
    """

    key: str
    label: str
    value: Callable[[Row], Any]
    sort: str = ""
    align: str = "start"
    default: bool = True
    shown: bool = True

    @property
    def sortable(self) -> bool:
        """Whether the list can be sorted by this column."""
        return bool(self.sort)


@dataclass
class Listing(Generic[Row]):
    """One page of a list, with what its controls need."""

    columns: list[Column[Row]]
    all_columns: list[Column[Row]]
    rows: list[Row] = field(default_factory=list)
    total: int = 0
    page: int = 1
    per_page: int = PAGE_SIZES[0]
    sort: str = ""
    filters: dict[str, str] = field(default_factory=dict)

    @property
    def pages(self) -> int:
        """How many pages there are; at least one."""
        return max(1, -(-self.total // self.per_page))

    @property
    def first(self) -> int:
        """The place of the first row shown, from 1; 0 where there is none."""
        return (self.page - 1) * self.per_page + 1 if self.rows else 0

    @property
    def last(self) -> int:
        """The place of the last row shown."""
        return (self.page - 1) * self.per_page + len(self.rows)

    @property
    def is_filtered(self) -> bool:
        """Whether anything narrows the list."""
        return any(self.filters.values())

    @property
    def order_by(self) -> str:
        """The sort as MongoEngine takes it: ``-opened_at``."""
        descending = self.sort.startswith("-")
        column = next(c for c in self.all_columns if c.key == self.sort.lstrip("-"))
        return f"-{column.sort}" if descending else column.sort

    def fill(self, found: Any, *, everything: bool = False) -> "Listing[Row]":
        """Take this page's rows out of the query *found* (or all rows, for an export)."""
        # The tie-break turns with the sort, so that an index on (field, id) serves both ways.
        tie_break = "-id" if self.order_by.startswith("-") else "id"
        found = found.order_by(self.order_by, tie_break)
        self.total = found.count()
        if everything:
            self.rows = list(found.limit(EXPORT_LIMIT))
            return self
        self.page = min(self.page, self.pages)
        start = (self.page - 1) * self.per_page
        self.rows = list(found.skip(start).limit(self.per_page))
        return self

    def url(self, **changes: Any) -> str:
        """This list's address with *changes*: ``listing.url(page=2)``; None leaves a key out."""
        arguments = MultiDict(request.args)
        if set(changes) - {"page"}:
            arguments.pop("page", None)
        for name, value in changes.items():
            arguments.pop(name, None)
            if isinstance(value, list | tuple):
                arguments.setlist(name, [str(each) for each in value])
            elif value not in (None, ""):
                arguments[name] = str(value)
        target: dict[str, Any] = {**(request.view_args or {}), **arguments.to_dict(flat=False)}
        return url_for(request.endpoint or "", **target)

    def sort_url(self, column: Column[Row]) -> str:
        """The address that sorts by *column*, or turns the order round where it sorts already."""
        return self.url(sort=f"-{column.key}" if self.sort == column.key else column.key)

    def export_url(self, kind: str) -> str:
        """The address of what is shown, as ``xlsx`` or ``csv``."""
        return self.url(export=kind)

    def pages_shown(self) -> list[int | None]:
        """The page numbers to offer; None stands for a gap."""
        near = {1, self.pages, *range(self.page - 2, self.page + 3)}
        shown: list[int | None] = []
        for number in sorted(n for n in near if 1 <= n <= self.pages):
            if shown and shown[-1] is not None and number - shown[-1] > 1:
                shown.append(None)
            shown.append(number)
        return shown


def read_listing(
    columns: Sequence[Column[Row]], *, sort: str, filters: Iterable[str] = ()
) -> Listing[Row]:
    """What the URL asks of a list with *columns*; anything it does not know is left aside."""
    args = request.args
    known = {c.key for c in columns if c.sortable}
    asked_sort = args.get("sort", sort)
    chosen = set(args.getlist("columns")) & {c.key for c in columns}
    shown = [c for c in columns if (c.key in chosen if chosen else c.default)]
    return Listing(
        columns=shown,
        all_columns=list(columns),
        page=max(1, args.get("page", 1, type=int)),
        per_page=min(max(args.get("per_page", PAGE_SIZES[0], type=int), 1), PAGE_SIZES[-1]),
        sort=asked_sort if asked_sort.lstrip("-") in known else sort,
        filters={name: clean(args.get(name, "")).strip() for name in filters},
    )
