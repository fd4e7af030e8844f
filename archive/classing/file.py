"""What classing gives to a customer's file: the classes, why, and what is done for them."""

from dataclasses import dataclass
from datetime import date

from flask import render_template
from flask_babel import gettext

from archive.actor import Actor, Right
from archive.classing.forms import MeasuresInput
from archive.customers.models import Customer, Decision, Standing, measures_for
from archive.customers.rules.classes import COMPUTED, Dimension, Maintenance
from archive.terms import N_, Term
from archive.web.chapter import FilePart
from archive.web.context import actor
from archive.web.wording import words_of_field


@dataclass(frozen=True)
class ClassShown:
    """One of a customer's classes, as a person sees it."""

    dimension: Dimension
    value: Term | None
    since: date | None
    why: str
    """In the reader's language; empty where nothing was computed, or the reader may not know."""
    found: Term | None
    """What the figures say, or propose."""
    decision: Decision | None
    is_open: bool
    """Whether what the figures propose waits for an answer."""

    @property
    def is_computed(self) -> bool:
        """Whether the class follows from the figures by itself."""
        return self.dimension in COMPUTED

    @property
    def proposed(self) -> Term | None:
        """What waits to be accepted or refused."""
        return self.found if self.is_open else None


def classes_of(customer: Customer, who: Actor) -> list[ClassShown]:
    """The classes of *customer*; the reason holds figures, and is for those who may see them."""
    sees_figures = who.may(Right.OPEN_FIGURES, customer)
    return [
        ClassShown(
            dimension,
            customer.class_in(dimension),
            customer.since_in(dimension),
            why_of(customer.standing_in(dimension)) if sees_figures else "",
            customer.found_in(dimension),
            customer.decision_in(dimension),
            dimension in customer.proposed,
        )
        for dimension in Dimension
    ]


def why_of(standing: Standing | None) -> str:
    """The sentence that says why, from the stored numbers."""
    if standing is None or standing.why is None:
        return ""
    return gettext(standing.why.label, **standing.written)


def draw_classes(customer: Customer) -> str:
    """The five classes, and the measures that follow from them."""
    measures = measures_for(customer)
    return render_template(
        "classing/part.html",
        customer=customer,
        classes=classes_of(customer, actor()),
        lacks_keeper=not customer.keeper_name,
        strategic=Maintenance.STRATEGIC,
        measures=measures,
        papers=words_of_field(MeasuresInput, "papers", list(measures.papers)),
        extras=words_of_field(MeasuresInput, "extras", list(measures.extras)),
    )


PARTS = (
    FilePart(
        key="classes", label=N_("分类"), right=Right.OPEN_CUSTOMER, draw=draw_classes, order=120
    ),
)
