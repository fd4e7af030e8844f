"""A list as a page shows it: filtered, sorted, paged, with the columns chosen; all in the URL.

`ListPage` declares a list once: its columns, what narrows it, how it is read. The page, the files
that it is exported as and the list of the REST API follow from that.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Any, Generic

from flask import Response, render_template, request, url_for
from flask_babel import gettext
from mongoengine import Document
from pydantic import Field, TypeAdapter, ValidationError, create_model
from werkzeug.datastructures import MultiDict

from archive import clock
from archive.actor import Right
from archive.chinese.invisible import visible
from archive.database import count_up_to, kind_of
from archive.listed import RowAct, RowPage
from archive.trail.looks import note
from archive.web.api import Paging
from archive.web.chosen import CHOSEN, PRINT, Chosen, narrowing, offered
from archive.web.columns import Column, Row
from archive.web.context import actor
from archive.web.export import export, wanted_export
from archive.web.filters import Filter, Parameter, Values

PAGE_SIZES = (25, 50, 100)
COUNTED = 10_000
"""Nobody pages through more: a list counts no further, and says that there are more."""
READ_AT_ONCE = 500
MOST_PRINTED = 2000
MOST_CHOSEN = 50  # values of one filter


def count_of(found: Any) -> int:
    """How many *found* holds, counted up to `COUNTED` and no further."""
    return count_up_to(COUNTED, found)


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
    notes: list[str] = field(default_factory=list)
    """What the person should know about the result."""
    may_export: bool = False
    key: str = ""
    """The list's own, where more than taking them away can be done with its rows."""
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
        said = {}
        for each in self.parameters:
            if text := self.filters.get(each.key):
                said[gettext(each.label)] = dict(each.choices()).get(text, text)
        return "；".join(f"{label}：{text}" for label, text in said.items())

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
                    found.append(Chip(gettext(each.label), words, self.url(**{each.key: others})))
        return found

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


