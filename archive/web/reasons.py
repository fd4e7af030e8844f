"""Acts that ask why: the reason is typed into a dialog and recorded with what was done."""

from collections.abc import Callable

from flask import flash, redirect, request

from archive.web.editing import Answer
from archive.web.forms import CORRECTABLE, Form, read_reason
from archive.web.inputs import ReasonInput


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
