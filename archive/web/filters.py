"""What narrows a list: declared once, for the page and for the REST API."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import reduce
from operator import or_
from typing import Annotated, Any

from bson import ObjectId
from flask_babel import gettext
from mongoengine import Q
from pydantic import Field

from archive import clock
from archive.actor import Right
from archive.search import SearchUnavailable
from archive.terms import N_, Term
from archive.web.context import actor, seams
from archive.web.inputs import Balance, Day

LONGEST = 100  # characters of a text that narrows a list
MOST_FOUND = 2000  # records that a text may find; sorting more helps nobody

TOO_MANY = N_("符合文字的记录很多，只列出最相关的 %(number)s 条。")
NOT_SEARCHED = N_("全文检索暂时无法使用，现在只按编号查找。")

Values = Mapping[str, Any]
Typed = Annotated[str, Field(max_length=LONGEST)]


@dataclass(frozen=True)
class Parameter:
    """One value in the address: its type, and how a page asks for it."""

    key: str
    label: str
    kind: Any
    widget: str  # `choices`: any number of the values that are offered
    choices: Callable[[], Sequence[tuple[str, str]]] = tuple
    end: str = ""
    """Which end of a stretch it is: a msgid that follows the label."""
    is_further: bool = False
    """Whether a page asks for it only where it is looked for."""
    right: Right | None = None
    """Only who has it for all that the list shows is asked, and narrows by it."""

    @property
    def words(self) -> str:
        """The label, with its end, in the person's language."""
        return gettext(self.label) + (gettext(self.end) if self.end else "")


class Filter:
    """Narrows a query by the parameters that it declares."""

    @property
    def parameters(self) -> tuple[Parameter, ...]:
        """The values in the address that this filter takes."""
        raise NotImplementedError

    def narrow(self, found: Any, values: Values, notes: list[str] | None) -> Any:
        """*found*, left to what *values* ask for; None is no wish.

        What the person should know is added to *notes*; without them an error is raised.
        """
        raise NotImplementedError


@dataclass(frozen=True)
class Text(Filter):
    """Part of a text, where the collection is small or the query is served by an index."""

    key: str
    label: str
    query: Callable[[str], Q]

    @property
    def parameters(self) -> tuple[Parameter, ...]:
        return (Parameter(self.key, self.label, Typed, "text"),)

    def narrow(self, found: Any, values: Values, notes: list[str] | None) -> Any:
        typed = values.get(self.key)
        return found.filter(self.query(typed)) if typed else found


@dataclass(frozen=True)
class FullText(Filter):
    """Part of a text, found by the search engine among what the person may see.

    A record is also found by its number, and by *at_once*, before it is in the index.
    """

    key: str
    label: str
    kind: str  # of the entries in the index
    at_once: Callable[[str], Q] | None = None
    number: str = "number"

    @property
    def parameters(self) -> tuple[Parameter, ...]:
        return (Parameter(self.key, self.label, Typed, "text"),)

    def narrow(self, found: Any, values: Values, notes: list[str] | None) -> Any:
        typed = values.get(self.key)
        if not typed:
            return found
        asked = Q(**{self.number: typed.upper()})
        if self.at_once is not None:
            asked |= self.at_once(typed)
        try:
            keys = seams().search.keys(
                typed, kind=self.kind, access=actor().access_tokens(), limit=MOST_FOUND
            )
        except SearchUnavailable:
            if notes is None:
                raise
            notes.append(gettext(NOT_SEARCHED))
            return found.filter(asked)
        if len(keys) == MOST_FOUND and notes is not None:
            notes.append(gettext(TOO_MANY, number=f"{MOST_FOUND:,}"))
        return found.filter(asked | Q(id__in=[ObjectId(key) for key in keys]))


def several(chosen: Any) -> list[Any]:
    """The values chosen, of a page's any number or of the API's one; none is no wish."""
    if chosen in (None, "", []):
        return []
    return list(chosen) if isinstance(chosen, list) else [chosen]


@dataclass(frozen=True)
class Choice(Filter):
    """Values of a closed list: a record has one of those chosen."""

    key: str
    label: str
    term: type[Term]
    field: str = ""

    @property
    def parameters(self) -> tuple[Parameter, ...]:
        return (Parameter(self.key, self.label, self.term, "choices", self._choices),)

    def narrow(self, found: Any, values: Values, notes: list[str] | None) -> Any:
        chosen = several(values.get(self.key))
        return found.filter(**one_of(self.field or self.key, chosen)) if chosen else found

    def _choices(self) -> list[tuple[str, str]]:
        return [(value, gettext(label)) for value, label in self.term.choices()]


