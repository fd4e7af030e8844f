"""Editing a record on a page. Of two people who edit the same one, the second chooses (Art. 9).

A chapter declares how a kind of record is edited; its view finds the record and hands it over:

    EDITING = Editing[Visit](model=VisitInput, right=Right.RECORD_VISIT, verb=edit_visit, …)

    def save(number: str) -> Answer:
        return EDITING.save(Visit.numbered(number))
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Generic, TypeVar, cast

from flask import flash, redirect, render_template, request
from flask_babel import gettext
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response

from archive import clock
from archive.actor import Right
from archive.database import EditedMeanwhile, Record
from archive.trail.history import as_before, history_of
from archive.web.context import actor
from archive.web.fields import as_text, inner_type, presentation_of
from archive.web.forms import CORRECTABLE, Choices, Form, initial_of, read_typed
from archive.web.inputs import Input
from archive.web.wording import Difference, asks_for_numbers, differences, holds_number

R = TypeVar("R", bound=Record)
Answer = Response | tuple[str, int]
Crumbs = Sequence[tuple[str, str]]


def say_saved(_: Record) -> None:
    """Tell the person that what they typed has been saved."""
    flash(gettext("已保存。"), "success")


@dataclass(frozen=True, kw_only=True)
class Editing(Generic[R]):
    """How a kind of record is edited on a page.

    `verb` takes the record and, as keywords, `actor`, `now`, `seen` and what `arguments` makes of
    the input: by default each of its fields. It asks for the right again. `reveal` is the verb
    that records a look at the record's telephone numbers; a model that asks for some needs it.
    """

    model: type[Input]
    right: Right
    verb: Callable[..., R]
    title: str  # a msgid: what the page is called
    name: Callable[[R], str]  # the heading above two versions of the record
    address: Callable[[R], str]  # where saving, or giving up, leads
    crumbs: Callable[[R], Crumbs]
    page: str = "edit.html"
    lead: Callable[[R], str] = lambda _: ""
    held: Callable[[R], dict[str, Any]] | None = None  # by default what `initial_of` finds
    arguments: Callable[[Any], Mapping[str, Any]] = Input.model_dump
    reveal: Callable[..., object] | None = None
    choices: Callable[[], Mapping[str, Choices]] = dict
    parts: Callable[[R], Mapping[str, Any]] = lambda _: {}  # what else the page shows
    tell: Callable[[R], None] = say_saved

    def __post_init__(self) -> None:
        if self.reveal is None and asks_for_numbers(self.model):
            raise TypeError(f"{self.model.__name__} asks for telephone numbers: name `reveal`")

    def show(self, record: R, **parts: Any) -> str:
        """The page with what *record* holds; *parts* take the place of those declared.

        Raises:
            NotPermitted: the person may not edit *record*, or not see a number that it holds.
        """
        actor().require(self.right, record)
        held = self._held(record)
        self._note_look(record, held)
        form = Form(self.model, initial=held, choices=self.choices())
        return self._page(record, form, record.revision, parts)

    def save(self, record: R) -> Answer:
        """Save what was typed, with what the person left to the other one's version.

        302 once it is saved; 409 with both versions where someone saved before; 422 with all that
        was typed where something has to be corrected.

        Raises:
            NotPermitted: the person may not edit *record*.
        """
        actor().require(self.right, record)
        seen = request.form.get("seen", 0, type=int)
        kept = self._kept(record)
        given = read_typed(self.model, request.form) | kept
        try:
            facts = self.arguments(self.model.read(given))
            saved = self.verb(record, actor=actor(), now=clock.now(), seen=seen, **facts)
        except EditedMeanwhile as meanwhile:
            self._note_look(record, kept)
            newest = cast(R, meanwhile.record)
            return self._conflict(newest, self.model.read(given), self._typed(kept), seen), 409
        except CORRECTABLE as fault:
            self._note_look(record, kept)
            form = Form(self.model, self._typed(kept), choices=self.choices(), fault=fault)
            return self._page(record, form, seen, {}), 422
        self.tell(saved)
        return redirect(self.address(saved))

    def _held(self, record: R) -> dict[str, Any]:
        return self.held(record) if self.held else initial_of(self.model, record)

    def _kept(self, record: R) -> dict[str, Any]:
        """The fields of *record* that the person left as they are, at the page of a conflict."""
        held = self._held(record)
        names = [n for n in self.model.model_fields if request.form.get(f"keep-{n}") == "theirs"]
        return {name: held.get(name) for name in names}

    def _typed(self, kept: Mapping[str, Any]) -> MultiDict[str, str]:
        """What was submitted, with *kept* in the place of what was typed there."""
        pairs = [
            (name, text)
            for name, text in request.form.items(multi=True)
            if name.partition("-")[0] not in kept
        ]
        return MultiDict([*pairs, *as_typed(self.model, kept)])

    def _page(self, record: R, form: Form, seen: int, parts: Mapping[str, Any]) -> str:
        return render_template(
            self.page,
            **{**self._frame(record), **self.parts(record), **parts},
            lead=self.lead(record),
            form=form,
            seen=seen,
        )

    def _frame(self, record: R) -> dict[str, Any]:
        return {
            "record": record,
            "title": gettext(self.title),
            "crumbs": self.crumbs(record),
            "address": self.address(record),
        }

    def _conflict(self, record: R, facts: Input, typed: MultiDict[str, str], seen: int) -> str:
        """Both versions, field by field; whoever saved before is named.

        What the record does not hold, such as why it is changed, is no version of it.
        """
        events = [each for each in reversed(history_of(record)) if each.revision > seen]
        theirs = self._held(record)
        sees_numbers = actor().may(Right.REVEAL_PHONE, record)
        found = differences(
            self.model,
            before=theirs | as_before(events),
            theirs=theirs,
            yours=facts.model_dump(),
            masks=not sees_numbers,
        )
        if sees_numbers and any(each.has_number for each in found):
            self._reveal(record)
        return render_template(
            "conflict.html",
            **self._frame(record),
            name=self.name(record),
            differences=[self._named(each) for each in found if each.name in theirs],
            typed=typed.items(multi=True),
            names=list(dict.fromkeys(each.actor_name for each in events)),
        )

    def _named(self, each: Difference) -> Difference:
        """What was chosen from a list, as the list calls it."""
        words = dict(self.choices().get(each.name, ()))
        versions = {name: getattr(each, name) for name in ("before", "theirs", "yours")}
        return replace(each, **{name: words.get(text, text) for name, text in versions.items()})

    def _note_look(self, record: R, shown: Mapping[str, Any]) -> None:
        """Record, before it happens, that the page shows the numbers in *shown*."""
        if any(holds_number(self.model, name, value) for name, value in shown.items()):
            self._reveal(record)

    def _reveal(self, record: R) -> None:
        assert self.reveal is not None  # see __post_init__
        self.reveal(record, actor=actor(), now=clock.now())


def as_typed(
    model: type[Input], facts: Mapping[str, Any], prefix: str = ""
) -> list[tuple[str, str]]:
    """*facts*, fields of *model*, as a page would submit them: names and texts."""
    pairs: list[tuple[str, str]] = []
    for name, value in facts.items():
        full, info = prefix + name, model.model_fields[name]
        inner, is_list = inner_type(info.annotation)
        if is_list and isinstance(inner, type) and issubclass(inner, Input):
            for number, row in enumerate(value or ()):
                pairs += as_typed(inner, row, f"{full}-{number}-")
        elif is_list and presentation_of(info).widget == "lines":
            pairs.append((full, "\n".join(as_text(value or ()))))
        elif is_list:
            pairs += [(full, text) for text in as_text(value or ())]
        elif inner is bool:
            pairs += [(full, "true")] if value else []
        else:
            pairs.append((full, as_text(value)))
    return pairs
