"""What the pages of the stack are put together from: lines, the desk, its form."""

from typing import Any

from flask import render_template, request
from werkzeug.datastructures import MultiDict

from archive import clock
from archive.chinese.pinyin import first_letters
from archive.customers import service as customers
from archive.errors import ArchiveError
from archive.filing import rules
from archive.filing.forms import DeskInput
from archive.filing.models import Deposit
from archive.filing.rules import AttachmentKind
from archive.filing.service import holding, page_numbers, stack
from archive.web.context import actor
from archive.web.forms import Form

SHOWN = 200
"""So many of the stack are listed."""


def customer_named(text: str) -> str:
    """The caption of the customer that *text* names, or nothing."""
    customer = customers.find(text) if text else None
    return customer.caption if customer else ""


def filing_form(
    deposit: Deposit | None,
    typed: MultiDict[str, str] | None = None,
    *,
    customer: str = "",
    fault: ArchiveError | None = None,
) -> Form:
    """The form at the right, with what was read on the paper.

    It names no customer but the one that the paper names beyond doubt, or *customer*, whom the
    person has chosen for this paper.
    """
    initial: dict[str, object] = {"customer": customer}
    if deposit and (proposal := deposit.proposal):
        for name in ("kind", "title", "document_on", "valid_until"):
            initial[name] = proposal[name]
        if proposal.kind:
            initial["confidentiality"] = rules.default_confidentiality(proposal.kind)
        if proposal.customer_id and not customer:
            initial["customer"] = customer_named(str(proposal.customer_id))
    return Form(DeskInput, typed, initial=initial, fault=fault)


def kinds_for_page() -> dict[str, dict[str, str]]:
    """For each kind what the page's script proposes, and the letters that choose it."""
    return {
        kind.value: {
            "title": kind.label,
            "letters": first_letters(kind.label),
            "confidentiality": rules.default_confidentiality(kind).value,
        }
        for kind in AttachmentKind
    }


def first_free(queue: list[Deposit]) -> Deposit | None:
    """The first that is on nobody else's desk; the first of all where each of them is."""
    now = clock.now()
    free = (each for each in queue if not each.held_by_other(actor().id, now))
    return next(free, queue[0] if queue else None)


def taken_up(deposit: Deposit) -> Deposit:
    """*deposit* as it is after whoever asks has put it on the desk, or has not got it."""
    if deposit.is_waiting and not holding.take_up(deposit, actor=actor(), now=clock.now()):
        return Deposit.find(deposit.key)
    return deposit


def desk_facts(deposit: Deposit | None) -> dict[str, Any]:
    """What the desk says of *deposit* besides its form."""
    if deposit is None:
        return {"chosen": None}
    [line] = stack.lines_of([deposit], actor=actor(), now=clock.now()).values()
    return {
        "chosen": deposit,
        "line": line,
        "candidates": stack.candidates_of(deposit),
        "boxes": stack.boxes_of(deposit),
        "field_words": stack.FIELD_WORDS,
        "sure_from": stack.SURE_FROM,
        "pages_in_words": page_numbers.pages_in_words,
    }


def rows_of(deposits: list[Deposit]) -> list[str]:
    """The lines of *deposits* in the stack."""
    now = clock.now()
    lines = stack.lines_of(deposits, actor=actor(), now=now)
    marks = stack.marks_of(deposits, actor=actor(), now=now)
    return [
        render_template("filing/row.html", deposit=each, lines=lines, marks=marks)
        for each in deposits
    ]


def desk_of(deposit: Deposit, form: Form) -> str:
    return render_template(
        "filing/desk.html",
        form=form,
        kinds=kinds_for_page(),
        before=request.args.get("customer", ""),
        offered=request.args.get("offered", ""),
        **desk_facts(deposit),
    )


def count_left() -> int:
    """How many wait to be filed."""
    return int(Deposit.waiting().count())