def one_of(field: str, chosen: list[Any]) -> dict[str, Any]:
    """The condition that *field* has one of the values *chosen*."""
    return {field: chosen[0]} if len(chosen) == 1 else {f"{field}__in": chosen}


@dataclass(frozen=True)
class OneOf(Filter):
    """Some of the values that *choices* offers, such as a person; *conditions* names other fields.

    Where *conditions* is given a value that it does not know narrows to nothing.
    """

    key: str
    label: str
    choices: Callable[[], Sequence[tuple[str, str]]]
    field: str = ""
    conditions: Callable[[str], Mapping[str, Any]] | None = None

    @property
    def parameters(self) -> tuple[Parameter, ...]:
        return (Parameter(self.key, self.label, Typed, "choices", self.choices),)

    def narrow(self, found: Any, values: Values, notes: list[str] | None) -> Any:
        chosen = several(values.get(self.key))
        if not chosen:
            return found
        if self.conditions is not None:
            return found.filter(reduce(or_, (Q(**self.conditions(each)) for each in chosen)))
        return found.filter(**one_of(self.field or self.key, chosen))


@dataclass(frozen=True)
class Days(Filter):
    """The days from *since* to *until*, both included, on which an instant field is.

    The field may hold days instead of instants: *holds_days*.
    """

    field: str
    holds_days: bool = False

    @property
    def parameters(self) -> tuple[Parameter, ...]:
        return (
            Parameter("since", N_("从"), Day, "date"),
            Parameter("until", N_("到"), Day, "date"),
        )

    def narrow(self, found: Any, values: Values, notes: list[str] | None) -> Any:
        if (since := values.get("since")) is not None:
            start = since if self.holds_days else clock.start_of(since)
            found = found.filter(**{f"{self.field}__gte": start})
        if (until := values.get("until")) is not None:
            after = until + timedelta(days=1)
            end = after if self.holds_days else clock.start_of(after)
            found = found.filter(**{f"{self.field}__lt": end})
        return found


@dataclass(frozen=True)
class Between(Filter):
    """The days, or the amounts, from one to another, both included, that a field holds."""

    key: str
    label: str
    field: str
    is_amount: bool = False
    is_instant: bool = False

    @property
    def parameters(self) -> tuple[Parameter, ...]:
        ends = ((self.key, N_("（起）")), (f"{self.key}_to", N_("（止）")))
        kind, widget = (Balance, "amount") if self.is_amount else (Day, "date")
        return tuple(Parameter(key, self.label, kind, widget, end=end) for key, end in ends)

    def narrow(self, found: Any, values: Values, notes: list[str] | None) -> Any:
        if (first := values.get(self.key)) is not None:
            found = found.filter(**{f"{self.field}__gte": self._instant(first)})
        if (last := values.get(f"{self.key}_to")) is not None:
            if self.is_instant:
                end = clock.start_of(last + timedelta(days=1))
                return found.filter(**{f"{self.field}__lt": end})
            found = found.filter(**{f"{self.field}__lte": last})
        return found

    def _instant(self, day: Any) -> Any:
        return clock.start_of(day) if self.is_instant else day


@dataclass(frozen=True)
class Further(Filter):
    """A filter that a page asks for only where it is looked for, for those who have *right*."""

    filter: Filter
    right: Right | None = None

    @property
    def parameters(self) -> tuple[Parameter, ...]:
        more: dict[str, Any] = {"is_further": True, "right": self.right}
        return tuple(replace(each, **more) for each in self.filter.parameters)

    def narrow(self, found: Any, values: Values, notes: list[str] | None) -> Any:
        return self.filter.narrow(found, values, notes)


@dataclass(frozen=True)
class Fixed(Filter):
    """A value that a page takes from its address and does not ask for; *kind* is its type."""

    key: str
    label: str
    kind: Any
    field: str

    @property
    def parameters(self) -> tuple[Parameter, ...]:
        return (Parameter(self.key, self.label, self.kind, "hidden"),)

    def narrow(self, found: Any, values: Values, notes: list[str] | None) -> Any:
        chosen = values.get(self.key)
        return found if chosen is None else found.filter(**{self.field: chosen})
