"""Working at the stack: whose desk a paper is on, and what became of the others meanwhile."""

from bson import ObjectId
from flask import Blueprint, Response, jsonify, request

from archive import clock
from archive.actor import Right
from archive.filing.models import Deposit
from archive.filing.service import holding, reading, stack
from archive.filing.views.desks import SHOWN, count_left, desk_of, filing_form, rows_of
from archive.web.context import actor
from archive.web.guard import needs

blueprint = Blueprint("working", __name__, url_prefix="/intake", template_folder="../templates")


@blueprint.post("/pulse")
@needs(Right.UPLOAD_DEPOSIT)
def pulse() -> Response:
    """What is another than the page shows, and that the open paper is still on the desk.

    The page sends the mark of each line that it has: only lines that changed are drawn.
    """
    known = dict(each.rpartition(":")[::2] for each in request.form.getlist("line")[: 2 * SHOWN])
    queue = list(Deposit.waiting().only(*stack.MARKED).limit(SHOWN))
    marks = stack.marks_of(queue, actor=actor(), now=clock.now())
    changed = [key for key, mark in marks.items() if known.get(key) != mark]
    full = [each for each in Deposit.objects(id__in=changed) if each.is_waiting]
    full.sort(key=lambda each: (each.is_old, each.created_at, each.id))
    rows = dict(zip([each.key for each in full], rows_of(full), strict=True))
    missing = {key for key in known.keys() - marks.keys() if ObjectId.is_valid(key)}
    waiting = {each.key for each in Deposit.waiting().only("id").filter(id__in=list(missing))}
    return jsonify(
        rows=rows,
        gone=sorted(missing - waiting),
        has_lost=_has_lost(request.form.get("open", "")),
        left=count_left(),
    )


@blueprint.post("/<key>/take-over")
@needs(Right.FILE_DEPOSIT)
def take_over(key: str) -> str:
    """The deposit goes from somebody else's desk to that of whoever asks."""
    deposit = Deposit.find(key)
    holding.take_up(deposit, actor=actor(), now=clock.now(), over=True)
    deposit = Deposit.find(key)
    return desk_of(deposit, filing_form(deposit))


@blueprint.post("/<key>/read-again")
@needs(Right.FILE_DEPOSIT)
def read_again(key: str) -> Response:
    """Have a file read once more that could not be read."""
    deposit = Deposit.find(key)
    reading.read_again(deposit, actor=actor(), now=clock.now())
    [row] = rows_of([deposit])
    return jsonify(row=row)


def _has_lost(key: str) -> bool:
    """Whether the paper *key* is on somebody else's desk now; else it is kept on this one."""
    if not key or not actor().may(Right.FILE_DEPOSIT):
        return False
    return not holding.keep(Deposit.find(key).key, actor=actor(), now=clock.now())
