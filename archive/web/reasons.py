"""Acts that ask why: the reason is typed into a dialog and recorded with what was done."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from flask import flash, redirect, request

from archive import clock
from archive.database import Record
from archive.web.context import actor
from archive.web.editing import Answer
from archive.web.forms import CORRECTABLE, Form, read_reason
from archive.web.inputs import ReasonInput
from archive.web.shapes import Tagged, tagged

R = TypeVar("R", bound=Record)


def reasoned(
    act: Callable[[str], object], *, page: Callable[[Form], str], said: str, address: str
) -> Answer:
    """Do *act* with the reason that was typed, then say so at *address*.

    Where the reason or the act is refused, *page* is shown with the dialog open again.
    """
    try:
        act(read_reason())
    except CORRECTABLE as fault:
        return page(Form(ReasonInput, request.form, fault=fault)), 422
    flash(said, "success")
    return redirect(address)


@dataclass(frozen=True)
class Acts(Generic[R]):
    """What is done to one kind of record with a reason, each from a dialog on its page."""

    find: Callable[[str], R]
    page: Callable[..., str]
    """The page of a record; a form under the name of a dialog opens that dialog again."""
    address: Callable[[R], str]

    def do(self, number: str, verb: Callable[..., Any], *, dialog: str, said: str) -> Answer:
        """Do *verb* to the record *number* with the reason that was typed into *dialog*."""
        record = self.find(number)
        return reasoned(
            lambda reason: verb(record, reason, actor=actor(), now=clock.now()),
            page=lambda form: self.page(record, **{dialog: form}),
            said=said,
            address=self.address(record),
        )


def acted(verb: Callable[..., Record], record: Record, given: ReasonInput) -> Tagged:
    """Do *verb* to *record* with the reason that a program gave; the record as it is then."""
    return tagged(verb(record, given.reason, actor=actor(), now=clock.now()))
