"""What of parcels is in a customer's file."""

from collections.abc import Iterator

from flask import render_template, url_for

from archive.actor import Actor, Right
from archive.customers.models import Customer
from archive.terms import Term
from archive.web.chapter import FileAct, FilePart, Moment, Moments

from .models import Parcel


class Kind(Term):
    """Words of the moment."""

    LEFT = "left", "寄存"


def draw(customer: Customer) -> str:
    """The parcels."""
    return render_template("parcels/part.html", parcels=Parcel.objects(customer_id=customer.id))


def count(customer: Customer, _: Actor) -> int:
    """How many."""
    return int(Parcel.objects(customer_id=customer.id).count())


def latest(customer: Customer, who: Actor, most: int) -> Iterator[Moment]:
    """The moments when they were left."""
    for parcel in Parcel.of(customer, who).limit(most):
        yield Moment(
            at=parcel.created_at,
            kind=Kind.LEFT,
            title=parcel.what,
            text="",
            state=Kind.LEFT,
            who="",
            address=url_for("parcels.page", number=parcel.number),
            icon="archive",
        )


PARTS = (
    FilePart(
        key="parcels", label="寄存物", right=Right.OPEN_VISIT, draw=draw, count=count, order=7
    ),
)
MOMENTS = (Moments(Right.OPEN_VISIT, count, latest),)
ACTS = (
    FileAct(
        "登记寄存物",
        icon="archive",
        right=Right.OPEN_VISIT,
        address=lambda _: url_for("parcels.list_page"),
    ),
)
