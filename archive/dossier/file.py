"""All that was said and done with a customer as one time line, from every chapter, newest first."""

from flask import render_template

from archive.actor import Actor, Right
from archive.customers.models import Customer
from archive.terms import N_
from archive.web.chapter import FilePart, Moment, Moments, mounted
from archive.web.context import actor
from archive.web.leafing import read_leaf

A_PAGE = 25


def moments_for(who: Actor) -> list[Moments]:
    """The kinds of moments that *who* may see."""
    return [each for chapter in mounted() for each in chapter.moments if who.may(each.right)]


def line_of(customer: Customer, *, actor: Actor, start: int, count: int) -> list[Moment]:
    """*count* moments from the one at place *start* on, of those that *actor* may see."""
    found = [
        moment
        for kind in moments_for(actor)
        for moment in kind.latest(customer, actor, start + count)
    ]
    found.sort(key=lambda moment: moment.at, reverse=True)
    return found[start : start + count]


def count_moments(customer: Customer, who: Actor) -> int | None:
    """How many moments *who* may see; None where they may see none of any kind."""
    kinds = moments_for(who)
    return sum(each.count(customer, who) for each in kinds) if kinds else None


def draw_line(customer: Customer) -> str:
    """The time line."""
    leaf = read_leaf(
        lambda start, count: line_of(customer, actor=actor(), start=start, count=count), A_PAGE
    )
    return render_template("dossier/line.html", leaf=leaf)


PART = FilePart(
    key="communication",
    label=N_("沟通记录"),
    right=Right.OPEN_CUSTOMER,
    draw=draw_line,
    count=count_moments,
    order=200,
)
