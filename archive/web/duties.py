"""All that waits for a person, from every chapter: what home lists and the top bar counts."""

from datetime import datetime

from pymongo.errors import PyMongoError

from archive import clock
from archive.actor import Actor
from archive.web.badges import badge, keep
from archive.web.chapter import mounted
from archive.web.waiting import Duty, most_urgent_first

NAME = "duties"


def declared_duties(who: Actor, now: datetime) -> list[Duty]:
    """What the chapters say waits for *who*, whoever has been asked to do it meanwhile."""
    return [duty for each in mounted() if each.duties for duty in each.duties(who, now)]


def arranged_duties(who: Actor, now: datetime) -> list[Duty]:
    """What waits for *who* once it is arranged, the most urgent first.

    Without what was put off or handed over, with what colleagues handed to them.
    """
    found = declared_duties(who, now)
    for each in mounted():
        if each.arranges:
            found = each.arranges(who, found, now)
    return most_urgent_first(found, now)


def duties_of(who: Actor, now: datetime) -> list[Duty]:
    """As `arranged_duties`; the top bar says as many from now on."""
    found = arranged_duties(who, now)
    keep(NAME, who, number_of(found))
    return found


def number_of(duties: list[Duty]) -> int:
    """How many things they are: a stack counts as many as are in it."""
    return sum(duty.count for duty in duties)


def count_duties(who: Actor) -> int:
    """How many things wait for *who*, for the top bar of every page; not counted for each page."""
    try:
        return badge(NAME, who, lambda each: number_of(duties_of(each, clock.now())))
    except PyMongoError:
        return 0  # a page that says that the database is away has no count
