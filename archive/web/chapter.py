"""What a chapter of the archive declares, once: everything that the rest of the house takes of it.

Each chapter's folder has a ``chapter.py`` with a `Chapter` called ``CHAPTER``, and
`archive.chapters` lists them. Pages, navigation, home, a customer's file, search, the worker,
``archive init``, the demonstration company and the tests are derived from the declarations. This
module holds the shapes and knows no chapter.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from types import ModuleType
from typing import Any, cast

from apiflask import APIBlueprint, APIFlask
from flask import Blueprint, Flask, current_app

from archive.actor import Actor, Right
from archive.docgen import Placeholder
from archive.importable import ImportKind
from archive.listed import Listed, RowAct, RowPage
from archive.observing import Gauge
from archive.panels import Panel
from archive.seams import Seams
from archive.terms import Term
from archive.web import chosen, landmarks, measuring, navigation, wording
from archive.web.landmarks import Landmark
from archive.web.navigation import NavItem
from archive.web.projection import Indexed
from archive.web.waiting import Duty, Figure, News, Shortcut
from archive.web.wording import RecordWords

CHAPTERS = "archive.chapters"

Customer = Any  # `archive.customers.models.Customer`, of which this floor knows nothing


@dataclass(frozen=True)
class FilePart:
    """A tab of a customer's file, and its page at ``/customers/<archive_number>/<key>``.

    The part with the lowest order opens the file: its page has no `key` in the address.
    """

    key: str
    label: str
    right: Right
    """What its page needs. It is checked for the customer before `draw` is called."""
    draw: Callable[[Customer], str]
    """What is shown under the tab, for the person of the request: markup."""
    order: int
    count: Callable[[Customer, Actor], int | None] | None = None
    """How many records the part holds for a person; None: the tab is not for them."""


@dataclass(frozen=True)
class Caution:
    """What whoever opens a record has to know first, in their language."""

    text: str
    more: str = ""
    """Where it stands, for those who may go there."""


@dataclass(frozen=True)
class Moment:
    """Something said or done with a customer, on the time line of their file."""

    at: datetime
    kind: Term
    title: str
    text: str
    state: Term
    who: str
    address: str
    icon: str
    tone: str = ""


@dataclass(frozen=True)
class Moments:
    """What a kind of record adds to the time line of a customer's file."""

    right: Right
    count: Callable[[Customer, Actor], int]
    latest: Callable[[Customer, Actor, int], Iterable[Moment]]
    """The latest so many that a person may see, newest first."""


@dataclass(frozen=True)
class FileAct:
    """Something that may be started from a customer's file by those who have the right."""

    label: str
    icon: str
    right: Right
    address: Callable[[Customer], str]
    is_daily: bool = False
    """Daily work: of these the first that a person may do is their primary button, the others
    are in the menu."""
    is_button: bool = False
    """A button of its own, instead of a line in the menu."""


@dataclass(frozen=True)
class Sampling:
    """With what a sample is made; see `Chapter.samples`."""

    seams: Seams
    now: datetime
    maker: Actor
    """Makes the record; holds every right. For a record of one's own it is the visitor."""
    owner: Actor | None
    """Whose own the record is; None: nobody's."""
    follows_up: bool = True
    """Whether the owner can be somebody's salesperson."""

    @property
    def salesperson_key(self) -> str | None:
        """Who follows up the sample's customer."""
        return self.owner.id if self.owner and self.follows_up else None


@dataclass(frozen=True)
class Sample:
    """One real record of a blueprint."""

    values: Mapping[str, Any]
    """The values of its addresses, by the names of the arguments."""
    sent: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    """By endpoint, what is sent there (query, form or JSON) where the address alone does not reach
    the record."""


