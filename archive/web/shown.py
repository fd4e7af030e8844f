"""A list as one request asks for it: its rows, and what the controls around them need."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, Generic

from bson import Decimal128
from flask import request, url_for
from flask_babel import gettext
from werkzeug.datastructures import MultiDict

from archive.database import count_up_to
from archive.listed import RowAct, RowPage
from archive.web.chosen import narrowing
from archive.web.columns import Column, Row
from archive.web.filters import Parameter
from archive.web.saved import SavedLink, opened

PAGE_SIZES = (25, 50, 100)
COUNTED = 10_000
"""Nobody pages through more: a list counts no further, and says that there are more."""


@dataclass(frozen=True)
class Chip:
    """One thing that narrows a list: its filter, its value, and the address without it."""

    label: str
    text: str
    url: str


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
    has_more: bool = False
    """Whether there are more than were counted."""
    elsewhere: int = 0
    """How many match what was asked, but not the part of the list that is shown."""
    is_widened: bool = False
    """Whether the rows are from all of the list, because the part that was asked for has none."""
    parameters: Sequence[Parameter] = ()
    filters: dict[str, str] = field(default_factory=dict)
    """What was typed, by parameter; several values with commas."""
    chosen: dict[str, list[str]] = field(default_factory=dict)
    """The values chosen of those that are offered, by parameter."""
    faults: dict[str, str] = field(default_factory=dict)
    """What of it cannot be read, by parameter, in words."""
    values: dict[str, Any] = field(default_factory=dict)
    """What it means, by parameter."""
    totals: dict[str, Any] = field(default_factory=dict)
    """What all that was found comes to, by column."""
    notes: list[str] = field(default_factory=list)
    """What the person should know about the result."""
    may_export: bool = False
    key: str = ""
    """The list's own, where more than taking them away can be done with its rows."""
    views: Sequence[SavedLink] = ()
    """The views of it that the person may open."""
    view: SavedLink | None = None
    """The one that is open."""
    offers: Sequence[RowAct | RowPage] = ()
    """What the person may do with chosen rows."""
    kept: Mapping[str, str] = field(default_factory=dict)
    """What else of the address stays when a filter is chosen."""

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
    def narrowed_by(self) -> str:
        """What narrows the list, in words."""
        found = {}
        for each in self.parameters:
            if text := self.filters.get(each.key):
                found[each.words] = dict(each.choices()).get(text, text)
        return "；".join(f"{label}：{text}" for label, text in found.items())

    @property
    def order_by(self) -> str:
        """The sort as MongoEngine takes it: ``-opened_at``."""
        field = self.sorted_by.sort
        return f"-{field}" if self.sort.startswith("-") else field

    @property
    def sorted_by(self) -> Column[Row]:
        """The column that the list is sorted by."""
        return next(c for c in self.all_columns if c.key == self.sort.lstrip("-"))

    def in_order(self, found: Any) -> Any:
        """*found* in the order that the person chose."""
        if self.sorted_by.is_unique:
            return found.order_by(self.order_by)
        # The tie-break turns with the sort, so that an index on (field, id) serves both ways.
        tie_break = "-id" if self.order_by.startswith("-") else "id"
        return found.order_by(self.order_by, tie_break)

    def fill(self, found: Any) -> None:
        """Take this page's rows out of the query *found*."""
        counted = count_up_to(COUNTED + 1, found)
        self.total, self.has_more = min(counted, COUNTED), counted > COUNTED
        self.page = min(self.page, self.pages)
        start = (self.page - 1) * self.per_page
        self.rows = list(self.in_order(found).skip(start).limit(self.per_page))

    def add_up(self, found: Any) -> None:
        """Say what *found* comes to in the amounts shown, where all of it was counted."""
        names = [column.sort for column in self.columns if column.has_total]
        if not names or self.has_more or not self.total:
            return
        sums = {name.replace(".", "_"): {"$sum": f"${name}"} for name in names}
        found = found.order_by().limit(COUNTED)
        for each in found.aggregate([{"$group": {"_id": None, **sums}}]):
            for column in self.columns:
                if column.has_total:
                    value = each[column.sort.replace(".", "_")]
                    is_exact = isinstance(value, Decimal128)
                    self.totals[column.key] = value.to_decimal() if is_exact else Decimal(value)

    @property
    def chips(self) -> list[Chip]:
        """What narrows the list, value by value, each with the address of the list without it."""
        found = []
        for each in self.parameters:
            offered = dict(each.choices()) if self.chosen.get(each.key) else {}
            for text in self.chosen.get(each.key) or [self.filters.get(each.key, "")]:
                if text:
                    others = [one for one in self.chosen.get(each.key, []) if one != text]
                    words = offered.get(text, text)
                    found.append(Chip(each.words, words, self.url(**{each.key: others})))
        return found

    def offer_views(self, views: Sequence[SavedLink]) -> None:
        """Offer *views*, and say what of the one that is open the list has no more."""
        self.views, self.view = views, opened(views)
        if self.view is None:
            return
        known = {each.key for each in self.parameters} | set(self.kept)
        gone = [name for name in self.view.filters if name not in known]
        columns = {column.key for column in self.all_columns}
        gone += [name for name in self.view.columns if name not in columns]
        if gone:
            words = gettext("、").join(gone)
            self.notes.append(
                gettext(
                    "视图“%(name)s”里有已不存在或您不能用的筛选或列（%(gone)s），没有用到。",
                    name=self.view.name,
                    gone=words,
                )
            )

    @property
    def narrowing(self) -> str:
        """What of the address says which rows are found: a choice is kept as long as it stays."""
        return narrowing()

    @property
    def whole_url(self) -> str:
        """The address of the list with nothing that narrows it."""
        return self.url(**{each.key: None for each in self.parameters})

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