@dataclass(frozen=True)
class ListPage(Generic[Row]):
    """A list, declared once.

    *prepare* reads what many rows need at once, such as their customers. *template* gets the
    `listing` and whatever else `answer` is given.
    """

    title: str
    model: type[Document]
    template: str
    columns: tuple[Column[Row], ...]
    sort: str
    filters: tuple[Filter, ...] = ()
    prepare: Callable[[Iterable[Any]], list[Row]] = list
    key: str = ""
    """By which a chapter declares it among its `lists`, where more can be done with its rows."""

    @property
    def parameters(self) -> list[Parameter]:
        """Everything that narrows the list."""
        return [parameter for each in self.filters for parameter in each.parameters]

    def answer(
        self,
        found: Any,
        *,
        sort: str = "",
        kept: Mapping[str, str] | None = None,
        within: Callable[[Any], Any] | None = None,
        **more: Any,
    ) -> str | Response:
        """The page of the query *found* that the address asks for, or the file of all of it.

        A page may show a part of it, *within*, such as a tab. What is asked for and is not in that
        part is said to be elsewhere; where the part has none of it, it is shown.
        """
        listing = self.read(sort=sort, kept=kept)
        found = self.narrow(found, listing.values, listing.notes)
        part = within(found) if within else found
        if kind := wanted_export():
            return self.export(listing, only_rows(part), kind)
        if request.args.get("export") == PRINT:
            return self.print(listing, only_rows(part))
        listing.may_export = actor().may(Right.EXPORT_LISTS)
        listing.key, listing.offers = self.key, offered(self.key, actor())
        listing.fill(part)
        if within and listing.is_filtered:
            listing.elsewhere = max(0, count_of(found) - listing.total)
            if not listing.rows and listing.elsewhere:
                listing.fill(found)
                listing.is_widened = True
        listing.rows = self.prepare(listing.rows)
        return render_template(self.template, listing=listing, **more)

    def narrow(self, found: Any, values: Values, notes: list[str] | None = None) -> Any:
        """*found*, left to what *values* ask for."""
        for each in self.filters:
            found = each.narrow(found, values, notes)
        return found

    def export(self, listing: Listing[Row], found: Any, kind: str) -> Response:
        """All of *found* as a file; that it was taken is written down first.

        Raises:
            NotPermitted: the person may read the list, and not take it away.
        """
        self.note_taken(listing)
        rows = self.stream(listing.columns, listing.in_order(found))
        return export(listing.columns, rows, gettext(self.title), kind)

    def print(self, listing: Listing[Row], found: Any) -> str:
        """*found* as a page that is made to be printed; that it was taken is written down first.

        Raises:
            NotPermitted: the person may read the list, and not take it away.
        """
        self.note_taken(listing)
        ordered = listing.in_order(found)
        listing.total = count_up_to(MOST_PRINTED + 1, found)
        listing.has_more = listing.total > MOST_PRINTED
        listing.rows = list(self.stream(listing.columns, ordered.limit(MOST_PRINTED)))
        return render_template("print.html", listing=listing, title=gettext(self.title))

    def note_taken(self, listing: Listing[Row]) -> None:
        """Write down that the person takes rows away, before they have them.

        Raises:
            NotPermitted: they may read the list, and not take it away.
        """
        actor().require(Right.EXPORT_LISTS)
        note(
            "list.exported",
            actor=actor(),
            now=clock.now(),
            subject_kind=kind_of(self.model),
            subject_id="list",
            caption=gettext(self.title),
            reason=listing.narrowed_by,
        )

    def chosen_of(self, found: Any) -> tuple[Listing[Row], Any]:
        """The rows of *found* that the address chooses, in its order: all found, or those named.

        Raises:
            ChoiceGone.
        """
        listing = self.read()
        found = only_rows(self.narrow(found, listing.values, listing.notes))
        return listing, listing.in_order(found)

    def stream(self, columns: Sequence[Column[Row]], found: Any) -> Iterator[Row]:
        """The rows of *found*, some at a time and with no more fields than *columns* need."""
        if all(column.fields for column in columns):
            found = found.only(*{name for column in columns for name in column.fields})
        # A generator, because a query begins again whenever it is iterated again.
        rows = (row for row in found.no_cache().batch_size(READ_AT_ONCE))
        while some := list(islice(rows, READ_AT_ONCE)):
            yield from self.prepare(some)

    def query(self, name: str) -> type[Paging]:
        """What the REST API takes to narrow the same list."""
        fields: dict[str, Any] = {
            each.key: (each.kind | None, Field(None, description=each.label))
            for each in self.parameters
        }
        return create_model(name, __base__=Paging, __doc__=f"Which of {self.title}.", **fields)

    def read(self, *, sort: str = "", kept: Mapping[str, str] | None = None) -> Listing[Row]:
        """What the address asks of this list; anything it does not know is left aside."""
        args = request.args
        sort = sort or self.sort
        known = {column.key for column in self.columns if column.sortable}
        asked = args.get("sort", sort)
        chosen = set(args.getlist("columns")) & {column.key for column in self.columns}
        listing = Listing(
            columns=[c for c in self.columns if (c.key in chosen if chosen else c.default)],
            all_columns=list(self.columns),
            page=max(1, args.get("page", 1, type=int)),
            per_page=min(max(args.get("per_page", PAGE_SIZES[0], type=int), 1), PAGE_SIZES[-1]),
            sort=asked if asked.lstrip("-") in known else sort,
            parameters=self.parameters,
            kept=kept or {},
        )
        for each in self.parameters:
            typed = [visible(text).strip() for text in args.getlist(each.key)]
            typed = list(dict.fromkeys(filter(None, typed)))[:MOST_CHOSEN]
            if each.widget == "choices":
                listing.chosen[each.key] = typed
            else:
                typed = typed[:1]
            listing.filters[each.key] = ",".join(typed)
            for text in typed:
                _understand(listing, each, text)
        return listing


def only_rows(found: Any) -> Any:
    """*found*, left to the rows that the person chose; all of it where the address names none.

    Raises:
        ChoiceGone.
    """
    name = request.args.get(CHOSEN, "")
    return found.filter(id__in=Chosen.rows_of(name, actor())) if name else found


def _understand(listing: Listing[Row], parameter: Parameter, text: str) -> None:
    """Take *text* as a value of *parameter*, or say why it is not one."""
    try:
        value = TypeAdapter(parameter.kind).validate_python(text)
        if parameter.widget == "choices":
            listing.values.setdefault(parameter.key, []).append(value)
        else:
            listing.values[parameter.key] = value
    except ValidationError:
        words = {
            "date": gettext("“%(text)s”不是日期，请按 2026-03-15 填写；没有用它筛选。", text=text),
            "text": gettext("文字太长，请少于 100 字；没有用它筛选。"),
        }
        listing.faults[parameter.key] = words.get(
            parameter.widget, gettext("没有“%(text)s”这个选项；没有用它筛选。", text=text)
        )