@dataclass(frozen=True)
class Chapter:
    """All that a chapter gives to the house."""

    name: str
    """The name of its folder."""
    pages: tuple[Blueprint, ...] = ()
    apis: tuple[APIBlueprint, ...] = ()
    navigation: tuple[NavItem, ...] = ()
    landmarks: Mapping[Landmark, str] = field(default_factory=dict)
    """Endpoints that the frame of every page leads to."""
    words: tuple[RecordWords, ...] = ()
    found: tuple[Indexed, ...] = ()
    alike: Callable[[], Iterable[Sequence[str]]] | None = None
    """Words that mean the same, compared: search looks for them together."""
    placeholders: tuple[Placeholder, ...] = ()
    """What Word templates may ask for of its records."""
    duties: Callable[[Actor, datetime], Iterable[Duty]] | None = None
    """What waits for a person, at an instant."""
    arranges: Callable[[Actor, list[Duty], datetime], list[Duty]] | None = None
    """Puts in order what all chapters say waits for a person: takes out what waits for another
    day or another person, adds what others have handed over."""
    news: Callable[[Actor, datetime], Iterable[News]] | None = None
    """What has happened lately that a person is told, once each."""
    figures: Callable[[Actor, datetime], Iterable[Figure]] | None = None
    panels: Callable[[datetime], Iterable[Panel]] | None = None
    """How the company stands at an instant; gathered by the worker, not for each look."""
    shortcuts: tuple[Shortcut, ...] = ()
    """What people begin with from home."""
    parts: tuple[FilePart, ...] = ()
    moments: tuple[Moments, ...] = ()
    acts: tuple[FileAct, ...] = ()
    cautions: Callable[[Any, Actor], Iterable[Caution]] | None = None
    """What there is to know of a record of any chapter, on top of its page."""
    imports: tuple[ImportKind[Any], ...] = ()
    """Lists of its records that can be brought in from spreadsheets."""
    lists: tuple[Listed, ...] = ()
    """Its lists of which rows can be chosen."""
    row_pages: tuple[RowPage, ...] = ()
    row_acts: tuple[RowAct, ...] = ()
    """What can be done with chosen rows, of its lists or of another chapter's."""
    numbers: Callable[[str], Any] | None = None
    """Whose the number of one of its records is: the customer's identity, or None. A paper that
    bears the number is theirs."""
    ourselves: Callable[[], Iterable[str]] | None = None
    """Names and codes of our own company: a paper that bears them says nothing of its customer."""
    gauges: tuple[Gauge, ...] = ()
    """What ``/metrics`` shows of it."""
    tasks: ModuleType | None = None
    """Its tasks: naming the module here is what makes them known to the worker."""
    install: Callable[[Flask], None] | None = None
    """What it needs of the site itself, once all chapters are mounted."""
    furnish: Callable[[Seams, datetime], None] | None = None
    """Makes what it ships, at each ``archive init`` and each start; harmless where it is there."""
    demonstrate: Callable[[Seams, datetime], None] | None = None
    """Its part of the demonstration company, after the chapters listed before it."""
    samples: Mapping[str, Callable[[Sampling], Sample]] = field(default_factory=dict)
    """For the tests, by the name of a blueprint (or of one endpoint that is about something else):
    makes one real record and says its addresses. Called within the site's context."""


def mount(app: APIFlask, chapters: Sequence[Chapter]) -> None:
    """Make *chapters* the chapters of *app*."""
    app.extensions[CHAPTERS] = tuple(chapters)
    for chapter in chapters:
        for blueprint in (*chapter.pages, *chapter.apis):
            app.register_blueprint(blueprint)
        navigation.register(app, *chapter.navigation)
        landmarks.register(app, chapter.landmarks)
        wording.register(app, *chapter.words)
        measuring.watch(app, chapter.gauges)
        chosen.register(app, chapter.lists, chapter.row_pages, chapter.row_acts)
    for chapter in chapters:
        if chapter.install:
            chapter.install(app)


def mounted(app: Flask | None = None) -> tuple[Chapter, ...]:
    """The chapters of *app*; without one, of the site whose request is being answered."""
    return cast(tuple[Chapter, ...], (app or current_app).extensions[CHAPTERS])


def found_in(chapters: Iterable[Chapter]) -> tuple[Indexed, ...]:
    """Every kind of record of *chapters* that can be found."""
    return tuple(each for chapter in chapters for each in chapter.found)


def owner_of_number(number: str) -> Any:
    """The customer, by identity, whose the record with this number is, of any mounted chapter."""
    asked = (each.numbers(number) for each in mounted() if each.numbers)
    return next((identity for identity in asked if identity), None)


def cautions_about(record: Any, who: Actor) -> list[Caution]:
    """What the mounted chapters have to say on top of the page of *record*."""
    return [one for each in mounted() if each.cautions for one in each.cautions(record, who)]


def own_names() -> list[str]:
    """Names and codes of our own company, as the mounted chapters know them."""
    return [name for each in mounted() if each.ourselves for name in each.ourselves()]
