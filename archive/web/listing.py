"""A list as a page shows it: filtered, sorted, paged, with the columns chosen; all in the URL.

`ListPage` declares a list once: its columns, what narrows it, how it is read. The page, the files
that it is exported as and the list of the REST API follow from that.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any, Generic

from flask import Response, render_template, request
from flask_babel import gettext
from mongoengine import Document
from pydantic import Field, TypeAdapter, ValidationError, create_model

from archive import clock
from archive.actor import Right, Scope
from archive.chinese.invisible import visible
from archive.database import count_up_to, kind_of
from archive.trail.looks import note
from archive.web.api import Paging
from archive.web.chosen import CHOSEN, PRINT, Chosen, offered
from archive.web.columns import Column, Row
from archive.web.context import actor
from archive.web.export import export, wanted_export
from archive.web.filters import Filter, Parameter, Values
from archive.web.saved import views_on
from archive.web.shown import COUNTED, PAGE_SIZES, Listing

READ_AT_ONCE = 500
MOST_PRINTED = 2000
MOST_CHOSEN = 50  # values of one filter


def count_of(found: Any) -> int:
    """How many *found* holds, counted up to `COUNTED` and no further."""
    return count_up_to(COUNTED, found)


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
    opens: Right | None = None
    """The right by which people see its rows, where some columns and filters need another."""

    @property
    def parameters(self) -> list[Parameter]:
        """Everything that narrows the list."""
        return [parameter for each in self.filters for parameter in each.parameters]

    def shows(self, right: Right | None) -> bool:
        """Whether the person has *right* for every row that they see here."""
        if right is None or self.opens is None:
            return True
        mine = actor().scopes(right)
        return Scope.ALL in mine or (bool(mine) and Scope.ALL not in actor().scopes(self.opens))

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
        taken = found if request.args.get(CHOSEN) else part
        if kind := wanted_export():
            return self.export(listing, only_rows(taken), kind)
        if request.args.get("export") == PRINT:
            return self.print(listing, only_rows(taken))
        listing.offer_views(views_on(self.key, actor()))
        if not request.query_string and (usual := [v for v in listing.views if v.is_default]):
            return Response(status=302, headers={"Location": usual[0].address})
        listing.may_export = actor().may(Right.EXPORT_LISTS)
        listing.key, listing.offers = self.key, offered(self.key, actor())
        listing.fill(part)
        if within and listing.is_filtered:
            listing.elsewhere = max(0, count_of(found) - listing.total)
            if not listing.rows and listing.elsewhere:
                listing.fill(found)
                listing.is_widened = True
        listing.add_up(found if listing.is_widened else part)
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

    def chosen_of(
        self, found: Any, within: Callable[[Any], Any] | None = None
    ) -> tuple[Listing[Row], Any]:
        """The rows of *found* that the address chooses, in its order: those named, or all found.

        All that was found is what is *within* the part that the address shows, such as a tab.

        Raises:
            ChoiceGone.
        """
        listing = self.read()
        found = only_rows(self.narrow(found, listing.values, listing.notes))
        if within and not request.args.get(CHOSEN):
            found = within(found)
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
            each.key: (each.kind | None, Field(None, description=f"{each.label}{each.end}"))
            for each in self.parameters
        }
        return create_model(name, __base__=Paging, __doc__=f"Which of {self.title}.", **fields)

    def read(self, *, sort: str = "", kept: Mapping[str, str] | None = None) -> Listing[Row]:
        """What the address asks of this list; anything it does not know is left aside."""
        args = request.args
        sort = sort or self.sort
        columns = [column for column in self.columns if self.shows(column.right)]
        known = {column.key for column in columns if column.sortable}
        asked = args.get("sort", sort)
        chosen = set(args.getlist("columns")) & {column.key for column in columns}
        listing = Listing(
            columns=[c for c in columns if (c.key in chosen if chosen else c.default)],
            all_columns=columns,
            page=max(1, args.get("page", 1, type=int)),
            per_page=min(max(args.get("per_page", PAGE_SIZES[0], type=int), 1), PAGE_SIZES[-1]),
            sort=asked if asked.lstrip("-") in known else sort,
            parameters=[each for each in self.parameters if self.shows(each.right)],
            kept=kept or {},
        )
        for each in listing.parameters:
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
            "amount": gettext("“%(text)s”不是金额，请按 1200.50 填写；没有用它筛选。", text=text),
            "text": gettext("文字太长，请少于 100 字；没有用它筛选。"),
        }
        listing.faults[parameter.key] = words.get(
            parameter.widget, gettext("没有“%(text)s”这个选项；没有用它筛选。", text=text)
        )
